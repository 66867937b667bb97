"""Who can when: what members said of their weeks and days, without what the schedule has them for already."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, right_of_member
from careapp.availability.busy import busy_between
from careapp.availability.hours import NEVER, hours_on, spans_on
from careapp.availability.spans import Span, in_signs, merged, within, without
from careapp.availability.views import FreePerson, FreeTimes
from careapp.clock import now
from careapp.models import Availability, AvailabilityException, Member
from careapp.schedule.walls import wall
from careapp.sites.frame import Face, face_of, photo_of

DAY, AHEAD = timedelta(days=1), timedelta(days=61)
MOST_PEOPLE = 300


@dataclass(frozen=True)
class Free:
    """One member: when they can, and when the schedule has them. `has_said`: they have said when they can at all."""

    member_id: str
    face: Face
    has_said: bool
    free: list[Span]
    busy: list[Span]


def free_between(session: Session, actor: Actor, begins: datetime, ends: datetime) -> list[Free]:
    """Everyone who can take something on, for who may see who is here, in seven statements however many they are."""
    if not actor.may(Section.PEOPLE, Right.SEE):
        return []
    people = session.execute(_people(actor)).all()
    otherwise = _otherwise(session, actor, begins, ends)
    busy = busy_between(session, actor, begins, ends)
    found = []
    for member, photo, said in people:
        offered = merged(_offered(said, otherwise[member.id], begins, ends)) if said else []
        taken = busy.get(member.id, [])
        free = within(without(offered, taken), begins, ends)
        found.append(Free(member.id, face_of(member.id, member.name, photo), said is not None, free, taken))
    return found


def free_times(session: Session, actor: Actor) -> FreeTimes:
    """The next sixty days of those who can at all, in few signs, for a phone to answer from without asking."""
    begins = datetime.combine(now().date(), time(), now().tzinfo)
    people = free_between(session, actor, begins, begins + AHEAD)
    said = [FreePerson(one.face.name, in_signs(one.free, begins)) for one in people if one.has_said]
    return FreeTimes(begins.isoformat(), (begins + AHEAD).isoformat(), tuple(said))


def _people(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(Member, photo_of(Member.photo_media_id), Availability)
        .outerjoin(Availability, col(Availability.member_id) == col(Member.id))
        .where(col(Member.site_id) == actor.site_id, col(Member.left_at).is_(None))
        .where(right_of_member(Section.SCHEDULE) >= Right.TAKE_PART)
        .order_by(col(Member.name), col(Member.id))
        .limit(MOST_PEOPLE)
    )


def _otherwise(session: Session, actor: Actor, begins: datetime, ends: datetime) -> dict[str, dict[date, str]]:
    found: dict[str, dict[date, str]] = defaultdict(dict)
    statement = select(AvailabilityException).where(
        col(AvailabilityException.site_id) == actor.site_id,
        col(AvailabilityException.day).between((begins - DAY).date(), (ends + DAY).date()),
    )
    for one in session.scalars(statement):
        found[one.member_id][one.day] = one.hours
    return found


def _offered(said: Availability, otherwise: dict[date, str], begins: datetime, ends: datetime) -> Iterator[Span]:
    """Day by day on their own clock."""
    if said.week == NEVER and not otherwise:
        return
    day, last = wall(begins, said.zone).date(), wall(ends, said.zone).date()
    while day <= last:
        yield from spans_on(day, otherwise.get(day) or hours_on(said.week, day.weekday()), said.zone)
        day += DAY
