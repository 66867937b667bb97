"""Members say when they can: their usual week, and days on which it is otherwise."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.availability.commands import MOST_DAYS, ClearDays, Days, SetDays, SetWeek
from careapp.availability.hours import NEVER, stored, stored_week, week_words
from careapp.clock import now
from careapp.errors import Conflict, Invalid
from careapp.models import Availability, AvailabilityException
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said
from careapp.schedule.walls import wall

DAY, YEARS = timedelta(days=1), timedelta(days=2 * 366)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="said when they can")
def set_week(session: Session, actor: Actor, command: SetWeek) -> None:
    """One's own usual week. Said on another device in the meantime, it is not overwritten unseen: Conflict."""
    said = session.get(Availability, actor.member_id, with_for_update=True)
    week = stored_week(command.hours)
    if said is None:
        said = _begun(session, actor, command.zone)
    elif not _take_version(session, said, command.version):
        theirs = week_words(said.week, actor.language)
        raise Conflict("Someone changed this in the meantime. Your text is kept. It now says: {theirs}", theirs=theirs)
    said.week, said.zone, said.said_at = week, command.zone, now()
    announce(session, actor)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="said when they can on some days")
def set_days(session: Session, actor: Actor, command: SetDays) -> None:
    """Other hours than usual on some days, or none: away. What was said of these days before goes. Safe to repeat."""
    said = session.get(Availability, actor.member_id) or _begun(session, actor, command.zone)
    first, last = _days(command)
    today = wall(now(), said.zone).date()
    if not today <= first <= today + YEARS:
        raise Invalid(fields={"on": Said("Please choose a day from today on.")})
    _forget(session, actor, first, last)
    _forget(session, actor, date.min, today - 7 * DAY)
    hours = stored([int(hour) for hour in command.hours])
    session.add_all(
        AvailabilityException(member_id=actor.member_id, day=day, site_id=actor.site_id, hours=hours)
        for day in _each(first, last)
    )
    announce(session, actor)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="took back what they said of some days")
def clear_days(session: Session, actor: Actor, command: ClearDays) -> None:
    """The usual week counts again on these days. Safe to repeat."""
    _forget(session, actor, *_days(command))
    announce(session, actor)


def _begun(session: Session, actor: Actor, zone: str) -> Availability:
    said = Availability(member_id=actor.member_id, site_id=actor.site_id, week=NEVER, zone=zone)
    session.add(said)
    session.flush()
    return said


def _take_version(session: Session, said: Availability, version: int) -> bool:
    mine = update(Availability).where(
        col(Availability.member_id) == said.member_id, col(Availability.version) == version
    )
    is_taken = bool(session.execute(mine.values(version=version + 1)).rowcount)  # type: ignore[attr-defined]
    session.refresh(said)
    return is_taken


def _days(command: Days) -> tuple[date, date]:
    last = command.last_on or command.on
    if last < command.on:
        raise Invalid(fields={"last_on": Said("It ends before it begins.")})
    if last - command.on > MOST_DAYS:
        raise Invalid(fields={"last_on": Said("Please say at most {n} days at once.", n=MOST_DAYS.days)})
    return command.on, last


def _forget(session: Session, actor: Actor, first: date, last: date) -> None:
    mine = delete(AvailabilityException).where(col(AvailabilityException.member_id) == actor.member_id)
    session.execute(mine.where(col(AvailabilityException.day).between(first, last)))


def _each(first: date, last: date) -> Iterator[date]:
    return (first + n * DAY for n in range((last - first).days + 1))
