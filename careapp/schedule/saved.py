"""What a change of the calendar leaves behind: versions moved on, reminders planned anew, and everyone looks again."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from careapp.access import Actor
from careapp.errors import NotFound
from careapp.models import Appointment
from careapp.notify.announce import announce
from careapp.schedule.reminders import plan_reminders
from careapp.schedule.series import Picked, changed_rows, picked_at, touch, touch_elsewhere


@dataclass(frozen=True)
class Saved:
    """The appointment or series as it is stored now, and which of its occurrences this is about."""

    id: str
    version: int
    at: str = ""


def saved(session: Session, actor: Actor, series: Appointment, row: Appointment, at: datetime | None = None) -> Saved:
    """To be called last, with the row that was changed and the series it belongs to, or itself. What is changed of one
    occurrence changes nothing of the others."""
    for one in {series.id: series, row.id: row}.values():
        (touch if one is row or not row.series_id else touch_elsewhere)(one)
        session.flush()
        for each in (one, *changed_rows(session, one)):
            plan_reminders(session, each)
    announce(session, actor, series.id)
    named = row if row.rule or not row.series_id else series
    picked = _picked(session, series, at) if named is series else None
    return Saved(named.id, picked.version, named_at(at)) if picked else Saved(named.id, named.version)


def named_at(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _picked(session: Session, series: Appointment, at: datetime | None) -> Picked | None:
    try:
        return picked_at(session, series, at) if at and series.rule else None
    except NotFound:
        return None
