"""What is shown of shared links: to those who make them, and to whoever opens one."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.journal.views import TextPart
from careapp.sites.frame import Frame


@dataclass(frozen=True)
class LinkCard:
    """One open link. `address` is there only for who may hand it on; `what_words` says what it shows."""

    id: str = ""
    what_words: str = ""
    excerpt: str = ""
    update_id: str = ""
    photo_id: str = ""
    by: str = ""
    address: str = ""
    made_at: datetime | None = None
    expires_at: datetime | None = None
    opened: int = 0


@dataclass(frozen=True)
class PhotoChoice:
    """A photo or video of the update, which can be shared alone."""

    id: str = ""
    alt: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class ShareView:
    """An update to be shared. `made` is the link that was just made; `links` are all that are open. `parts`
    names what it says beside its text."""

    frame: Frame = field(default_factory=Frame)
    update_id: str = ""
    author: str = ""
    is_mine: bool = True
    excerpt: str = ""
    parts: str = ""
    at: datetime | None = None
    photos: tuple[PhotoChoice, ...] = ()
    is_photo_chosen: bool = False
    is_for_everyone: bool = True
    audience_words: str = ""
    made: LinkCard = field(default_factory=LinkCard)
    links: tuple[LinkCard, ...] = ()


@dataclass(frozen=True)
class LinksView:
    """The open links of a site that the reader tends, the newest first. `older` is the next page's `before`, or ""."""

    frame: Frame = field(default_factory=Frame)
    links: tuple[LinkCard, ...] = ()
    older: str = ""
    is_empty: bool = False
    sees_all: bool = False


@dataclass(frozen=True)
class SharedPhoto:
    id: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""
    is_video: bool = False


@dataclass(frozen=True)
class SharedView:
    """What whoever opens a link is shown, and nothing else of the site. `sharer` and `author` are first names;
    `preview_id` is the photo that may stand beside the link in a chat; `time_zone` is that of who made the link."""

    sharer: str = ""
    author: str = ""
    at: datetime | None = None
    milestone: str = ""
    parts: tuple[TextPart, ...] = ()
    photos: tuple[SharedPhoto, ...] = ()
    preview_id: str = ""
    is_photo: bool = False
    expires_at: datetime | None = None
    time_zone: str = ""
