"""Raising an SOS, saying more about it, and ending it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_alert
from careapp.clock import now
from careapp.errors import Conflict, Invalid, NotAllowed
from careapp.limits import Limit, count
from careapp.models import Alert, Answer, Channel, Delivery, Member, Notice, Responder
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said
from careapp.sos import climb, ending, record
from careapp.sos.cards import calls_of, text_about
from careapp.sos.commands import AddNote, RaiseAlert, SayMore, StandDown
from careapp.sos.views import CallLine

# Far above what anyone in need would do, so that nobody can keep a family awake by a script. What failed on our side
# does not count, nor do a phone's repeats.
RAISES = Limit("sos", 60, timedelta(hours=1))


@dataclass(frozen=True)
class Raised:
    """To `reached_by_push` of the `told` a push message goes out. Where it is to nobody, `to_call` is who to call."""

    id: str
    told: int
    reached_by_push: int
    nobody_by_push: bool
    to_call: tuple[CallLine, ...]


@operation(section=Section.SOS, right=Right.TAKE_PART, says="raised an SOS")
def raise_alert(session: Session, actor: Actor, command: RaiseAlert) -> Raised:
    """Call for help: whoever is told first is told in this transaction.

    Safe to repeat: the same `alert_id` by the same member is the same alert. Two members' are two alerts.
    """
    actor.require_member()
    alert = session.get(Alert, command.alert_id)
    if alert and (alert.site_id, alert.raised_by_id) != (actor.site_id, actor.member_id):
        raise Conflict("This id belongs to another alert.")
    if alert is None:
        alert = _raise(session, actor, command)
    calls = calls_of(session, actor, _told(session, alert), text_about(alert))
    pushed = _pushed(session, alert)
    by_push = sum(call.member_id in pushed for call in calls)
    return Raised(alert.id, len(calls), by_push, not by_push, calls)


@operation(section=Section.SOS, right=Right.TAKE_PART, says="said more about an SOS")
def say_more(session: Session, actor: Actor, command: SayMore) -> None:
    """Add what happened and where, once the SOS is on its way. Only whoever raised it may, while it is open."""
    alert = access_alert(session, actor, command.alert_id, is_held=True)
    if alert.raised_by_id != actor.member_id:
        raise NotAllowed
    _require_open(alert)
    said = {name: value for name, value in command if value is not None and name != "alert_id"}
    _require_whole_position(command)
    if all(getattr(alert, name) == value for name, value in said.items()):
        return
    for name, value in said.items():
        setattr(alert, name, value)
    record.write(session, alert, "said_more", actor.member_id)
    announce(session, actor, alert.id)


@operation(section=Section.SOS, right=Right.TAKE_PART, says="stood an SOS down")
def stand_down(session: Session, actor: Actor, command: StandDown) -> None:
    """End it, with an all-clear to everyone who was told of it. Safe to repeat.

    For whoever raised it, whoever is on the way to them, and who manages SOS here.
    """
    alert = access_alert(session, actor, command.alert_id, is_held=True)
    if not may_stand_down(session, actor, alert):
        raise NotAllowed
    if alert.ended_at:
        return
    ending.stand_down(session, alert, session.get_one(Member, actor.member_id), command.words)
    announce(session, actor, alert.id)


@operation(section=Section.SOS, right=Right.TAKE_PART, says="added a note to an SOS")
def add_alert_note(session: Session, actor: Actor, command: AddNote) -> None:
    """Write into the record, during the alert or afterwards."""
    actor.require_member()
    alert = access_alert(session, actor, command.alert_id)
    if not command.words:
        raise Invalid(fields={"words": Said("Please write something first.")})
    record.write(session, alert, "note", actor.member_id, text=command.words)
    announce(session, actor, alert.id)


def may_stand_down(session: Session, actor: Actor, alert: Alert) -> bool:
    if alert.raised_by_id == actor.member_id or actor.may(Section.SOS, Right.MANAGE):
        return True
    mine = session.get(Responder, (alert.id, actor.member_id))
    return mine is not None and mine.answer == Answer.ON_MY_WAY


def _raise(session: Session, actor: Actor, command: RaiseAlert) -> Alert:
    _require_whole_position(command)
    count(session, RAISES, actor.member_id)
    alert = Alert(
        id=command.alert_id,
        site_id=actor.site_id,
        raised_by_id=actor.member_id,
        kind=command.kind,
        words=command.words,
        latitude=command.latitude,
        longitude=command.longitude,
        accuracy=command.accuracy,
        is_drill=command.is_drill,
        raised_at=actor.said_at,
        created_at=now(),
        next_step_at=now(),
    )
    session.add(alert)
    record.write(session, alert, "raised", actor.member_id)
    session.flush()
    climb.begin(session, alert)
    announce(session, actor, alert.id)
    return alert


def _told(session: Session, alert: Alert) -> list[Member]:
    """Whom the steps taken so far were to tell, whether anything leads to them or not."""
    statement = (
        select(Member)
        .join(Responder, col(Responder.member_id) == col(Member.id))
        .where(col(Responder.alert_id) == alert.id, col(Member.left_at).is_(None), col(Member.id) != alert.raised_by_id)
        .order_by(col(Member.name), col(Member.id))
    )
    return list(session.execute(statement).scalars())


def _pushed(session: Session, alert: Alert) -> set[str | None]:
    statement = select(col(Notice.member_id)).join(Delivery, col(Delivery.notice_id) == col(Notice.id))
    pushed = statement.where(col(Notice.alert_id) == alert.id, col(Delivery.channel) == Channel.PUSH)
    return set(session.scalars(pushed))


def _require_open(alert: Alert) -> None:
    if alert.ended_at:
        raise Conflict("This SOS is over.")


def _require_whole_position(command: RaiseAlert | SayMore) -> None:
    if (command.latitude is None) != (command.longitude is None):
        raise Invalid(fields={"latitude": Said("A position has a latitude and a longitude.")})
