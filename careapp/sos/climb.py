"""Climbing the ladder: the step that is due is taken once, however many workers and repeats there are.

Every change of where an alert stands is one conditional UPDATE, so that a step, an answer and a stand-down that meet
follow each other: what comes second finds the row changed.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, CursorResult, exists, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.clock import now
from careapp.db import concerns
from careapp.jobs import enqueue
from careapp.models import Alert, Answer, Delivery, DeliveryState, Member, Notice, Responder, Site
from careapp.notify.announce import stir
from careapp.notify.tell import tell
from careapp.sos import record, words
from careapp.sos.ending import expire, show_elsewhere
from careapp.sos.ladder import WIDEST, Step, ends_at, is_due, is_over, is_widest, next_due, step_to_take
from careapp.sos.people import steps_of, told_by

COMING = (Answer.ON_MY_WAY, Answer.CAN_CALL)
JOB = "sos.climb"


def climb(session: Session, alert_id: str) -> None:
    """Take what is due of an alert: its next step, or its end. Safe to repeat, and at any time."""
    alert = held(session, alert_id)
    if alert is None or alert.ended_at:
        return
    concerns(session, alert.site_id)
    if is_over(alert, now()) or _is_site_gone(session, alert):
        expire(session, alert)
        stir(session, alert.site_id)
    elif is_due(alert, now()):
        take_steps(session, alert)
        stir(session, alert.site_id)


def held(session: Session, alert_id: str) -> Alert | None:
    """The alert, which nobody else changes until the transaction ends."""
    statement = select(Alert).where(col(Alert.id) == alert_id).with_for_update()
    found: Alert | None = session.execute(statement.execution_options(populate_existing=True)).scalar_one_or_none()
    return found


def take_steps(session: Session, alert: Alert) -> None:
    """Take the step that is due. One by which no message goes out is followed by the next at once: nobody is waited
    for who was not called. Where that was the last, everyone is told by every way."""
    steps = steps_of(session, alert.site_id)
    for _ in range(max(1, len(steps) - alert.step)):
        step = step_to_take(steps, alert.step)
        if not _move(session, alert, steps):
            return
        if _tell(session, alert, step):
            break
    else:
        if not is_widest(step):
            _tell(session, alert, WIDEST)
    assert alert.next_step_at is not None
    enqueue(session, JOB, {"alert_id": alert.id}, run_at=alert.next_step_at)


def resume(session: Session, alert: Alert) -> None:
    """Nobody is coming any more: climb on, now."""
    alert.answered_at, alert.next_step_at = None, now()
    record.write(session, alert, "resumed")
    session.flush()
    enqueue(session, JOB, {"alert_id": alert.id}, run_at=now())


def begin(session: Session, alert: Alert) -> None:
    """The first step, in the transaction that raises the alert, and its end, in case it is never stood down."""
    enqueue(session, JOB, {"alert_id": alert.id}, run_at=ends_at(alert))
    take_steps(session, alert)
    show_elsewhere(session, alert)


def someone_is_coming(session: Session, alert: Alert) -> bool:
    """Whether a current member has said that they come or call."""
    return bool(session.execute(select(is_someone_coming()).where(col(Alert.id) == alert.id)).scalar_one())


def is_someone_coming() -> ColumnElement[bool]:
    """The same, beside any alert of a statement."""
    return (
        exists()
        .where(col(Responder.alert_id) == col(Alert.id), col(Responder.answer).in_(COMING))
        .where(col(Member.id) == col(Responder.member_id), col(Member.left_at).is_(None))
        .correlate(Alert)
    )


def responder(session: Session, alert: Alert, member_id: str) -> Responder:
    """The member's row in an alert, made where there is none."""
    row = session.get(Responder, (alert.id, member_id), with_for_update=True)
    if row is None:
        row = Responder(alert_id=alert.id, member_id=member_id, site_id=alert.site_id)
        session.add(row)
    return row


def _move(session: Session, alert: Alert, steps: Sequence[Step]) -> bool:
    """Whether this is the one that takes the step."""
    waiting = (col(Alert.step) == alert.step, col(Alert.ended_at).is_(None), col(Alert.answered_at).is_(None))
    then = {"step": alert.step + 1, "next_step_at": next_due(alert, steps, alert.step + 1, now())}
    moved = update(Alert).where(col(Alert.id) == alert.id, *waiting).values(then)
    result = session.execute(moved.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    session.refresh(alert)
    return result.rowcount == 1


def _tell(session: Session, alert: Alert, step: Step) -> int:
    """How many of those whom the step tells a message is on its way to."""
    site, by = session.get_one(Site, alert.site_id), session.get_one(Member, alert.raised_by_id)
    members = told_by(session, alert.site_id, step, but=alert.raised_by_id)
    telling = words.call_for_help(alert, by.name, site.address, step.channels)
    notices = tell(session, site, [member.id for member in members], telling)
    if alert.step > 1:
        _overtake(session, alert, notices)
    told = _with_deliveries(session, notices)
    for member in members:
        row = responder(session, alert, member.id)
        if member.id in told:
            row.told_at = row.told_at or now()
    if told:
        record.write(session, alert, "told", n=len(told), step=alert.step, channels=list(step.channels))
    else:
        record.write(session, alert, "nobody", step=alert.step)
    return len(told)


def _overtake(session: Session, alert: Alert, notices: list[Notice]) -> None:
    """What an earlier step has not brought to someone by the same way is not sent any more: after an outage one message
    says it, and not one of each step."""
    new_ids = [notice.id for notice in notices]
    new, new_notice = aliased(Delivery), aliased(Notice)
    is_overtaken = (
        exists()
        .where(col(new_notice.id).in_(new_ids), col(new.notice_id) == col(new_notice.id))
        .where(col(new_notice.member_id) == col(Notice.member_id), col(new.channel) == col(Delivery.channel))
        .where(col(new.device_id).is_not_distinct_from(col(Delivery.device_id)))
    )
    earlier = (
        exists()
        .where(col(Notice.id) == col(Delivery.notice_id), col(Notice.alert_id) == alert.id)
        .where(col(Notice.tag) == words.tag_of(alert), col(Notice.id).not_in(new_ids), is_overtaken)
    )
    waiting = update(Delivery).where(col(Delivery.state) == DeliveryState.WAITING, earlier)
    ended = {"state": DeliveryState.DROPPED, "ended_at": now(), "problem": "overtaken by the next step"}
    session.execute(waiting.values(ended).execution_options(synchronize_session=False))


def _with_deliveries(session: Session, notices: list[Notice]) -> set[str]:
    """The members to whom at least one channel leads."""
    statement = (
        select(col(Notice.member_id))
        .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
        .where(col(Notice.id).in_([notice.id for notice in notices]))
    )
    return {member_id for member_id in session.execute(statement).scalars() if member_id}


def _is_site_gone(session: Session, alert: Alert) -> bool:
    return session.get_one(Site, alert.site_id).deleted_at is not None
