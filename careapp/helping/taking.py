"""Taking a slot, letting it go, doing it, and being thanked."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_slot
from careapp.clock import now
from careapp.errors import Conflict, Invalid
from careapp.helping.commands import OneSlot, ReleaseSlot, Thank
from careapp.helping.reminding import remind_of
from careapp.helping.telling import tell_of_done, tell_of_release, tell_of_taking, tell_of_thanks
from careapp.helping.times import WHENEVER, is_over
from careapp.models import Guest, HelpRequest, HelpSlot, Member
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said

NEAR = timedelta(hours=2)


@dataclass(frozen=True)
class Taken:
    slot_id: str
    request_id: str


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="took on some help")
def take_slot(session: Session, actor: Actor, command: OneSlot) -> Taken:
    """Take an open slot. Two people can never hold one: the second gets Conflict, in kind words, and so does who asks
    for it when its time is over. Safe to repeat."""
    slot = access_slot(session, actor, command.slot_id, Right.TAKE_PART)
    request = session.get_one(HelpRequest, slot.request_id)
    if slot.taken_by_id != actor.member_id and is_over(slot, request.zone):
        raise _too_late(session, slot)
    if take(session, slot, actor.member_id):
        remind_of(session, slot, actor.member_id)
        tell_of_taking(session, actor, request, slot)
        announce(session, actor, request.id)
    elif slot.taken_by_id != actor.member_id or slot.cancelled_at:
        raise _too_late(session, slot)
    return Taken(slot.id, request.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="could not keep what they had taken on")
def release_slot(session: Session, actor: Actor, command: ReleaseSlot) -> None:
    """Let go of what one has taken; from two hours before only with a word of why. Whoever asked is told, and may let
    go for others and for guests. What is done stays with who did it. Safe to repeat."""
    slot = access_slot(session, actor, command.slot_id, Right.TAKE_PART)
    if is_held(slot) and not slot.done_at:
        _require_hand_in(session, actor, slot)
        let_go(session, actor, slot, command.why)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="said that help was given")
def mark_done(session: Session, actor: Actor, command: OneSlot) -> None:
    """It is done: says whoever took it, or who asked. Safe to repeat."""
    slot = access_slot(session, actor, command.slot_id, Right.TAKE_PART)
    if slot.done_at:
        return
    _require_hand_in(session, actor, slot)
    slot.done_at = now()
    slot.due_at = slot.done_at if slot.due_at == WHENEVER else slot.due_at
    tell_of_done(session, actor, session.get_one(HelpRequest, slot.request_id), slot)
    announce(session, actor, slot.request_id)


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="thanked for help")
def thank(session: Session, actor: Actor, command: Thank) -> None:
    """Thank whoever took it, in one's own words or none. Later words take the place of earlier ones. Safe to repeat."""
    slot = access_slot(session, actor, command.slot_id)
    if slot.taken_by_id is None or slot.cancelled_at:
        raise Conflict("Nobody has taken this on.")
    if slot.taken_by_id == actor.member_id:
        raise Conflict("Others thank you for this.")
    if slot.thanked_at and command.words in ("", slot.thanks):
        return
    slot.thanked_at, slot.thanks = slot.thanked_at or now(), command.words
    tell_of_thanks(session, actor, session.get_one(HelpRequest, slot.request_id), slot)
    announce(session, actor, slot.request_id)


def take(session: Session, slot: HelpSlot, member_id: str | None, guest_id: str | None = None) -> bool:
    """One UPDATE decides who has it, a member or a guest; False where somebody does already, or nobody is to."""
    free = update(HelpSlot).where(
        col(HelpSlot.id) == slot.id, is_free(), col(HelpSlot.cancelled_at).is_(None), col(HelpSlot.done_at).is_(None)
    )
    taken = free.values(taken_by_id=member_id, guest_id=guest_id, taken_at=now(), version=HelpSlot.version + 1)
    is_taken = bool(session.execute(taken).rowcount == 1)  # type: ignore[attr-defined]
    session.refresh(slot)
    return is_taken


def let_go(session: Session, actor: Actor, slot: HelpSlot, why: str) -> None:
    """It is open again, and whom that concerns is told. Raises Invalid where it is near and no word says why."""
    is_late = slot.due_at - now() < NEAR
    if is_late and not why:
        raise Invalid(fields={"why": Said("It is soon. Please say in a word why, so that others can step in.")})
    holder_id, guest_id = slot.taken_by_id, slot.guest_id
    theirs = update(HelpSlot).where(
        col(HelpSlot.id) == slot.id, col(HelpSlot.taken_by_id) == holder_id, col(HelpSlot.guest_id) == guest_id
    )
    freed = theirs.where(col(HelpSlot.done_at).is_(None)).values(
        taken_by_id=None, guest_id=None, taken_at=None, version=HelpSlot.version + 1
    )
    is_freed = session.execute(freed).rowcount == 1  # type: ignore[attr-defined]
    session.refresh(slot)
    if is_freed:
        request = session.get_one(HelpRequest, slot.request_id)
        tell_of_release(session, actor, request, slot, holder_id or "", why, is_late=is_late)
        announce(session, actor, request.id)


def is_held(slot: HelpSlot) -> bool:
    return slot.taken_by_id is not None or slot.guest_id is not None


def is_free() -> ColumnElement[bool]:
    """Nobody has it: whoever has left the site has let go of what they had."""
    has_left = exists().where(col(Member.id) == col(HelpSlot.taken_by_id), col(Member.left_at).is_not(None))
    return and_(or_(col(HelpSlot.taken_by_id).is_(None), has_left), col(HelpSlot.guest_id).is_(None))


def _too_late(session: Session, slot: HelpSlot) -> Conflict:
    if slot.cancelled_at or slot.done_at or not is_held(slot):
        return Conflict("This is no longer needed. Thank you for offering.")
    holder = session.get(Member, slot.taken_by_id) if slot.taken_by_id else session.get_one(Guest, slot.guest_id)
    return Conflict("{name} was quicker. Thank you for offering.", name=holder.name if holder else "")


def _require_hand_in(session: Session, actor: Actor, slot: HelpSlot) -> None:
    """Raises for all but whoever has it, whoever asked, and those who manage the schedule; and where nobody has it."""
    if slot.taken_by_id is None or slot.taken_by_id != actor.member_id:
        access_slot(session, actor, slot.id, Right.WRITE)
    if slot.cancelled_at or not is_held(slot):
        raise Conflict("This is no longer needed. Thank you for offering.")
