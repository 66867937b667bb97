"""The days of a month as they are sketched: how much there is on each, and the first few by name.

Only what is drawn is read, as a month may hold a thousand.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import nsmallest
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from careapp.access import Actor
from careapp.models import Appointment
from careapp.schedule.asking import in_span, left_out_between, times_of

DAY = timedelta(days=1)
COLUMNS = ("id", "title", "starts_at", "ends_at", "zone", "rule", "is_all_day", "cancelled_at")


class Stroke(NamedTuple):
    """One occurrence, in the order in which a day lists them; `row` is its place in the outline's rows."""

    starts_on: int
    is_timed: bool
    starts_at: datetime
    row: int


@dataclass(frozen=True)
class Outline:
    """What touches each day, by its number in the calendar of all time."""

    rows: Sequence[Any]
    days: Mapping[int, list[Stroke]]

    def on(self, day: date) -> list[Stroke]:
        return self.days.get(day.toordinal(), [])

    def first(self, day: date, most: int) -> list[tuple[Any, datetime]]:
        """The first few of a day: the row, and when it begins."""
        return [(self.rows[stroke.row], stroke.starts_at) for stroke in nsmallest(most, self.on(day))]


def outline(
    session: Session,
    actor: Actor,
    begins: date,
    ends: date,
    moments: tuple[datetime, datetime],
    *wanted: ColumnElement[bool],
) -> Outline:
    """All that touches the days, in two statements; the last day does not belong to them. `moments`: between which
    these days are anywhere in the world."""
    columns = (col(getattr(Appointment, name)) for name in COLUMNS)
    rows = session.execute(select(*columns).where(*in_span(actor, *moments), *wanted)).all()
    left_out = left_out_between(session, actor, *moments)
    first, last, days = begins.toordinal(), ends.toordinal() - 1, defaultdict(list)
    for n, row in enumerate(rows):
        length, is_timed = row.ends_at - row.starts_at, not row.is_all_day
        for at in times_of(row, left_out, *moments):
            on = at.toordinal()
            stroke = Stroke(on, is_timed, at, n)
            for day in range(max(on, first), min(on if length < DAY else last_day(at, length).toordinal(), last) + 1):
                days[day].append(stroke)
    return Outline(rows, days)


def last_day(starts_at: datetime, length: timedelta) -> date:
    """A night belongs to the day it begins on; what ends at midnight does not touch the day that begins then."""
    return starts_at.date() if length < DAY else (starts_at + length - timedelta(microseconds=1)).date()
