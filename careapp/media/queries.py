"""What others ask about photos and videos: which file to serve, how much a site holds, what nobody shows any more."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, func, not_, select
from sqlmodel import Session, col

from careapp.access import Credentials, access_media, enter
from careapp.adapters.video import SHOWN_AS as VIDEO_AS
from careapp.clock import now
from careapp.errors import NotFound
from careapp.media import places
from careapp.models import AppointmentMedia, Book, Media, Member, MessageMedia, PersonProfile, Site, UpdateMedia, Upload
from careapp.models.media import MediaState
from careapp.settings import settings

# An upload is kept for so long after it last was heard of, and holds room on its site for the beginning of that.
KEPT_OPEN, HOLDS_ROOM = timedelta(days=7), timedelta(days=1)
LINK_WORKS_FOR, FILM_LINK_WORKS_FOR = timedelta(minutes=5), timedelta(hours=6)


@dataclass(frozen=True)
class Served:
    """One file of a photo. `file_name` only for an original or a document, which is a download."""

    key: str
    content_type: str
    etag: str
    file_name: str = ""

    @property
    def link_works_for(self) -> timedelta:
        """A player asks for part after part of a film at the address that it was led to."""
        return FILM_LINK_WORKS_FOR if self.content_type == VIDEO_AS else LINK_WORKS_FOR


@dataclass(frozen=True)
class Limits:
    """`room` is what is left of a site's share of the disk, in bytes."""

    photo_bytes: int
    video_bytes: int
    video_minutes: int
    room: int


def served(session: Session, credentials: Credentials, media_id: str, variant: str) -> Served:
    """The file that stands behind /media/<media_id>/<variant>, for who may look at the photo.

    Raises NotFound, also for the original of a photo that someone else uploaded and for sizes that are not made.
    """
    found = session.get(Media, media_id)
    actor = enter(session, credentials, found.site_id if found else "")
    media = access_media(session, actor, media_id)
    if media.deleted_at:
        raise NotFound
    if variant == places.ORIGINAL and media.uploader_id != actor.member_id and not media.is_document:
        raise NotFound
    return file_of(media, variant)


def file_of(media: Media, variant: str) -> Served:
    """The file of a photo or video that somebody may see, in one of its sizes, to be played, or as it was uploaded.
    NotFound for what is not made."""
    where = places.key(media.site_id, media.stored_id, variant)
    etag = f'"{media.stored_id}-{variant}"'
    if variant == places.ORIGINAL and media.state != MediaState.REFUSED:
        return Served(where, media.content_type, etag, media.file_name or media.id)
    if variant in places.SIZES and not media.is_document and (media.state == MediaState.READY or media.has_poster):
        return Served(where, places.SHOWN_AS, etag)
    if variant == places.VIDEO and media.is_video and media.state == MediaState.READY:
        return Served(where, VIDEO_AS, etag)
    raise NotFound


def upload_of(session: Session, media_id: str) -> Upload | None:
    """The upload with this id; for a photo that arrived long ago, what its upload was, which is no row any more."""
    upload = session.get(Upload, media_id)
    media = None if upload else session.get(Media, media_id)
    return _upload_that_made(media) if media else upload


def _upload_that_made(media: Media) -> Upload:
    return Upload(
        id=media.id,
        site_id=media.site_id,
        member_id=media.uploader_id,
        length=media.size,
        expires_at=media.created_at,
        finished_at=media.created_at,
    )


def bytes_taken(session: Session, site_id: str) -> int:
    """What a site's photos and books take on disk, with those on their way just now counted as if they had come."""
    stored = select(func.coalesce(func.sum(Media.stored_bytes), 0)).where(col(Media.site_id) == site_id)
    coming = select(func.coalesce(func.sum(Upload.length), 0)).where(
        col(Upload.site_id) == site_id,
        col(Upload.finished_at).is_(None),
        col(Upload.expires_at) > now() + KEPT_OPEN - HOLDS_ROOM,
    )
    books = select(func.coalesce(func.sum(Book.size), 0)).where(col(Book.site_id) == site_id)
    return sum(int(session.execute(each).scalar_one()) for each in (stored, coming, books))


def limits_of(session: Session, site_id: str) -> Limits:
    """What may be sent to a site now."""
    own = settings()
    room = max(0, own.max_site_bytes - bytes_taken(session, site_id))
    return Limits(own.max_photo_bytes, own.max_video_bytes, own.max_video_minutes, room)


def shown_nowhere() -> ColumnElement[bool]:
    """Photos that stand in no update, draft, message, appointment or portrait, as a condition on Media."""
    places_of_use = (
        UpdateMedia.media_id,
        MessageMedia.media_id,
        AppointmentMedia.media_id,
        Site.cover_media_id,
        PersonProfile.photo_media_id,
        Member.photo_media_id,
    )
    return and_(*(not_(exists().where(col(place) == col(Media.id))) for place in places_of_use))


def is_needed(session: Session, stored_id: str) -> bool:
    """Whether any photo, or any upload that is still arriving, has its bytes under this id."""
    shared = exists().where(col(Media.stored_id) == stored_id, col(Media.state) != MediaState.REFUSED)
    arriving = exists().where(col(Upload.id) == stored_id, col(Upload.finished_at).is_(None))
    return bool(session.execute(select(shared | arriving)).scalar_one())
