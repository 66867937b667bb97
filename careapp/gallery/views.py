"""What the gallery shows."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.sites.frame import Frame


@dataclass(frozen=True)
class Item:
    """One photo or video. `to` leads to what it was shown with; `length` is a video's, as "0:42"; `is_mine` says that
    the reader may have its original again."""

    id: str = ""
    alt: str = ""
    who: str = ""
    at: datetime | None = None
    to: str = ""
    is_video: bool = False
    length: str = ""
    is_mine: bool = False


@dataclass(frozen=True)
class Month:
    """A month as the reader's calendar has it, or the part of it that is on the page. `key` is "2026-03"."""

    key: str = ""
    name: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class MonthLink:
    key: str = ""
    name: str = ""
    n: int = 0


@dataclass(frozen=True)
class MoreView:
    """`older` is the `before` of what comes next, or ""."""

    months: tuple[Month, ...] = ()
    older: str = ""


@dataclass(frozen=True)
class GalleryView:
    """`total` counts all that the reader may see; `every_month` says how it is spread."""

    frame: Frame = field(default_factory=Frame)
    months: tuple[Month, ...] = ()
    older: str = ""
    every_month: tuple[MonthLink, ...] = ()
    total: int = 0
    is_first_page: bool = True
    is_empty: bool = False
