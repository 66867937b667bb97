"""The photos that stand for a site and for people: a cover, a portrait."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor
from careapp.catalogue import translate
from careapp.models import Media, Site
from careapp.models.media import MediaState
from careapp.said import mark


@dataclass(frozen=True)
class Picture:
    """As `ui/photo.py` draws it and a photo picker lists it."""

    id: str = ""
    alt: str = ""
    own_alt: str = ""
    width: int = 0
    height: int = 0
    blur: str = ""
    is_ready: bool = False
    is_video: bool = False
    has_poster: bool = False


def present_picture(session: Session, actor: Actor, media_id: str | None) -> tuple[Picture, ...]:
    """The photo that is chosen now, if there is one; also while it is being prepared."""
    chosen = select(Media).where(col(Media.id) == media_id, col(Media.deleted_at).is_(None))
    alt = translate(actor.language, mark("The present photo"))
    return tuple(_picture(one, alt) for one in session.scalars(chosen)) if media_id else ()


def cover_picture(session: Session, actor: Actor) -> tuple[Picture, ...]:
    """The site's cover, once its sizes are made; without words, as it only sets the scene."""
    cover = (
        select(Media)
        .join(Site, col(Site.cover_media_id) == col(Media.id))
        .where(col(Site.id) == actor.site_id, col(Media.state) == MediaState.READY, col(Media.deleted_at).is_(None))
    )
    return tuple(_picture(one, "") for one in session.scalars(cover))


def _picture(media: Media, alt: str) -> Picture:
    return Picture(media.id, alt, "", media.width, media.height, media.blur, media.state == MediaState.READY)
