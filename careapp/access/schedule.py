"""Who may see and change which appointment."""

from sqlalchemy import ColumnElement, and_, literal, select, true
from sqlmodel import Session, col

from careapp.access.actor import Actor, right_of_member
from careapp.access.roles import Right, Section
from careapp.errors import NotFound
from careapp.models import Appointment, Member


def sees_appointment(actor: Actor, is_deleted: bool = False) -> ColumnElement[bool]:
    """The appointments of the actor's site that the actor may see, as a condition for any statement."""
    return and_(
        col(Appointment.site_id) == actor.site_id,
        col(Appointment.deleted_at).is_not(None) if is_deleted else col(Appointment.deleted_at).is_(None),
        true() if actor.may(Section.SCHEDULE, Right.SEE) else literal(False),
    )


def access_appointment(
    session: Session, actor: Actor, appointment_id: str, right: Right = Right.SEE, is_deleted: bool = False
) -> Appointment:
    """An appointment or series of the actor's site; a changed occurrence leads to its series. WRITE: the actor made it,
    or goes along and adds to the schedule, or manages it. From TAKE_PART on it is held: nobody else changes it until
    the transaction ends. `is_deleted`: one that was taken away, to bring it back."""
    found = _find(session, actor, appointment_id, is_deleted)
    if found and found.series_id:
        found = _find(session, actor, found.series_id, is_deleted)
    if found is None:
        raise NotFound
    if right >= Right.TAKE_PART:
        session.refresh(found, with_for_update=True)
    actor.require(Section.SCHEDULE, right_to_change(actor, found) if right >= Right.WRITE else right)
    return found


def right_to_change(actor: Actor, found: Appointment) -> Right:
    """What the actor needs in the schedule to change an appointment."""
    if found.author_id == actor.member_id:
        return Right.TAKE_PART
    return Right.WRITE if found.companion_id == actor.member_id else Right.MANAGE


def _find(session: Session, actor: Actor, appointment_id: str, is_deleted: bool) -> Appointment | None:
    statement = select(Appointment).where(col(Appointment.id) == appointment_id)
    found: Appointment | None = session.execute(statement.where(sees_appointment(actor, is_deleted))).scalar()
    return found


def who_sees_schedule(session: Session, site_id: str) -> set[str]:
    """The members who may read the schedule, as when deciding who is told of something there."""
    statement = select(col(Member.id)).where(
        col(Member.site_id) == site_id,
        col(Member.left_at).is_(None),
        right_of_member(Section.SCHEDULE) >= Right.SEE,
    )
    return set(session.scalars(statement))
