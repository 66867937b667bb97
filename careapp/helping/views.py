"""What the pages about help show, with every decision already made."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.availability.views import FreeTimes
from careapp.sites.frame import Face, Frame
from careapp.sites.tables import Option


@dataclass(frozen=True)
class SlotCard:
    """One time of a request. `title` is a message id, or the family's own words. `day` and `clock` are words of the
    place where it is; `elsewhere` is the clock where the reader is, if that shows something else. `address` only for
    who may see it. `holder` has a name where somebody has it; how to reach a guest is for who looks after that."""

    id: str = ""
    request_id: str = ""
    kind: str = ""
    icon: str = ""
    title: str = ""
    author: str = ""
    day: str = ""
    clock: str = ""
    elsewhere: str = ""
    address: str = ""
    map_href: str = ""
    holder: Face = field(default_factory=Face)
    has_holder: bool = False
    is_guest: bool = False
    guest_contact: str = ""
    guest_href: str = ""
    is_mine: bool = False
    is_open: bool = False
    is_over: bool = False
    is_done: bool = False
    is_thanked: bool = False
    thanks: str = ""
    can_take: bool = False
    can_release: bool = False
    needs_why: bool = False
    can_mark_done: bool = False
    can_thank: bool = False
    can_cancel: bool = False


@dataclass(frozen=True)
class HelpDay:
    """What is open on one day, in order."""

    day: str = ""
    slots: tuple[SlotCard, ...] = ()


@dataclass(frozen=True)
class SwapCard:
    """Somebody asks me to take theirs over."""

    id: str = ""
    by: Face = field(default_factory=Face)
    slot: SlotCard = field(default_factory=SlotCard)


@dataclass(frozen=True)
class OfferCard:
    """What somebody offers unasked."""

    id: str = ""
    icon: str = ""
    title: str = ""
    words: str = ""
    by: Face = field(default_factory=Face)
    at: datetime | None = None
    can_accept: bool = False
    can_close: bool = False


@dataclass(frozen=True)
class RequestRow:
    """A request that is under way: how many of its times are still open."""

    id: str = ""
    icon: str = ""
    title: str = ""
    total: int = 0
    open: int = 0


@dataclass(frozen=True)
class HelpWantedView:
    """`later` is the cursor after the last open slot shown. Only the first page has more than those."""

    frame: Frame = field(default_factory=Frame)
    swaps: tuple[SwapCard, ...] = ()
    mine: tuple[SlotCard, ...] = ()
    days: tuple[HelpDay, ...] = ()
    later: str = ""
    offers: tuple[OfferCard, ...] = ()
    requests: tuple[RequestRow, ...] = ()
    done: tuple[SlotCard, ...] = ()
    zone: str = ""
    zones: tuple[Option, ...] = ()
    has_zones: bool = False
    is_first_page: bool = True
    is_empty: bool = False


@dataclass(frozen=True)
class HelpRequestView:
    """One request. `hides_from_me`: there is an address, which only those see who take something on. `people` can be
    asked to take over. `there` is where its times are, for who lives by another clock."""

    frame: Frame = field(default_factory=Frame)
    id: str = ""
    icon: str = ""
    title: str = ""
    words: str = ""
    food: str = ""
    address: str = ""
    map_href: str = ""
    hides_address: bool = False
    hides_from_me: bool = False
    author: Face = field(default_factory=Face)
    at: datetime | None = None
    is_edited: bool = False
    is_closed: bool = False
    can_edit: bool = False
    slots: tuple[SlotCard, ...] = ()
    swaps: tuple[SwapCard, ...] = ()
    people: tuple[Option, ...] = ()
    zone: str = ""
    zones: tuple[Option, ...] = ()
    has_zones: bool = False
    there: str = ""


@dataclass(frozen=True)
class AskView:
    """What asking starts from, or what is changed. `food` are the person's wishes until a request has its own. `free`
    says who can when. `visit` is the update whose needs a new one starts from."""

    frame: Frame = field(default_factory=Frame)
    request_id: str = ""
    visit: str = ""
    kind: str = ""
    title: str = ""
    words: str = ""
    address: str = ""
    hides_address: bool = False
    food: str = ""
    version: int = 1
    summary: str = ""
    free: FreeTimes = field(default_factory=FreeTimes)
    zone: str = ""
    zones: tuple[Option, ...] = ()
    has_zones: bool = False


@dataclass(frozen=True)
class MealDay:
    """One day of the two weeks: its number, and who brings what."""

    key: str = ""
    weekday: str = ""
    number: str = ""
    day: str = ""
    is_today: bool = False
    slots: tuple[SlotCard, ...] = ()


@dataclass(frozen=True)
class MealsView:
    """Two weeks from `key` of the first day on. `food` are the person's wishes, for who may read them."""

    frame: Frame = field(default_factory=Frame)
    days: tuple[MealDay, ...] = ()
    span: str = ""
    earlier: str = ""
    later: str = ""
    food: str = ""
    has_meals: bool = False
    is_now: bool = True


@dataclass(frozen=True)
class HelpToday:
    """For the home page: how much is open, and what of mine comes next."""

    open: int = 0
    has_more: bool = False
    next: SlotCard = field(default_factory=SlotCard)
    has_next: bool = False
    is_any: bool = False
