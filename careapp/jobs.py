"""Work done after the transaction that asked for it: at least once, by any process, visibly failed in the end.

Each lane has threads of its own, so that a video being prepared never holds up a photo, nor a mail server that does not
answer a reminder, and none of them an SOS.
"""

import logging
import random
import threading
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from careapp.clock import now
from careapp.db import after_commit, concerns, reading, unit_of_work
from careapp.models import Job
from careapp.settings import settings

LEASE = timedelta(minutes=5)
URGENT_LEASE, LONG_LEASE = timedelta(seconds=30), timedelta(minutes=15)
ATTEMPTS = 8
# Who asks for work wakes the threads of its own process. Another's is found by looking.
LOOK_SECONDS, LOOK_SECONDS_AMONG_OTHERS = 30.0, 5.0

log = logging.getLogger(__name__)


class Lane(StrEnum):
    """URGENT is short: what follows waits for it. MAIL and FEEDS wait for other machines. PHOTOS and PATIENT take
    seconds, and photos go first. LONG and BOOKS may take minutes, and say `still_at_it` from time to time."""

    USUAL = "usual"
    URGENT = "urgent"
    MAIL = "mail"
    FEEDS = "feeds"
    PHOTOS = "photos"
    PATIENT = "patient"
    LONG = "long"
    BOOKS = "books"


LEASES = {Lane.URGENT: URGENT_LEASE, Lane.LONG: LONG_LEASE, Lane.BOOKS: LONG_LEASE}


class Overtaken(Exception):
    """Whoever works for longer than their lease is to stop: this process ends, or another has taken the work."""


Handler = Callable[[dict[str, Any]], None]
HANDLERS: dict[str, Handler] = {}
LANES: dict[str, Lane] = {}
EVERY: dict[str, timedelta] = {}
_work_is_due = {lane: threading.Event() for lane in Lane}
_at_hand: ContextVar[Job | None] = ContextVar("at_hand", default=None)
_stopped: ContextVar[threading.Event | None] = ContextVar("stopped", default=None)


def job(kind: str, lane: Lane = Lane.USUAL) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of job. It runs outside any transaction and must be safe to repeat."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        LANES[kind] = lane
        return handler

    return register


def every(seconds: float, kind: str, lane: Lane = Lane.USUAL) -> Callable[[Handler], Handler]:
    """Register work that recurs: at the first start, and then so long after it was last done, by one process at a time
    however many there are. It is never given up."""

    def register(handler: Handler) -> Handler:
        EVERY[kind] = timedelta(seconds=seconds)
        return job(kind, lane)(handler)

    return register


def enqueue(session: Session, kind: str, payload: dict[str, Any], run_at: datetime | None = None) -> None:
    """Ask for work, in the transaction of the change that needs it."""
    session.add(Job(kind=kind, payload=payload, run_at=run_at or now()))
    after_commit(session, _work_is_due[_lane(kind)].set)


def begin() -> None:
    """To be called before the first job: sees that what recurs is there, and takes up what this process's forerunner
    left half done."""
    with unit_of_work() as session:
        for kind in EVERY:
            row = {"id": f"every {kind}", "kind": kind, "payload": {}, "state": "waiting", "run_at": now()}
            more = {"attempts": 0, "fence": 0, "problem": "", "created_at": now()}
            session.execute(insert(Job).values(**row, **more).on_conflict_do_nothing())
        if settings().is_embedded:
            session.execute(update(Job).where(col(Job.state) == "leased").values(leased_until=now()))


def run_until(stopped: threading.Event, lane: Lane = Lane.USUAL) -> None:
    """Do the jobs of one lane as they fall due, until told to stop. Survives a database that is away for a while."""
    due = _work_is_due[lane]
    _stopped.set(stopped)
    while not stopped.is_set():
        try:
            if not run_next(lane):
                due.wait(_idle_seconds(lane))
                if not stopped.is_set():  # another thread of the lane is to hear of that too
                    due.clear()
        except Exception:
            log.exception("jobs could not be looked for")
            stopped.wait(LOOK_SECONDS_AMONG_OTHERS)


def stop_waiting() -> None:
    """Let `run_until` look at once whether it should stop."""
    for due in _work_is_due.values():
        due.set()


def run_next(lane: Lane | None = None) -> bool:
    """Do the job that is due first, of one lane or of all; False when none is."""
    claimed = _claim(lane)
    if claimed is None:
        return False
    problem = _run(claimed)
    _settle(claimed, problem)
    return True


