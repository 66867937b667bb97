"""What people do with responsibilities: add, take on, hand over, give back, change, close."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_responsibility
from careapp.clock import now
from careapp.duties.commands import (
    AddResponsibility,
    EditResponsibility,
    GiveBack,
    HandOver,
    OneResponsibility,
    TakeOn,
)
from careapp.duties.holding import access_taker, came_from, give, holder_of, write_down
from careapp.duties.lists import responsibility_text
from careapp.duties.starters import STARTERS
from careapp.duties.telling import tell_of_hand_over, tell_of_return
from careapp.errors import Conflict, Invalid, NotAllowed, NotFound
from careapp.models import Member, Responsibility
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said

MOST = 100
OWN_POSITION = 1000


@dataclass(frozen=True)
class Added:
    id: str


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="added a responsibility")
def add_responsibility(session: Session, actor: Actor, command: AddResponsibility) -> Added:
    """Put something on the list. One of the starter set is there once: who adds it again gets the one that is there."""
    if not command.kind and not command.title:
        raise Invalid(fields={"title": Said("Please say what it is.")})
    there = _of_kind(session, actor, command.kind)
    if there:
        return Added(there.id)
    if session.get(Responsibility, command.id):
        raise Conflict("This has already arrived.")
    _require_room(session, actor)
    added = _made(session, actor, command)
    announce(session, actor, added.id)
    return Added(added.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="took on a responsibility")
def take_on(session: Session, actor: Actor, command: TakeOn) -> None:
    """Take what nobody has. Two can never hold one: the second gets Conflict. Safe to repeat."""
    found = _open(session, actor, command)
    holder = holder_of(session, found, command.part)
    if holder and holder.id == actor.member_id:
        return
    if holder:
        raise Conflict("{name} has taken this on in the meantime. Thank you for offering.", name=holder.name)
    give(session, actor, found, command.part, actor.member_id)
    announce(session, actor, found.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="handed a responsibility over")
def hand_over(session: Session, actor: Actor, command: HandOver) -> None:
    """Put it into someone else's hands. Who has it may, and who manages the schedule; what nobody has may be given by
    who adds to it. If it has changed hands since, nothing happens but Conflict."""
    found = _open(session, actor, command)
    holder = holder_of(session, found, command.part)
    holder_id = holder.id if holder else ""
    _require_may_give(actor, found, holder_id)
    member_id = access_taker(session, actor, command.member_id).id if command.member_id else ""
    if holder_id == member_id:
        return
    if holder_id != command.seen_id:
        _require_known(session, actor, command.seen_id)
        raise _changed(holder.name if holder else "")
    give(session, actor, found, command.part, member_id, command.note)
    tell_of_hand_over(session, actor, found, member_id, command.note)
    announce(session, actor, found.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="gave a responsibility back")
def give_back(session: Session, actor: Actor, command: GiveBack) -> None:
    """Let go of what one has. It goes back to who handed it over; else nobody has it, which shows."""
    found = _open(session, actor, command)
    holder = holder_of(session, found, command.part)
    if holder is None or holder.id != actor.member_id:
        raise Conflict("This is not in your hands any more.")
    giver_id, before = came_from(session, found, command.part)
    give(session, actor, found, command.part, before.id if before else "", command.note)
    tell_of_return(session, actor, found, before.id if before else giver_id, command.note)
    announce(session, actor, found.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="changed a responsibility")
def edit_responsibility(session: Session, actor: Actor, command: EditResponsibility) -> None:
    """Say what belongs to it. Nobody's words are overwritten unseen: who was slower gets Conflict."""
    found = _open(session, actor, command)
    _require_own(actor, found)
    if not found.kind and not command.title:
        raise Invalid(fields={"title": Said("Please say what it is.")})
    _take_version(session, found, command.version)
    found.title = "" if found.kind else command.title
    found.words = command.words
    announce(session, actor, found.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="closed a responsibility")
def close_responsibility(session: Session, actor: Actor, command: OneResponsibility) -> None:
    """Nobody has to look after this any more. Safe to repeat."""
    found = access_responsibility(session, actor, command.responsibility_id, Right.TAKE_PART)
    _require_own(actor, found)
    found.closed_at = found.closed_at or now()
    announce(session, actor, found.id)


def _open(session: Session, actor: Actor, command: OneResponsibility) -> Responsibility:
    found = access_responsibility(session, actor, command.responsibility_id, Right.TAKE_PART)
    if found.closed_at:
        raise Conflict("This is no longer on the list.")
    return found


def _of_kind(session: Session, actor: Actor, kind: str) -> Responsibility | None:
    if not kind:
        return None
    statement = select(Responsibility).where(
        col(Responsibility.site_id) == actor.site_id,
        col(Responsibility.kind) == kind,
        col(Responsibility.closed_at).is_(None),
    )
    found: Responsibility | None = session.execute(statement.limit(1)).scalar_one_or_none()
    return found


def _made(session: Session, actor: Actor, command: AddResponsibility) -> Responsibility:
    owner = access_taker(session, actor, command.owner_id) if command.owner_id else None
    added = Responsibility(
        id=command.id,
        site_id=actor.site_id,
        kind=command.kind,
        title="" if command.kind else command.title,
        words=command.words,
        owner_id=owner.id if owner else None,
        position=list(STARTERS).index(command.kind) if command.kind else OWN_POSITION,
    )
    session.add(added)
    session.flush()
    write_down(session, actor, added)
    tell_of_hand_over(session, actor, added, added.owner_id or "", "")
    return added


def _require_room(session: Session, actor: Actor) -> None:
    there = select(func.count()).where(
        col(Responsibility.site_id) == actor.site_id, col(Responsibility.closed_at).is_(None)
    )
    if session.execute(there).scalar_one() >= MOST:
        raise Conflict("The list is full. Please close what is no longer needed first.")


def _require_may_give(actor: Actor, found: Responsibility, holder_id: str) -> None:
    is_in_it = actor.member_id in (holder_id, found.owner_id)
    if not is_in_it:
        actor.require(Section.SCHEDULE, Right.MANAGE if holder_id else Right.WRITE)


def _require_known(session: Session, actor: Actor, member_id: str) -> None:
    """Someone of this site, who may have left it since."""
    member = session.get(Member, member_id) if member_id else None
    if member_id and (member is None or member.site_id != actor.site_id):
        raise NotFound


def _require_own(actor: Actor, found: Responsibility) -> None:
    if found.owner_id != actor.member_id and not actor.may(Section.SCHEDULE, Right.MANAGE):
        raise NotAllowed


def _changed(name: str) -> Conflict:
    if name:
        return Conflict("This has changed hands in the meantime: {name} has it now.", name=name)
    return Conflict("This has changed in the meantime: nobody has it now.")


def _take_version(session: Session, found: Responsibility, version: int) -> None:
    mine = update(Responsibility).where(col(Responsibility.id) == found.id, col(Responsibility.version) == version)
    if session.execute(mine.values(version=version + 1)).rowcount == 0:  # type: ignore[attr-defined]
        theirs = responsibility_text(found)
        raise Conflict("Someone changed this in the meantime. Your text is kept. It now says: {theirs}", theirs=theirs)
    session.refresh(found)
