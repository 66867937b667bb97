"""The days of a month as they are sketched: how much there is on each, and the first few by name.

Only what is drawn is read, as a month may hold a thousand.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from heapq import nsmallest
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor
from careapp.models import Appointment
from careapp.schedule.asking import in_span, left_out_between, times_of

DAY = timedelta(days=1)
COLUMNS = ("id", "title", "starts_at", "ends_at", "zone", "rule", "is_all_day", "cancelled_at")


class Stroke(NamedTuple):
    """One occurrence, in the order in which a day lists them."""

    starts_on: date
    is_timed: bool
    starts_at: datetime
    title: str
    key: str
    is_cancelled: bool


def outline(
    session: Session, actor: Actor, begins: date, ends: date, from_utc: datetime, until_utc: datetime
) -> dict[date, list[Stroke]]:
    """By the day, all that touches it, in two statements; the last day does not belong to them."""
    columns = (col(getattr(Appointment, name)) for name in COLUMNS)
    rows = session.execute(select(*columns).where(*in_span(actor, from_utc, until_utc))).all()
    left_out = left_out_between(session, actor, from_utc, until_utc)
    found: dict[date, list[Stroke]] = defaultdict(list)
    for row in rows:
        length = row.ends_at - row.starts_at
        for at in times_of(row, left_out, from_utc, until_utc):
            stroke = _stroke(row, at)
            for on in _days(at, length, begins, ends):
                found[on].append(stroke)
    return found


def first_of(strokes: list[Stroke], most: int) -> list[Stroke]:
    return nsmallest(most, strokes)


def _stroke(row: Any, at: datetime) -> Stroke:
    key = f"{row.id}{at.isoformat()}" if row.rule else row.id
    return Stroke(at.date(), not row.is_all_day, at, row.title, key, row.cancelled_at is not None)


def _days(at: datetime, length: timedelta, begins: date, ends: date) -> Iterator[date]:
    """The days that something touches, of those between `begins` and `ends`."""
    on, last = max(at.date(), begins), min(last_day(at, length), ends - DAY)
    while on <= last:
        yield on
        on += DAY


def last_day(starts_at: datetime, length: timedelta) -> date:
    """A night belongs to the day it begins on; what ends at midnight does not touch the day that begins then."""
    return starts_at.date() if length < DAY else (starts_at + length - timedelta(microseconds=1)).date()
