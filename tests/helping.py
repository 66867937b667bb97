"""Help asked for and taken by the cast, in few words."""

from datetime import date, time, timedelta

from sqlmodel import Session, col, select

from careapp.clock import now
from careapp.helping.commands import AskForHelp, OneSlot, SlotTime
from careapp.helping.kinds import HelpKind
from careapp.helping.operations import ask_for_help, take_slot
from careapp.models import HelpRequest, HelpSlot
from tests.cast import Cast


def day(after: int = 7) -> date:
    return (now() + timedelta(days=after)).date()


def at(after: int = 7, starts: str = "17:00", ends: str = "") -> SlotTime:
    """A time so many days from now."""
    return SlotTime(
        on=day(after),
        starts=time.fromisoformat(starts) if starts else None,
        ends=time.fromisoformat(ends) if ends else None,
    )


def asked(session: Session, cast: Cast, *times: SlotTime, by: str = "maya", **more: object) -> HelpRequest:
    """A request for a meal, a week from now or at these times."""
    said = {"kind": HelpKind.MEALS, "title": "Dinner", "times": list(times or (at(),))} | more
    made = ask_for_help(session, cast.actor(by), AskForHelp(**said))  # type: ignore[arg-type]
    return session.get_one(HelpRequest, made.id)


def slots_of(session: Session, request: HelpRequest) -> list[HelpSlot]:
    found = select(HelpSlot).where(HelpSlot.request_id == request.id)
    return list(session.exec(found.order_by(col(HelpSlot.due_at), col(HelpSlot.id))))


def slot_of(session: Session, request: HelpRequest) -> HelpSlot:
    (slot,) = slots_of(session, request)
    return slot


def take(session: Session, cast: Cast, name: str, slot: HelpSlot) -> None:
    take_slot(session, cast.actor(name), OneSlot(slot_id=slot.id))
    session.refresh(slot)
