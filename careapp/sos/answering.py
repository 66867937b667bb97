"""What those do who are told of an SOS: see it, and answer."""

from datetime import datetime

from sqlmodel import Session

from careapp.access import Actor, Right, Section, access_alert
from careapp.clock import now
from careapp.errors import Conflict
from careapp.models import Alert, Answer, Member, Responder
from careapp.notify.announce import announce
from careapp.notify.tell import tell
from careapp.operation import operation
from careapp.sos import climb, record, words
from careapp.sos.commands import AnswerAlert, OneAlert


@operation(section=Section.SOS, right=Right.TAKE_PART, says="answered an SOS")
def answer_alert(session: Session, actor: Actor, command: AnswerAlert) -> None:
    """Say what one does about it; the answer may be changed while the SOS is open. Safe to repeat.

    On the way and can call stop the ladder, can't does not. When the last one who had said yes takes it back, the
    ladder is climbed on at once. Whoever raised it is told of every answer.
    """
    actor.require_member()
    alert = access_alert(session, actor, command.alert_id, is_held=True)
    if alert.ended_at:
        raise Conflict("This SOS is over.")
    if alert.raised_by_id == actor.member_id:
        raise Conflict("This SOS is your own.")
    row = climb.responder(session, alert, actor.member_id)
    minutes = command.minutes if command.answer is Answer.ON_MY_WAY else None
    if (row.answer, row.minutes) == (command.answer, minutes):
        return
    said_at = max(actor.said_at, alert.created_at)
    _note(row, command.answer, minutes, said_at)
    record.write(session, alert, command.answer, actor.member_id, minutes=minutes)
    session.flush()
    _steer(session, alert)
    _tell_raiser(session, actor, alert, command.answer, _minutes_left(minutes, said_at))
    announce(session, actor, alert.id)


@operation(section=Section.SOS, right=Right.TAKE_PART, says="saw an SOS")
def mark_alert_seen(session: Session, actor: Actor, command: OneAlert) -> None:
    """Say that one has it in front of them; safe to repeat. Its sender has always seen it."""
    actor.require_member()
    alert = access_alert(session, actor, command.alert_id, is_held=True)
    if alert.raised_by_id == actor.member_id or alert.ended_at:
        return
    row = climb.responder(session, alert, actor.member_id)
    if row.seen_at is None:
        row.seen_at = now()
        record.write(session, alert, "seen", actor.member_id)
        announce(session, actor, alert.id)


def _note(row: Responder, answer: Answer, minutes: int | None, said_at: datetime) -> None:
    """An answer that was given without a connection moves no arrival."""
    row.answer, row.minutes, row.answered_at = answer, minutes, said_at
    row.seen_at = row.seen_at or said_at


def _minutes_left(minutes: int | None, said_at: datetime) -> int:
    return max(0, (minutes or 0) - int((now() - said_at).total_seconds() // 60))


def _steer(session: Session, alert: Alert) -> None:
    """Stop the ladder, or climb on."""
    if climb.someone_is_coming(session, alert):
        alert.answered_at, alert.next_step_at = alert.answered_at or now(), None
    elif alert.answered_at:
        climb.resume(session, alert)


def _tell_raiser(session: Session, actor: Actor, alert: Alert, answer: Answer, minutes: int) -> None:
    who = session.get_one(Member, actor.member_id)
    tell(session, alert.site_id, [alert.raised_by_id], words.answered(alert, who, answer, minutes, actor.site_address))
