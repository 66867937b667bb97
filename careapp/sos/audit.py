"""The watchman: looks every minute that each open alert goes on and each delivery has a next attempt or an end.

What it mends it writes down, with ids alone, for whoever runs the installation.
"""

import logging
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.db import after_commit, reading, unit_of_work
from careapp.models import Alert, AuditEntry, Delivery, DeliveryState
from careapp.notify import bell
from careapp.sos import climb, record
from careapp.sos.ladder import LIFE, is_over

# A step this late was lost: a worker died with it, or its job was given up.
OVERDUE = timedelta(seconds=45)
# A courier takes an expired lease again by itself; one that nobody took for so long has no courier.
STUCK = timedelta(minutes=5)
MOST = 500
OPERATION = "sos.audit"

log = logging.getLogger(__name__)


def mend() -> list[str]:
    """Mend what is found, each alert in a transaction of its own; what was mended, in words. Safe to repeat."""
    with reading() as session:
        alert_ids = _alerts_to_look_at(session)
    mended = [words for alert_id in alert_ids for words in _mend_alert(alert_id)]
    with unit_of_work() as session:
        mended += _mend_deliveries(session)
    if mended:
        log.error("the watchman mended: %s", "; ".join(mended))
    return mended


def _alerts_to_look_at(session: Session) -> list[str]:
    """Open, and: unanswered without a next step or with one overdue, or older than a day, or answered by nobody who is
    still there."""
    waiting = col(Alert.answered_at).is_(None)
    is_lost = and_(waiting, or_(col(Alert.next_step_at).is_(None), col(Alert.next_step_at) < now() - OVERDUE))
    is_old = col(Alert.created_at) < now() - LIFE - OVERDUE
    statement = (
        select(col(Alert.id))
        .where(col(Alert.ended_at).is_(None), or_(is_lost, is_old, and_(~waiting, ~climb.is_someone_coming())))
        .order_by(col(Alert.created_at))
        .limit(MOST)
    )
    return list(session.execute(statement).scalars())


def _mend_alert(alert_id: str) -> list[str]:
    with unit_of_work() as session:
        alert = climb.held(session, alert_id)
        if alert is None or alert.ended_at:
            return []
        words = _what_is_wrong(session, alert)
        if words:
            _set_going(session, alert)
            _note(session, words, alert.site_id, alert.id)
        return [f"alert {alert.id}: {words}"] if words else []


def _what_is_wrong(session: Session, alert: Alert) -> str:
    """Looked at again, now that nobody else can change it."""
    if is_over(alert, now() - OVERDUE):
        return "was open for longer than a day"
    if alert.answered_at:
        return "" if climb.someone_is_coming(session, alert) else "was answered only by people who have left"
    if alert.next_step_at is None:
        return "had no next step"
    late = now() - alert.next_step_at
    return f"its next step was {int(late.total_seconds())} s late" if late > OVERDUE else ""


def _set_going(session: Session, alert: Alert) -> None:
    if alert.answered_at:
        climb.resume(session, alert)
    elif not is_over(alert, now()):
        alert.next_step_at = alert.next_step_at or now()
        record.write(session, alert, "mended")
    session.flush()
    climb.climb(session, alert.id)


def _mend_deliveries(session: Session) -> list[str]:
    """A lease that nobody took up again is taken away. What is only late is for the courier, which is woken."""
    until = col(Delivery.leased_until)
    lost = and_(col(Delivery.state) == DeliveryState.LEASED, or_(until.is_(None), until < now() - STUCK))
    rows = session.execute(select(Delivery).where(lost).limit(MOST).with_for_update(skip_locked=True)).scalars()
    mended = [_free(session, row) for row in rows]
    if mended or session.scalar(select(exists().where(is_late()))):
        after_commit(session, bell.ring)
    return mended


def is_late() -> ColumnElement[bool]:
    """A delivery that should long have been tried."""
    return and_(col(Delivery.state) == DeliveryState.WAITING, col(Delivery.run_at) < now() - STUCK)


def _free(session: Session, row: Delivery) -> str:
    row.state, row.run_at, row.leased_until = DeliveryState.WAITING, now(), None
    row.fence += 1
    _note(session, "was leased and forgotten", None, row.id)
    return f"delivery {row.id}: was leased and forgotten"


def _note(session: Session, words: str, site_id: str | None, about: str) -> None:
    session.add(AuditEntry(site_id=site_id, operation=OPERATION, says=words, about_id=about))
