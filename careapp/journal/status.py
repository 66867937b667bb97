"""The status card: where the person is, how they are, since when, said by whom."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.blank import is_blank
from careapp.errors import Conflict, Invalid
from careapp.journal.commands import SetStatus
from careapp.models import Status
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said


@dataclass(frozen=True)
class StatusSet:
    id: str


@operation(section=Section.STATUS, right=Right.WRITE, says="said how the person is")
def set_status(session: Session, actor: Actor, command: SetStatus) -> StatusSet:
    """Say where the person is and how they are.

    One written without network may arrive hours later: where someone else said something newer than what its author
    saw, it gets Conflict instead of hiding that.
    """
    if session.get(Status, command.id):
        raise Conflict("This status has already arrived.")
    if is_blank(command.place) and is_blank(command.words) and not command.mood:
        raise Invalid(fields={"words": Said("Say where they are, or how.")})
    _require_newest(session, actor, command)
    status = Status(
        id=command.id,
        site_id=actor.site_id,
        member_id=actor.member_id,
        place=command.place,
        mood=command.mood,
        words=command.words,
    )
    session.add(status)
    announce(session, actor, status.id)
    return StatusSet(status.id)


def _require_newest(session: Session, actor: Actor, command: SetStatus) -> None:
    newest = session.execute(
        select(Status)
        .where(col(Status.site_id) == actor.site_id)
        .order_by(col(Status.since).desc(), col(Status.id).desc())
        .limit(1)
    ).scalar_one_or_none()
    if command.after and newest and newest.id != command.after and newest.member_id != actor.member_id:
        said = ", ".join(part for part in (newest.place, newest.words) if part)
        raise Conflict("Someone said something newer: {newest}. Yours is kept.", newest=said)
