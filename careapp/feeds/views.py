"""What is shown of calendars elsewhere: one's own addresses, and what was taken over."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.sites.frame import Frame
from careapp.sites.qr import QrCode


@dataclass(frozen=True)
class FeedCard:
    """One address. `webcal` opens a phone's calendar; `fetched_at` is when a calendar last looked."""

    id: str = ""
    scope_words: str = ""
    address: str = ""
    webcal: str = ""
    google: str = ""
    qr: QrCode = field(default_factory=QrCode)
    made_at: datetime | None = None
    fetched_at: datetime | None = None
    is_new: bool = False


@dataclass(frozen=True)
class SourceCard:
    """A calendar that somebody else keeps. `host` is where it is fetched, "" for a file; `problem` in words."""

    id: str = ""
    name: str = ""
    host: str = ""
    by: str = ""
    coming: int = 0
    fetched_at: datetime | None = None
    problem: str = ""
    is_taken: bool = False
    is_working: bool = False
    can_change: bool = False


@dataclass(frozen=True)
class CalendarsView:
    """`may_see_all`: the reader may choose what goes into their calendar; else it only says when somebody is busy."""

    frame: Frame = field(default_factory=Frame)
    feeds: tuple[FeedCard, ...] = ()
    sources: tuple[SourceCard, ...] = ()
    may_see_all: bool = False
    can_add: bool = False
    is_https: bool = True


@dataclass(frozen=True)
class FoundCard:
    """An appointment of a calendar that was looked at; `when` as the reader says it."""

    title: str = ""
    when: str = ""
    place: str = ""
    repeats: bool = False
    key: str = ""


@dataclass(frozen=True)
class RefusedCard:
    """A line that is not taken over, and why."""

    line: int = 0
    words: str = ""


@dataclass(frozen=True)
class PreviewView:
    """A calendar before it is taken over. `is_looking`: it is being fetched."""

    frame: Frame = field(default_factory=Frame)
    source_id: str = ""
    name: str = ""
    host: str = ""
    is_looking: bool = False
    is_taken: bool = False
    problem: str = ""
    count: int = 0
    known: int = 0
    found: tuple[FoundCard, ...] = ()
    refused_count: int = 0
    refused: tuple[RefusedCard, ...] = ()
    refused_more: int = 0
    is_address: bool = False
