"""Who can at a time: any day, any hour."""

from datetime import datetime, time, timedelta

from sqlmodel import Session

from careapp.access import Actor, Right, Section
from careapp.availability.free import Free, free_between
from careapp.availability.spans import Span, holds, within
from careapp.availability.views import PersonThen, WhoCanView
from careapp.clock import now
from careapp.errors import NotFound
from careapp.gallery.months import zone_of
from careapp.helping.times import spoken_day
from careapp.operation import Params, query
from careapp.schedule.agenda import day_from, today_of
from careapp.schedule.spoken import place_of_zone, spoken_span, spoken_time_of
from careapp.schedule.walls import moment, wall
from careapp.sites.frame import frame

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class TimePage(Params):
    """A day and hours on the reader's clock; the next full hour where nothing is asked. What ends earlier than it
    begins ends on the next day."""

    on: str = ""
    at: str = ""
    until: str = ""


@query(section=Section.SCHEDULE, right=Right.SEE)
def who_can(session: Session, actor: Actor, params: TimePage) -> WhoCanView:
    """Each member once, by whether they can; with the hours of that day at which they can, and never why not."""
    zone = zone_of(actor).key
    starts, ends = _asked(actor, params, zone)
    first, last = moment(_midnight(starts), zone), moment(_midnight(starts) + DAY, zone)
    begins, until = moment(starts, zone), moment(ends, zone)
    people = free_between(session, actor, first, max(last, until))
    sorted_out: dict[str, list[PersonThen]] = {"can": [], "could": [], "cannot": [], "unsaid": []}
    for one in people:
        sorted_out[_how(one, begins, until, last)].append(_person(actor, one, first, last, zone))
    return WhoCanView(
        frame=frame(session, actor),
        on=starts.date().isoformat(),
        at=f"{starts:%H:%M}",
        until=f"{ends:%H:%M}",
        words=f"{spoken_day(starts.date(), actor.language)}, {spoken_span(starts, ends, actor.language)}",
        zone_words=place_of_zone(zone, actor.language),
        is_any=any(one.has_said for one in people),
        shows_people=actor.may(Section.PEOPLE, Right.SEE),
        **{how: tuple(found) for how, found in sorted_out.items()},
    )


def _asked(actor: Actor, params: TimePage, zone: str) -> tuple[datetime, datetime]:
    day, at, until = day_from(params.on), _time(params.at), _time(params.until)
    following = wall(now(), zone).replace(minute=0, second=0, microsecond=0) + HOUR
    if day is None and at is None:
        return following, following + HOUR
    starts = datetime.combine(day or today_of(actor), at or following.time())
    if until is None:
        return starts, starts + HOUR
    ends = datetime.combine(starts.date(), until)
    return starts, ends if ends > starts else ends + DAY


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0) if text else None
    except ValueError:
        raise NotFound from None


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time())


def _how(one: Free, begins: datetime, until: datetime, last: datetime) -> str:
    if not one.has_said:
        return "cannot" if within(one.busy, begins, until) else "unsaid"
    if holds(one.free, begins, until):
        return "can"
    return "could" if any(span.begins < last for span in one.free) else "cannot"


def _person(actor: Actor, one: Free, first: datetime, last: datetime, zone: str) -> PersonThen:
    spans = within(one.free, first, last)
    words = ", ".join(_span_words(span, zone, actor.language) for span in spans)
    return PersonThen(one.member_id, one.face, words, one.member_id == actor.member_id)


def _span_words(span: Span, zone: str, language: str) -> str:
    return f"{spoken_time_of(wall(span.begins, zone), language)} – {spoken_time_of(wall(span.ends, zone), language)}"
