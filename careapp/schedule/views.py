"""What the calendar's pages show, with every decision already made. Times are words, in the reader's language."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.availability.views import FreeTimes
from careapp.journal.views import PhotoView
from careapp.sites.frame import Face, Frame
from careapp.sites.tables import Option
from careapp.sites.wishes import Wishes


@dataclass(frozen=True)
class Item:
    """One occurrence. `at` names it among its series. `has_agreed`: who goes along has said so themselves; `declined`:
    who cannot, where nobody goes along. `here` is when that is for a reader in another zone, and `there`
    the place whose clock `time` is. `has_gap`: somebody has to go along, and nobody does. A video visit is joined from
    `join_from` to `join_until`."""

    id: str = ""
    at: str = ""
    kind_words: str = ""
    icon: str = ""
    title: str = ""
    day: str = ""
    time: str = ""
    there: str = ""
    here: str = ""
    place: str = ""
    provider: str = ""
    companion: Face = field(default_factory=Face)
    has_companion: bool = False
    has_agreed: bool = False
    declined: str = ""
    has_gap: bool = False
    is_mine: bool = False
    is_all_day: bool = False
    is_cancelled: bool = False
    repeats: bool = False
    link: str = ""
    join_from: str = ""
    join_until: str = ""
    key: str = ""


@dataclass(frozen=True)
class Day:
    """A day of the agenda: `on` as an address writes it, `words` as people say it."""

    on: str = ""
    words: str = ""
    is_today: bool = False
    listed: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Narrowed:
    """What a view of the calendar can be narrowed to, and what it is narrowed to."""

    kinds: tuple[Option, ...] = ()
    people: tuple[Option, ...] = ()
    kind: str = ""
    person: str = ""
    is_filtered: bool = False


@dataclass(frozen=True)
class CalendarView(Narrowed):
    """`further` and `earlier` are days for `begins`, or ""; `soon` are the next few, each to be opened offline too, and
    `own` those of them that the reader may change; `next` is `further` where that is to be read offline as well.
    `is_empty`: nothing is ahead at all."""

    frame: Frame = field(default_factory=Frame)
    days: tuple[Day, ...] = ()
    soon: tuple[Item, ...] = ()
    own: tuple[Item, ...] = ()
    further: str = ""
    next: str = ""
    earlier: str = ""
    is_first_page: bool = True
    is_empty: bool = False


@dataclass(frozen=True)
class Cell:
    """A day of a week: what it shows of all it has."""

    on: str = ""
    words: str = ""
    is_today: bool = False
    listed: tuple[Item, ...] = ()
    total: int = 0
    more: int = 0


@dataclass(frozen=True)
class Line:
    """An occurrence by its name alone."""

    key: str = ""
    title: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class Sketch:
    """A day of a month: the first few of all it has."""

    on: str = ""
    number: str = ""
    words: str = ""
    is_today: bool = False
    is_of_month: bool = True
    listed: tuple[Line, ...] = ()
    total: int = 0
    more: int = 0


@dataclass(frozen=True)
class Week:
    on: str = ""
    cells: tuple[Sketch, ...] = ()


@dataclass(frozen=True)
class WeekView(Narrowed):
    """`begins` is its first day; `before` and `after` are days of the weeks around it."""

    frame: Frame = field(default_factory=Frame)
    title: str = ""
    days: tuple[Cell, ...] = ()
    begins: str = ""
    before: str = ""
    after: str = ""
    is_this: bool = True


@dataclass(frozen=True)
class MonthView(Narrowed):
    """`begins` is its first day; `before` and `after` are days of the months around it."""

    frame: Frame = field(default_factory=Frame)
    title: str = ""
    weekdays: tuple[str, ...] = ()
    weeks: tuple[Week, ...] = ()
    begins: str = ""
    before: str = ""
    after: str = ""
    is_this: bool = True


@dataclass(frozen=True)
class AppointmentView:
    """One occurrence in full. `repeats` says how it does. `reminders` are when the reader could be reminded, and are;
    `reminded` says so in words. `is_other`: the time that was asked for is gone, and this is the next. `is_brief`: a
    device without a connection made it of what its agenda told (`brief.js`)."""

    frame: Frame = field(default_factory=Frame)
    wishes: Wishes = field(default_factory=Wishes)
    item: Item = field(default_factory=Item)
    when: str = ""
    repeats: str = ""
    map_href: str = ""
    notes: str = ""
    bring: str = ""
    questions: str = ""
    photos: tuple[PhotoView, ...] = ()
    author: str = ""
    version: int = 1
    reminders: tuple[Option, ...] = ()
    reminded: str = ""
    is_series: bool = False
    is_other: bool = False
    is_changed: bool = False
    has_video: bool = False
    is_over: bool = False
    can_go_along: bool = False
    can_change: bool = False
    can_tell: bool = False
    is_brief: bool = False


@dataclass(frozen=True)
class GoneCard:
    """Something that was taken off the calendar: a whole series where there is no `at`."""

    id: str = ""
    at: str = ""
    key: str = ""
    title: str = ""
    when: str = ""
    repeats: str = ""
    gone_at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class TakenAwayView:
    frame: Frame = field(default_factory=Frame)
    cards: tuple[GoneCard, ...] = ()


@dataclass(frozen=True)
class ComposerView:
    """What the form starts from. `days` are the weekdays it repeats on, `ways` how something can repeat, as options.
    `follows` names the calendar that it comes from and still follows. `is_gone`: it was moved or taken away since;
    `next` is the time of the next one, if there is one. `visit` is the update that a new one follows from."""

    frame: Frame = field(default_factory=Frame)
    id: str = ""
    at: str = ""
    visit: str = ""
    is_gone: bool = False
    next: str = ""
    version: int = 1
    is_series: bool = False
    kind: str = "doctor"
    title: str = ""
    provider: str = ""
    place: str = ""
    link: str = ""
    notes: str = ""
    bring: str = ""
    questions: str = ""
    companion_id: str = ""
    starts_on: str = ""
    starts: str = ""
    ends: str = ""
    last_on: str = ""
    is_all_day: bool = False
    zone: str = ""
    zones: tuple[Option, ...] = ()
    has_zones: bool = False
    kinds: tuple[Option, ...] = ()
    people: tuple[Option, ...] = ()
    repeats: str = ""
    every: int = 1
    days: tuple[Option, ...] = ()
    until: str = ""
    times: str = ""
    ways: tuple[Option, ...] = ()
    photos: tuple[PhotoView, ...] = ()
    summary: str = ""
    follows: str = ""
    free: FreeTimes = field(default_factory=FreeTimes)
