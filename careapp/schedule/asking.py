"""What lies between two moments: rows in a fixed number of statements, and the occurrences they come to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.access import Actor, sees_appointment
from careapp.clock import now
from careapp.models import Appointment, AppointmentGap, Member
from careapp.schedule.recurrence import Occurrence, occurrence_at, occurrences
from careapp.sites.frame import photo_of

DAY, AHEAD = timedelta(days=1), timedelta(days=366)
MOST_OF_A_SERIES = 1500


@dataclass(frozen=True)
class Found:
    """An occurrence with who goes along."""

    one: Occurrence[Appointment]
    companion: Member | None = None
    photo_id: str | None = None


def found_between(session: Session, actor: Actor, from_utc: datetime, until_utc: datetime) -> list[Found]:
    """Every occurrence that touches the span and that the actor sees, in order, in two statements."""
    rows = session.execute(
        select(Appointment, Member, photo_of(Member.photo_media_id))
        .outerjoin(Member, and_(col(Member.id) == col(Appointment.companion_id), col(Member.left_at).is_(None)))
        .where(sees_appointment(actor), _touches(from_utc, until_utc), _is_there())
    ).all()
    left_out = _left_out(session, actor, from_utc, until_utc)
    stood_in = _stood_in([row for row, _, _ in rows])
    found: list[Found] = []
    for row, companion, photo in rows:
        if row.series_id:
            ones = [occurrence_at(row, row.starts_at, row.recurrence_at)]
        else:
            gaps = left_out[row.id] | stood_in[row.id]
            ones = occurrences(row, gaps, (), from_utc, until_utc, MOST_OF_A_SERIES)
        found += [
            Found(one, companion, photo) for one in ones if one.from_utc < until_utc and one.until_utc >= from_utc
        ]
    return sorted(found, key=lambda each: (each.one.from_utc, each.one.of.title, each.one.of.id))


def next_of(session: Session, series: Appointment, after: datetime | None = None) -> Occurrence[Appointment] | None:
    """The first occurrence of a series that is not over, within a year; those that were changed have rows of their own
    and do not count."""
    found = next_few(session, series, after or now(), 1)
    return found[0] if found else None


def next_few(session: Session, series: Appointment, after: datetime, most: int) -> list[Occurrence[Appointment]]:
    is_gap = select(col(AppointmentGap.at)).where(col(AppointmentGap.appointment_id) == series.id)
    is_changed = select(col(Appointment.recurrence_at)).where(col(Appointment.series_id) == series.id)
    near = after.replace(tzinfo=None) - 2 * DAY
    gaps = set(session.scalars(is_gap.where(col(AppointmentGap.at) >= near)))
    gaps |= set(session.scalars(is_changed.where(col(Appointment.recurrence_at) >= near)))
    return occurrences(series, gaps, (), after, after + AHEAD, most)


def _touches(from_utc: datetime, until_utc: datetime) -> ColumnElement[bool]:
    """By their own time; and changed occurrences also by the time they would have had, where they leave a gap."""
    is_in_it = and_(
        col(Appointment.first_at) < until_utc,
        or_(col(Appointment.last_at).is_(None), col(Appointment.last_at) >= from_utc),
    )
    would_be = col(Appointment.recurrence_at).between(_loose(from_utc, -2), _loose(until_utc, 2))
    return or_(is_in_it, and_(col(Appointment.series_id).is_not(None), would_be))


def _is_there() -> ColumnElement[bool]:
    """A changed occurrence goes with its series, and when it is left out itself."""
    series = aliased(Appointment)
    is_series_there = exists().where(col(series.id) == col(Appointment.series_id), col(series.deleted_at).is_(None))
    is_left_out = exists().where(
        col(AppointmentGap.appointment_id) == col(Appointment.series_id),
        col(AppointmentGap.at) == col(Appointment.recurrence_at),
    )
    return or_(col(Appointment.series_id).is_(None), and_(is_series_there, ~is_left_out))


def _left_out(session: Session, actor: Actor, from_utc: datetime, until_utc: datetime) -> dict[str, set[datetime]]:
    statement = (
        select(AppointmentGap)
        .join(Appointment, col(Appointment.id) == col(AppointmentGap.appointment_id))
        .where(sees_appointment(actor), col(AppointmentGap.at).between(_loose(from_utc, -400), _loose(until_utc, 2)))
    )
    found: dict[str, set[datetime]] = defaultdict(set)
    for gap in session.scalars(statement):
        found[gap.appointment_id].add(gap.at)
    return found


def _stood_in(rows: Sequence[Appointment]) -> dict[str, set[datetime]]:
    found: dict[str, set[datetime]] = defaultdict(set)
    for row in rows:
        if row.series_id and row.recurrence_at:
            found[row.series_id].add(row.recurrence_at)
    return found


def _loose(at: datetime, days: int) -> datetime:
    """A wall time of any zone at about a moment."""
    return at.replace(tzinfo=None) + days * DAY
