"""What lies between two moments: rows in a fixed number of statements, and the occurrences they come to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, union_all
from sqlalchemy.orm import aliased, defer
from sqlmodel import Session, col

from careapp.access import Actor, sees_appointment
from careapp.clock import now
from careapp.models import Appointment, AppointmentAnswer, AppointmentGap, Member
from careapp.schedule.recurrence import Occurrence, Pattern, Series, occurrence_at, occurrences
from careapp.sites.frame import photo_of

DAY, AHEAD = timedelta(days=1), timedelta(days=366)
MOST_OF_A_SERIES = 1500
# A member, whether they come, and their name.
Answer = tuple[str, bool, str]
# What a list does not show.
UNLISTED = (Appointment.notes, Appointment.bring, Appointment.questions, Appointment.uid)
Times = dict[str, set[datetime]]


@dataclass(frozen=True)
class Found:
    """An occurrence with who goes along, whether they have said so themselves, and who has said that they cannot."""

    one: Occurrence[Appointment]
    companion: Member | None = None
    photo_id: str | None = None
    has_agreed: bool = False
    declined: str = ""


def found_between(
    session: Session, actor: Actor, from_utc: datetime, until_utc: datetime, *wanted: ColumnElement[bool]
) -> list[Found]:
    """Every occurrence that touches the span and that the actor sees, in order, in three statements."""
    rows = session.execute(
        select(Appointment, Member, photo_of(Member.photo_media_id))
        .outerjoin(Member, and_(col(Member.id) == col(Appointment.companion_id), col(Member.left_at).is_(None)))
        .where(*in_span(actor, from_utc, until_utc), *wanted)
        .options(*(defer(column) for column in UNLISTED))  # type: ignore[arg-type]
    ).all()
    left_out = left_out_between(session, actor, from_utc, until_utc)
    answers = _answers(session, actor, from_utc, until_utc)
    found: list[Found] = []
    for row, companion, photo in rows:
        for at in times_of(row, left_out, from_utc, until_utc):
            one = occurrence_at(row, at, row.recurrence_at)
            if one.from_utc < until_utc and one.until_utc >= from_utc:
                found.append(with_answers(Found(one, companion, photo), answers[row.series_id or row.id, one.at]))
    return sorted(found, key=lambda each: (each.one.from_utc, each.one.of.title, each.one.of.id))


def times_of(row: Any, left_out: Times, from_utc: datetime, until_utc: datetime) -> Iterator[datetime]:
    """The wall times at which an appointment, or its row of a listing, begins within about these moments."""
    if not row.rule:
        yield row.starts_at
        return
    gaps = left_out.get(row.id, ())
    pattern = Pattern(row.starts_at, row.ends_at, row.zone, row.rule)
    yield from (at for at in _followed(pattern, from_utc, until_utc) if at not in gaps)


@lru_cache(maxsize=4096)
def _followed(pattern: Series, from_utc: datetime, until_utc: datetime) -> tuple[datetime, ...]:
    """To follow a rule takes longer than all else of a page, and the days of a page are asked for again and again."""
    return tuple(one.at for one in occurrences(pattern, (), (), from_utc, until_utc, MOST_OF_A_SERIES))


def with_answers(found: Found, answers: Sequence[Answer]) -> Found:
    """The answers to one occurrence, the latest last. What was answered by who is not to go along does not count."""
    if not answers:
        return found
    if found.companion is None:
        return replace(found, declined=next((name for _, comes, name in reversed(answers) if not comes), ""))
    mine = {member_id: comes for member_id, comes, _ in answers}
    return replace(found, has_agreed=mine.get(found.companion.id, False))


def next_of(session: Session, series: Appointment, after: datetime | None = None) -> Occurrence[Appointment] | None:
    """The first occurrence of a series that is not over, within a year; those that were changed have rows of their own
    and do not count."""
    after = after or now()
    found = occurrences(series, left_out_of(session, series, after), (), after, after + AHEAD, 1)
    return found[0] if found else None


def left_out_of(session: Session, series: Appointment, after: datetime) -> set[datetime]:
    """What a series leaves out, or has rows of their own for, from about a moment on."""
    if not series.rule:
        return set()
    is_gap = select(col(AppointmentGap.at)).where(col(AppointmentGap.appointment_id) == series.id)
    is_changed = select(col(Appointment.recurrence_at)).where(col(Appointment.series_id) == series.id)
    near = _loose(after, -2)
    gaps = set(session.scalars(is_gap.where(col(AppointmentGap.at) >= near)))
    return gaps | set(session.scalars(is_changed.where(col(Appointment.recurrence_at) >= near)))


def in_span(actor: Actor, from_utc: datetime, until_utc: datetime) -> tuple[ColumnElement[bool], ...]:
    """The rows that the actor sees and that may touch the span."""
    return sees_appointment(actor), _touches(from_utc, until_utc), is_there()


def is_there() -> ColumnElement[bool]:
    """A changed occurrence goes with its series, and when it is left out itself."""
    series, gap = aliased(Appointment), aliased(AppointmentGap)
    is_series_there = exists().where(col(series.id) == col(Appointment.series_id), col(series.deleted_at).is_(None))
    is_left_out = exists().where(
        col(gap.appointment_id) == col(Appointment.series_id), col(gap.at) == col(Appointment.recurrence_at)
    )
    return or_(col(Appointment.series_id).is_(None), and_(is_series_there, ~is_left_out))


def left_out_between(session: Session, actor: Actor, from_utc: datetime, until_utc: datetime) -> Times:
    """By the series: what it leaves out, and what was changed and has a row of its own, wherever that was moved to."""
    near = _loose(from_utc, -400), _loose(until_utc, 2)
    gaps = (
        select(col(AppointmentGap.appointment_id), col(AppointmentGap.at))
        .join(Appointment, col(Appointment.id) == col(AppointmentGap.appointment_id))
        .where(sees_appointment(actor), _touches(from_utc, until_utc), col(AppointmentGap.at).between(*near))
    )
    changed = select(col(Appointment.series_id), col(Appointment.recurrence_at)).where(
        sees_appointment(actor), col(Appointment.recurrence_at).between(*near)
    )
    found: Times = defaultdict(set)
    for series_id, at in session.execute(union_all(gaps, changed)):
        found[series_id].add(at)
    return found


def answers_by_members() -> Select[Any]:
    """Appointment, time, member, whether they come, and their name; the latest last, without who has left."""
    answer = AppointmentAnswer
    columns: list[Any] = [answer.appointment_id, answer.at, answer.member_id, answer.comes, Member.name]
    is_member = and_(col(Member.id) == col(answer.member_id), col(Member.left_at).is_(None))
    return select(*columns).join(Member, is_member).order_by(col(answer.answered_at))


def _answers(
    session: Session, actor: Actor, from_utc: datetime, until_utc: datetime
) -> dict[tuple[str, datetime], list[Answer]]:
    """By the series and the time by which it names the occurrence."""
    statement = (
        answers_by_members()
        .join(Appointment, col(Appointment.id) == col(AppointmentAnswer.appointment_id))
        .where(sees_appointment(actor), _touches(from_utc, until_utc))
        .where(col(AppointmentAnswer.at).between(_loose(from_utc, -400), _loose(until_utc, 2)))
    )
    found: dict[tuple[str, datetime], list[Answer]] = defaultdict(list)
    for appointment_id, at, member_id, comes, name in session.execute(statement):
        found[appointment_id, at].append((member_id, comes, name))
    return found


def _touches(from_utc: datetime, until_utc: datetime) -> ColumnElement[bool]:
    return and_(
        col(Appointment.first_at) < until_utc,
        or_(col(Appointment.last_at).is_(None), col(Appointment.last_at) >= from_utc),
    )


def _loose(at: datetime, days: int) -> datetime:
    """A wall time of any zone at about a moment."""
    return at.replace(tzinfo=None) + days * DAY
