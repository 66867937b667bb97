"""What people do with updates: post, edit, publish, take away and bring back, pin."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_deleted_update, access_update, sees_update
from careapp.clock import now
from careapp.errors import Conflict, NotAllowed
from careapp.jobs import enqueue
from careapp.journal.commands import EditUpdate, OneUpdate, PostUpdate
from careapp.journal.content import write_content
from careapp.journal.mentions import keep_mentions
from careapp.journal.telling import tell_as_it_is_now, tell_no_more, tell_of_mention, tell_of_update
from careapp.models import Member, Update, UpdateReader
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.settings import settings

PINNED = 3


@dataclass(frozen=True)
class Saved:
    """The update as it is stored now."""

    id: str
    version: int


@operation(section=Section.JOURNAL, right=Right.WRITE, says="posted an update")
def post_update(session: Session, actor: Actor, command: PostUpdate) -> Saved:
    """Put an update into the journal, or keep it as a draft that only its author sees."""
    if session.get(Update, command.id):
        raise Conflict("This update has already arrived.")
    posted = Update(id=command.id, site_id=actor.site_id, author_id=actor.member_id)
    if not command.is_draft:
        posted.published_at, posted.written_at = now(), actor.written_at
    write_content(session, actor, posted, command)
    return _told(session, actor, posted, is_news=not command.is_draft)


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="edited an update")
def edit_update(session: Session, actor: Actor, command: EditUpdate) -> Saved:
    """Change an update. Nobody's words are overwritten unseen: who was slower gets Conflict, with what it says now."""
    edited = access_update(session, actor, command.update_id, Right.WRITE)
    command = _for_its_readers(session, actor, edited, command)
    _take_version(session, edited, command.version)
    edited.edited_at = now()
    write_content(session, actor, edited, command)
    is_news = command.publish and _publish(actor, edited)
    session.flush()
    tell_as_it_is_now(session, edited)
    return _told(session, actor, edited, is_news=is_news)


@operation(section=Section.JOURNAL, right=Right.WRITE, says="published a draft")
def publish_draft(session: Session, actor: Actor, command: OneUpdate) -> Saved:
    """Let others see a draft. Safe to repeat."""
    draft = access_update(session, actor, command.update_id, Right.WRITE)
    return _told(session, actor, draft, is_news=_publish(actor, draft))


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="took an update away")
def delete_update(session: Session, actor: Actor, command: OneUpdate) -> None:
    """Hide an update from everyone. It can be brought back for a while, and is erased after that."""
    deleted = access_update(session, actor, command.update_id, Right.WRITE)
    deleted.deleted_at, deleted.pinned_at = now(), None
    enqueue(session, "journal.erase", {"update_id": deleted.id}, run_at=now() + timedelta(days=settings().restore_days))
    tell_no_more(session, deleted)
    announce(session, actor, deleted.id)


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="brought an update back")
def restore_update(session: Session, actor: Actor, command: OneUpdate) -> Saved:
    """Show an update again that was taken away."""
    restored = access_deleted_update(session, actor, command.update_id)
    restored.deleted_at = None
    return _told(session, actor, restored)


@operation(section=Section.JOURNAL, right=Right.MANAGE, says="pinned an update")
def pin_update(session: Session, actor: Actor, command: OneUpdate) -> None:
    """Keep an update on top of the journal. The newest three stay there; a fourth lets go of the oldest."""
    pinned = access_update(session, actor, command.update_id)
    if not pinned.published_at:
        raise Conflict("A draft cannot be pinned.")
    pinned.pinned_at = now()
    session.flush()
    _let_go(session, actor)
    announce(session, actor, pinned.id)


@operation(section=Section.JOURNAL, right=Right.MANAGE, says="unpinned an update")
def unpin_update(session: Session, actor: Actor, command: OneUpdate) -> None:
    unpinned = access_update(session, actor, command.update_id)
    unpinned.pinned_at = None
    announce(session, actor, unpinned.id)


def _publish(actor: Actor, draft: Update) -> bool:
    """Whether that makes it new to others."""
    actor.require(Section.JOURNAL, Right.WRITE)
    if draft.published_at:
        return False
    draft.published_at, draft.written_at, draft.edited_at = now(), actor.written_at, None
    return True


def _for_its_readers(session: Session, actor: Actor, edited: Update, command: EditUpdate) -> EditUpdate:
    """Who manages the journal may correct an update, but never show it to more people than its author chose. Who has
    left stays among those, although no form names them."""
    if edited.author_id == actor.member_id:
        return command
    named = select(col(Member.id), col(Member.left_at)).join(
        UpdateReader, col(UpdateReader.member_id) == col(Member.id)
    )
    left = {row.id: row.left_at for row in session.execute(named.where(col(UpdateReader.update_id) == edited.id))}
    gone = {member_id for member_id, left_at in left.items() if left_at}
    if command.audience != edited.audience or {*command.readers} - {edited.author_id} | gone != set(left):
        raise NotAllowed("Only who wrote an update decides who sees it.")
    return command.model_copy(update={"readers": tuple(left)})


def _take_version(session: Session, edited: Update, version: int) -> None:
    """Move the version on, if nobody did so since the person started."""
    mine = update(Update).where(col(Update.id) == edited.id, col(Update.version) == version)
    if session.execute(mine.values(version=version + 1)).rowcount == 0:  # type: ignore[attr-defined]
        raise Conflict(
            "This update was changed in the meantime. Your text is kept. It now says: {theirs}", theirs=edited.text
        )
    session.refresh(edited)


def _let_go(session: Session, actor: Actor) -> None:
    seen = select(Update).where(sees_update(actor), col(Update.pinned_at).is_not(None))
    for oldest in session.execute(seen.order_by(col(Update.pinned_at).desc()).offset(PINNED)).scalars():
        oldest.pinned_at = None


def _told(session: Session, actor: Actor, written: Update, *, is_news: bool = False) -> Saved:
    """Tell those who may see it; a draft concerns nobody yet. Of what is no news only the newly named hear."""
    named = keep_mentions(session, written)
    session.flush()
    if is_news:
        tell_of_update(session, actor, written, named)
    elif named:
        tell_of_mention(session, actor, written, None, named)
    if written.published_at:
        announce(session, actor, written.id)
    return Saved(written.id, written.version)