def still_at_it() -> None:
    """To be called by long work: nobody else takes it for most of a lease. Raises Overtaken when it is to end."""
    at_hand, stopped = _at_hand.get(), _stopped.get()
    if stopped and stopped.is_set():
        raise Overtaken("this process ends")
    if at_hand is None or not at_hand.leased_until:
        return
    until = now() + _lease(at_hand.kind)
    if until - at_hand.leased_until < _lease(at_hand.kind) / 5:
        return
    mine = update(Job).where(col(Job.id) == at_hand.id, col(Job.fence) == at_hand.fence, col(Job.state) == "leased")
    with unit_of_work() as session:
        concerns(session)
        if session.execute(mine.values(leased_until=until)).rowcount == 0:  # type: ignore[attr-defined]
            raise Overtaken("another has taken the work")
    at_hand.leased_until = until


def _claim(lane: Lane | None) -> Job | None:
    """Lease one due job. The fence grows with each lease, so a worker that was too slow cannot settle it."""
    with unit_of_work() as session:
        concerns(session)
        is_due = or_(
            and_(col(Job.state) == "waiting", col(Job.run_at) <= now()),
            and_(col(Job.state) == "leased", col(Job.leased_until) <= now()),
        )
        statement = select(Job).where(is_due, _in_lane(lane)).order_by(col(Job.run_at)).limit(1)
        claimed = session.execute(statement.with_for_update(skip_locked=True)).scalar_one_or_none()
        if claimed:
            claimed.state = "leased"
            claimed.leased_until = now() + _lease(claimed.kind)
            claimed.fence += 1
            claimed.attempts += 1
        return claimed


def _lane(kind: str) -> Lane:
    return LANES.get(kind, Lane.USUAL)


def _lease(kind: str) -> timedelta:
    return LEASES.get(_lane(kind), LEASE)


def _in_lane(lane: Lane | None) -> ColumnElement[bool]:
    """A kind that nobody knows any more belongs to the usual lane, which says so."""
    if lane is None:
        return true()
    if lane is Lane.USUAL:
        return col(Job.kind).not_in([kind for kind, its in LANES.items() if its is not lane])
    return col(Job.kind).in_([kind for kind, its in LANES.items() if its is lane])


def _idle_seconds(lane: Lane) -> float:
    """Until the next job of the lane falls due, or it is time to look what others have left."""
    longest = LOOK_SECONDS if settings().is_embedded else LOOK_SECONDS_AMONG_OTHERS
    with reading() as session:
        waiting = select(func.min(col(Job.run_at))).where(col(Job.state) == "waiting", _in_lane(lane))
        due = session.execute(waiting).scalar_one()
    return longest if due is None else min(longest, max(0.05, (due - now()).total_seconds()))


def _run(claimed: Job) -> str:
    """Empty when done, else what went wrong."""
    token = _at_hand.set(claimed)
    try:
        HANDLERS[claimed.kind](claimed.payload)
    except Overtaken as overtaken:
        return str(overtaken)
    except Exception as error:
        log.exception("job %s %s failed", claimed.kind, claimed.id)
        return f"{type(error).__name__}: {error}"[:500]
    finally:
        _at_hand.reset(token)
    return ""


def _settle(claimed: Job, problem: str) -> None:
    with unit_of_work() as session:
        concerns(session)
        mine = update(Job).where(col(Job.id) == claimed.id, col(Job.fence) == claimed.fence)
        session.execute(mine.values(**_outcome(claimed, problem)))


def _outcome(claimed: Job, problem: str) -> dict[str, Any]:
    if claimed.kind in EVERY:
        return {"state": "waiting", "run_at": now() + EVERY[claimed.kind], "attempts": 0, "problem": problem}
    if not problem:
        # What was to be sent, such as a code, is not kept once it is sent.
        return {"state": "done", "ended_at": now(), "problem": "", "payload": {}}
    if claimed.attempts >= ATTEMPTS:
        return {"state": "failed", "ended_at": now(), "problem": problem}
    return {"state": "waiting", "run_at": now() + _pause(claimed.attempts), "problem": problem}


def _pause(attempts: int) -> timedelta:
    return timedelta(seconds=min(3600, 5 * 3 ** (attempts - 1)) * random.uniform(0.8, 1.2))
