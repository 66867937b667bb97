"""What a member has said about when they can, to be changed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.availability.hours import (
    AWAY,
    DAYS,
    HOURS,
    NEVER,
    hour_labels,
    hours_on,
    hours_words,
    runs,
    week_words,
)
from careapp.availability.views import AvailabilityView, DayHours, HourBox, Otherwise
from careapp.clock import now
from careapp.helping.times import spoken_day
from careapp.models import Availability, AvailabilityException
from careapp.operation import Params, query
from careapp.schedule.repeating import DAY_WORDS
from careapp.schedule.walls import wall
from careapp.schedule.zones import zone_choices
from careapp.sites.frame import frame

DAY = timedelta(days=1)
MOST = 400


@query(section=Section.SCHEDULE, right=Right.TAKE_PART)
def availability(session: Session, actor: Actor, params: Params) -> AvailabilityView:
    """One's own week and the days ahead on which it is otherwise, in two statements beside the frame's."""
    said = session.get(Availability, actor.member_id) if actor.member_id else None
    week, zone = (said.week, said.zone) if said else (NEVER, actor.time_zone)
    return AvailabilityView(
        frame=frame(session, actor),
        days=tuple(_day(key, hours_on(week, n), actor.language) for n, key in enumerate(DAYS)),
        blank=_boxes("", AWAY, actor.language),
        labels=hour_labels(actor.language),
        otherwise=tuple(_in_a_row(_exceptions(session, actor, zone), actor.language)),
        summary=week_words(week, actor.language) if said else "",
        version=said.version if said else 0,
        has_said=said is not None and week != NEVER,
        **zone_choices(actor, zone),
    )


def _day(key: str, hours: str, language: str) -> DayHours:
    return DayHours(key, DAY_WORDS[key], hours_words(hours, language), _boxes(f"{key}-", hours, language))


def _boxes(prefix: str, hours: str, language: str) -> tuple[HourBox, ...]:
    labels, on = hour_labels(language), {hour for begins, ends in runs(hours) for hour in range(begins, ends)}
    return tuple(HourBox(f"{prefix}{hour}", labels[hour], labels[hour + 1], hour in on) for hour in range(HOURS))


def _exceptions(session: Session, actor: Actor, zone: str) -> Iterable[AvailabilityException]:
    ahead = select(AvailabilityException).where(
        col(AvailabilityException.member_id) == actor.member_id,
        col(AvailabilityException.day) >= wall(now(), zone or "UTC").date(),
    )
    return session.scalars(ahead.order_by(col(AvailabilityException.day)).limit(MOST))


def _in_a_row(exceptions: Iterable[AvailabilityException], language: str) -> Iterator[Otherwise]:
    """Days that follow each other and say the same are one line."""
    row: list[AvailabilityException] = []
    for one in exceptions:
        if row and (one.day != row[-1].day + DAY or one.hours != row[-1].hours):
            yield _otherwise(row[0].day, row[-1].day, row[0].hours, language)
            row = []
        row.append(one)
    if row:
        yield _otherwise(row[0].day, row[-1].day, row[0].hours, language)


def _otherwise(first: date, last: date, hours: str, language: str) -> Otherwise:
    days = [spoken_day(first, language), *([spoken_day(last, language)] if last > first else [])]
    words = " – ".join(days)
    return Otherwise(first.isoformat(), last.isoformat(), words, hours_words(hours, language), hours == AWAY)
