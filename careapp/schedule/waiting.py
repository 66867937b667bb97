"""News of the calendar that waits to be told. It follows the occurrence it is about when that gets another name."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.models import Job

JOB = "schedule.tell_change"


def waiting_for(session: Session, appointment_id: str) -> list[Job]:
    """What waits of an appointment or series, and of any of its occurrences. It goes on waiting until this transaction
    ends: what is told then knows of all that was changed in it."""
    is_about = col(Job.payload)["appointment_id"].as_string() == appointment_id
    waiting = select(Job).where(col(Job.kind) == JOB, col(Job.state) == "waiting", is_about)
    return list(session.scalars(waiting.order_by(col(Job.id)).with_for_update()))


def waiting_at(session: Session, appointment_id: str, at: datetime | None) -> Job | None:
    """What waits of one occurrence, or of the series as a whole."""
    named = at.isoformat() if at else ""
    return next((job for job in waiting_for(session, appointment_id) if job.payload["at"] == named), None)


def hand_on(session: Session, series_id: str, rest_id: str, since: datetime, is_over: bool) -> None:
    """The occurrences from a wall time on belong to another series now; and when nothing else is ahead, so does what
    is to be told of the whole."""
    for job in waiting_for(session, series_id):
        at = job.payload["at"]
        if datetime.fromisoformat(at) >= since if at else is_over:
            job.payload = {**job.payload, "appointment_id": rest_id}


def shift(session: Session, series_id: str, by: timedelta) -> None:
    """Each occurrence is named by another wall time now."""
    for job in waiting_for(session, series_id):
        if job.payload["at"]:
            at = datetime.fromisoformat(job.payload["at"]) + by
            job.payload = {**job.payload, "at": at.isoformat()}


def let_loose(session: Session, series_id: str, at: datetime, row_id: str) -> None:
    """An occurrence is an appointment of its own now."""
    job = waiting_at(session, series_id, at)
    if job:
        job.payload = {**job.payload, "appointment_id": row_id, "at": ""}
