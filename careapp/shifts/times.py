"""When shifts are: the times of a form as wall times and moments, and as people say them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from careapp.access import Actor
from careapp.catalogue import spoken_time, translate
from careapp.clock import now
from careapp.errors import Invalid
from careapp.gallery.months import zone_of
from careapp.helping.commands import Times
from careapp.helping.times import spans_for, spoken_day
from careapp.models import Shift
from careapp.said import Said, mark
from careapp.schedule.readers import Reader, by_their_clock
from careapp.schedule.spoken import spoken_span
from careapp.schedule.walls import moment, wall

DAY = timedelta(days=1)
WHOLE_DAY = mark("the whole day")

Wall = tuple[datetime, datetime]


def walls_of(command: Times, zone: str) -> list[Wall]:
    """From when until when each is; until the same hour of the next day where both are the same. Raises Invalid for
    none, and for one without an end."""
    if not command.times:
        raise Invalid(fields={"times": Said("Please say when.")})
    if any(one.starts and one.ends is None for one in command.times):
        raise Invalid(fields={"times": Said("Please say until when.")})
    spans = spans_for(command, zone)
    return [(span.starts_at, span.ends_at if span.ends_at > span.starts_at else span.ends_at + DAY) for span in spans]


def wall_on(on: date, starts: time, ends: time) -> Wall:
    """What does not end later than it begins ends on the next day."""
    first, last = (datetime.combine(on, each.replace(second=0, microsecond=0, tzinfo=None)) for each in (starts, ends))
    return first, last if last > first else last + DAY


def put(shift: Shift, times: Wall) -> None:
    """Have a shift be then. Raises Invalid for an hour that summer time skips, and for what is over."""
    shift.starts_at, shift.ends_at = times
    shift.begins_at, shift.until_at = (moment(at, shift.zone) for at in times)
    if shift.begins_at >= shift.until_at:
        raise Invalid(fields={"times": Said("The clocks change in that hour. Please choose another.")})
    if shift.until_at <= now():
        raise Invalid(fields={"times": Said("That time is past. Please choose a later one.")})


def overlapping(shifts: Iterable[Shift]) -> Shift | None:
    """The first that begins before another of them is over."""
    last: Shift | None = None
    for one in sorted(shifts, key=lambda each: each.begins_at):
        if last and one.begins_at < last.until_at:
            return one
        last = one
    return None


def day_words(shift: Shift, language: str) -> str:
    return spoken_day(shift.starts_at.date(), language)


def clock_words(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """From when until when, as the clock there shows it."""
    if starts_at.time() == time() and ends_at == starts_at + DAY:
        return translate(language, WHOLE_DAY)
    return spoken_span(starts_at, ends_at, language)


def when_words(shift: Shift, language: str) -> str:
    return span_words(shift.starts_at, shift.ends_at, language)


def span_words(starts_at: datetime, ends_at: datetime, language: str) -> str:
    return f"{spoken_day(starts_at.date(), language)}, {clock_words(starts_at, ends_at, language)}"


def when_for(times: Wall, zone: str, reader: Reader) -> str:
    """The same for someone who is told of it, with their own time where their clock shows another."""
    return by_their_clock(span_words(*times, reader.language), times[0], zone, reader)


def elsewhere(actor: Actor, shift: Shift) -> str:
    """The same on the reader's clock, where that shows something else."""
    zone = zone_of(actor).key
    if not actor.time_zone or wall(shift.begins_at, zone) == shift.starts_at:
        return ""
    return " – ".join(spoken_time(at, "time", actor.language, zone) for at in (shift.begins_at, shift.until_at))
