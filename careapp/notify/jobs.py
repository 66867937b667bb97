"""Sends what was posted, writes digests when their hour has come, and forgets old notices."""

import logging
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from careapp.adapters.email import Mail, deliver
from careapp.clock import now
from careapp.db import reading, unit_of_work
from careapp.jobs import Lane, every, job
from careapp.models import Notice
from careapp.notify.digest import due_digests, send_digest

KEPT = timedelta(days=90)
MINUTE, DAY = 60, 24 * 60 * 60

log = logging.getLogger(__name__)


@job("notify.send_mail", Lane.MAIL)
def send_mail(payload: dict[str, Any]) -> None:
    deliver(Mail(**payload))


@every(5 * MINUTE, "notify.digests")
def send_digests(payload: dict[str, Any]) -> None:
    """Each in a transaction of its own: one that fails is tried again the next time, and holds up no other."""
    with reading() as session:
        due = due_digests(session)
    for each in due:
        try:
            with unit_of_work() as session:
                send_digest(session, each)
        except Exception:
            log.exception("the digest of account %s was not written", each.account_id)


@every(DAY, "notify.forget")
def forget_old(payload: dict[str, Any]) -> None:
    """Notices are of no use after three months. Those of an SOS belong to its record."""
    with unit_of_work() as session:
        forget_before(session)


def forget_before(session: Session) -> None:
    session.execute(delete(Notice).where(col(Notice.created_at) < now() - KEPT, col(Notice.alert_id).is_(None)))
