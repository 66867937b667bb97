"""A week and a month at a glance."""

from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date
from sqlmodel import Session

from careapp.access import Actor, Section
from careapp.operation import Params, query
from careapp.schedule.agenda import between, day_from, day_words, today_of
from careapp.schedule.asking import Found
from careapp.schedule.cards import item_of
from careapp.schedule.views import Cell, MonthView, Week, WeekView
from careapp.sites.frame import frame

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SHOWN_IN_A_CELL = 3
MOST_IN_A_DAY = 30


class SpanPage(Params):
    """`begins`: any day of it; today where there is none."""

    begins: str = ""


@query(section=Section.SCHEDULE)
def week(session: Session, actor: Actor, params: SpanPage) -> WeekView:
    """Seven days, each with all that is planned."""
    today = today_of(actor)
    on = day_from(params.begins) or today
    monday = on - _first_weekday(actor, on)
    found = between(session, actor, monday, monday + WEEK)
    days = tuple(_cell(actor, monday + n * DAY, found, today, MOST_IN_A_DAY) for n in range(7))
    return WeekView(
        frame=frame(session, actor),
        title=f"{_short(actor, monday)} – {_short(actor, monday + 6 * DAY)}",
        days=days,
        before=(monday - WEEK).isoformat(),
        after=(monday + WEEK).isoformat(),
        is_this=monday <= today < monday + WEEK,
    )


@query(section=Section.SCHEDULE)
def month(session: Session, actor: Actor, params: SpanPage) -> MonthView:
    """The weeks that touch a month, with the first few of each day."""
    today = today_of(actor)
    first = (day_from(params.begins) or today).replace(day=1)
    after = (first + 31 * DAY).replace(day=1)
    begins = first - _first_weekday(actor, first)
    ends = after - DAY + WEEK - _first_weekday(actor, after - DAY)
    found = between(session, actor, begins, ends)
    cells = [_cell(actor, begins + n * DAY, found, today, SHOWN_IN_A_CELL, first) for n in range((ends - begins).days)]
    return MonthView(
        frame=frame(session, actor),
        title=str(format_date(first, "LLLL y", locale=actor.language)).capitalize(),
        weekdays=tuple(str(format_date(begins + n * DAY, "EEE", locale=actor.language)) for n in range(7)),
        weeks=tuple(Week(cells[n].on, tuple(cells[n : n + 7])) for n in range(0, len(cells), 7)),
        before=(first - DAY).replace(day=1).isoformat(),
        after=after.isoformat(),
        is_this=first <= today < after,
    )


def _cell(actor: Actor, on: date, found: list[Found], today: date, most: int, month: date | None = None) -> Cell:
    """What touches a day, also what began before it."""
    here = [one for one in found if one.one.starts_at.date() <= on and _last_day(one) >= on]
    return Cell(
        on=on.isoformat(),
        number=str(on.day),
        words=day_words(actor, on),
        is_today=on == today,
        is_of_month=month is None or on.month == month.month,
        listed=tuple(item_of(actor, one) for one in here[:most]),
        total=len(here),
        more=max(0, len(here) - most),
    )


def _last_day(one: Found) -> date:
    """A night belongs to the day it begins on; what ends at midnight does not touch the day that begins then."""
    begins, ends = one.one.starts_at, one.one.ends_at
    return begins.date() if ends - begins < DAY else (ends - timedelta(microseconds=1)).date()


def _first_weekday(actor: Actor, on: date) -> timedelta:
    """How far a day is from the beginning of its week, which is a Sunday in English as Americans write it."""
    first = Locale.parse(actor.language or "en").first_week_day
    return timedelta(days=(on.weekday() - first) % 7)


def _short(actor: Actor, on: date) -> str:
    return str(format_date(on, "d MMM", locale=actor.language))
