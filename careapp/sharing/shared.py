"""What a shared link shows to whoever opens it."""

from sqlalchemy import Select, select
from sqlmodel import Session, col

from careapp.access import Actor, Who
from careapp.catalogue import DEFAULT, LANGUAGES
from careapp.errors import NotFound
from careapp.journal.text import parts
from careapp.journal.visit_text import whole_text
from careapp.media.places import ORIGINAL
from careapp.media.queries import Served, file_of
from careapp.models import Account, Media, MediaKind, Member, SharedLink, UpdateMedia
from careapp.models.media import MediaState
from careapp.operation import Params, query
from careapp.sharing.links import find_shared, first_name
from careapp.sharing.views import SharedPhoto, SharedView


class WhichLink(Params):
    """`language` is that of whoever opens it, who has no account here that would say so."""

    link: str = ""
    language: str = DEFAULT


@query(who=Who.ANYONE)
def shared(session: Session, actor: Actor, params: WhichLink) -> SharedView:
    """The update, or the one photo of it. NotFound in the same words for every link that shows nothing, whatever the
    reason."""
    found = find_shared(session, params.link)
    if found is None:
        raise NotFound
    link, update, author, maker = found
    photos = tuple(_photo(media, alt) for media, alt in session.execute(_photos(link)))
    is_photo = link.media_id is not None
    language = params.language if params.language in LANGUAGES else DEFAULT
    return SharedView(
        sharer=first_name(maker),
        author=first_name(author),
        at=update.published_at,
        milestone="" if is_photo else update.milestone,
        parts=() if is_photo else parts(whole_text(session, update, language)),
        photos=photos,
        preview_id=photos[0].id if photos and link.previews_photo else "",
        is_photo=is_photo,
        expires_at=link.expires_at,
        time_zone=_zone_of(session, link.created_by_id),
    )


def shared_file(session: Session, secret: str, media_id: str, variant: str) -> Served:
    """The file of a photo or video that a link shows. NotFound for any other, and for originals."""
    found = find_shared(session, secret)
    photo = session.execute(_photos(found[0]).where(col(Media.id) == media_id)).first() if found else None
    if photo is None or variant == ORIGINAL:
        raise NotFound
    return file_of(photo[0], variant)


def _photos(link: SharedLink) -> Select[Media, str]:
    shown = (
        select(Media, col(UpdateMedia.alt))
        .join(Media, col(Media.id) == col(UpdateMedia.media_id))
        .where(col(UpdateMedia.update_id) == link.update_id)
        .where(col(Media.state) == MediaState.READY, col(Media.deleted_at).is_(None))
        .order_by(col(UpdateMedia.position))
    )
    return shown.where(col(Media.id) == link.media_id) if link.media_id else shown


def _zone_of(session: Session, member_id: str) -> str:
    return session.get_one(Account, session.get_one(Member, member_id).account_id).time_zone


def _photo(media: Media, alt: str) -> SharedPhoto:
    return SharedPhoto(media.id, media.width, media.height, alt, media.kind == MediaKind.VIDEO)
