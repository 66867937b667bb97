"""The rows of appointments that a calendar of others brings."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from careapp.clock import now
from careapp.ids import new_id
from careapp.models import Appointment, AppointmentGap, CalendarSource
from careapp.schedule.ics_event import Entry
from careapp.schedule.kinds import KINDS
from careapp.schedule.series import bound

OTHER = "other"
# What a changed occurrence shares with its series, and what people of the site say of it, which stays theirs.
SHARED = ("title", "place", "link", "notes", "zone", "is_all_day")
OURS = ("companion_id", "kind", "provider", "bring", "questions")


def added(session: Session, source: CalendarSource, entry: Entry, series: Appointment | None) -> Appointment:
    """What people of the site said of a series counts for its changed occurrence, too."""
    of_series = series if entry.recurrence_at else None
    ours = {name: getattr(of_series, name) for name in OURS} if of_series else {"kind": _kind(entry.texts.categories)}
    row = Appointment(
        id=new_id(),
        site_id=source.site_id,
        source_id=source.id,
        author_id=source.member_id,
        series_id=of_series.id if of_series else None,
        recurrence_at=entry.recurrence_at,
        uid=entry.uid,
        sequence=entry.sequence,
        cancelled_at=now() if entry.is_cancelled else None,
        first_at=now(),
        **ours,
        **_content(entry),
    )
    bound(row)
    session.add(row)
    session.flush()
    session.add_all(AppointmentGap(appointment_id=row.id, at=at) for at in sorted(entry.gaps))
    return row


def different_in(row: Appointment, entry: Entry) -> dict[str, object]:
    """What it is to say instead."""
    different = {name: said for name, said in _content(entry).items() if getattr(row, name) != said}
    if entry.is_cancelled != (row.cancelled_at is not None):
        different["cancelled_at"] = now() if entry.is_cancelled else None
    return different


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


def _kind(categories: Iterable[str]) -> str:
    """The kind that a category names in our own words, as in what we wrote ourselves."""
    keys = ("_".join(each.lower().split()) for each in categories)
    return next((key for key in keys if key in KINDS), OTHER)
