"""The agenda: what is ahead, day by day, sixty days at a time."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from sqlalchemy import exists, select
from sqlmodel import Session, col

from careapp.access import Actor, Section, sees_appointment
from careapp.catalogue import spoken_date
from careapp.clock import now
from careapp.duties.lists import people_to_ask
from careapp.errors import Invalid, NotFound
from careapp.models import Appointment
from careapp.operation import Params, query
from careapp.said import mark
from careapp.schedule.asking import Found, found_between
from careapp.schedule.cards import item_of
from careapp.schedule.kinds import KINDS
from careapp.schedule.views import CalendarView, Day
from careapp.schedule.walls import wall
from careapp.sites.frame import frame
from careapp.sites.tables import Option

AHEAD, DAY, YEAR = timedelta(days=60), timedelta(days=1), timedelta(days=366)
MOST = 150


class CalendarPage(Params):
    """`begins`: the first day; `kind` and `person` (a member's id) leave out everything else."""

    begins: str = ""
    kind: str = ""
    person: str = ""


@query(section=Section.SCHEDULE)
def calendar(session: Session, actor: Actor, params: CalendarPage) -> CalendarView:
    """Sixty days from today or from a day on. A day that is begun is shown whole; what is too much follows."""
    today = today_of(actor)
    begins = day_from(params.begins) or today
    found = [one for one in between(session, actor, begins, begins + AHEAD) if _is_wanted(one, params)]
    shown, further = _first(found, begins, is_today=begins == today)
    days = _days(actor, shown, begins, today)
    later = _next_day(session, actor, begins + AHEAD)
    further = further or later
    return CalendarView(
        frame=frame(session, actor),
        days=days,
        kinds=(Option("", mark("Every kind")), *(Option(key, words) for key, (words, _) in KINDS.items())),
        people=(Option("", mark("Everyone")), *people_to_ask(session, actor)),
        kind=params.kind,
        person=params.person,
        is_filtered=bool(params.kind or params.person),
        further=further,
        earlier=(begins - AHEAD).isoformat(),
        is_first_page=begins == today,
        is_empty=not days and not further and not params.begins and not (params.kind or params.person),
    )


def between(session: Session, actor: Actor, begins: date, ends: date) -> list[Found]:
    """What begins on these days, on the clock of each; the last day does not belong to them."""
    from_utc, until_utc = _about(begins) - DAY, _about(ends) + DAY
    found = found_between(session, actor, from_utc, until_utc)
    within = [one for one in found if begins <= _shown_on(one, begins) < ends and one.one.ends_at.date() >= begins]
    return sorted(within, key=lambda one: (_shown_on(one, begins), not one.one.of.is_all_day, one.one.from_utc))


def day_words(actor: Actor, on: date) -> str:
    return spoken_date(on, actor.language)


def _first(found: list[Found], begins: date, is_today: bool) -> tuple[list[Found], str]:
    """As many whole days as fit on a page, and the day that the next one begins with."""
    shown = found
    if len(shown) <= MOST:
        return shown, ""
    last = _shown_on(shown[MOST], begins)
    fitting = [one for one in shown if _shown_on(one, begins) < last]
    if fitting:
        return fitting, last.isoformat()
    return [one for one in shown if _shown_on(one, begins) == last], (last + DAY).isoformat()


def _days(actor: Actor, found: Sequence[Found], begins: date, today: date) -> tuple[Day, ...]:
    by_day = groupby(found, key=lambda one: _shown_on(one, begins))
    return tuple(
        Day(on.isoformat(), day_words(actor, on), on == today, tuple(item_of(actor, one) for one in ones))
        for on, ones in by_day
    )


def _shown_on(one: Found, begins: date) -> date:
    """What began before the first day and still lasts stands on that."""
    return max(one.one.starts_at.date(), begins)


def _is_wanted(one: Found, params: CalendarPage) -> bool:
    is_kind = not params.kind or one.one.of.kind == params.kind
    return is_kind and (not params.person or (one.companion is not None and one.companion.id == params.person))


def _next_day(session: Session, actor: Actor, after: date) -> str:
    """Where to go on, if there is anything after these days."""
    later = exists().where(
        sees_appointment(actor),
        (col(Appointment.last_at).is_(None)) | (col(Appointment.last_at) > _about(after)),
    )
    return after.isoformat() if session.execute(select(later)).scalar_one() else ""


def today_of(actor: Actor) -> date:
    """The day it is for the reader."""
    try:
        return wall(now(), actor.time_zone or "UTC").date()
    except Invalid:
        return now().date()


def day_from(text: str) -> date | None:
    """The day that an address holds; None where it holds none. Raises NotFound for what is no day."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise NotFound from None
    if day and not 1900 <= day.year <= 2200:
        raise NotFound
    return day


def _about(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC)
