"""Reminders a day and an hour before, and when a video visit may be joined: a job for the next one of each series."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlmodel import Session, col

from careapp.access import who_sees_schedule
from careapp.clock import now
from careapp.jobs import enqueue
from careapp.models import Appointment, AppointmentGap, Kind, Notice, Site
from careapp.notify.tell import Telling, Words, page_of, tell
from careapp.said import Said, mark
from careapp.schedule.asking import next_few
from careapp.schedule.recurrence import Occurrence
from careapp.schedule.spoken import spoken_when
from careapp.schedule.telling import by_language, contact_ids

JOB = "schedule.remind"
DAY, HOUR, QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)
# What takes all day begins at midnight: its reminder comes at nine on the day before.
ALL_DAY = timedelta(hours=15)
LOOKED_AT = 4
WORDS = {
    DAY: mark("{site}: an appointment tomorrow"),
    ALL_DAY: mark("{site}: an appointment tomorrow"),
    HOUR: mark("{site}: an appointment in an hour"),
    QUARTER: mark("{site}: the video visit begins in 15 minutes"),
}


def plan_reminders(session: Session, row: Appointment, since: datetime | None = None) -> None:
    """Have the next reminder of an appointment or series sent when it is due. What was planned for a former version of
    it does nothing any more."""
    since = since or now()
    due = [at for one in _ahead(session, row, since) for _, at in _leads(one) if at > since]
    if row.cancelled_at or row.deleted_at or not due:
        return
    payload = {"appointment_id": row.id, "version": row.version, "since": since.isoformat()}
    enqueue(session, JOB, payload, run_at=min(due))


def remind(session: Session, payload: Mapping[str, Any]) -> None:
    """Send what is due, and plan the next. Safe to repeat: each reminder is told once."""
    row = session.get(Appointment, payload["appointment_id"])
    if row is None or row.version != payload["version"] or row.deleted_at or _is_left_out(session, row):
        return
    since = datetime.fromisoformat(payload["since"])
    for one in _ahead(session, row, since):
        for lead, due in _leads(one):
            if since < due <= now() and one.from_utc > now():
                _tell(session, one, lead)
    plan_reminders(session, row, now())


def _ahead(session: Session, row: Appointment, since: datetime) -> list[Occurrence[Appointment]]:
    return next_few(session, row, since, LOOKED_AT)


def _leads(one: Occurrence[Appointment]) -> Iterator[tuple[timedelta, datetime]]:
    leads = (ALL_DAY,) if one.of.is_all_day else (DAY, HOUR, *((QUARTER,) if one.of.link else ()))
    for lead in leads:
        yield lead, one.from_utc - lead


def _is_left_out(session: Session, row: Appointment) -> bool:
    """A changed occurrence goes with its series, and when it is left out itself."""
    if not row.series_id:
        return False
    series = session.get(Appointment, row.series_id)
    gap = session.get(AppointmentGap, (row.series_id, row.recurrence_at))
    return bool(gap or series is None or series.deleted_at)


def _tell(session: Session, one: Occurrence[Appointment], lead: timedelta) -> None:
    site = session.get(Site, one.of.site_id)
    tag = f"remind-{one.of.id[-12:]}-{int(one.from_utc.timestamp())}-{lead // QUARTER}"
    if site is None or site.deleted_at or _was_told(session, site.id, tag):
        return
    whom = {one.of.companion_id or "", *contact_ids(session, site.id)} & who_sees_schedule(session, site.id)
    at = {"at": one.at.isoformat()} if one.of.rule or one.of.series_id else {}
    path = page_of("/appointment", site, appointment=one.of.series_id or one.of.id, **at)
    for language, members in by_language(session, whom).items():
        when = spoken_when(one.starts_at, one.of.is_all_day, language)
        body = " · ".join(filter(None, [when, one.of.place, one.of.bring]))
        words = Words(Said(WORDS[lead], site=site.name), more_title=one.of.title, more_body=body)
        tell(session, site, members, Telling(Kind.REMINDERS, words, path, tag, expires=max(lead, HOUR)))


def _was_told(session: Session, site_id: str, tag: str) -> bool:
    told = exists().where(
        col(Notice.site_id) == site_id, col(Notice.tag) == tag, col(Notice.created_at) > now() - 2 * DAY
    )
    return bool(session.execute(select(told)).scalar_one())
