"""The agenda: what is ahead, day by day, sixty days at a time."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby, islice
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlmodel import Session, col

from careapp.access import Actor, Section, right_to_change, sees_appointment
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
SOON = 3


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
    wanted = wanted_by(params)
    ends = _end(session, actor, begins, wanted)
    found = (from_today if begins == today else between)(session, actor, begins, ends, *wanted)
    shown, further = _first(found, begins)
    days = _days(actor, shown, begins, today)
    soon = tuple(islice((one for one in shown if one.one.until_utc > now()), SOON))
    later = _next_day(session, actor, ends)
    further = further or later
    return CalendarView(
        frame=frame(session, actor),
        days=days,
        soon=tuple(item_of(actor, one) for one in soon),
        own=tuple(item_of(actor, one) for one in soon if _may_change(actor, one)),
        **narrowed(session, actor, params),
        further=further,
        next=further if begins == today and "" < further < (today + AHEAD).isoformat() else "",
        earlier=(begins - AHEAD).isoformat(),
        is_first_page=begins == today,
        is_empty=not days and not further and not params.begins and not (params.kind or params.person),
    )


def _may_change(actor: Actor, found: Found) -> bool:
    return bool(actor.member_id) and actor.may(Section.SCHEDULE, right_to_change(actor, found.one.of))


def narrowed(session: Session, actor: Actor, params: CalendarPage) -> dict[str, Any]:
    """What every view says of how it is narrowed, and can be."""
    return {
        "kinds": (Option("", mark("Every kind")), *(Option(key, words) for key, (words, _) in KINDS.items())),
        "people": (Option("", mark("Everyone")), *people_to_ask(session, actor)),
        "kind": params.kind,
        "person": params.person,
        "is_filtered": bool(params.kind or params.person),
    }


def between(session: Session, actor: Actor, begins: date, ends: date, *wanted: ColumnElement[bool]) -> list[Found]:
    """What touches these days, on the clock of each; the last day does not belong to them."""
    walls = col(Appointment.starts_at) < _midnight(ends), col(Appointment.ends_at) >= _midnight(begins)
    is_on_them = or_(col(Appointment.rule) != "", and_(*walls))
    found = found_between(session, actor, *moments_about(begins, ends), is_on_them, *wanted)
    within = [one for one in found if _shown_on(one, begins) < ends and _lasts_until(one, begins)]
    return sorted(within, key=_order(begins))


def from_today(session: Session, actor: Actor, today: date, ends: date, *wanted: ColumnElement[bool]) -> list[Found]:
    """What touches these days, and what is not over yet where the clock is behind the reader's: on its own it may still
    be the day before."""
    found = between(session, actor, today - DAY, ends, *wanted)
    return sorted((one for one in found if _lasts_until(one, today) or one.one.until_utc > now()), key=_order(today))


def moments_about(begins: date, ends: date) -> tuple[datetime, datetime]:
    """Between which moments these days are anywhere in the world."""
    return _about(begins) - DAY, _about(ends) + DAY


def day_words(actor: Actor, on: date) -> str:
    return _day_words(on, actor.language)


@lru_cache(maxsize=4096)
def _day_words(on: date, language: str) -> str:
    return spoken_date(on, language)


def _end(session: Session, actor: Actor, begins: date, wanted: Sequence[ColumnElement[bool]]) -> date:
    """The day after the last that is read: where there is much, a page is full long before its sixty days."""
    is_ahead = col(Appointment.rule) == "", col(Appointment.first_at) >= _about(begins)
    full = (
        select(col(Appointment.starts_at))
        .where(sees_appointment(actor), *is_ahead, *wanted)
        .order_by(col(Appointment.first_at))
        .offset(MOST)
        .limit(1)
    )
    last = session.execute(full).scalar_one_or_none()
    return min(begins + AHEAD, max(begins, last.date()) + DAY) if last else begins + AHEAD


def _first(found: list[Found], begins: date) -> tuple[list[Found], str]:
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


def _lasts_until(one: Found, on: date) -> bool:
    """Whether any of it is on this day or later; what ends at midnight is not."""
    return one.one.starts_at.date() >= on or one.one.ends_at > _midnight(on)


def _order(begins: date) -> Callable[[Found], Any]:
    return lambda one: (_shown_on(one, begins), not one.one.of.is_all_day, one.one.from_utc)


def wanted_by(params: CalendarPage) -> list[ColumnElement[bool]]:
    """What the page is narrowed to."""
    kind = [col(Appointment.kind) == params.kind] if params.kind else []
    person = [col(Appointment.companion_id) == params.person] if params.person else []
    return [*kind, *person]


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
    return _midnight(day).replace(tzinfo=UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
