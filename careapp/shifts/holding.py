"""Taking a time on duty, and letting it go."""

from sqlalchemy import ColumnElement, exists, or_, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_shift, lock_site
from careapp.clock import now
from careapp.errors import Conflict
from careapp.models import Member, Shift
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.shifts.commands import OneShift, ReleaseShift
from careapp.shifts.planning import require_free
from careapp.shifts.telling import tell_of_release, tell_of_taking


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="took a time on duty")
def take_shift(session: Session, actor: Actor, command: OneShift) -> None:
    """Take what nobody has. Two can never hold one: the second gets Conflict, in kind words. Safe to repeat."""
    lock_site(session, actor)
    shift = access_shift(session, actor, command.shift_id, Right.TAKE_PART)
    if shift.member_id == actor.member_id and not shift.cancelled_at:
        return
    if shift.cancelled_at or shift.until_at <= now():
        raise Conflict("This is no longer needed. Thank you for offering.")
    require_free(session, actor, session.get_one(Member, actor.member_id), [shift])
    free = update(Shift).where(col(Shift.id) == shift.id, _is_free(), col(Shift.cancelled_at).is_(None))
    taken = session.execute(free.values(member_id=actor.member_id, version=Shift.version + 1))
    if taken.rowcount == 0:  # type: ignore[attr-defined]
        holder = session.get_one(Member, shift.member_id)
        raise Conflict("{name} was quicker. Thank you for offering.", name=holder.name)
    session.refresh(shift)
    tell_of_taking(session, actor, shift)
    announce(session, actor, shift.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="could not keep a time on duty")
def release_shift(session: Session, actor: Actor, command: ReleaseShift) -> None:
    """Let go of what one has: it is a gap then, of which those hear who look after the schedule. Safe to repeat."""
    shift = access_shift(session, actor, command.shift_id, Right.TAKE_PART)
    if shift.member_id != actor.member_id or shift.cancelled_at:
        return
    shift.member_id = None
    shift.version += 1
    session.flush()
    tell_of_release(session, actor, shift, command.note)
    announce(session, actor, shift.id)


def _is_free() -> ColumnElement[bool]:
    """Whoever has left the site has let go of what they had."""
    has_left = exists().where(col(Member.id) == col(Shift.member_id), col(Member.left_at).is_not(None))
    return or_(col(Shift.member_id).is_(None), has_left)
