"""What of the schedule goes into whose calendar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from careapp.access import Actor, sees_appointment
from careapp.clock import now
from careapp.models import Appointment, AppointmentAnswer, AppointmentGap, Member
from careapp.schedule.asking import is_there
from careapp.schedule.leads import chosen_by
from careapp.schedule.recurrence import has_occurrence, occurrence_at

PAST = timedelta(days=90)
MOST = 5000


@dataclass(frozen=True)
class Schedule:
    """The rows that a calendar is made of. `comes` is where the member said they come: appointment and wall time;
    `reminders` when they want to be reminded of which."""

    rows: tuple[Appointment, ...] = ()
    gaps: dict[str, tuple[datetime, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    comes: frozenset[tuple[str, datetime]] = frozenset()
    reminders: dict[str, frozenset[timedelta]] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """An appointment with what it leaves out; `series` where it is a changed occurrence that is shown beside it."""

    row: Appointment
    series: Appointment | None = None
    gaps: tuple[datetime, ...] = ()
    is_mine: bool = False


def schedule_of(session: Session, actor: Actor) -> Schedule:
    """What the actor may see of the last three months and of all that comes."""
    shown = sees_appointment(actor), _is_near(), is_there()
    statement = select(Appointment).where(*shown).order_by(col(Appointment.first_at), col(Appointment.id)).limit(MOST)
    rows = tuple(session.scalars(statement))
    gaps: dict[str, list[datetime]] = {}
    gap = select(AppointmentGap).join(Appointment, col(Appointment.id) == col(AppointmentGap.appointment_id))
    for one in session.scalars(gap.where(*shown).order_by(col(AppointmentGap.at))):
        gaps.setdefault(one.appointment_id, []).append(one.at)
    answer = select(col(AppointmentAnswer.appointment_id), col(AppointmentAnswer.at)).where(
        col(AppointmentAnswer.member_id) == actor.member_id, col(AppointmentAnswer.comes)
    )
    names = select(col(Member.id), col(Member.name)).where(col(Member.site_id) == actor.site_id)
    return Schedule(
        rows,
        {row_id: tuple(times) for row_id, times in gaps.items()},
        {row.id: row.name for row in session.execute(names)},
        frozenset((row_id, at) for row_id, at in session.execute(answer)),
        chosen_by(session, actor.member_id),
    )


def _is_near() -> ColumnElement[bool]:
    """A changed occurrence goes with its series, or the series would show it as it was."""
    since = now() - PAST
    is_near = or_(col(Appointment.last_at).is_(None), col(Appointment.last_at) > since)
    series = select(col(Appointment.id)).where(
        col(Appointment.rule) != "", or_(col(Appointment.last_at).is_(None), col(Appointment.last_at) > since)
    )
    return or_(is_near, col(Appointment.series_id).in_(series))


def everything(schedule: Schedule, member_id: str) -> Iterator[Part]:
    """All of it; `is_mine` where the member goes along."""
    series = {row.id: row for row in schedule.rows}
    for row in schedule.rows:
        whole = series.get(row.series_id or "")
        is_mine = row.companion_id == member_id or (row.series_id or row.id, row.recurrence_at or row.starts_at) in (
            schedule.comes
        )
        yield Part(row, whole, schedule.gaps.get(row.id, ()), is_mine)


def own(schedule: Schedule, member_id: str) -> Iterator[Part]:
    """What the member goes along to. Of a series that is another's, each of their times stands for itself; of their
    own, what another has taken over is left out."""
    changed: dict[str, list[Part]] = {}
    for part in everything(schedule, member_id):
        if part.series:
            changed.setdefault(part.series.id, []).append(part)
    for part in everything(schedule, member_id):
        row, others = part.row, changed.get(part.row.id, [])
        if part.series:
            continue
        if row.companion_id == member_id and row.rule:
            left = [other.row.recurrence_at for other in others if not other.is_mine]
            yield Part(row, None, (*part.gaps, *filter(None, left)), is_mine=True)
            yield from (other for other in others if other.is_mine)
        elif row.rule:
            yield from (Part(other.row, None, (), is_mine=True) for other in others if other.is_mine)
            yield from _times(part, schedule.comes, {other.row.recurrence_at for other in others})
        elif part.is_mine:
            yield part


def _times(part: Part, comes: Iterable[tuple[str, datetime]], changed: set[datetime | None]) -> Iterator[Part]:
    for row_id, at in sorted(comes):
        if row_id == part.row.id and at not in changed and has_occurrence(part.row, part.gaps, at):
            yield Part(_alone(part.row, at), is_mine=True)


def _alone(series: Appointment, at: datetime) -> Appointment:
    """One time of a series as a row that is never stored."""
    one = occurrence_at(series, at)
    said = series.model_dump(exclude={"rule", "starts_at", "ends_at", "series_id", "recurrence_at"})
    return Appointment(**said, recurrence_at=at, starts_at=one.starts_at, ends_at=one.ends_at)
