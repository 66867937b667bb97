"""Fetches calendars that others keep, and takes them over; those of an address again every hour."""

import logging
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, actor_of
from careapp.adapters.fetch import Fetched, fetch
from careapp.clock import now
from careapp.db import reading, unit_of_work
from careapp.feeds.reading import read_calendar
from careapp.feeds.taking import Taken, pieces, take_over
from careapp.jobs import Lane, enqueue, every, job, still_at_it
from careapp.models import CalendarSource
from careapp.notify.announce import stir
from careapp.said import Said
from careapp.schedule.ics_reading import Calendar

HOUR = 60 * 60
NOT_BEFORE = timedelta(minutes=50)
# Between two pieces, so that whoever waits to write comes first.
BREATH = 0.02

log = logging.getLogger(__name__)


@job("feeds.look", Lane.FEEDS)
def look(payload: dict[str, Any]) -> None:
    """Fetch what lies at an address for the first time, to be shown before anything is taken over."""
    source = _source(payload["source_id"])
    if source is None or source.taken_at:
        return
    fetched = fetch(source.address)
    with unit_of_work() as session:
        found = _held(session, source.id)
        if found and not found.taken_at:
            found.waiting = fetched.text.replace("\0", "")
            _note(session, found, fetched)


@job("feeds.take")
def take(payload: dict[str, Any]) -> None:
    """Put what was looked at into the schedule."""
    source = _source(payload["source_id"])
    if source and source.waiting:
        _take(source, Fetched(source.waiting, source.etag))


@every(HOUR, "feeds.refresh")
def refresh(payload: dict[str, Any]) -> None:
    """Ask for each address to be fetched again, each as work of its own: one that hangs holds up no other."""
    is_due = col(CalendarSource.fetched_at) < now() - NOT_BEFORE
    followed = col(CalendarSource.address) != "", col(CalendarSource.taken_at).is_not(None)
    with unit_of_work() as session:
        due = select(col(CalendarSource.id)).where(*followed, col(CalendarSource.removed_at).is_(None), is_due)
        for source_id in session.scalars(due).all():
            enqueue(session, "feeds.follow", {"source_id": source_id})


@job("feeds.follow", Lane.FEEDS)
def follow(payload: dict[str, Any]) -> None:
    """Fetch what is taken over already, and take over what changed."""
    source = _source(payload["source_id"])
    if source is None or not source.taken_at:
        return
    if not _may_add(source):
        words = Said("Whoever added this calendar can no longer add to the schedule. Please add it anew.")
        _take(source, Fetched(problem=words))
        return
    _take(source, fetch(source.address, source.etag))


def _take(source: CalendarSource, fetched: Fetched) -> None:
    """Read outside the transactions, which hold up all others, and write piece by piece within them. What is left when
    this is broken off is taken over by the next try."""
    calendar = None
    if not (fetched.problem or fetched.is_unchanged):
        calendar = read_calendar(fetched.text, _zone(source))
        fetched = replace(fetched, problem=_problem(source, calendar))
        if calendar.entries and not _take_pieces(source, calendar):
            return
    with unit_of_work() as session:
        found = _held(session, source.id)
        if found is None:
            return
        if calendar and calendar.entries:
            found.name = calendar.name or found.name
        found.waiting = ""
        _note(session, found, fetched)


def _take_pieces(source: CalendarSource, calendar: Calendar) -> bool:
    """Whether all of it is taken over; not when the source was removed meanwhile."""
    by = source.member_id if source.waiting else ""
    taken = Taken()
    with reading() as session:
        found = pieces(session, source, calendar)
    for piece in found:
        with unit_of_work() as session:
            held = _held(session, source.id)
            if held is None:
                return False
            held.etag = ""  # noted at the end where all of it could be read: else it is read again
            taken = take_over(session, held, calendar, piece, taken, by)
        still_at_it()
        time.sleep(BREATH)
    log.info("a calendar was taken over: %s", taken)
    return True


def _problem(source: CalendarSource, calendar: Calendar) -> Said | None:
    if not calendar.entries:
        return calendar.refused[0].words
    if source.address and calendar.missed:
        return Said(
            "Line {line} of it cannot be taken over. Until it can, nothing that is missing there is called off here.",
            line=calendar.missed.line,
        )
    return None


def _note(session: Session, source: CalendarSource, fetched: Fetched) -> None:
    source.fetched_at = now()
    problem = fetched.problem
    source.problem = [str(problem), problem.params] if problem else None
    if fetched.etag and not problem:
        source.etag = fetched.etag
    stir(session, source.site_id)


def _source(source_id: str) -> CalendarSource | None:
    with reading() as session:
        source = session.get(CalendarSource, source_id)
        return source if source and not source.removed_at else None


def _held(session: Session, source_id: str) -> CalendarSource | None:
    """The source, which nobody else changes until the transaction ends: two who take over the same would double it."""
    source = session.get(CalendarSource, source_id, with_for_update=True)
    return source if source and not source.removed_at else None


def _actor(source: CalendarSource) -> Actor | None:
    with reading() as session:
        return actor_of(session, source.member_id)


def _may_add(source: CalendarSource) -> bool:
    actor = _actor(source)
    return actor is not None and actor.may(Section.SCHEDULE, Right.WRITE)


def _zone(source: CalendarSource) -> str:
    actor = _actor(source)
    return actor.time_zone if actor else ""
