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
    """Say where the person is and how they are, since when it was said.

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
        since=actor.said_at,
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
    if newest and newest.member_id != actor.member_id and _is_news(newest, actor, command):
        said = ", ".join(part for part in (newest.place, newest.words) if part)
        raise Conflict("Someone said something newer: {newest}. Yours is kept.", newest=said)


def _is_news(newest: Status, actor: Actor, command: SetStatus) -> bool:
    """To its author, who may have seen no status yet."""
    return newest.id != command.after if command.after else newest.since > actor.said_at
