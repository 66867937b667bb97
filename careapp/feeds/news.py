"""What a calendar that others keep does to the schedule is told as if a person had done it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from careapp.errors import NotFound
from careapp.models import Appointment
from careapp.schedule.answers import forget_answers
from careapp.schedule.changes import State
from careapp.schedule.series import Picked, picked_at
from careapp.schedule.telling import is_news, state_of, tell_later


@dataclass(frozen=True)
class Known:
    """An appointment, a series or a changed occurrence, and what people knew of it; None where they knew of none."""

    row: Appointment
    state: State | None


def known(session: Session, row: Appointment) -> Known:
    """To be asked before anything of it is changed."""
    return Known(row, _present(session, row)[1])


def known_at(session: Session, series: Appointment, at: datetime) -> State | None:
    """What people know of an occurrence."""
    try:
        return None if series.deleted_at else state_of(session, picked_at(session, series, at))
    except NotFound:
        return None


def tell_of_change(session: Session, one: Known, by: str) -> None:
    """Have told what became of it. What was answered does not count for another time."""
    picked, after = _present(session, one.row)
    if one.state and after and not one.row.rule and one.state["starts"] != after["starts"]:
        forget_answers(session, picked.series.id, picked.at)
    if is_news(one.state, after):
        tell_later(session, by, picked, one.state, is_new=one.state is None)


def tell_of_gaps(session: Session, series: Appointment, found: dict[datetime, State | None], by: str) -> None:
    """Have told that these occurrences do not take place."""
    for at, state in found.items():
        if is_news(state, None):
            tell_later(session, by, Picked(series, at), state)


def _present(session: Session, row: Appointment) -> tuple[Picked, State | None]:
    """How it is named, and what there is to know of it: of a changed occurrence that is one no longer, what its series
    says."""
    if row.series_id and row.recurrence_at:
        series = session.get_one(Appointment, row.series_id)
        return Picked(series, row.recurrence_at), known_at(session, series, row.recurrence_at)
    picked = Picked(row)
    return picked, None if row.deleted_at else state_of(session, picked)
