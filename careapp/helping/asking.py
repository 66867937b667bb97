"""Asking for help: a request with its times, and what becomes of it."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_help_request, access_slot
from careapp.catalogue import translate
from careapp.clock import now
from careapp.errors import Conflict
from careapp.helping.commands import AddSlots, AskForHelp, EditHelpRequest, OneHelpRequest, OneSlot
from careapp.helping.kinds import HelpKind, title_of
from careapp.helping.taking import is_free
from careapp.helping.telling import take_back_asking, tell_of_asking, tell_of_change, tell_of_end
from careapp.helping.times import rule_of, slots_for
from careapp.models import HelpRequest, HelpSlot
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import mark

SAYS = {"title", "words", "address", "food"}


@dataclass(frozen=True)
class Asked:
    id: str


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="asked for help")
def ask_for_help(session: Session, actor: Actor, command: AskForHelp) -> Asked:
    """Ask whoever takes part for a hand, once, at several times, or whenever it suits them; they are told."""
    if session.get(HelpRequest, command.id):
        raise Conflict("This has already arrived.")
    request = HelpRequest(
        id=command.id,
        site_id=actor.site_id,
        author_id=actor.member_id,
        zone=command.zone or actor.time_zone or "UTC",
        rule=rule_of(command.repeat),
        food=command.food if command.kind is HelpKind.MEALS else "",
        **command.model_dump(include={"kind", "title", "words", "address", "hides_address"}),
    )
    slots = list(slots_for(request, command))
    session.add(request)
    session.flush()
    session.add_all(slots)
    tell_of_asking(session, actor, request, slots)
    announce(session, actor, request.id)
    return Asked(request.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="changed what help is wanted")
def edit_help_request(session: Session, actor: Actor, command: EditHelpRequest) -> None:
    """Say it otherwise; whoever has taken something on that is still to come is told. Nobody's words are overwritten
    unseen: who was slower gets Conflict."""
    request = _open(session, actor, command.request_id)
    _take_version(session, actor, request, command.version)
    before = request.model_dump(include=SAYS)
    for name in (*SAYS, "hides_address"):
        setattr(request, name, getattr(command, name))
    request.edited_at = now()
    if request.model_dump(include=SAYS) != before:
        tell_of_change(session, actor, request, _coming(session, request))
    announce(session, actor, request.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="asked for help at more times")
def add_slots(session: Session, actor: Actor, command: AddSlots) -> None:
    """More times of the same request; those there stay as they are."""
    request = _open(session, actor, command.request_id)
    count = select(func.count()).where(col(HelpSlot.request_id) == request.id, col(HelpSlot.cancelled_at).is_(None))
    slots = list(slots_for(request, command, session.execute(count).scalar_one()))
    session.add_all(slots)
    tell_of_asking(session, actor, request, slots)
    announce(session, actor, request.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="said that help is not wanted at a time")
def cancel_slot(session: Session, actor: Actor, command: OneSlot) -> None:
    """One time less. Whoever had taken it is told. Safe to repeat."""
    slot = access_slot(session, actor, command.slot_id, Right.WRITE)
    if slot.cancelled_at or slot.done_at:
        return
    _cancel(slot)
    tell_of_end(session, actor, session.get_one(HelpRequest, slot.request_id), [slot])
    announce(session, actor, slot.request_id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="closed a request for help")
def close_help_request(session: Session, actor: Actor, command: OneHelpRequest) -> None:
    """Nothing more of it is wanted. Whoever had taken a part that is still to come is told. Safe to repeat."""
    request = access_help_request(session, actor, command.request_id, Right.WRITE)
    if request.closed_at:
        return
    request.closed_at = now()
    slots = _coming(session, request)
    for slot in slots:
        _cancel(slot)
    take_back_asking(session, request)
    tell_of_end(session, actor, request, slots)
    announce(session, actor, request.id)


def request_text(request: HelpRequest, language: str) -> str:
    """All that the form asks for, to be read beside what somebody else has written meanwhile."""
    title = request.title or translate(language, title_of(request))
    hidden = mark("Show the address only to who takes something on")
    who = translate(language, hidden) if request.hides_address else ""
    return "\n".join(filter(None, [request.words, title, request.food, request.address, who]))


def _cancel(slot: HelpSlot) -> None:
    slot.cancelled_at = now()
    slot.version += 1


def _coming(session: Session, request: HelpRequest) -> list[HelpSlot]:
    """What is still to be done, or taken by nobody. Nobody takes any of it until the transaction ends."""
    left = select(HelpSlot).where(
        col(HelpSlot.request_id) == request.id, col(HelpSlot.done_at).is_(None), col(HelpSlot.cancelled_at).is_(None)
    )
    coming = left.where(or_(is_free(), col(HelpSlot.due_at) > now())).order_by(col(HelpSlot.id)).with_for_update()
    return list(session.scalars(coming.execution_options(populate_existing=True)))


def _open(session: Session, actor: Actor, request_id: str) -> HelpRequest:
    request = access_help_request(session, actor, request_id, Right.WRITE)
    if request.closed_at:
        raise Conflict("This request is closed. Please ask anew.")
    return request


def _take_version(session: Session, actor: Actor, request: HelpRequest, version: int) -> None:
    mine = update(HelpRequest).where(col(HelpRequest.id) == request.id, col(HelpRequest.version) == version)
    if session.execute(mine.values(version=version + 1)).rowcount == 0:  # type: ignore[attr-defined]
        theirs = request_text(request, actor.language)
        raise Conflict("Someone changed this in the meantime. Your text is kept. It now says: {theirs}", theirs=theirs)
    session.refresh(request)
