"""What people do with appointments: add, change, cancel, take away, bring back, and go along."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from careapp.access import Actor, Right, Section, access_appointment
from careapp.clock import now
from careapp.errors import Conflict, NotFound
from careapp.ids import new_id
from careapp.jobs import enqueue
from careapp.models import Appointment, AppointmentGap, Member
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.schedule.commands import (
    AddAppointment,
    CancelAppointment,
    ChangeAppointment,
    GoAlong,
    OneAppointment,
    Scope,
    Scoped,
)
from careapp.schedule.reminders import plan_reminders
from careapp.schedule.repeating import repeat_of
from careapp.schedule.series import Picked, changed_rows, own_row, pick, picked_at, tail, touch
from careapp.schedule.spoken import spoken_when
from careapp.schedule.telling import State, state_of, tell_later
from careapp.schedule.times import times_of
from careapp.schedule.writing import rewrite_series, write_once, write_series
from careapp.settings import settings


@dataclass(frozen=True)
class Saved:
    """The appointment or series as it is stored now, and which of its occurrences this is about."""

    id: str
    version: int
    at: str = ""


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="added an appointment")
def add_appointment(session: Session, actor: Actor, command: AddAppointment) -> Saved:
    if session.get(Appointment, command.id):
        raise Conflict("This appointment has already arrived.")
    starts_at, ends_at = times_of(command)
    row = Appointment(
        id=command.id, site_id=actor.site_id, author_id=actor.member_id, uid=new_id(), title="", zone=command.zone,
        starts_at=starts_at, ends_at=ends_at, first_at=now(),
    )  # fmt: skip
    write_series(session, actor, row, command)
    tell_later(session, actor, Picked(row), None, is_new=True)
    return _done(session, actor, row, row)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="changed an appointment")
def change_appointment(session: Session, actor: Actor, command: ChangeAppointment) -> Saved:
    """Change an occurrence, it and all after it, or all. What somebody else changed meanwhile is not overwritten: that
    gets Conflict, with what it says now."""
    picked = pick(session, actor, command, Right.WRITE)
    _require_version(actor, picked, command.version)
    scope, before = _meant(session, picked, command.scope)
    shown, was = picked.occurrence.starts_at, repeat_of(picked.series.rule, picked.series.starts_at, picked.series.zone)
    row = _row_of(session, picked, scope)
    if scope is Scope.THIS:
        write_once(session, actor, row, command)
    elif picked.at is None:
        write_series(session, actor, row, command)
    else:
        rewrite_series(session, actor, row, command, was, shown)
    tell_later(session, actor, picked if scope is Scope.THIS else Picked(row), before)
    return _done(session, actor, picked.series, row, picked.at)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="cancelled an appointment")
def cancel_appointment(session: Session, actor: Actor, command: CancelAppointment) -> Saved:
    """Have it called off, so that all see that it is; or take place after all. Safe to repeat."""
    picked = pick(session, actor, command, Right.WRITE)
    scope, before = _meant(session, picked, command.scope)
    row = _row_of(session, picked, scope)
    for one in [row, *(changed_rows(session, row) if scope is not Scope.THIS else [])]:
        one.cancelled_at = (one.cancelled_at or now()) if command.is_cancelled else None
    tell_later(session, actor, picked if scope is Scope.THIS else Picked(row), before)
    return _done(session, actor, picked.series, row, picked.at)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="took an appointment away")
def delete_appointment(session: Session, actor: Actor, command: Scoped) -> None:
    """Take it off the calendar. It can be brought back for some weeks, and is erased then."""
    picked = pick(session, actor, command, Right.WRITE)
    scope, before = _meant(session, picked, command.scope)
    row = picked.series
    if scope is Scope.THIS and picked.at:
        session.add(AppointmentGap(appointment_id=row.id, at=picked.at))
    else:
        row = tail(session, picked) if scope is Scope.FOLLOWING else row
        row.deleted_at = now()
        at = now() + timedelta(days=settings().restore_days)
        enqueue(session, "schedule.erase", {"appointment_id": row.id}, run_at=at)
    session.flush()
    tell_later(session, actor, picked if scope is Scope.THIS else Picked(row), before)
    _done(session, actor, picked.series, row)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="brought an appointment back")
def restore_appointment(session: Session, actor: Actor, command: OneAppointment) -> Saved:
    """Put back what was taken away: an occurrence, or all of a series. Safe to repeat."""
    row = _gone(session, actor, command)
    gap = session.get(AppointmentGap, (row.id, command.at)) if command.at else None
    if gap:
        session.delete(gap)
    row.deleted_at = None
    session.flush()
    return _done(session, actor, row, row, command.at)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="said who goes along")
def go_along(session: Session, actor: Actor, command: GoAlong) -> Saved:
    """Go along where nobody does yet, or no longer. Two can never have it: the second gets Conflict. Safe to repeat."""
    picked = pick(session, actor, command, Right.TAKE_PART)
    before = state_of(session, picked)
    present = session.get(Member, picked.row.companion_id) if picked.row.companion_id else None
    is_me = present is not None and present.id == actor.member_id
    if command.comes and present and not is_me and not present.left_at:
        raise Conflict("{name} goes along already. Thank you for offering.", name=present.name)
    if command.comes != is_me:
        row = own_row(session, picked)
        row.companion_id = actor.member_id if command.comes else None
        tell_later(session, actor, picked, before)
        return _done(session, actor, picked.series, row, picked.at)
    return Saved(picked.series.id, picked.series.version, _named(picked.at))


def _meant(session: Session, picked: Picked, scope: Scope) -> tuple[Scope, State | None]:
    """The scope, which is all for what does not repeat; and how what is meant was before the change."""
    if picked.at is None or (scope is Scope.FOLLOWING and picked.is_first):
        scope = Scope.ALL
    return scope, state_of(session, Picked(picked.series) if scope is Scope.ALL else picked)


def _row_of(session: Session, picked: Picked, scope: Scope) -> Appointment:
    if scope is Scope.THIS:
        return own_row(session, picked)
    return tail(session, picked) if scope is Scope.FOLLOWING else picked.series


def _require_version(actor: Actor, picked: Picked, version: int) -> None:
    if picked.series.version == version:
        return
    one = picked.occurrence
    theirs = f"{one.of.title}, {spoken_when(one.starts_at, one.of.is_all_day, actor.language)}, {one.of.place}"
    raise Conflict(
        "Someone changed this appointment in the meantime. Your text is kept. It now says: {theirs}",
        theirs=theirs.removesuffix(", "),
    )


def _gone(session: Session, actor: Actor, command: OneAppointment) -> Appointment:
    try:
        return access_appointment(session, actor, command.appointment_id, Right.WRITE, is_deleted=True)
    except NotFound:
        return access_appointment(session, actor, command.appointment_id, Right.WRITE)


def _done(session: Session, actor: Actor, series: Appointment, row: Appointment, at: datetime | None = None) -> Saved:
    """Move the versions on, plan the reminders anew, and let everyone look again."""
    for one in {series.id: series, row.id: row}.values():
        touch(one)
        session.flush()
        plan_reminders(session, one)
    announce(session, actor, series.id)
    named = row if row.rule or not row.series_id else series
    return Saved(named.id, named.version, _named(at) if named is series and _is_there(session, series, at) else "")


def _is_there(session: Session, series: Appointment, at: datetime | None) -> bool:
    try:
        return bool(at and picked_at(session, series, at).at)
    except NotFound:
        return False


def _named(at: datetime | None) -> str:
    return at.isoformat() if at else ""
