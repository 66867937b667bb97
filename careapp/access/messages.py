"""Who may see and change which message of support."""

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.access.actor import Actor, right_of_member
from careapp.access.roles import Right, Section
from careapp.errors import NotFound
from careapp.models import Member, Message


def sees_message(actor: Actor) -> ColumnElement[bool]:
    """The messages and replies of the actor's site that the actor may see, as a condition for any statement. A reply
    goes with the message it answers."""
    answered = aliased(Message)
    is_gone = exists().where(col(answered.id) == col(Message.reply_to_id), col(answered.deleted_at).is_not(None))
    return and_(
        col(Message.site_id) == actor.site_id,
        col(Message.deleted_at).is_(None),
        or_(col(Message.reply_to_id).is_(None), ~is_gone),
        true() if actor.may(Section.MESSAGES, Right.SEE) else literal(False),
    )


def access_message(session: Session, actor: Actor, message_id: str, right: Right = Right.SEE) -> Message:
    """A message or reply the actor may see. WRITE: it is theirs, or they manage the messages."""
    found: Message | None = session.execute(
        select(Message).where(col(Message.id) == message_id, sees_message(actor))
    ).scalar_one_or_none()
    if found is None:
        raise NotFound
    if right >= Right.WRITE:
        actor.require(Section.MESSAGES, Right.TAKE_PART if found.author_id == actor.member_id else Right.MANAGE)
    return found


def who_sees_messages(session: Session, site_id: str) -> set[str]:
    """The members who may read the wall, as when deciding who is told of something there."""
    statement = select(col(Member.id)).where(
        col(Member.site_id) == site_id,
        col(Member.left_at).is_(None),
        right_of_member(Section.MESSAGES) >= Right.SEE,
    )
    return set(session.scalars(statement))
