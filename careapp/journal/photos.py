"""The photos and videos of updates and messages, as each reader may see them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor
from careapp.catalogue import translate
from careapp.journal.views import PhotoView
from careapp.media.refusals import REFUSALS
from careapp.models import AppointmentMedia, Media, Member, MessageMedia, UpdateMedia
from careapp.models.media import MediaKind, MediaState
from careapp.said import mark

Placed = UpdateMedia | MessageMedia | AppointmentMedia
SHOWN_BY = {
    MediaKind.PHOTO: mark("Photo by {name}"),
    MediaKind.VIDEO: mark("Video by {name}"),
    MediaKind.DOCUMENT: mark("Document by {name}"),
}


def photos_of(session: Session, actor: Actor, update_ids: Collection[str]) -> dict[str, tuple[PhotoView, ...]]:
    """By update id, in their order. Of one that was refused only its uploader is told the reason."""
    return photos_in(session, actor, UpdateMedia, col(UpdateMedia.update_id), update_ids)


def photos_in(
    session: Session, actor: Actor, table: type[Placed], holder: Any, ids: Collection[str]
) -> dict[str, tuple[PhotoView, ...]]:
    """The same for any table that puts photos into something, by the id that stands in its column `holder`."""
    statement = (
        select(table, Media, col(Member.name), holder)
        .join(Media, col(Media.id) == col(table.media_id))
        .join(Member, col(Member.id) == col(Media.uploader_id))
        .where(holder.in_(ids), col(Media.deleted_at).is_(None))
        .order_by(col(table.position))
    )
    photos: dict[str, list[PhotoView]] = defaultdict(list)
    for placed, media, uploader, id_ in session.execute(statement):
        photos[id_].append(_view(actor, placed, media, uploader))
    return {id_: tuple(views) for id_, views in photos.items()}


def _view(actor: Actor, placed: Placed, media: Media, uploader: str) -> PhotoView:
    words = SHOWN_BY[MediaKind(media.kind)]
    is_own = media.uploader_id == actor.member_id
    return PhotoView(
        id=media.id,
        is_video=media.is_video,
        is_document=media.is_document,
        file_name=media.file_name if media.is_document else "",
        duration=spoken_length(media.duration_ms) if media.is_video else "",
        progress=media.progress,
        has_poster=media.has_poster,
        is_own=is_own,
        width=media.width,
        height=media.height,
        blur=media.blur,
        alt=placed.alt or translate(actor.language, words, name=uploader),
        own_alt=placed.alt,
        is_ready=media.state == MediaState.READY,
        is_waiting=media.state == MediaState.WAITING,
        refusal_words=REFUSALS.get(media.refusal, "") if is_own and media.state == MediaState.REFUSED else "",
    )


def spoken_length(milliseconds: int) -> str:
    """As players show it: 0:07, 12:30, 1:02:03."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
