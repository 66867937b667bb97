"""What the pages about responsibilities show, with every decision already made."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.sites.frame import Face, Frame
from careapp.sites.tables import Option


@dataclass(frozen=True)
class Holder:
    """Who has it or stands in. Without `member_id` nobody does; `left` names who did and has left the site since."""

    member_id: str = ""
    face: Face = field(default_factory=Face)
    is_me: bool = False
    left: str = ""


@dataclass(frozen=True)
class Duty:
    """One responsibility. `title` is a message id for one of the starter set, else the family's own words."""

    id: str = ""
    kind: str = ""
    icon: str = ""
    title: str = ""
    about: str = ""
    words: str = ""
    summary: str = ""
    owner: Holder = field(default_factory=Holder)
    stand_in: Holder = field(default_factory=Holder)
    has_gap: bool = False
    can_take: bool = False
    can_stand_in: bool = False
    can_give_owner: bool = False
    can_give_stand_in: bool = False
    can_edit: bool = False
    version: int = 1


@dataclass(frozen=True)
class StarterCard:
    """Something of the starter set that is not on the list."""

    kind: str = ""
    icon: str = ""
    title: str = ""
    about: str = ""


@dataclass(frozen=True)
class ResponsibilitiesView:
    """`gaps` are those without an owner or a stand-in, which stand on top."""

    frame: Frame = field(default_factory=Frame)
    gaps: tuple[Duty, ...] = ()
    settled: tuple[Duty, ...] = ()
    starters: tuple[StarterCard, ...] = ()
    is_empty: bool = False
    can_add: bool = False


@dataclass(frozen=True)
class HistoryEntry:
    """Who had it from then on, who saw to that, and the note they left."""

    id: str = ""
    at: datetime | None = None
    by: str = ""
    owner: str = ""
    stand_in: str = ""
    note: str = ""


@dataclass(frozen=True)
class ResponsibilityView:
    """`people` can take it over. `is_closed`: it is not on the list any more."""

    frame: Frame = field(default_factory=Frame)
    duty: Duty = field(default_factory=Duty)
    history: tuple[HistoryEntry, ...] = ()
    people: tuple[Option, ...] = ()
    is_closed: bool = False
