"""Whoever holds a slot asks another to take it over."""

from sqlalchemy import select, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_slot, access_swap
from careapp.clock import now
from careapp.duties.holding import access_taker
from careapp.errors import Conflict
from careapp.helping.commands import AnswerSwap, AskToSwap
from careapp.helping.reminding import remind_of
from careapp.helping.telling import tell_of_swap, tell_of_swap_answer
from careapp.models import HelpRequest, HelpSlot, HelpSwap, Member
from careapp.notify.announce import announce
from careapp.operation import operation


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="asked someone to take over some help")
def ask_to_swap(session: Session, actor: Actor, command: AskToSwap) -> None:
    """Ask a member to take one's slot over; until they say yes it stays one's own. Safe to repeat."""
    slot = access_slot(session, actor, command.slot_id, Right.TAKE_PART)
    if slot.taken_by_id != actor.member_id or slot.done_at or slot.cancelled_at:
        raise Conflict("This is not in your hands any more.")
    other = access_taker(session, actor, command.member_id)
    if other.id == actor.member_id or _is_asked(session, slot, other.id):
        return
    swap = HelpSwap(site_id=slot.site_id, slot_id=slot.id, from_id=actor.member_id, to_id=other.id)
    session.add(swap)
    tell_of_swap(session, actor, session.get_one(HelpRequest, slot.request_id), slot, swap)
    announce(session, actor, slot.request_id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="answered whether they take over")
def answer_swap(session: Session, actor: Actor, command: AnswerSwap) -> None:
    """Take a slot over from whoever asked, or not; the first of those asked who says yes has it."""
    swap = access_swap(session, actor, command.swap_id)
    slot = session.get_one(HelpSlot, swap.slot_id)
    if swap.answered_at and swap.is_accepted == command.accepts:
        return
    if command.accepts and not _change_hands(session, swap):
        holder = session.get_one(Member, swap.from_id)
        raise Conflict("This is not in {name}'s hands any more. Thank you for offering.", name=holder.name)
    swap.answered_at, swap.is_accepted = now(), command.accepts
    session.refresh(slot)
    if command.accepts:
        remind_of(session, slot, actor.member_id)
    tell_of_swap_answer(session, actor, session.get_one(HelpRequest, slot.request_id), slot, swap)
    announce(session, actor, slot.request_id)


def _is_asked(session: Session, slot: HelpSlot, member_id: str) -> bool:
    asked = select(HelpSwap).where(
        col(HelpSwap.slot_id) == slot.id, col(HelpSwap.to_id) == member_id, col(HelpSwap.answered_at).is_(None)
    )
    return session.scalars(asked.where(col(HelpSwap.from_id) == slot.taken_by_id).limit(1)).first() is not None


def _change_hands(session: Session, swap: HelpSwap) -> bool:
    theirs = update(HelpSlot).where(
        col(HelpSlot.id) == swap.slot_id,
        col(HelpSlot.taken_by_id) == swap.from_id,
        col(HelpSlot.done_at).is_(None),
        col(HelpSlot.cancelled_at).is_(None),
    )
    taken = theirs.values(taken_by_id=swap.to_id, taken_at=now(), version=HelpSlot.version + 1)
    return bool(session.execute(taken).rowcount == 1)  # type: ignore[attr-defined]
