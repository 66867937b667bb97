"""Work done after the transaction that asked for it: at least once, by any process, visibly failed in the end."""

import logging
import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from careapp.clock import now
from careapp.db import after_commit, unit_of_work
from careapp.models import Job

LEASE = timedelta(minutes=5)
ATTEMPTS = 8
POLL_SECONDS = 5.0

log = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any]], None]
HANDLERS: dict[str, Handler] = {}
_work_is_due = threading.Event()


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of job. It runs outside any transaction and must be safe to repeat."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


def enqueue(session: Session, kind: str, payload: dict[str, Any], run_at: datetime | None = None) -> None:
    """Ask for work, in the transaction of the change that needs it."""
    session.add(Job(kind=kind, payload=payload, run_at=run_at or now()))
    after_commit(session, _work_is_due.set)


def run_until(stopped: threading.Event) -> None:
    """Do jobs as they fall due, until told to stop."""
    while not stopped.is_set():
        if not run_next():
            _work_is_due.wait(POLL_SECONDS)
            _work_is_due.clear()


def stop_waiting() -> None:
    """Let `run_until` look at once whether it should stop."""
    _work_is_due.set()


def run_next() -> bool:
    """Do the job that is due first; False when none is."""
    claimed = _claim()
    if claimed is None:
        return False
    problem = _run(claimed)
    _settle(claimed, problem)
    return True


def _claim() -> Job | None:
    """Lease one due job. The fence grows with each lease, so a worker that was too slow cannot settle it."""
    with unit_of_work() as session:
        due = or_(col(Job.state) == "waiting", (col(Job.state) == "leased") & (col(Job.leased_until) < now()))
        statement = select(Job).where(due, col(Job.run_at) <= now()).order_by(col(Job.run_at)).limit(1)
        claimed = session.execute(statement.with_for_update(skip_locked=True)).scalar_one_or_none()
        if claimed:
            claimed.state, claimed.leased_until = "leased", now() + LEASE
            claimed.fence += 1
            claimed.attempts += 1
        return claimed


def _run(claimed: Job) -> str:
    """Empty when done, else what went wrong."""
    try:
        HANDLERS[claimed.kind](claimed.payload)
    except Exception as error:
        log.exception("job %s %s failed", claimed.kind, claimed.id)
        return f"{type(error).__name__}: {error}"[:500]
    return ""


def _settle(claimed: Job, problem: str) -> None:
    with unit_of_work() as session:
        mine = update(Job).where(col(Job.id) == claimed.id, col(Job.fence) == claimed.fence)
        session.execute(mine.values(**_outcome(claimed, problem)))


def _outcome(claimed: Job, problem: str) -> dict[str, Any]:
    if not problem:
        # What was to be sent, such as a code, is not kept once it is sent.
        return {"state": "done", "ended_at": now(), "problem": "", "payload": {}}
    if claimed.attempts >= ATTEMPTS:
        return {"state": "failed", "ended_at": now(), "problem": problem}
    return {"state": "waiting", "run_at": now() + _pause(claimed.attempts), "problem": problem}


def _pause(attempts: int) -> timedelta:
    return timedelta(seconds=min(3600, 5 * 3 ** (attempts - 1)) * random.uniform(0.8, 1.2))
