"""Who may see and change which update, and what belongs to it."""

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select, true
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col

from careapp.access.actor import Actor, right_of_member, rights_of
from careapp.access.roles import CARE_TEAM, FAMILY_CIRCLE, Right, Role, Section
from careapp.errors import NotFound
from careapp.models import Audience, Comment, Member, SharedLink, Update, UpdateReader


def sees_update(actor: Actor, is_deleted: bool = False) -> ColumnElement[bool]:
    """The updates of the actor's site that the actor may see, as a condition for any statement. `is_deleted`: those
    that were there to see until they were taken away."""
    return and_(
        col(Update.site_id) == actor.site_id,
        col(Update.deleted_at).is_not(None) if is_deleted else col(Update.deleted_at).is_(None),
        true() if actor.may(Section.JOURNAL, Right.SEE) else literal(False),
        or_(
            and_(col(Update.author_id) == actor.member_id, literal(bool(actor.member_id))),
            and_(col(Update.published_at).is_not(None), is_meant_for(literal(actor.role), literal(actor.member_id))),
        ),
    )


def is_meant_for(role: SQLCoreOperations[str], member_id: SQLCoreOperations[str]) -> ColumnElement[bool]:
    """Whether an update's audience includes a member, given as values or as columns of a joined table; a visitor has
    no `member_id`. It says nothing about rights."""
    named = exists().where(col(UpdateReader.update_id) == col(Update.id), col(UpdateReader.member_id) == member_id)
    return or_(
        col(Update.audience) == Audience.EVERYONE,
        and_(col(Update.audience) == Audience.FAMILY, role.in_(FAMILY_CIRCLE)),
        and_(col(Update.audience) == Audience.CARE_TEAM, role.in_(CARE_TEAM)),
        and_(col(Update.audience) == Audience.NAMED, named),
    )


def access_update(session: Session, actor: Actor, update_id: str, right: Right = Right.SEE) -> Update:
    """An update the actor may see. WRITE: it is theirs, or they manage the journal."""
    statement = select(Update).where(col(Update.id) == update_id, sees_update(actor))
    update: Update | None = session.execute(statement).scalar_one_or_none()
    if update is None:
        raise NotFound
    _require_own(actor, update.author_id, right)
    return update


def access_deleted_update(session: Session, actor: Actor, update_id: str) -> Update:
    """An update that was taken away, for those who may bring it back: its author, and who manages the journal."""
    statement = select(Update).where(col(Update.id) == update_id, sees_update(actor, is_deleted=True))
    update: Update | None = session.execute(statement).scalar_one_or_none()
    if update is None:
        raise NotFound
    _require_own(actor, update.author_id, Right.WRITE)
    return update


def member_sees(session: Session, member: Member, update_id: str) -> bool:
    """Whether another member may see an update, as when deciding who is told of it."""
    role = Role(member.role)
    rights = rights_of(session, member.site_id, member.id, role)
    reader = Actor(site_id=member.site_id, member_id=member.id, role=role, rights=rights)
    seen = exists().where(col(Update.id) == update_id, sees_update(reader))
    return bool(session.execute(select(seen)).scalar_one())


def who_sees(session: Session, update_id: str) -> list[str]:
    """The members who may see a published update, as when deciding who is told of it."""
    statement = (
        select(col(Member.id))
        .join(Update, col(Update.site_id) == col(Member.site_id))
        .where(col(Update.id) == update_id, col(Update.published_at).is_not(None), col(Update.deleted_at).is_(None))
        .where(col(Member.left_at).is_(None), right_of_member(Section.JOURNAL) >= Right.SEE)
        .where(or_(col(Update.author_id) == col(Member.id), is_meant_for(col(Member.role), col(Member.id))))
    )
    return list(session.scalars(statement))


def access_comment(session: Session, actor: Actor, comment_id: str, right: Right = Right.SEE) -> Comment:
    """A comment to an update the actor may see. WRITE: it is theirs, or they manage the journal."""
    comment = session.get(Comment, comment_id)
    if comment is None or comment.site_id != actor.site_id or comment.deleted_at:
        raise NotFound
    access_update(session, actor, comment.update_id)
    _require_own(actor, comment.author_id, right)
    return comment


def tends_link(actor: Actor) -> ColumnElement[bool]:
    """The links out of the actor's site that they made, that show what they wrote, or that they see as who manages the
    journal, as a condition for any statement over links and their updates."""
    is_own = or_(col(SharedLink.created_by_id) == actor.member_id, col(Update.author_id) == actor.member_id)
    manages = and_(literal(actor.may(Section.JOURNAL, Right.MANAGE)), sees_update(actor))
    return and_(col(SharedLink.site_id) == actor.site_id, or_(and_(is_own, literal(bool(actor.member_id))), manages))


def access_shared_link(session: Session, actor: Actor, link_id: str) -> SharedLink:
    """A link out of the actor's site, for those who tend it, whether it still shows anything or not."""
    statement = (
        select(SharedLink)
        .join(Update, col(Update.id) == col(SharedLink.update_id))
        .where(col(SharedLink.id) == link_id, tends_link(actor))
    )
    link: SharedLink | None = session.execute(statement).scalar_one_or_none()
    if link is None:
        raise NotFound
    return link


def _require_own(actor: Actor, author_id: str, right: Right) -> None:
    """What others wrote is changed only by who manages the journal; what one wrote oneself, by TAKE_PART."""
    if right >= Right.WRITE:
        actor.require(Section.JOURNAL, Right.TAKE_PART if author_id == actor.member_id else Right.MANAGE)
