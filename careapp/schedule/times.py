"""When an appointment is, by what its form says."""

from datetime import datetime, time, timedelta

from careapp.errors import Invalid
from careapp.said import Said
from careapp.schedule.commands import Content

DAY, USUAL = timedelta(days=1), timedelta(hours=1)
LONGEST = timedelta(days=366)


def times_of(content: Content) -> tuple[datetime, datetime]:
    """The wall times it begins and ends at. Raises Invalid for an end before the beginning."""
    starts_at, ends_at = _all_day(content) if content.is_all_day else _timed(content)
    if ends_at < starts_at or ends_at - starts_at > LONGEST:
        field = "last_on" if content.last_on else "ends"
        raise Invalid(fields={field: Said("It ends before it begins.")})
    return starts_at, ends_at


def _all_day(content: Content) -> tuple[datetime, datetime]:
    last = content.last_on or content.starts_on
    return datetime.combine(content.starts_on, time.min), datetime.combine(last, time.min) + DAY


def _timed(content: Content) -> tuple[datetime, datetime]:
    if content.starts is None:
        raise Invalid(fields={"starts": Said("Please say when it begins, or that it takes all day.")})
    starts_at = _at(content.starts_on, content.starts)
    if content.ends is None:
        return starts_at, starts_at + USUAL
    ends_at = _at(content.last_on or content.starts_on, content.ends)
    is_next_day = ends_at < starts_at and content.last_on is None
    return starts_at, ends_at + DAY if is_next_day else ends_at


def _at(day: object, at: time) -> datetime:
    return datetime.combine(day, at.replace(second=0, microsecond=0, tzinfo=None))  # type: ignore[arg-type]
