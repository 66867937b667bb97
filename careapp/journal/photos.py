"""The photos of updates, as each reader may see them."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlmodel import Session, col

from careapp.access import Actor
from careapp.catalogue import translate
from careapp.journal.views import PhotoView
from careapp.media.refusals import REFUSALS
from careapp.models import Media, Member, UpdateMedia
from careapp.models.media import MediaState
from careapp.said import mark


def photos_of(session: Session, actor: Actor, update_ids: Collection[str]) -> dict[str, tuple[PhotoView, ...]]:
    """By update id, in their order. A photo that was refused is there for its uploader only, with the reason."""
    statement = (
        select(UpdateMedia, Media, col(Member.name))
        .join(Media, col(Media.id) == col(UpdateMedia.media_id))
        .join(Member, col(Member.id) == col(Media.uploader_id))
        .where(col(UpdateMedia.update_id).in_(update_ids), col(Media.deleted_at).is_(None))
        .where(or_(col(Media.state) != MediaState.REFUSED, col(Media.uploader_id) == actor.member_id))
        .order_by(col(UpdateMedia.position))
    )
    photos: dict[str, list[PhotoView]] = defaultdict(list)
    for placed, media, uploader in session.execute(statement):
        photos[placed.update_id].append(_view(actor, placed, media, uploader))
    return {update_id: tuple(views) for update_id, views in photos.items()}


def _view(actor: Actor, placed: UpdateMedia, media: Media, uploader: str) -> PhotoView:
    return PhotoView(
        id=media.id,
        width=media.width,
        height=media.height,
        blur=media.blur,
        alt=placed.alt or translate(actor.language, mark("Photo by {name}"), name=uploader),
        own_alt=placed.alt,
        is_ready=media.state == MediaState.READY,
        is_waiting=media.state == MediaState.WAITING,
        refusal_words=REFUSALS.get(media.refusal, "") if media.state == MediaState.REFUSED else "",
    )
