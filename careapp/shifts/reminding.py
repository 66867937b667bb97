"""Reminds whoever is on duty, a day and an hour before: what is due is written down when it is planned or moved."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlmodel import Session, col

from careapp.access import actor_of
from careapp.clock import now
from careapp.jobs import enqueue
from careapp.models import Kind, Notice, Shift, Site
from careapp.notify.tell import Telling, Words, in_quiet_hours, page_of, tell
from careapp.said import Said, mark
from careapp.schedule.leads import DAY, HOUR, is_so_now
from careapp.schedule.readers import Reader
from careapp.shifts.times import when_for

BEFORE = {"day": DAY, "hour": HOUR}
REMIND = "shifts.remind"
SAID = {"day": mark("{site}: you are on duty tomorrow"), "hour": mark("{site}: you are on duty in an hour")}


def remind_of(session: Session, shifts: Iterable[Shift]) -> None:
    """Have whoever has them then reminded; not of what is nearer than the reminder."""
    for shift in shifts:
        for when, before in BEFORE.items():
            at = shift.begins_at - before
            if at > now():
                begins = shift.begins_at.isoformat()
                enqueue(session, REMIND, {"shift_id": shift.id, "begins_at": begins, "when": when}, at)


def remind(session: Session, payload: Mapping[str, Any]) -> None:
    """Remind who has it, if it still begins then. Safe to repeat: nobody is told twice."""
    shift, when = session.get(Shift, payload["shift_id"], with_for_update=True), payload["when"]
    if shift is None or shift.begins_at != datetime.fromisoformat(payload["begins_at"]) or not _is_ahead(shift):
        return
    actor = actor_of(session, shift.member_id or "")
    tag = f"shift-{when}-{shift.id}-{int(shift.begins_at.timestamp())}"
    if actor is None or _was_told(session, actor.member_id, tag):
        return
    site = session.get_one(Site, shift.site_id)
    times = when_for((shift.starts_at, shift.ends_at), shift.zone, Reader(actor.language, actor.time_zone))
    is_so = is_so_now(BEFORE[when], shift.begins_at, shift.zone)
    if not is_so or in_quiet_hours(session, site.id, [actor.member_id], Kind.REMINDERS):
        title = Said("{site}: you are on duty, {when}", site=site.name, when=times)
    else:
        title = Said(SAID[when], site=site.name)
    words = Words(title, more_title=Said("On duty: {when}", when=times))
    path, lasts = page_of("/on-duty", site, shift=shift.id), max(shift.begins_at - now(), HOUR)
    tell(session, site, [actor.member_id], Telling(Kind.REMINDERS, words, path, tag, expires=lasts))


def _is_ahead(shift: Shift) -> bool:
    return shift.cancelled_at is None and shift.begins_at > now()


def _was_told(session: Session, member_id: str, tag: str) -> bool:
    told = exists().where(col(Notice.member_id) == member_id, col(Notice.tag) == tag)
    return bool(session.execute(select(told)).scalar_one())
