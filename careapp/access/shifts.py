"""Who may see and change which shift, and read what is handed over."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlmodel import Session, col

from careapp.access.actor import Actor
from careapp.access.roles import Right, Section
from careapp.clock import now
from careapp.errors import NotFound
from careapp.models import Handover, Shift

BEFORE, AFTER, RECENT = timedelta(hours=36), timedelta(hours=12), timedelta(hours=48)


def access_shift(session: Session, actor: Actor, shift_id: str, right: Right = Right.SEE) -> Shift:
    """A shift of the actor's site, cancelled ones too. WRITE: they planned it, or have it and add to the schedule, or
    manage that. From TAKE_PART on it is held: nobody else changes it until the transaction ends."""
    found = select(Shift).where(col(Shift.id) == shift_id, col(Shift.site_id) == actor.site_id)
    is_held = right >= Right.TAKE_PART
    statement = found.with_for_update().execution_options(populate_existing=True) if is_held else found
    shift: Shift | None = session.execute(statement).scalar_one_or_none()
    if shift is None:
        raise NotFound
    actor.require(Section.SCHEDULE, right_to_change_shift(actor, shift) if right >= Right.WRITE else right)
    return shift


def right_to_change_shift(actor: Actor, shift: Shift) -> Right:
    """What the actor needs in the schedule to change a shift."""
    if actor.member_id and shift.author_id == actor.member_id:
        return Right.TAKE_PART
    return Right.WRITE if actor.member_id and shift.member_id == actor.member_id else Right.MANAGE


def sees_handover(actor: Actor) -> ColumnElement[bool]:
    """What is handed over says how the person is, so not everyone who takes part reads it: who adds to the schedule
    does, who wrote it or took over by it, and, of the last two days, who is on duty or soon will be."""
    here = col(Handover.site_id) == actor.site_id
    if actor.may(Section.SCHEDULE, Right.WRITE):
        return here
    if not actor.member_id or not actor.may(Section.SCHEDULE, Right.TAKE_PART):
        return false()
    is_near = exists().where(
        col(Shift.site_id) == actor.site_id,
        col(Shift.member_id) == actor.member_id,
        col(Shift.cancelled_at).is_(None),
        col(Shift.begins_at) < now() + BEFORE,
        col(Shift.until_at) > now() - AFTER,
    )
    is_recent = and_(col(Handover.created_at) > now() - RECENT, is_near)
    is_mine = or_(col(Handover.author_id) == actor.member_id, col(Handover.confirmed_by_id) == actor.member_id)
    return and_(here, or_(is_mine, is_recent))


def access_handover(session: Session, actor: Actor, handover_id: str, right: Right = Right.SEE) -> Handover:
    """What was handed over on the actor's site, for who may read it. WRITE: they wrote it; nobody else changes it."""
    found = select(Handover).where(col(Handover.id) == handover_id, sees_handover(actor))
    is_held = right >= Right.TAKE_PART
    statement = found.with_for_update().execution_options(populate_existing=True) if is_held else found
    handover: Handover | None = session.execute(statement).scalar_one_or_none()
    if handover is None or (right >= Right.WRITE and handover.author_id != actor.member_id):
        raise NotFound
    actor.require(Section.SCHEDULE, min(right, Right.TAKE_PART))
    return handover
