"""What people do in a family meeting: begin, write down what was decided, tick off, close."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_kick_off, lock_site
from careapp.clock import now
from careapp.duties.agenda import AGENDA
from careapp.errors import Conflict
from careapp.ids import new_id
from careapp.models import KickOff, KickOffPoint
from careapp.notify.announce import announce
from careapp.operation import Command, Id, Text, Version, operation
from careapp.said import Said


def _on_the_agenda(value: str) -> str:
    if value not in AGENDA:
        raise ValueError(Said("This cannot be used here."))
    return value


PointKey = Annotated[str, AfterValidator(_on_the_agenda)]
Decision = Annotated[Text, Field(max_length=2000)]


class StartKickOff(Command):
    id: Id = Field(default_factory=new_id)


class OneKickOff(Command):
    kick_off_id: Id


class NotePoint(OneKickOff):
    """`version` is that of the words that the writer started from, 0 where there were none. `is_done` ticks the point
    off or opens it again; None leaves that as it is."""

    point: PointKey
    version: Version = 0
    words: Decision = ""
    is_done: bool | None = None


@dataclass(frozen=True)
class Started:
    id: str


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="began a family meeting")
def start_kick_off(session: Session, actor: Actor, command: StartKickOff) -> Started:
    """One meeting at a time: who begins while another is under way joins that one."""
    lock_site(session, actor)
    there = session.get(KickOff, command.id)
    if there and (there.finished_at or there.site_id != actor.site_id):
        raise Conflict("This meeting is over.")
    under_way = open_kick_off(session, actor)
    if under_way:
        return Started(under_way.id)
    session.add(KickOff(id=command.id, site_id=actor.site_id, started_by_id=actor.member_id))
    announce(session, actor, command.id)
    return Started(command.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="wrote down a decision")
def note_point(session: Session, actor: Actor, command: NotePoint) -> None:
    """Write down what was decided on a point, and whether it is done. Several may write: nobody's words are overwritten
    unseen."""
    point = _point(session, actor, command)
    if point.words != command.words:
        if point.version != command.version:
            raise Conflict(
                "Someone else wrote here in the meantime. Your text is kept. It now says: {theirs}", theirs=point.words
            )
        point.words, point.version = command.words, point.version + 1
    if command.is_done is not None:
        point.done_at = (point.done_at or now()) if command.is_done else None
        point.done_by_id = (point.done_by_id or actor.member_id) if command.is_done else None
    announce(session, actor, command.kick_off_id)


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="closed a family meeting")
def finish_kick_off(session: Session, actor: Actor, command: OneKickOff) -> None:
    """The meeting is over; what was decided stays to be read. Safe to repeat."""
    kick_off = access_kick_off(session, actor, command.kick_off_id, Right.WRITE)
    kick_off.finished_at = kick_off.finished_at or now()
    announce(session, actor, kick_off.id)


def open_kick_off(session: Session, actor: Actor) -> KickOff | None:
    """The meeting that is under way."""
    newest = newest_kick_off(session, actor)
    return newest if newest and newest.finished_at is None else None


def newest_kick_off(session: Session, actor: Actor) -> KickOff | None:
    statement = (
        select(KickOff)
        .where(col(KickOff.site_id) == actor.site_id)
        .order_by(col(KickOff.started_at).desc(), col(KickOff.id).desc())
        .limit(1)
    )
    found: KickOff | None = session.execute(statement).scalar_one_or_none()
    return found


def _point(session: Session, actor: Actor, command: NotePoint) -> KickOffPoint:
    """The row of a point, made when it is first spoken of and held until the transaction ends."""
    kick_off = access_kick_off(session, actor, command.kick_off_id, Right.TAKE_PART)
    if kick_off.finished_at:
        raise Conflict("This meeting is over.")
    key = {"kick_off_id": kick_off.id, "point": command.point}
    session.execute(insert(KickOffPoint).values(**key, words="", version=0).on_conflict_do_nothing())
    return session.get_one(KickOffPoint, (kick_off.id, command.point), with_for_update=True)
