"""What the calendar does later: tell of changes, remind, and erase what was taken away."""

from typing import Any

from sqlmodel import Session

from careapp.db import unit_of_work
from careapp.jobs import job
from careapp.models import Appointment
from careapp.schedule import reminders, telling, waiting


@job(waiting.JOB)
def tell_change(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        telling.tell_change(session, payload)


@job(reminders.JOB)
def remind(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        reminders.remind(session, payload)


@job("schedule.erase")
def erase(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        erase_appointment(session, payload["appointment_id"])


def erase_appointment(session: Session, appointment_id: str) -> None:
    """Erase an appointment or a series with its changed occurrences, unless it was brought back."""
    row = session.get(Appointment, appointment_id)
    if row and row.deleted_at:
        session.delete(row)
