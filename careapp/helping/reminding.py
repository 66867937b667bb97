"""Reminds whoever has taken a slot, a day and two hours before: what is due is written down when it is taken."""

from datetime import timedelta

from sqlalchemy import exists, select
from sqlmodel import Session, col

from careapp.access import actor_of
from careapp.clock import now
from careapp.helping.kinds import title_of
from careapp.helping.times import WHENEVER, clock_words, is_whole_day, time_for
from careapp.jobs import enqueue
from careapp.journal.text import one_line
from careapp.models import HelpRequest, HelpSlot, Kind, Notice, Site
from careapp.notify.tell import Telling, Words, in_quiet_hours, page_of, tell
from careapp.said import Said, mark
from careapp.schedule.leads import days_until
from careapp.schedule.readers import Reader

BEFORE = {"day": timedelta(days=1), "hours": timedelta(hours=2)}
REMIND = "helping.remind"
DAYS = {"day": 1, "hours": 0}
# On a lock screen, and more where the reader allows it: with a time, and for any time of the day.
SAID = {
    "day": (mark("{site}: tomorrow you help"), mark("Tomorrow at {time}: {what}"), mark("Tomorrow: {what}")),
    "hours": (mark("{site}: you help soon"), mark("Today at {time}: {what}"), mark("Today: {what}")),
}


def remind_of(session: Session, slot: HelpSlot, member_id: str) -> None:
    """Have them reminded; not of what is nearer than the reminder, nor of what has no time."""
    if slot.due_at == WHENEVER:
        return
    for when, before in BEFORE.items():
        at = slot.due_at - before
        if at > now():
            enqueue(session, REMIND, {"slot_id": slot.id, "member_id": member_id, "when": when}, at)


def remind(session: Session, slot_id: str, member_id: str, when: str) -> None:
    """Remind them if it is still theirs, and still to be done. Safe to repeat: nobody is told twice."""
    slot = session.get(HelpSlot, slot_id)
    actor = actor_of(session, member_id)
    if slot is None or actor is None or not _is_due(slot, member_id) or _was_told(session, slot, member_id, when):
        return
    request, site = session.get_one(HelpRequest, slot.request_id), session.get_one(Site, slot.site_id)
    reader = Reader(actor.language, actor.time_zone)
    is_delayed = bool(in_quiet_hours(session, site.id, [member_id], Kind.REMINDERS))
    is_so = not is_delayed and days_until(slot.due_at, request.zone) == DAYS[when]
    words = _words(site, request, slot, when, reader) if is_so else _dated_words(site, request, slot, reader)
    path = page_of("/help-request", site, request=request.id, slot=slot.id)
    lasts = max(slot.due_at - now(), timedelta(minutes=30))
    tell(session, site, [member_id], Telling(Kind.REMINDERS, words, path, _tag(slot, when), expires=lasts))


def _is_due(slot: HelpSlot, member_id: str) -> bool:
    return slot.taken_by_id == member_id and not slot.cancelled_at and not slot.done_at and slot.due_at > now()


def _was_told(session: Session, slot: HelpSlot, member_id: str, when: str) -> bool:
    told = exists().where(col(Notice.member_id) == member_id, col(Notice.tag) == _tag(slot, when))
    return bool(session.execute(select(told)).scalar_one())


def _tag(slot: HelpSlot, when: str) -> str:
    return f"help-{when}-{slot.id}"


def _words(site: Site, request: HelpRequest, slot: HelpSlot, when: str, reader: Reader) -> Words:
    little, at_a_time, some_time = SAID[when]
    much = some_time if is_whole_day(slot) else at_a_time
    time = time_for(slot, request.zone, reader, clock_words(slot, reader.language))
    return Words(
        Said(little, site=site.name),
        more_title=Said(much, time=time, what=title_of(request)),
        more_body=_where(request),
    )


def _dated_words(site: Site, request: HelpRequest, slot: HelpSlot, reader: Reader) -> Words:
    """For who reads it on another day than usual."""
    when = time_for(slot, request.zone, reader)
    return Words(
        Said("{site}: you help, {when}", site=site.name, when=when),
        more_title=Said("{when}: {what}", when=when, what=title_of(request)),
        more_body=_where(request),
    )


def _where(request: HelpRequest) -> str:
    """As they may see it who have taken it, else what was written about it."""
    return request.address or one_line(request.words)
