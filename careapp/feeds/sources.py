"""Calendars that others keep: added, looked at, taken over, removed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_calendar_source
from careapp.adapters.fetch import LONGEST_ADDRESS, is_fetchable
from careapp.clock import now
from careapp.errors import Conflict, Invalid
from careapp.feeds.news import Known, concerns_someone, known, tell_of_change
from careapp.feeds.taking import followed
from careapp.jobs import enqueue
from careapp.limits import Limit
from careapp.models import Appointment, CalendarSource
from careapp.notify.announce import announce
from careapp.operation import Command, Id, Line, operation
from careapp.said import Said
from careapp.schedule.series import touch

MOST_SOURCES = 20
MOST_CHARACTERS = 600_000
TRIES = Limit("calendar added", 60, timedelta(hours=1))


def _without_nothing(text: str) -> str:
    """PostgreSQL keeps no NUL."""
    return text.replace("\0", "")


class AddCalendarFile(Command):
    """`text` is the file's content, `name` what it was called."""

    name: Annotated[Line, Field(max_length=120)] = ""
    text: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS), AfterValidator(_without_nothing)]


class AddCalendarAddress(Command):
    address: Annotated[Line, Field(min_length=1, max_length=LONGEST_ADDRESS)]


@dataclass(frozen=True)
class SourceAdded:
    source_id: str


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="looked at a calendar file", limit=TRIES)
def add_calendar_file(session: Session, actor: Actor, command: AddCalendarFile) -> SourceAdded:
    """Keep a file to be looked at. Nothing of it is in the schedule yet."""
    return _added(session, actor, _source(actor, name=command.name, waiting=command.text, fetched_at=now()))


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="looked at a calendar address", limit=TRIES)
def add_calendar_address(session: Session, actor: Actor, command: AddCalendarAddress) -> SourceAdded:
    """Have what lies at an address fetched, to be looked at. Raises Invalid for one that is never fetched."""
    address = _https(command.address)
    if not is_fetchable(address):
        words = Said("Please give the address of a calendar; it begins with https:// or webcal://.")
        raise Invalid(fields={"address": words})
    _require_new(session, actor, address)
    source = _source(actor, address=address)
    enqueue(session, "feeds.look", {"source_id": source.id})
    return _added(session, actor, source)


def _require_new(session: Session, actor: Actor, address: str) -> None:
    if address in [source.address for source in followed(session, actor.site_id)]:
        raise Conflict("This calendar is in the schedule already, and is looked at every hour.")


def _source(actor: Actor, **said: Any) -> CalendarSource:
    return CalendarSource(site_id=actor.site_id, member_id=actor.member_id, **said)


def _https(address: str) -> str:
    start, _, rest = address.partition("://")
    return f"https://{rest}" if start.lower() in ("webcal", "webcals", "https") else address


def _added(session: Session, actor: Actor, source: CalendarSource) -> SourceAdded:
    actor.require_member()
    here = col(CalendarSource.site_id) == actor.site_id, col(CalendarSource.removed_at).is_(None)
    is_kept = or_(col(CalendarSource.address) != "", col(CalendarSource.taken_at).is_(None))
    if session.execute(select(func.count()).where(*here, is_kept)).scalar_one() >= MOST_SOURCES:
        raise Conflict("Many calendars are there already. Please remove one first.")
    session.add(source)
    announce(session, actor, about=source.id)
    return SourceAdded(source.id)


class OneSource(Command):
    source_id: Id


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="took over a calendar")
def import_calendar(session: Session, actor: Actor, command: OneSource) -> None:
    """Have what was looked at put into the schedule, as work that follows. Safe to repeat."""
    source = access_calendar_source(session, actor, command.source_id)
    if source.taken_at:
        return
    if not source.waiting:
        raise Conflict("There is nothing to take over yet.")
    _require_new(session, actor, source.address)
    source.taken_at = now()
    enqueue(session, "feeds.take", {"source_id": source.id})
    announce(session, actor, about=source.id)


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="removed a calendar that was taken over")
def remove_source(session: Session, actor: Actor, command: OneSource) -> None:
    """Take away a calendar and what is still to come of it; what is over stays, and what another calendar has comes
    back with that. Whom it concerns is told."""
    source = access_calendar_source(session, actor, command.source_id)
    source.removed_at, source.waiting = now(), ""
    is_ahead = or_(col(Appointment.last_at).is_(None), col(Appointment.last_at) > now())
    of_it = col(Appointment.source_id) == source.id, col(Appointment.deleted_at).is_(None)
    before = [known(session, row) for row in session.scalars(select(Appointment).where(*of_it, is_ahead)).all()]
    for one in before:
        one.row.deleted_at = source.removed_at
        touch(one.row)
    session.flush()
    for one in before:
        if _concerns_someone(session, one):
            tell_of_change(session, one, actor.member_id)
    for other in followed(session, actor.site_id):
        other.etag = ""
        enqueue(session, "feeds.follow", {"source_id": other.id})
    announce(session, actor, about=source.id)


def _concerns_someone(session: Session, one: Known) -> bool:
    """Whether it is told by itself, and not with its series."""
    series = session.get(Appointment, one.row.series_id) if one.row.series_id else None
    return concerns_someone(one.state) and not (series and series.companion_id == one.row.companion_id)
