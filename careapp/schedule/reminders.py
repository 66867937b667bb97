"""Reminders before appointments, and when a video visit may be joined: a job for the next one of each series."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlmodel import Session, col

from careapp.access import who_sees_schedule
from careapp.clock import now
from careapp.jobs import enqueue
from careapp.models import Appointment, AppointmentGap, Kind, Notice, Site
from careapp.notify.tell import Action, Telling, Words, in_quiet_hours, page_of, tell
from careapp.said import Said, mark
from careapp.schedule.asking import AHEAD, left_out_of
from careapp.schedule.leads import (
    DAY,
    HOUR,
    QUARTER,
    TWO_DAYS,
    TWO_HOURS,
    USUAL,
    WEEK,
    Chosen,
    before,
    chosen_for,
    is_so_now,
    leads_of,
    wants,
)
from careapp.schedule.readers import Reader, by_their_clock
from careapp.schedule.recurrence import Occurrence, occurrences
from careapp.schedule.spoken import spoken_when
from careapp.schedule.telling import contact_ids, readers

JOB = "schedule.remind"
MOST, MOMENT = 20, timedelta(seconds=1)
WORDS = {
    WEEK: mark("{site}: an appointment in a week"),
    TWO_DAYS: mark("{site}: an appointment in two days"),
    DAY: mark("{site}: an appointment tomorrow"),
    TWO_HOURS: mark("{site}: an appointment in two hours"),
    HOUR: mark("{site}: an appointment in an hour"),
    QUARTER: mark("{site}: the video visit begins in 15 minutes"),
}


def plan_reminders(session: Session, row: Appointment) -> None:
    """Have the next reminder of an appointment or series sent when it is due. What was planned for another moment does
    nothing any more; what is due already and not sent yet stays so."""
    at = None if row.cancelled_at or row.deleted_at else _late(session, row) or _next_due(session, row)
    if at == row.remind_at:
        return
    row.remind_at = at
    if at:
        enqueue(session, JOB, {"appointment_id": row.id, "at": at.isoformat()}, run_at=at)


def remind(session: Session, payload: Mapping[str, Any]) -> None:
    """Send what is due, and plan the next. Safe to repeat: each reminder is told once."""
    row = session.get(Appointment, payload["appointment_id"], with_for_update=True)
    since = datetime.fromisoformat(payload["at"])
    if row is None or row.remind_at != since:
        return
    row.remind_at = None
    if _is_off(session, row):
        return
    chosen, gaps = chosen_for(session, row), left_out_of(session, row, since)
    for lead in sorted(leads_of(row, chosen), reverse=True):
        for one in _begins(row, gaps, since + before(row, lead), now() + before(row, lead)):
            if one.from_utc > now():
                _tell(session, one, lead, chosen)
    plan_reminders(session, row)


def _late(session: Session, row: Appointment) -> datetime | None:
    """Since when a reminder is due: of one that was just changed by itself, that of its series."""
    at = row.remind_at
    if at is None and row.series_id:
        at = session.get_one(Appointment, row.series_id).remind_at
    return at if at and now() - DAY < at <= now() else None


def _next_due(session: Session, row: Appointment) -> datetime | None:
    if row.last_at and row.last_at <= now():
        return None
    leads, gaps = leads_of(row, chosen_for(session, row)), left_out_of(session, row, now())
    first = {lead: now() + before(row, lead) + MOMENT for lead in leads}
    due = (one.from_utc - before(row, lead) for lead in leads for one in _begins(row, gaps, first[lead], None)[:1])
    return min(due, default=None)


def _begins(
    row: Appointment, gaps: set[datetime], first: datetime, last: datetime | None
) -> list[Occurrence[Appointment]]:
    """What begins from one moment to another, both counted; within a year where it has no end."""
    last = last or first + AHEAD
    found = occurrences(row, gaps, (), first, last + MOMENT, MOST)
    return [one for one in found if first <= one.from_utc <= last]


def _is_off(session: Session, row: Appointment) -> bool:
    """A changed occurrence goes with its series, and when it is left out itself."""
    if row.deleted_at or row.cancelled_at or not row.series_id:
        return bool(row.deleted_at or row.cancelled_at)
    series = session.get(Appointment, row.series_id)
    gap = session.get(AppointmentGap, (row.series_id, row.recurrence_at))
    return bool(gap or series is None or series.deleted_at)


def _tell(session: Session, one: Occurrence[Appointment], lead: timedelta, chosen: Chosen) -> None:
    site = session.get(Site, one.of.site_id)
    tag = f"remind-{one.of.id[-12:]}-{int(one.from_utc.timestamp())}-{lead // QUARTER}"
    if site is None or site.deleted_at or _was_told(session, site.id, tag):
        return
    whom = _whom(session, one.of, lead, chosen)
    at = one.at if one.of.rule else one.of.recurrence_at
    named = {"appointment": one.of.series_id or one.of.id, **({"at": at.isoformat()} if at else {})}
    path, joining = page_of("/appointment", site, **named), _joining(one, lead, page_of("/video-check", site, **named))
    is_so = is_so_now(lead, one.from_utc, one.of.zone)
    delayed = in_quiet_hours(session, site.id, whom, Kind.REMINDERS) if is_so else whom
    for reader, members, asked in readers(session, whom, {one.of.companion_id or ""}):
        soon = Said(WORDS[lead], site=site.name)
        then = Said(mark("{site}: an appointment, {when}"), site=site.name, when=_when(one, reader))
        for title, some in ((soon, set(members) - delayed), (then, delayed.intersection(members))):
            words = Words(title, more_title=one.of.title, more_body=_body(one, reader))
            telling = Telling(Kind.REMINDERS, words, path, tag, joining or asked, before(one.of, lead))
            tell(session, site, sorted(some), telling)


def _joining(one: Occurrence[Appointment], lead: timedelta, check: str) -> tuple[Action, ...]:
    """The buttons of a video visit that begins now."""
    if lead != QUARTER:
        return ()
    return Action("join", mark("Join"), one.of.link), Action("check", mark("Try the camera"), check)


def _whom(session: Session, row: Appointment, lead: timedelta, chosen: Chosen) -> set[str]:
    """Who goes along and the point of contact as is usual, unless they chose otherwise; and whoever else chose this."""
    usual = {row.companion_id or "", *contact_ids(session, row.site_id)} - chosen.keys()
    asked = {member_id for member_id, leads in chosen.items() if wants(leads, lead)}
    return (asked | (usual if wants(USUAL, lead) else set())) & who_sees_schedule(session, row.site_id)


def _body(one: Occurrence[Appointment], reader: Reader) -> str:
    return " · ".join(filter(None, [_when(one, reader), one.of.place, one.of.bring]))


def _when(one: Occurrence[Appointment], reader: Reader) -> str:
    when = spoken_when(one.starts_at, one.of.is_all_day, reader.language)
    return when if one.of.is_all_day else by_their_clock(when, one.starts_at, one.of.zone, reader)


def _was_told(session: Session, site_id: str, tag: str) -> bool:
    told = exists().where(
        col(Notice.site_id) == site_id, col(Notice.tag) == tag, col(Notice.created_at) > now() - 2 * DAY
    )
    return bool(session.execute(select(told)).scalar_one())
