"""What people answer to an update: comments, reactions, and having seen that they were named."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, Who, access_comment, access_update
from careapp.blank import is_blank
from careapp.clock import now
from careapp.errors import Conflict, Invalid, NotAllowed
from careapp.journal.commands import EditComment, MarkMentionsSeen, OneComment, React, WriteComment
from careapp.journal.mentions import keep_mentions
from careapp.journal.telling import tell_no_more, tell_of_comment
from careapp.models import Comment, Mention, Reaction, Update
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said


@dataclass(frozen=True)
class Commented:
    id: str


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="commented on an update")
def comment(session: Session, actor: Actor, command: WriteComment) -> Commented:
    answered = _published(session, actor, command.update_id)
    if session.get(Comment, command.id):
        raise Conflict("This comment has already arrived.")
    written = Comment(id=command.id, site_id=actor.site_id, update_id=answered.id, author_id=actor.member_id, text="")
    written.written_at = actor.written_at
    return _write(session, actor, answered, written, command.text, is_new=True)


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="edited a comment")
def edit_comment(session: Session, actor: Actor, command: EditComment) -> Commented:
    """Change a comment. Only its author may: words keep the name of who wrote them."""
    edited = access_comment(session, actor, command.comment_id, Right.WRITE)
    if edited.author_id != actor.member_id:
        raise NotAllowed
    edited.edited_at = now()
    return _write(session, actor, access_update(session, actor, edited.update_id), edited, command.text)


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="took a comment away")
def delete_comment(session: Session, actor: Actor, command: OneComment) -> None:
    deleted = access_comment(session, actor, command.comment_id, Right.WRITE)
    deleted.deleted_at = now()
    tell_no_more(session, deleted)
    announce(session, actor, deleted.update_id)


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="reacted to an update")
def react(session: Session, actor: Actor, command: React) -> None:
    """Have given the wanted reaction, in place of any before; safe to repeat and to come late."""
    liked = _published(session, actor, command.update_id)
    given = session.get(Reaction, (liked.id, actor.member_id), with_for_update=True)
    if given and not command.kind:
        session.delete(given)
    elif given:
        given.kind = command.kind
    elif command.kind:
        given = Reaction(update_id=liked.id, member_id=actor.member_id, site_id=actor.site_id, kind=command.kind)
        session.add(given)
    announce(session, actor, liked.id)


@operation(who=Who.MEMBER, says="saw where they were mentioned")
def mark_mentions_seen(session: Session, actor: Actor, command: MarkMentionsSeen) -> None:
    """Take the actor's mentions off the home page; safe to repeat."""
    mine = update(Mention).where(
        col(Mention.member_id) == actor.member_id, col(Mention.site_id) == actor.site_id, col(Mention.seen_at).is_(None)
    )
    if command.update_id:
        access_update(session, actor, command.update_id)
        mine = mine.where(col(Mention.update_id) == command.update_id)
    session.execute(mine.values(seen_at=now()))


def _published(session: Session, actor: Actor, update_id: str) -> Update:
    found = access_update(session, actor, update_id)
    if not found.published_at:
        raise Conflict("This is still a draft.")
    return found


def _write(
    session: Session, actor: Actor, answered: Update, written: Comment, text: str, *, is_new: bool = False
) -> Commented:
    if is_blank(text):
        raise Invalid(fields={"text": Said("Please write something first.")})
    written.text = text
    session.add(written)
    session.flush()
    named = keep_mentions(session, answered, written)
    session.flush()
    tell_of_comment(session, actor, answered, written, named, is_new=is_new)
    announce(session, actor, answered.id)
    return Commented(written.id)
