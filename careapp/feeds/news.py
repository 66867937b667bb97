"""What a calendar that others keep does to the schedule is told as if a person had done it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from careapp.errors import NotFound
from careapp.models import Appointment
from careapp.schedule.answers import forget_answers
from careapp.schedule.changes import State
from careapp.schedule.series import Picked, picked_at
from careapp.schedule.telling import is_news, is_soon, state_of, tell_later


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


def tell_of_change(session: Session, one: Known, by: str, is_much: bool = False) -> bool:
    """Have told what became of it, and say whether it is: where much changes, only what concerns someone. What was
    answered does not count for another time."""
    picked, after = _present(session, one.row)
    if one.state and after and not one.row.rule and one.state["starts"] != after["starts"]:
        forget_answers(session, picked.series.id, picked.at)
    return _tell(session, picked, one.state, after, by, is_much)


def tell_of_gap(session: Session, picked: Picked, before: State | None, by: str, is_much: bool) -> bool:
    """Have told that an occurrence does not take place, in the same way."""
    return _tell(session, picked, before, None, by, is_much)


def concerns_someone(*states: State | None) -> bool:
    """A calendar may hold hundreds: this is what somebody goes along to, and what begins soon."""
    return any(state and (state["companion_id"] or is_soon(state)) for state in states)


def _tell(session: Session, picked: Picked, before: State | None, after: State | None, by: str, is_much: bool) -> bool:
    if not is_news(before, after) or (is_much and not concerns_someone(before, after)):
        return False
    tell_later(session, by, picked, before, is_new=before is None)
    return True


def _present(session: Session, row: Appointment) -> tuple[Picked, State | None]:
    """How it is named, and what there is to know of it: of a changed occurrence that is one no longer, what its series
    says."""
    if row.series_id and row.recurrence_at:
        series = session.get_one(Appointment, row.series_id)
        return Picked(series, row.recurrence_at), known_at(session, series, row.recurrence_at)
    picked = Picked(row)
    return picked, None if row.deleted_at else state_of(session, picked)
