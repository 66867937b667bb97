"""What people do with appointments: add, change, cancel, take away, and bring back."""

from dataclasses import dataclass

from sqlmodel import Session

from careapp.access import Actor, Right, Section, access_appointment
from careapp.clock import now
from careapp.errors import Conflict, NotFound
from careapp.ids import new_id
from careapp.models import Appointment, AppointmentGap
from careapp.operation import operation
from careapp.schedule.answers import forget_answers
from careapp.schedule.commands import (
    AddAppointment,
    CancelAppointment,
    ChangeAppointment,
    OneAppointment,
    Scope,
    Scoped,
)
from careapp.schedule.composing import appointment_text
from careapp.schedule.repeating import repeat_of
from careapp.schedule.saved import Saved, named_at, saved
from careapp.schedule.series import (
    Picked,
    changed_rows,
    make_own,
    own_row,
    pick,
    picked_at,
    tail,
    take_away,
    touch,
)
from careapp.schedule.telling import state_of, tell_later
from careapp.schedule.times import times_of
from careapp.schedule.writing import rewrite_series, said_elsewhere, write_once, write_series


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
    tell_later(session, actor.member_id, Picked(row), None, is_new=True)
    return saved(session, actor, row, row)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="changed an appointment")
def change_appointment(session: Session, actor: Actor, command: ChangeAppointment) -> Saved:
    """Change an occurrence, it and all after it, or all. What somebody else changed meanwhile is not overwritten: that
    gets Conflict, with what it says now."""
    picked = pick(session, actor, command, Right.WRITE)
    _require_version(session, actor, picked, command.version)
    scope = _meant(picked, command.scope)
    shown, was = picked.occurrence.starts_at, repeat_of(picked.series.rule, picked.series.starts_at, picked.series.zone)
    row = _row_of(session, picked, scope)
    meant = picked if scope is Scope.THIS else Picked(row)
    before = state_of(session, meant)
    asked, followed = (row.starts_at, row.companion_id), said_elsewhere(row)
    if scope is Scope.THIS:
        write_once(session, actor, row, command)
    elif picked.at is None:
        write_series(session, actor, row, command)
    else:
        rewrite_series(session, actor, row, command, was, shown)
    if followed != said_elsewhere(row):
        make_own(session, row)
    if asked != (row.starts_at, row.companion_id):
        forget_answers(session, row.series_id or row.id, picked.at if scope is Scope.THIS else None)
    tell_later(session, actor.member_id, meant, before)
    return saved(session, actor, picked.series, row, picked.at)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="cancelled an appointment")
def cancel_appointment(session: Session, actor: Actor, command: CancelAppointment) -> Saved:
    """Have it called off, so that all see that it is; or take place after all. Safe to repeat."""
    picked = pick(session, actor, command, Right.WRITE)
    scope = _meant(picked, command.scope)
    row = _row_of(session, picked, scope)
    meant = picked if scope is Scope.THIS else Picked(row)
    before = state_of(session, meant)
    changed = changed_rows(session, row) if scope is not Scope.THIS else []
    for one in [row, *changed]:
        one.cancelled_at = (one.cancelled_at or now()) if command.is_cancelled else None
    for one in changed:
        touch(one)
    make_own(session, row)
    tell_later(session, actor.member_id, meant, before)
    return saved(session, actor, picked.series, row, picked.at)


@dataclass(frozen=True)
class Gone:
    """What was taken away, as `restore_appointment` takes it."""

    id: str
    at: str = ""


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="took an appointment away")
def delete_appointment(session: Session, actor: Actor, command: Scoped) -> Gone:
    """Take it off the calendar. It can be brought back for some weeks, and is erased then."""
    picked = pick(session, actor, command, Right.WRITE)
    scope = _meant(picked, command.scope)
    row, at = picked.series, picked.at if scope is Scope.THIS else None
    row = tail(session, picked) if scope is Scope.FOLLOWING else row
    meant = picked if at else Picked(row)
    before = state_of(session, meant)
    if at:
        session.add(AppointmentGap(appointment_id=row.id, at=at, left_out_at=now()))
    else:
        take_away(session, row)
    session.flush()
    tell_later(session, actor.member_id, meant, before)
    saved(session, actor, picked.series, row)
    return Gone(row.id, named_at(at))


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="brought an appointment back")
def restore_appointment(session: Session, actor: Actor, command: OneAppointment) -> Saved:
    """Put back what was taken away: an occurrence, or all of a series. Who was told that it is off is told that it is
    not. One of a series that is taken away itself gets Conflict. Safe to repeat."""
    row = _gone(session, actor, command)
    if command.at and row.deleted_at:
        raise Conflict("The whole series was taken away. Please bring that back first.")
    gap = session.get(AppointmentGap, (row.id, command.at)) if command.at else None
    if not gap and not row.deleted_at:
        return Saved(row.id, row.version, named_at(command.at))
    if gap:
        session.delete(gap)
    row.deleted_at = None
    session.flush()
    picked = picked_at(session, row, command.at) if command.at else Picked(row)
    state = state_of(session, picked)
    if state and not state["is_cancelled"]:
        tell_later(session, actor.member_id, picked, {**state, "is_cancelled": True})
    return saved(session, actor, row, row, command.at)


def _meant(picked: Picked, scope: Scope) -> Scope:
    """The scope, which is all for what does not repeat."""
    is_all = picked.at is None or (scope is Scope.FOLLOWING and picked.is_first)
    return Scope.ALL if is_all else scope


def _row_of(session: Session, picked: Picked, scope: Scope) -> Appointment:
    if scope is Scope.THIS:
        return own_row(session, picked)
    return tail(session, picked) if scope is Scope.FOLLOWING else picked.series


def _require_version(session: Session, actor: Actor, picked: Picked, version: int) -> None:
    if picked.version == version:
        return
    raise Conflict(
        "Someone changed this appointment in the meantime. Your text is kept. It now says: {theirs}",
        theirs=appointment_text(session, actor, picked),
    )


def _gone(session: Session, actor: Actor, command: OneAppointment) -> Appointment:
    try:
        return access_appointment(session, actor, command.appointment_id, Right.WRITE, is_deleted=True)
    except NotFound:
        return access_appointment(session, actor, command.appointment_id, Right.WRITE)
