"""Handing over: whoever goes off duty writes what matters, and the next one reads it and takes over."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_handover, access_shift
from careapp.clock import now
from careapp.errors import Conflict, Invalid
from careapp.models import Handover, Member
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said
from careapp.shifts.commands import EditHandover, Handed, OneHandover, WriteHandover
from careapp.shifts.telling import tell_of_confirmation, tell_of_handover

PARTS = ("medicines", "mood", "food", "incidents", "words")


@dataclass(frozen=True)
class Written:
    id: str


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="wrote what is handed over")
def write_handover(session: Session, actor: Actor, command: WriteHandover) -> Written:
    """Write down what the next one has to know, who is told. Who only takes part writes about a shift of their own."""
    if session.get(Handover, command.id):
        raise Conflict("This has already arrived.")
    shift = access_shift(session, actor, command.shift_id) if command.shift_id else None
    if shift is None or shift.member_id != actor.member_id:
        actor.require(Section.SCHEDULE, Right.WRITE)
    handover = Handover(
        id=command.id, site_id=actor.site_id, author_id=actor.member_id, shift_id=shift.id if shift else None
    )
    _put(handover, command)
    session.add(handover)
    session.flush()
    tell_of_handover(session, actor, handover)
    announce(session, actor, handover.id)
    return Written(handover.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="changed what is handed over")
def edit_handover(session: Session, actor: Actor, command: EditHandover) -> None:
    """Say it otherwise, until the next one has taken over by it; after that Conflict, as for who was slower."""
    handover = access_handover(session, actor, command.handover_id, Right.WRITE)
    if handover.confirmed_at:
        raise Conflict("This was read and taken over already. Please write what has to be added anew.")
    mine = update(Handover).where(col(Handover.id) == handover.id, col(Handover.version) == command.version)
    if session.execute(mine.values(version=command.version + 1)).rowcount == 0:  # type: ignore[attr-defined]
        theirs = handover_text(handover)
        raise Conflict("Someone changed this in the meantime. Your text is kept. It now says: {theirs}", theirs=theirs)
    session.refresh(handover)
    _put(handover, command)
    handover.edited_at = now()
    announce(session, actor, handover.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="read what was handed over, and took over")
def confirm_handover(session: Session, actor: Actor, command: OneHandover) -> None:
    """One person takes over by it; whoever wrote it is told. The second gets Conflict. Safe to repeat."""
    handover = access_handover(session, actor, command.handover_id, Right.TAKE_PART)
    if handover.author_id == actor.member_id:
        raise Conflict("Whoever comes next takes over from you.")
    if handover.confirmed_by_id == actor.member_id:
        return
    open_one = update(Handover).where(col(Handover.id) == handover.id, col(Handover.confirmed_by_id).is_(None))
    taken = session.execute(open_one.values(confirmed_by_id=actor.member_id, confirmed_at=now()))
    if taken.rowcount == 0:  # type: ignore[attr-defined]
        name = session.get_one(Member, handover.confirmed_by_id).name
        raise Conflict("{name} has taken over already.", name=name)
    session.refresh(handover)
    tell_of_confirmation(session, actor, handover)
    announce(session, actor, handover.id)


def handover_text(handover: Handover) -> str:
    """All of its words, one part a line."""
    return "\n".join(filter(None, (getattr(handover, part) for part in PARTS if part != "mood")))


def _put(handover: Handover, said: Handed) -> None:
    if not any(getattr(said, part) for part in PARTS):
        raise Invalid(fields={"words": Said("Please say something of how it went.")})
    for part in PARTS:
        setattr(handover, part, getattr(said, part))
