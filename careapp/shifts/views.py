"""What the pages about duty show, with every decision already made."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.availability.views import FreeTimes
from careapp.choice import Choice
from careapp.sites.frame import Face, Frame
from careapp.sites.tables import Option


@dataclass(frozen=True)
class ShiftCard:
    """One time on duty, or without an `id` a time between two that nobody is there. `day` and `clock` are words of the
    place where it is, `elsewhere` the clock of a reader in another zone; `until` when it ends in words. It is on from
    `begins_at` to `until_at`, and the next one from `next_from`. `on`, `starts` and `ends` fill a form in."""

    id: str = ""
    key: str = ""
    day: str = ""
    clock: str = ""
    elsewhere: str = ""
    until: str = ""
    holder: Face = field(default_factory=Face)
    has_holder: bool = False
    left: str = ""
    is_mine: bool = False
    begins_at: str = ""
    until_at: str = ""
    next_from: str = ""
    on: str = ""
    starts: str = ""
    ends: str = ""
    can_take: bool = False
    can_release: bool = False
    can_change: bool = False
    can_fill: bool = False


@dataclass(frozen=True)
class DutyDay:
    key: str = ""
    day: str = ""
    is_today: bool = False
    shifts: tuple[ShiftCard, ...] = ()


@dataclass(frozen=True)
class HandoverCard:
    """What was handed over, by whom, and who has taken over by it."""

    id: str = ""
    author: Face = field(default_factory=Face)
    at: datetime | None = None
    shift: str = ""
    mood_words: str = ""
    medicines: str = ""
    food: str = ""
    incidents: str = ""
    words: str = ""
    is_edited: bool = False
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    is_confirmed: bool = False
    can_confirm: bool = False
    can_edit: bool = False


@dataclass(frozen=True)
class OnDutyView:
    """`near` are those of now and the next ones. `gaps` counts the times of the next seven days at which nobody is
    there. `mine` is the shift that the reader is on or was on last. `later` is a day to begin with."""

    frame: Frame = field(default_factory=Frame)
    near: tuple[ShiftCard, ...] = ()
    days: tuple[DutyDay, ...] = ()
    gaps: int = 0
    open: tuple[HandoverCard, ...] = ()
    read: tuple[HandoverCard, ...] = ()
    has_notes: bool = False
    mine: str = ""
    can_hand_over: bool = False
    later: str = ""
    is_first_page: bool = True
    is_empty: bool = False


@dataclass(frozen=True)
class DutyToday:
    """For the home page: who is there now and next, and how many notes wait to be read."""

    near: tuple[ShiftCard, ...] = ()
    waiting: int = 0
    is_any: bool = False


@dataclass(frozen=True)
class PlanView:
    """What planning starts from, or the shift that is changed. `is_series`: others were planned with it and follow."""

    frame: Frame = field(default_factory=Frame)
    shift_id: str = ""
    version: int = 1
    on: str = ""
    starts: str = ""
    ends: str = ""
    member_id: str = ""
    people: tuple[Option, ...] = ()
    free: FreeTimes = field(default_factory=FreeTimes)
    zone: str = ""
    zones: tuple[Option, ...] = ()
    has_zones: bool = False
    is_series: bool = False
    summary: str = ""


@dataclass(frozen=True)
class HandoverForm:
    """What writing a note starts from. `shift` is in words the one that ends."""

    frame: Frame = field(default_factory=Frame)
    handover_id: str = ""
    shift_id: str = ""
    shift: str = ""
    moods: tuple[Choice, ...] = ()
    medicines: str = ""
    food: str = ""
    incidents: str = ""
    words: str = ""
    summary: str = ""
    version: int = 1
    is_closed: bool = False
    can_write: bool = False


@dataclass(frozen=True)
class HandoversView:
    """What was handed over, the newest first; `later` is the cursor after the last one shown."""

    frame: Frame = field(default_factory=Frame)
    handovers: tuple[HandoverCard, ...] = ()
    later: str = ""
    is_first_page: bool = True
