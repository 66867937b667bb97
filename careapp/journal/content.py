"""What an update holds, from a command to its rows: text, mood, audience, all checked."""

from sqlalchemy import delete, select
from sqlmodel import Session, col

from careapp.access import Actor, access_member
from careapp.blank import is_blank
from careapp.errors import Invalid, NotFound
from careapp.journal.attached import attach
from careapp.journal.commands import Content
from careapp.models import Audience, Update, UpdateReader
from careapp.said import Said


def write_content(session: Session, actor: Actor, update: Update, content: Content) -> None:
    """Make the update say what the content says. Raises Invalid where there is nothing to see, or nobody to see it."""
    if not content.says_something():
        raise Invalid(fields={"text": Said("Write something, or add a photo.")})
    update.text = "" if is_blank(content.text) else content.text
    update.mood = content.mood
    update.milestone = "" if is_blank(content.milestone) else content.milestone
    update.audience = content.audience
    session.add(update)
    session.flush()
    attach(session, actor, update, content.photos)
    _write_readers(session, actor, update, content)


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
