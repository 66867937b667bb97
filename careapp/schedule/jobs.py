"""What the calendar does later: tell of changes, remind, and erase what was taken away."""

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.db import unit_of_work
from careapp.jobs import enqueue, job
from careapp.media.operations import drop_unused
from careapp.models import Appointment, AppointmentMedia
from careapp.schedule import reminders, telling, waiting
from careapp.settings import settings


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
    """Erase an appointment or a series, with its changed occurrences and the photos it leaves, unless it was brought
    back. What was taken away again later has its time from then."""
    row = session.get(Appointment, appointment_id)
    if not row or not row.deleted_at:
        return
    erased_at = row.deleted_at + timedelta(days=settings().restore_days)
    if erased_at > now():
        enqueue(session, "schedule.erase", {"appointment_id": row.id}, run_at=erased_at)
        return
    erased = select(col(Appointment.id)).where(or_(col(Appointment.id) == row.id, col(Appointment.series_id) == row.id))
    shown = select(col(AppointmentMedia.media_id)).where(col(AppointmentMedia.appointment_id).in_(erased))
    media_ids = session.scalars(shown).all()
    session.delete(row)
    drop_unused(session, media_ids)
