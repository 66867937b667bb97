"""A week and a month at a glance."""

from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date
from sqlmodel import Session

from careapp.access import Actor, Section
from careapp.operation import query
from careapp.schedule.agenda import (
    CalendarPage,
    between,
    day_from,
    day_words,
    moments_about,
    narrowed,
    today_of,
    wanted_by,
)
from careapp.schedule.asking import Found
from careapp.schedule.cards import item_of
from careapp.schedule.outline import Outline, last_day, outline
from careapp.schedule.views import Cell, Line, MonthView, Sketch, Week, WeekView
from careapp.sites.frame import frame

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SHOWN_IN_A_CELL = 3
MOST_IN_A_DAY = 30


class SpanPage(CalendarPage):
    """`begins`: any day of it; today where there is none."""


@query(section=Section.SCHEDULE)
def week(session: Session, actor: Actor, params: SpanPage) -> WeekView:
    """Seven days, each with all that is planned."""
    today = today_of(actor)
    on = day_from(params.begins) or today
    monday = on - _first_weekday(actor, on)
    found = between(session, actor, monday, monday + WEEK, *wanted_by(params))
    days = tuple(_cell(actor, monday + n * DAY, found, today) for n in range(7))
    return WeekView(
        frame=frame(session, actor),
        title=f"{_short(actor, monday)} – {_short(actor, monday + 6 * DAY)}",
        days=days,
        begins=monday.isoformat(),
        before=(monday - WEEK).isoformat(),
        after=(monday + WEEK).isoformat(),
        is_this=monday <= today < monday + WEEK,
        **narrowed(session, actor, params),
    )


@query(section=Section.SCHEDULE)
def month(session: Session, actor: Actor, params: SpanPage) -> MonthView:
    """The weeks that touch a month, with the first few of each day."""
    today = today_of(actor)
    first = (day_from(params.begins) or today).replace(day=1)
    after = (first + 31 * DAY).replace(day=1)
    begins = first - _first_weekday(actor, first)
    ends = after - DAY + WEEK - _first_weekday(actor, after - DAY)
    drawn = outline(session, actor, begins, ends, moments_about(begins, ends), *wanted_by(params))
    days = [begins + n * DAY for n in range((ends - begins).days)]
    cells = [_sketch(actor, on, drawn, today, first) for on in days]
    return MonthView(
        frame=frame(session, actor),
        title=str(format_date(first, "LLLL y", locale=actor.language)).capitalize(),
        weekdays=tuple(str(format_date(begins + n * DAY, "EEE", locale=actor.language)) for n in range(7)),
        weeks=tuple(Week(cells[n].on, tuple(cells[n : n + 7])) for n in range(0, len(cells), 7)),
        begins=first.isoformat(),
        before=(first - DAY).replace(day=1).isoformat(),
        after=after.isoformat(),
        is_this=first <= today < after,
        **narrowed(session, actor, params),
    )


def _cell(actor: Actor, on: date, found: list[Found], today: date) -> Cell:
    """What touches a day, also what began before it."""
    here = [one for one in found if one.one.starts_at.date() <= on and _last_day(one) >= on]
    return Cell(
        on=on.isoformat(),
        words=day_words(actor, on),
        is_today=on == today,
        listed=tuple(item_of(actor, one) for one in here[:MOST_IN_A_DAY]),
        total=len(here),
        more=max(0, len(here) - MOST_IN_A_DAY),
    )


def _sketch(actor: Actor, on: date, drawn: Outline, today: date, month: date) -> Sketch:
    shown, total = drawn.first(on, SHOWN_IN_A_CELL), len(drawn.on(on))
    return Sketch(
        on=on.isoformat(),
        number=str(on.day),
        words=day_words(actor, on),
        is_today=on == today,
        is_of_month=on.month == month.month,
        listed=tuple(Line(f"{row.id}{at}", row.title, row.cancelled_at is not None) for row, at in shown),
        total=total,
        more=total - len(shown),
    )


def _last_day(one: Found) -> date:
    return last_day(one.one.starts_at, one.one.ends_at - one.one.starts_at)


def _first_weekday(actor: Actor, on: date) -> timedelta:
    """How far a day is from the beginning of its week, which is a Sunday in English as Americans write it."""
    first = Locale.parse(actor.language or "en").first_week_day
    return timedelta(days=(on.weekday() - first) % 7)


def _short(actor: Actor, on: date) -> str:
    return str(format_date(on, "d MMM", locale=actor.language))
