"""What the pages about availability show, with every decision already made. Others are free or busy, and no more."""

from dataclasses import dataclass, field

from careapp.sites.frame import Face, Frame
from careapp.sites.tables import Option


@dataclass(frozen=True)
class FreePerson:
    """`free`: as `careapp.availability.spans.in_signs` writes it."""

    name: str = ""
    free: str = ""


@dataclass(frozen=True)
class FreeTimes:
    """Who has said when they can, between two moments."""

    begins: str = ""
    ends: str = ""
    people: tuple[FreePerson, ...] = ()


@dataclass(frozen=True)
class HourBox:
    """An hour to tap: `value` is what a command takes, `words` when it begins, `until` when it ends."""

    value: str = ""
    words: str = ""
    until: str = ""
    is_on: bool = False


@dataclass(frozen=True)
class DayHours:
    """A day to open: `said` are its hours in words."""

    key: str = ""
    words: str = ""
    said: str = ""
    hours: tuple[HourBox, ...] = ()


@dataclass(frozen=True)
class Otherwise:
    """Days in a row on which the same hours take the place of the usual ones."""

    on: str = ""
    last_on: str = ""
    words: str = ""
    said: str = ""
    is_away: bool = False


@dataclass(frozen=True)
class AvailabilityView:
    """One's own. `version` is 0 while nothing was said; `summary` is the week in words; `blank` is a day to choose
    hours on."""

    frame: Frame = field(default_factory=Frame)
    days: tuple[DayHours, ...] = ()
    blank: tuple[HourBox, ...] = ()
    labels: tuple[str, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    summary: str = ""
    version: int = 0
    zone: str = ""
    zones: tuple[Option, ...] = ()
    has_zones: bool = False
    has_said: bool = False


@dataclass(frozen=True)
class PersonThen:
    """Somebody at the time in question. `hours`: when they can on that day, on the reader's clock."""

    member_id: str = ""
    face: Face = field(default_factory=Face)
    hours: str = ""
    is_me: bool = False


@dataclass(frozen=True)
class WhoCanView:
    """Everyone stands in one list: who can all of that time, who can at another of that day, who cannot, and who has
    not said. `words` is the time in question; `zone_words` the clock it is on."""

    frame: Frame = field(default_factory=Frame)
    on: str = ""
    at: str = ""
    until: str = ""
    words: str = ""
    zone_words: str = ""
    can: tuple[PersonThen, ...] = ()
    could: tuple[PersonThen, ...] = ()
    cannot: tuple[PersonThen, ...] = ()
    unsaid: tuple[PersonThen, ...] = ()
    is_any: bool = False
    shows_people: bool = True
