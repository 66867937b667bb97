"""What the wall's pages show: answers of its queries, with every decision already made."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.journal.views import PhotoView, TextPart
from careapp.sites.frame import Face, Frame


@dataclass(frozen=True)
class ReplyCard:
    """`text` is what an edit starts from."""

    id: str = ""
    author: Face = field(default_factory=Face)
    at: datetime | None = None
    written_at: datetime | None = None
    is_edited: bool = False
    version: int = 1
    text: str = ""
    parts: tuple[TextPart, ...] = ()
    can_edit: bool = False
    can_delete: bool = False


@dataclass(frozen=True)
class MessageCard:
    """A message with its last replies, from older to newer; `more_replies` counts those before them.

    A long text is cut on the wall (`is_cut`); `more_photos` is "+3" where some are not shown. `thanked_by` names the
    first who gave thanks, and says how many more did."""

    id: str = ""
    author: Face = field(default_factory=Face)
    relation: str = ""
    at: datetime | None = None
    written_at: datetime | None = None
    is_edited: bool = False
    parts: tuple[TextPart, ...] = ()
    is_cut: bool = False
    photos: tuple[PhotoView, ...] = ()
    more_photos: str = ""
    thanks_total: int = 0
    thanked_by: str = ""
    has_thanked: bool = False
    replies: tuple[ReplyCard, ...] = ()
    reply_total: int = 0
    more_replies: int = 0
    can_edit: bool = False
    can_delete: bool = False
    can_reply: bool = False
    can_thank: bool = False


@dataclass(frozen=True)
class WallView:
    """`older` is the next page's `before`, or ""."""

    frame: Frame = field(default_factory=Frame)
    messages: tuple[MessageCard, ...] = ()
    older: str = ""
    is_first_page: bool = True
    is_empty: bool = False


@dataclass(frozen=True)
class MessageView:
    """One message in full. `earlier` is the `before` of the replies before these, or ""."""

    frame: Frame = field(default_factory=Frame)
    message: MessageCard = field(default_factory=MessageCard)
    replies: tuple[ReplyCard, ...] = ()
    earlier: str = ""


@dataclass(frozen=True)
class MessageComposerView:
    """A new message, or one of the reader's own to change."""

    frame: Frame = field(default_factory=Frame)
    message_id: str = ""
    version: int = 1
    text: str = ""
    photos: tuple[PhotoView, ...] = ()
