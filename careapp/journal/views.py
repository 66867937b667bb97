"""What the journal's pages show: answers of its queries, with every decision already made.

Words in `…_words` are message ids of the catalogue. Texts people wrote come as parts, to be shown with their line
breaks kept; a part with a `url` is a link, one with `is_mention` names a member, one with `points` is a list.
"""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.choice import Choice
from careapp.journal.seen import SeenBy
from careapp.sites.frame import Face, Frame


@dataclass(frozen=True)
class Phrase:
    text: str = ""
    url: str = ""
    is_mention: bool = False
    is_strong: bool = False
    is_stressed: bool = False


@dataclass(frozen=True)
class ListItem:
    """`is_inner`: it stands further in, as belonging to the one above."""

    parts: tuple[Phrase, ...] = ()
    is_inner: bool = False


@dataclass(frozen=True)
class TextPart(Phrase):
    is_numbered: bool = False
    points: tuple[ListItem, ...] = ()


@dataclass(frozen=True)
class PhotoView:
    """A photo or a video: ready, or waiting to be prepared, or refused for the reason in `refusal_words`, which only
    its uploader gets. A video has a `duration` as people say it, and `has_poster` before it is ready; `progress` is in
    percent. A document is only a `file_name` to be opened. `is_own`: the reader sent it, and may have the original
    back."""

    id: str = ""
    is_video: bool = False
    is_document: bool = False
    file_name: str = ""
    duration: str = ""
    progress: int = 0
    has_poster: bool = False
    is_own: bool = False
    width: int = 0
    height: int = 0
    blur: str = ""
    alt: str = ""
    own_alt: str = ""
    is_ready: bool = False
    is_waiting: bool = False
    refusal_words: str = ""


@dataclass(frozen=True)
class ReactionCount:
    """One kind of reaction; `wanted` is what `react` is to be sent by a tap: the kind, or "" to take it away."""

    kind: str = ""
    sign: str = ""
    words: str = ""
    n: int = 0
    is_mine: bool = False
    wanted: str = ""


@dataclass(frozen=True)
class CommentCard:
    """`text` is what an edit starts from."""

    id: str = ""
    author: Face = field(default_factory=Face)
    at: datetime | None = None
    written_at: datetime | None = None
    is_edited: bool = False
    text: str = ""
    parts: tuple[TextPart, ...] = ()
    can_edit: bool = False
    can_delete: bool = False


@dataclass(frozen=True)
class VisitCard:
    """What came of an appointment. `day` and `next_day` are dates in the reader's words. `is_ahead`: the next day is
    still to come; `can_plan`: the reader may put it on the calendar and ask for help."""

    day: str = ""
    provider: str = ""
    who_went: str = ""
    medicines: tuple[TextPart, ...] = ()
    plan: tuple[TextPart, ...] = ()
    condition_words: str = ""
    next_words: tuple[TextPart, ...] = ()
    next_day: str = ""
    needs: tuple[TextPart, ...] = ()
    is_ahead: bool = False
    can_plan: bool = False
    is_cut: bool = False


@dataclass(frozen=True)
class UpdateCard:
    """One update in a list, with its last comments, or alone in full.

    A long text is cut in lists (`is_cut`); `more_photos` is "+3" where some are not shown. `comments` go from older to
    newer; `more_comments` counts those before them. `reactions` holds every kind, also those nobody chose. `is_new`:
    the reader has not seen it. `seen_by` of `seen_of` readers have; both are 0 for whom that does not concern. `visit`
    is there for one that tells of an appointment (`is_visit`).
    """

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
    mood: str = ""
    mood_words: str = ""
    milestone: str = ""
    audience: str = "everyone"
    audience_words: str = ""
    readers: str = ""
    is_for_everyone: bool = True
    is_draft: bool = False
    is_pinned: bool = False
    version: int = 1
    reactions: tuple[ReactionCount, ...] = ()
    reaction_total: int = 0
    my_reaction: str = ""
    comments: tuple[CommentCard, ...] = ()
    comment_total: int = 0
    more_comments: int = 0
    can_edit: bool = False
    can_delete: bool = False
    restore_days: int = 30
    can_pin: bool = False
    can_share: bool = False
    can_comment: bool = False
    is_new: bool = False
    seen_by: int = 0
    seen_of: int = 0
    is_visit: bool = False
    visit: VisitCard = field(default_factory=VisitCard)


@dataclass(frozen=True)
class JournalView:
    """`pinned` stand above the newest updates, on the first page only. `older` is the next page's `before`, or ""."""

    frame: Frame = field(default_factory=Frame)
    pinned: tuple[UpdateCard, ...] = ()
    updates: tuple[UpdateCard, ...] = ()
    older: str = ""
    is_first_page: bool = True
    is_empty: bool = False
    can_write: bool = False
    draft_count: int = 0


@dataclass(frozen=True)
class Reactor:
    """Who reacted, and how."""

    face: Face = field(default_factory=Face)
    sign: str = ""
    words: str = ""


@dataclass(frozen=True)
class PersonChoice:
    """A member who can be mentioned, or named in an audience; `mention` is what follows the @."""

    member_id: str = ""
    face: Face = field(default_factory=Face)
    relation: str = ""
    mention: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class UpdateView:
    """`comments` go from older to newer; `earlier` is the `before` of those before them, or "". `names_me`: the reader
    is named here and has not seen it yet. `seen_by` are all who may see it, for whom that concerns."""

    frame: Frame = field(default_factory=Frame)
    update: UpdateCard = field(default_factory=UpdateCard)
    comments: tuple[CommentCard, ...] = ()
    earlier: str = ""
    reactors: tuple[Reactor, ...] = ()
    seen_by: tuple[SeenBy, ...] = ()
    people: tuple[PersonChoice, ...] = ()
    names_me: bool = False


@dataclass(frozen=True)
class DraftCard:
    id: str = ""
    excerpt: str = ""
    photo_count: int = 0
    saved_at: datetime | None = None
    audience_words: str = ""
    version: int = 1
    is_visit: bool = False
    restore_days: int = 30


@dataclass(frozen=True)
class DeletedCard:
    """An update that can still be brought back, until `until`."""

    id: str = ""
    author: Face = field(default_factory=Face)
    excerpt: str = ""
    deleted_at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class DraftsView:
    frame: Frame = field(default_factory=Frame)
    drafts: tuple[DraftCard, ...] = ()
    deleted: tuple[DeletedCard, ...] = ()
    is_empty: bool = True


@dataclass(frozen=True)
class ComposerView:
    """A new update, a draft taken up again, or an update being edited (`is_editing`). Where it is not the reader's own,
    its audience stays as it is. `can_write`: may publish."""

    frame: Frame = field(default_factory=Frame)
    update_id: str = ""
    version: int = 1
    text: str = ""
    mood: str = ""
    milestone: str = ""
    photos: tuple[PhotoView, ...] = ()
    audience: str = "everyone"
    moods: tuple[Choice, ...] = ()
    audiences: tuple[Choice, ...] = ()
    people: tuple[PersonChoice, ...] = ()
    is_draft: bool = False
    is_editing: bool = False
    is_mine: bool = True
    can_write: bool = False


@dataclass(frozen=True)
class VisitComposerView(ComposerView):
    """The same for the outcome of an appointment. Days are written as 2026-03-02. `told_of` names the appointment of
    the calendar that a new one starts from."""

    told_of: str = ""
    visited_on: str = ""
    provider: str = ""
    who_went: str = ""
    medicines: str = ""
    plan: str = ""
    conditions: tuple[Choice, ...] = ()
    next_words: str = ""
    next_on: str = ""
    needs: str = ""
