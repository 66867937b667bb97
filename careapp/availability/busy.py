"""When the schedule has somebody already: appointments they go along to, help they have taken on, and shifts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor
from careapp.availability.spans import Span, merged
from careapp.helping.times import LASTS, is_whole_day
from careapp.models import HelpRequest, HelpSlot, Shift
from careapp.schedule.asking import found_between
from careapp.schedule.walls import moment

DAY = timedelta(days=1)


def busy_between(session: Session, actor: Actor, begins: datetime, ends: datetime) -> dict[str, list[Span]]:
    """By member, in five statements: when, and not with what."""
    found: dict[str, list[Span]] = defaultdict(list)
    for taken in (_going_along, _helping, _on_duty):
        for member_id, span in taken(session, actor, begins, ends):
            found[member_id].append(span)
    return {member_id: merged(spans) for member_id, spans in found.items()}


def _going_along(session: Session, actor: Actor, begins: datetime, ends: datetime) -> Iterator[tuple[str, Span]]:
    for found in found_between(session, actor, begins, ends):
        if found.companion and not found.one.of.cancelled_at:
            yield found.companion.id, Span(found.one.from_utc, found.one.until_utc)


def _helping(session: Session, actor: Actor, begins: datetime, ends: datetime) -> Iterator[tuple[str, Span]]:
    """What has no hour of its own leaves its day free."""
    statement = (
        select(HelpSlot, col(HelpRequest.zone))
        .join(HelpRequest, col(HelpRequest.id) == col(HelpSlot.request_id))
        .where(col(HelpSlot.site_id) == actor.site_id, col(HelpSlot.taken_by_id).is_not(None))
        .where(col(HelpSlot.cancelled_at).is_(None), col(HelpSlot.done_at).is_(None))
        .where(col(HelpSlot.due_at).between(begins - 2 * DAY, ends))
    )
    for slot, zone in session.execute(statement):
        if slot.starts_at and not is_whole_day(slot):
            yield slot.taken_by_id, Span(slot.due_at, moment(slot.ends_at or slot.starts_at + LASTS, zone))


def _on_duty(session: Session, actor: Actor, begins: datetime, ends: datetime) -> Iterator[tuple[str, Span]]:
    statement = select(col(Shift.member_id), col(Shift.begins_at), col(Shift.until_at)).where(
        col(Shift.site_id) == actor.site_id,
        col(Shift.member_id).is_not(None),
        col(Shift.cancelled_at).is_(None),
        col(Shift.until_at) > begins,
        col(Shift.begins_at) < ends,
    )
    for member_id, from_at, until_at in session.execute(statement):
        yield member_id, Span(from_at, until_at)
