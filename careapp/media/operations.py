"""How a photo or video comes and goes, as rows: announced, arrived, made ready or refused, dropped.

These are no commands of the door: uploads and jobs call them, with the files they speak of in place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Update, delete, func, select, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.adapters.images import Kind, Photo, Why
from careapp.clock import now
from careapp.errors import Conflict, Invalid, NotAllowed, NotFound, TooLarge, TooMany
from careapp.jobs import enqueue
from careapp.media.queries import HOLDS_ROOM, KEPT_OPEN, bytes_taken, shown_nowhere, upload_of
from careapp.media.refusals import REFUSALS
from careapp.media.telling import tell_of_refusal
from careapp.media.twins import twin_of
from careapp.models import Job, Media, Upload
from careapp.models.media import MediaKind, MediaState
from careapp.notify.announce import stir
from careapp.operation import Command, Id, Line
from careapp.settings import MEGABYTE, settings

MAX_OPEN = 60
RENEWED_EVERY = timedelta(hours=1)
SWEPT_EVERY = timedelta(days=1)
# Where photos and videos stand, and what it takes to put one there; whether it may stand in this one `attach` decides.
SENDERS = ((Section.JOURNAL, Right.TAKE_PART), (Section.MESSAGES, Right.WRITE), (Section.SCHEDULE, Right.WRITE))
PREPARING = ("media.make_variants", "media.prepare_video", "media.convert_video")


class BeginUpload(Command):
    """A file to come. `media_id` is made by the phone, `length` is in bytes."""

    media_id: Id
    length: int
    file_name: Line = ""


@dataclass(frozen=True)
class Arrived:
    """What is known of a file once all of it is here. `sha256` is "" where no other is as large."""

    sha256: str
    content_type: str


@dataclass(frozen=True)
class Prepared:
    """It upright: its size in pixels, its blur, and how many bytes all that is made of it takes together. A video says
    how long it is, and has its blur from its poster."""

    width: int
    height: int
    stored_bytes: int
    blur: str = ""
    duration_ms: int = 0


def require_uploader(actor: Actor) -> None:
    """Whoever may write where photos and videos stand may send them; a visitor with a link may not."""
    actor.require_member()
    if not any(actor.may(section, right) for section, right in SENDERS):
        raise NotAllowed


def begin_upload(session: Session, actor: Actor, command: BeginUpload) -> Upload:
    """Announce a file. Safe to repeat: the same id by the same member is the same upload, with another week to arrive.

    Raises Invalid for an empty file, TooLarge and TooMany at the limits, Conflict where the id means something else.
    """
    require_uploader(actor)
    before = upload_of(session, command.media_id)
    if before:
        return _same(session, before, actor, command)
    _require_room(session, actor, command.length)
    upload = Upload(
        id=command.media_id,
        site_id=actor.site_id,
        member_id=actor.member_id,
        length=command.length,
        file_name=command.file_name,
        expires_at=now() + KEPT_OPEN,
    )
    session.add(upload)
    _keep_sweeping(session)
    return upload


def _same(session: Session, before: Upload, actor: Actor, command: BeginUpload) -> Upload:
    if before.member_id != actor.member_id or before.length != command.length:
        raise Conflict("Please choose this file again.")
    _keep_open(session, before)
    return before


def keep_open(session: Session, upload_id: str) -> None:
    """Give what goes on arriving another week. Raises TooLarge where its room was taken while it paused."""
    upload = session.get(Upload, upload_id, with_for_update=True)
    if upload:
        _keep_open(session, upload)


def is_to_be_kept_open(upload: Upload) -> bool:
    """Whether `keep_open` is due, which is not with every piece."""
    return upload.expires_at < now() + KEPT_OPEN - RENEWED_EVERY


def _keep_open(session: Session, upload: Upload) -> None:
    if upload.finished_at is None and upload.expires_at <= now() + KEPT_OPEN - HOLDS_ROOM:
        _require_place(session, upload.site_id, upload.length)
    upload.expires_at = now() + KEPT_OPEN


def _require_room(session: Session, actor: Actor, length: int) -> None:
    if length <= 0:
        raise Invalid(REFUSALS[Why.EMPTY])
    most = max(settings().max_photo_bytes, settings().max_video_bytes)
    if length > most:
        raise TooLarge("A video may have at most {most} MB.", most=most // MEGABYTE)
    _require_place(session, actor.site_id, length)
    open_now = select(func.count()).where(col(Upload.member_id) == actor.member_id, col(Upload.finished_at).is_(None))
    if session.execute(open_now).scalar_one() >= MAX_OPEN:
        raise TooMany("Many files are on their way already. Please wait until they have arrived.", retry_after=600)


def _require_place(session: Session, site_id: str, length: int) -> None:
    if bytes_taken(session, site_id) + length > settings().max_site_bytes:
        raise TooLarge("There is no room left on this site. Please tell your coordinator.")


def finish_upload(session: Session, upload_id: str, arrived: Arrived) -> None:
    """Make the photo or video of a file that lies in the storage under the upload's id. Safe to repeat.

    Raises NotFound when the upload was given up meanwhile.
    """
    upload = session.get(Upload, upload_id, with_for_update=True)
    if upload is None:
        raise NotFound
    if upload.finished_at:
        return
    upload.finished_at = now()
    media = Media(
        id=upload.id,
        site_id=upload.site_id,
        uploader_id=upload.member_id,
        kind=_kind_of(Kind(arrived.content_type)),
        file_name=upload.file_name,
        content_type=arrived.content_type,
        sha256=arrived.sha256,
        size=upload.length,
        stored_id=upload.id,
        stored_bytes=upload.length,
        original_bytes=upload.length,
    )
    _share_or_prepare(session, media)
    session.add(media)


def _kind_of(kind: Kind) -> MediaKind:
    if kind.is_document:
        return MediaKind.DOCUMENT
    return MediaKind.VIDEO if kind.is_video else MediaKind.PHOTO


def _share_or_prepare(session: Session, media: Media) -> None:
    """The same bytes by the same member use what is there; their own copy goes."""
    twin = twin_of(session, media)
    if twin is None:
        if media.is_document:
            media.state = MediaState.READY
        else:
            prepare(session, media)
        return
    enqueue(session, "media.erase_files", _named(media))
    media.stored_id, media.stored_bytes, media.state = twin.stored_id, 0, twin.state
    media.width, media.height, media.blur = twin.width, twin.height, twin.blur
    media.duration_ms, media.progress = twin.duration_ms, twin.progress


def prepare(session: Session, media: Media) -> None:
    """Have it made ready to be shown, unless that is under way."""
    if not is_asked_for(session, _named(media), *PREPARING):
        enqueue(session, "media.prepare_video" if media.is_video else "media.make_variants", _named(media))


def is_asked_for(session: Session, named: dict[str, str], *kinds: str) -> bool:
    """Whether such a job for it waits, or is at hand."""
    due = select(col(Job.payload)).where(col(Job.kind).in_(kinds), col(Job.state).in_(("waiting", "leased")))
    return named in session.execute(due).scalars().all()


def drop_upload(session: Session, upload_id: str) -> None:
    """Forget a file that was still arriving. Its bytes in the uploads folder are removed by who calls this."""
    upload = session.get(Upload, upload_id, with_for_update=True)
    if upload and not upload.finished_at:
        enqueue(session, "media.erase_files", {"site_id": upload.site_id, "stored_id": upload.id})
        session.delete(upload)


def show_poster(session: Session, site_id: str, stored_id: str, poster: Photo, duration_ms: int) -> bool:
    """Show a video's first picture and have the rest of it made. False when it was dropped meanwhile."""
    sizes = {"width": poster.width, "height": poster.height, "blur": poster.blur, "duration_ms": duration_ms}
    shown = session.execute(_waiting(stored_id).values(progress=0, **sizes).returning(col(Media.id))).scalars().all()
    if not shown:
        return False
    named = {"site_id": site_id, "stored_id": stored_id}
    if not is_asked_for(session, named, "media.convert_video"):
        enqueue(session, "media.convert_video", named)
    stir(session, site_id)
    return True


