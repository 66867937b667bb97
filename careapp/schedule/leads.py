"""How long before an appointment people are reminded: what is usual, and what each has chosen for one of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.models import Appointment, AppointmentReminder
from careapp.said import mark
from careapp.schedule.walls import wall

HOUR, TWO_HOURS, DAY = timedelta(hours=1), timedelta(hours=2), timedelta(days=1)
TWO_DAYS, WEEK, QUARTER = timedelta(days=2), timedelta(days=7), timedelta(minutes=15)
# What takes all day begins at midnight: its reminder comes at nine in the morning of a day before.
MORNING = timedelta(hours=9)
USUAL = frozenset({DAY, HOUR})
CHOICES: Mapping[timedelta, str] = MappingProxyType(
    {
        WEEK: mark("A week before"),
        TWO_DAYS: mark("Two days before"),
        DAY: mark("A day before"),
        TWO_HOURS: mark("Two hours before"),
        HOUR: mark("An hour before"),
    }
)

# By member; who has chosen nothing is not in it.
Chosen = Mapping[str, frozenset[timedelta]]


def chosen_for(session: Session, row: Appointment) -> Chosen:
    """What members have chosen for an appointment, or for all of its series."""
    rows = select(AppointmentReminder).where(col(AppointmentReminder.appointment_id) == (row.series_id or row.id))
    return {one.member_id: _leads(one) for one in session.scalars(rows)}


def chosen_by(session: Session, member_id: str) -> dict[str, frozenset[timedelta]]:
    """What a member has chosen, by the appointment."""
    rows = select(AppointmentReminder).where(col(AppointmentReminder.member_id) == member_id)
    return {one.appointment_id: _leads(one) for one in session.scalars(rows)}


def leads_of(row: Appointment, chosen: Chosen) -> frozenset[timedelta]:
    """All that somebody may want to be reminded at. A video visit also reminds when it can be joined."""
    every = USUAL.union(*chosen.values()) | ({QUARTER} if row.link else set())
    return frozenset(lead for lead in every if not row.is_all_day or lead >= DAY)


def moments_before(row: Appointment, leads: frozenset[timedelta]) -> tuple[timedelta, ...]:
    """How long before its beginning these are, the first to come first."""
    return tuple(before(row, lead) for lead in sorted(leads, reverse=True) if not row.is_all_day or lead >= DAY)


def before(row: Appointment, lead: timedelta) -> timedelta:
    """How long before its beginning that is."""
    return lead - MORNING if row.is_all_day else lead


def wants(chosen: frozenset[timedelta], lead: timedelta) -> bool:
    """Who is reminded at all is told when a video visit can be joined."""
    return lead in chosen or (lead == QUARTER and bool(chosen))


def is_so_now(lead: timedelta, begins: datetime, zone: str) -> bool:
    """Whether what is said so long before, as "tomorrow" or "in an hour", is still true: a job may come late."""
    if lead >= DAY:
        return days_until(begins, zone) == lead.days
    return begins - now() > lead * 3 / 4


def days_until(begins: datetime, zone: str) -> int:
    """How often the day changes there before something begins."""
    return (wall(begins, zone).date() - wall(now(), zone).date()).days


def _leads(one: AppointmentReminder) -> frozenset[timedelta]:
    return frozenset(timedelta(minutes=each) for each in one.minutes)
