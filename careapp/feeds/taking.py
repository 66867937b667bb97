"""Putting a calendar that somebody else keeps into the schedule: what is new, what has changed, what is gone.

What people of the site add to such an appointment, such as who goes along, stays theirs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.ids import new_id
from careapp.models import Appointment, AppointmentGap, CalendarSource
from careapp.schedule.ics_event import Entry
from careapp.schedule.ics_reading import Calendar
from careapp.schedule.kinds import KINDS
from careapp.schedule.reminders import plan_reminders
from careapp.schedule.series import bound, touch

AT_ONCE = 400
OTHER = "other"
Key = tuple[str, datetime | None]


@dataclass(frozen=True)
class Taken:
    """How much became of it. `own` were written here in the first place, and are left alone."""

    added: int = 0
    changed: int = 0
    own: int = 0
    gone: int = 0


def take_over(session: Session, source: CalendarSource, calendar: Calendar) -> Taken:
    """Bring the schedule to what the calendar says. An appointment is known by its UID, whichever file it came in."""
    there = _there(session, source.site_id, {entry.uid for entry in calendar.entries})
    added = changed = own = 0
    for entry in calendar.entries:
        series = there.get((entry.uid, None))
        row = there.get((entry.uid, entry.recurrence_at))
        if (row or series) and (row or series).source_id is None:  # type: ignore[union-attr]
            own += 1
        elif row is None:
            row = there[entry.uid, entry.recurrence_at] = _add(session, source, entry, series)
            added += 1
            plan_reminders(session, row)
        elif _update(session, source, entry, row):
            changed += 1
            plan_reminders(session, row)
    gone = _end_what_is_gone(session, source, calendar) if source.address else 0
    return Taken(added, changed, own, gone)


def _there(session: Session, site_id: str, uids: set[str]) -> dict[Key, Appointment]:
    ordered, found = sorted(uids), {}
    for start in range(0, len(ordered), AT_ONCE):
        some = col(Appointment.uid).in_(ordered[start : start + AT_ONCE])
        for row in session.scalars(select(Appointment).where(col(Appointment.site_id) == site_id, some)):
            found[row.uid, row.recurrence_at] = row
    return found


def _add(session: Session, source: CalendarSource, entry: Entry, series: Appointment | None) -> Appointment:
    row = Appointment(
        id=new_id(),
        site_id=source.site_id,
        source_id=source.id,
        author_id=source.member_id,
        series_id=series.id if series and entry.recurrence_at else None,
        recurrence_at=entry.recurrence_at,
        uid=entry.uid,
        kind=_kind(entry.texts.categories),
        sequence=entry.sequence,
        cancelled_at=now() if entry.is_cancelled else None,
        first_at=now(),
        **_content(entry),
    )
    bound(row)
    session.add(row)
    session.flush()
    session.add_all(AppointmentGap(appointment_id=row.id, at=at) for at in sorted(entry.gaps))
    return row


def _update(session: Session, source: CalendarSource, entry: Entry, row: Appointment) -> bool:
    """Whether anything of it changed. What somebody deleted here stays away, unless its calendar was removed and is
    added anew."""
    is_back = row.source_id != source.id and row.deleted_at is not None
    was = row.starts_at, row.rule
    differs = _set(row, _content(entry)) | _set_cancelled(row, entry.is_cancelled)
    row.source_id = source.id
    if is_back:
        row.deleted_at = None
    is_left_out = _leave_out(session, entry, row, is_moved=was != (row.starts_at, row.rule))
    if not (differs or is_back or is_left_out):
        return False
    row.sequence = max(row.sequence, entry.sequence)
    touch(row)
    return True


def _content(entry: Entry) -> dict[str, Any]:
    texts = entry.texts
    return {
        "title": texts.title,
        "place": texts.place,
        "link": texts.link,
        "notes": texts.notes,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "zone": entry.zone,
        "is_all_day": entry.is_all_day,
        "rule": entry.rule,
    }


def _set(row: Appointment, content: Mapping[str, object]) -> bool:
    different = {name: said for name, said in content.items() if getattr(row, name) != said}
    for name, said in different.items():
        setattr(row, name, said)
    return bool(different)


def _set_cancelled(row: Appointment, is_cancelled: bool) -> bool:
    if is_cancelled == (row.cancelled_at is not None):
        return False
    row.cancelled_at = now() if is_cancelled else None
    return True


def _leave_out(session: Session, entry: Entry, row: Appointment, is_moved: bool) -> bool:
    """What is left out here, too, stays so, unless the series is another now."""
    mine = col(AppointmentGap.appointment_id) == row.id
    if is_moved:
        session.execute(delete(AppointmentGap).where(mine))
    there = set(session.scalars(select(col(AppointmentGap.at)).where(mine))) if entry.rule else set()
    missing = entry.gaps - there
    session.add_all(AppointmentGap(appointment_id=row.id, at=at) for at in sorted(missing))
    return bool(missing)


def _end_what_is_gone(session: Session, source: CalendarSource, calendar: Calendar) -> int:
    """Cancel what the address no longer names; a changed occurrence goes back to what its series says."""
    named = {(entry.uid, entry.recurrence_at) for entry in calendar.entries}
    is_ahead = or_(col(Appointment.last_at).is_(None), col(Appointment.last_at) > now())
    of_it = col(Appointment.source_id) == source.id, col(Appointment.deleted_at).is_(None)
    gone = [
        row
        for row in session.scalars(select(Appointment).where(*of_it, is_ahead))
        if (row.uid, row.recurrence_at) not in named
    ]
    for row in gone:
        if row.recurrence_at and (row.uid, None) in named:
            session.delete(row)
        elif row.cancelled_at is None:
            row.cancelled_at = now()
            touch(row)
            plan_reminders(session, row)
    return len(gone)


def _kind(categories: Iterable[str]) -> str:
    """The kind that a category names in our own words, as in what we wrote ourselves."""
    keys = ("_".join(each.lower().split()) for each in categories)
    return next((key for key in keys if key in KINDS), OTHER)