def report_progress(session: Session, site_id: str, stored_id: str, percent: int) -> None:
    """Say how far a video has come, on open pages too."""
    session.execute(_waiting(stored_id).values(progress=percent))
    stir(session, site_id)


def make_ready(session: Session, site_id: str, stored_id: str, prepared: Prepared) -> bool:
    """Show it wherever it waits. False when it was dropped meanwhile, or is ready already."""
    sizes = {"width": prepared.width, "height": prepared.height, **({"blur": prepared.blur} if prepared.blur else {})}
    made = {"state": MediaState.READY, "progress": 100, "duration_ms": prepared.duration_ms, **sizes}
    shown = session.execute(_waiting(stored_id).values(**made).returning(col(Media.id))).scalars().all()
    if not shown:
        return False
    first = update(Media).where(col(Media.id) == min(shown))
    session.execute(first.values(stored_bytes=Media.stored_bytes + prepared.stored_bytes))
    stir(session, site_id)
    return True


def refuse(session: Session, site_id: str, stored_id: str, why: Why) -> None:
    """Say why it is not shown, and tell who sent it; what was kept of it goes."""
    refused = _waiting(stored_id).values(
        state=MediaState.REFUSED, refusal=why, stored_bytes=0, original_bytes=0, progress=0
    )
    media_ids = session.execute(refused.returning(col(Media.id))).scalars().all()
    tell_of_refusal(session, site_id, media_ids, why)
    enqueue(session, "media.erase_files", {"site_id": site_id, "stored_id": stored_id})
    stir(session, site_id)


def _waiting(stored_id: str) -> Update:
    return update(Media).where(col(Media.stored_id) == stored_id, col(Media.state) == MediaState.WAITING)


def drop_media(session: Session, media: Media) -> None:
    """Remove what stands nowhere, so that it may be sent again. Its files go with the last that shares them."""
    others = select(Media).where(col(Media.stored_id) == media.stored_id, col(Media.id) != media.id).limit(1)
    heir = session.execute(others).scalar_one_or_none()
    if heir:
        heir.stored_bytes += media.stored_bytes
    enqueue(session, "media.erase_files", _named(media))
    session.execute(delete(Upload).where(col(Upload.id) == media.id))
    session.delete(media)


def drop_unused(session: Session, media_ids: Iterable[str]) -> None:
    """Remove those of them that stand nowhere any more."""
    session.flush()
    for media in session.scalars(select(Media).where(col(Media.id).in_(media_ids), shown_nowhere())).all():
        drop_media(session, media)


def _named(media: Media) -> dict[str, str]:
    return {"site_id": media.site_id, "stored_id": media.stored_id}


def _keep_sweeping(session: Session) -> None:
    """See to it that a sweep is due within a day, as long as anything arrives at all."""
    due = select(col(Job.id)).where(col(Job.kind) == "media.sweep", col(Job.state).in_(("waiting", "leased"))).limit(1)
    if session.execute(due).first() is None:
        enqueue(session, "media.sweep", {}, now() + SWEPT_EVERY)
