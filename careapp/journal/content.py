"""What an update holds, from a command to its rows: text, photos, audience, all checked."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlmodel import Session, col

from careapp.access import Actor, access_media, access_member
from careapp.errors import Invalid, NotAllowed, NotFound
from careapp.journal.commands import ChosenPhoto, Content
from careapp.journal.text import is_blank
from careapp.models import Audience, Update, UpdateMedia, UpdateReader
from careapp.said import Said

MAX_PHOTOS = 20


def write_content(session: Session, actor: Actor, update: Update, content: Content) -> None:
    """Make the update say what the content says. Raises Invalid where there is nothing to see, or nobody to see it."""
    _require_something(content)
    update.text = "" if is_blank(content.text) else content.text
    update.mood = content.mood
    update.milestone = "" if is_blank(content.milestone) else content.milestone
    update.audience = content.audience
    session.add(update)
    session.flush()
    _write_photos(session, actor, update, content.photos)
    _write_readers(session, actor, update, content)


def _require_something(content: Content) -> None:
    if is_blank(content.text) and is_blank(content.milestone) and not content.mood and not content.photos:
        raise Invalid(fields={"text": Said("Write something, or add a photo.")})
    if len(content.photos) > MAX_PHOTOS:
        raise Invalid(fields={"photos": Said("At most {max} photos fit in one update.", max=MAX_PHOTOS)})


def _write_photos(session: Session, actor: Actor, update: Update, photos: Sequence[ChosenPhoto]) -> None:
    chosen = {photo.media_id: photo.alt for photo in photos}
    of_update = select(col(UpdateMedia.media_id)).where(col(UpdateMedia.update_id) == update.id)
    there = set(session.execute(of_update).scalars())
    for media_id in chosen.keys() - there:
        _require_own_photo(session, actor, media_id)
    session.execute(delete(UpdateMedia).where(col(UpdateMedia.update_id) == update.id))
    for position, (media_id, alt) in enumerate(chosen.items()):
        session.add(UpdateMedia(update_id=update.id, media_id=media_id, position=position, alt=alt))


def _require_own_photo(session: Session, actor: Actor, media_id: str) -> None:
    """A photo still being prepared, or refused, may stand in an update; one that is gone or another's may not."""
    try:
        media = access_media(session, actor, media_id)
    except NotFound:
        raise NotFound("A photo of this update did not arrive. Please add it again.") from None
    if media.uploader_id != actor.member_id:
        raise NotAllowed("Only photos that you added yourself can be put here.")


def _write_readers(session: Session, actor: Actor, update: Update, content: Content) -> None:
    is_named = content.audience is Audience.NAMED
    readers = sorted({*content.readers} - {update.author_id}) if is_named else []
    if is_named and not readers:
        raise Invalid(fields={"readers": Said("Choose at least one person.")})
    of_update = select(col(UpdateReader.member_id)).where(col(UpdateReader.update_id) == update.id)
    for member_id in set(readers) - set(session.execute(of_update).scalars()):
        _require_member(session, actor, member_id)
    session.execute(delete(UpdateReader).where(col(UpdateReader.update_id) == update.id))
    session.add_all(UpdateReader(update_id=update.id, member_id=member_id) for member_id in readers)


def _require_member(session: Session, actor: Actor, member_id: str) -> None:
    try:
        access_member(session, actor, member_id)
    except NotFound:
        raise Invalid(fields={"readers": Said("Someone you chose is no longer here. Please choose again.")}) from None
