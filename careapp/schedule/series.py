"""One occurrence of a series, and what becomes of the rest when it is changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, access_appointment
from careapp.clock import now
from careapp.errors import Conflict, NotFound
from careapp.ids import new_id
from careapp.jobs import enqueue
from careapp.models import Appointment, AppointmentAnswer, AppointmentGap, AppointmentMedia, AppointmentReminder
from careapp.schedule import waiting
from careapp.schedule.asking import next_of
from careapp.schedule.commands import OneAppointment
from careapp.schedule.recurrence import Occurrence, has_occurrence, occurrence_at, span, walls
from careapp.schedule.rules import parsed
from careapp.schedule.spoken import spoken_when
from careapp.schedule.walls import moment
from careapp.settings import settings

SECOND = timedelta(seconds=1)
COPIED = (
    *("site_id", "author_id", "companion_id", "uid", "kind", "title", "provider", "place", "link"),
    *("notes", "bring", "questions", "zone", "is_all_day", "cancelled_at"),
)


@dataclass(frozen=True)
class Picked:
    """`at` is the wall time an occurrence has by the rule, None for what does not repeat; `changed` is its own row
    where it was changed. `version` moves with every change of it, and with none of another occurrence."""

    series: Appointment
    at: datetime | None = None
    changed: Appointment | None = None

    @property
    def row(self) -> Appointment:
        return self.changed or self.series

    @property
    def version(self) -> int:
        return self.series.version + (self.changed.version if self.changed else 0)

    @property
    def occurrence(self) -> Occurrence[Appointment]:
        if self.changed or self.at is None:
            return occurrence_at(self.row, self.row.starts_at, self.at)
        return occurrence_at(self.series, self.at)

    @property
    def is_first(self) -> bool:
        return self.at is None or self.at <= self.series.starts_at


def pick(
    session: Session, actor: Actor, asked: OneAppointment, right: Right = Right.SEE, is_deleted: bool = False
) -> Picked:
    """The occurrence that is named. Raises Conflict, with what the series says now, where it has none any more."""
    series = access_appointment(session, actor, asked.appointment_id, right, is_deleted)
    try:
        return picked_at(session, series, asked.at or _own_time(session, asked, series))
    except NotFound:
        raise _gone(actor, coming(session, series)) from None


def in_words(actor: Actor, one: Occurrence[Appointment]) -> str:
    """What it is, when and where, for who has written something else of it."""
    when = spoken_when(one.starts_at, one.of.is_all_day, actor.language)
    return ", ".join(filter(None, [one.of.title, when, one.of.place]))


def picked_at(session: Session, series: Appointment, at: datetime | None) -> Picked:
    if not series.rule:
        return Picked(series)
    at = at or series.starts_at
    changed = changed_at(session, series, at)
    gap = session.get(AppointmentGap, (series.id, at))
    if gap or not (changed or has_occurrence(series, (), at)):
        raise NotFound
    return Picked(series, at, changed)


def changed_at(session: Session, series: Appointment, at: datetime) -> Appointment | None:
    statement = select(Appointment).where(col(Appointment.series_id) == series.id, col(Appointment.recurrence_at) == at)
    found: Appointment | None = session.execute(statement).scalars().first()
    return found


def coming(session: Session, series: Appointment) -> Occurrence[Appointment] | None:
    """The next occurrence of a series that is not over; one that was changed only where there is no other."""
    following = next_of(session, series)
    if following:
        return following
    changed = (occurrence_at(row, row.starts_at, row.recurrence_at) for row in changed_rows(session, series))
    ahead = (one for one in changed if one.until_utc > now() and not session.get(AppointmentGap, (series.id, one.at)))
    return min(ahead, key=lambda one: one.from_utc, default=None)


def own_row(session: Session, picked: Picked) -> Appointment:
    """The row to change when only this occurrence is meant; made where there is none yet. It follows the calendar that
    its series comes from, until its times or texts are changed here."""
    if picked.at is None or picked.changed:
        return picked.row
    series = picked.series
    row = Appointment(
        id=new_id(),
        series_id=series.id,
        source_id=series.source_id,
        recurrence_at=picked.at,
        starts_at=picked.at,
        ends_at=picked.at + (series.ends_at - series.starts_at),
        first_at=moment(picked.at, series.zone),
        **{name: getattr(series, name) for name in COPIED},
    )
    bound(row)
    session.add(row)
    session.flush()
    _copy_photos(session, series, row)
    return row


def tail(session: Session, picked: Picked) -> Appointment:
    """The series from this occurrence on, as a series of its own; the series itself when this is its first. What is
    divided here no longer follows the calendar that it came from, which knows of one series."""
    series, at = picked.series, picked.at
    if at is None or picked.is_first:
        return series
    before = sum(1 for _ in _until(series, at))
    make_own(session, series)
    rest = _rest(series, at, before)
    session.add(rest)
    series.rule = _head(series, at, before)
    touch(series)
    session.flush()
    _copy_photos(session, series, rest)
    _move(session, series, rest, at)
    _copy_reminders(session, series, rest)
    return rest


def take_away(session: Session, row: Appointment) -> None:
    """It can be brought back for some weeks, and is erased then."""
    row.deleted_at = now()
    erased_at = now() + timedelta(days=settings().restore_days)
    enqueue(session, "schedule.erase", {"appointment_id": row.id}, run_at=erased_at)


def touch(row: Appointment) -> None:
    """Note that it changed, for other devices and for calendars elsewhere, and bound it anew."""
    row.version += 1
    touch_elsewhere(row)
    bound(row)


def touch_elsewhere(row: Appointment) -> None:
    """Calendars elsewhere hold a series with what it leaves out, and so notice what becomes of one occurrence."""
    row.sequence += 1
    row.changed_at = now()


def bound(row: Appointment) -> None:
    row.first_at, row.last_at = span(row)


def shift_exceptions(session: Session, series: Appointment, by: timedelta) -> list[Appointment]:
    """After a series was moved: what was left out or changed goes with it. What no time of the rule stands for any more
    becomes an appointment of its own, so that nothing that somebody wrote is lost; these are returned. What was
    left out stays away."""
    is_here = col(AppointmentGap.appointment_id) == series.id
    times = [(gap.at + by, gap.left_out_at) for gap in session.scalars(select(AppointmentGap).where(is_here))]
    session.execute(delete(AppointmentGap).where(is_here).execution_options(synchronize_session="fetch"))
    kept = [(at, since) for at, since in times if has_occurrence(series, (), at)]
    session.add_all(AppointmentGap(appointment_id=series.id, at=at, left_out_at=since) for at, since in kept)
    waiting.shift(session, series.id, by)
    loose = []
    for row in changed_rows(session, series):
        assert row.recurrence_at
        if row.starts_at == row.recurrence_at:
            row.starts_at, row.ends_at = row.starts_at + by, row.ends_at + by
        row.recurrence_at = row.recurrence_at + by
        if not series.rule or not has_occurrence(series, (), row.recurrence_at):
            is_left_out = row.recurrence_at in dict(times)
            _let_loose(session, series, row)
            loose.append(row)
            if is_left_out:
                take_away(session, row)
        touch(row)
    return loose


def make_own(session: Session, row: Appointment) -> None:
    """It no longer follows the calendar that it came from; nor does what was changed of a series by itself."""
    for one in (row, *changed_rows(session, row)):
        one.source_id = None


def changed_rows(session: Session, series: Appointment) -> list[Appointment]:
    return list(session.scalars(select(Appointment).where(col(Appointment.series_id) == series.id)))


def _let_loose(session: Session, series: Appointment, row: Appointment) -> None:
    assert row.recurrence_at
    waiting.let_loose(session, series.id, row.recurrence_at, row.id)
    answered = col(AppointmentAnswer.appointment_id) == series.id, col(AppointmentAnswer.at) == row.recurrence_at
    session.execute(update(AppointmentAnswer).where(*answered).values(appointment_id=row.id, at=row.starts_at))
    row.series_id, row.recurrence_at, row.uid = None, None, new_id()
    _copy_reminders(session, series, row)


def _gone(actor: Actor, following: Occurrence[Appointment] | None) -> Conflict:
    if following is None:
        return Conflict("This time was moved or taken away in the meantime. Your text is kept.")
    return Conflict(
        "This time was moved or taken away in the meantime. Your text is kept. The next one is: {theirs}",
        theirs=in_words(actor, following),
    )


def _own_time(session: Session, asked: OneAppointment, series: Appointment) -> datetime | None:
    """A changed occurrence may be named by its own id."""
    if asked.appointment_id == series.id:
        return None
    return session.get_one(Appointment, asked.appointment_id).recurrence_at


def _until(series: Appointment, at: datetime) -> list[datetime]:
    found = []
    for one in walls(series, series.starts_at):
        if one >= at:
            break
        found.append(one)
    return found


def _head(series: Appointment, at: datetime, before: int) -> str:
    rule = parsed(series.rule, series.zone)
    if rule.count:
        return f"{rule.text};COUNT={before}"
    return f"{rule.text};UNTIL={moment(at, series.zone) - SECOND:%Y%m%dT%H%M%SZ}"


def _rest(series: Appointment, at: datetime, before: int) -> Appointment:
    rule = parsed(series.rule, series.zone)
    kept = {name: getattr(series, name) for name in COPIED}
    rest = Appointment(
        **{**kept, "uid": new_id()},
        starts_at=at,
        ends_at=at + (series.ends_at - series.starts_at),
        rule=f"{rule.text};COUNT={rule.count - before}" if rule.count else series.rule,
        first_at=moment(at, series.zone),
    )
    bound(rest)
    return rest


def _move(session: Session, series: Appointment, rest: Appointment, at: datetime) -> None:
    later = col(AppointmentGap.appointment_id) == series.id, col(AppointmentGap.at) >= at
    session.execute(update(AppointmentGap).where(*later).values(appointment_id=rest.id))
    answered = col(AppointmentAnswer.appointment_id) == series.id, col(AppointmentAnswer.at) >= at
    session.execute(update(AppointmentAnswer).where(*answered).values(appointment_id=rest.id))
    changed = col(Appointment.series_id) == series.id, col(Appointment.recurrence_at) >= at
    session.execute(update(Appointment).where(*changed).values(series_id=rest.id, uid=rest.uid))
    waiting.hand_on(session, series.id, rest.id, at, is_over=coming(session, series) is None)


def _copy_photos(session: Session, series: Appointment, row: Appointment) -> None:
    statement = select(AppointmentMedia).where(col(AppointmentMedia.appointment_id) == series.id)
    for one in session.scalars(statement).all():
        session.add(AppointmentMedia(appointment_id=row.id, media_id=one.media_id, position=one.position, alt=one.alt))


def _copy_reminders(session: Session, series: Appointment, row: Appointment) -> None:
    statement = select(AppointmentReminder).where(col(AppointmentReminder.appointment_id) == series.id)
    for one in session.scalars(statement).all():
        session.add(AppointmentReminder(appointment_id=row.id, member_id=one.member_id, minutes=one.minutes))
