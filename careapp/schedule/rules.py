"""Rules by which something repeats (RRULE, RFC 5545), checked when they are written so that none can stall a page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from dateutil.rrule import rrule, rrulestr
from icalendar.prop import vRecur

from careapp.errors import Invalid
from careapp.said import Said
from careapp.schedule.walls import moment, wall

MOST_TIMES = 1000
MOST_INTERVAL = 400
MOST_PARTS = 60
STEP_DAYS = {"DAILY": 1, "WEEKLY": 7}
KNOWN = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
# The calendar repeats itself after so many years, to the weekday: a rule is tried where little of the calendar is left.
CYCLE, LAST_YEARS = 400, 9600
# How many of its days or weeks a rule may leave out in a row: each is looked at whenever a page asks what is next.
MOST_STEPS, LONGEST = 3000, timedelta(days=36525)


@dataclass(frozen=True)
class Rule:
    """`text` is the rule without its end, which is `until` (UTC), or `count` times, or never."""

    text: str
    step: timedelta | None = None
    count: int | None = None
    until: datetime | None = None

    def walls(self, starts_at: datetime, zone: str, near: datetime) -> rrule:
        """The wall times of the rule, in order, from some of its days before `near` on. They end, at the latest, a day
        after `until`."""
        start = self._later_start(starts_at, near)
        found = rrulestr(self.text, dtstart=start)
        assert isinstance(found, rrule)
        if self.count:
            return found.replace(count=self.count)
        return found.replace(until=wall(self.until, zone) + timedelta(days=1)) if self.until else found

    def _later_start(self, starts_at: datetime, near: datetime) -> datetime:
        """A rule that goes by days or weeks need not be followed from where it began years ago."""
        if self.count or self.step is None or near <= starts_at:
            return starts_at
        return starts_at + max((near - starts_at) // self.step - 1, 0) * self.step


@lru_cache(maxsize=2048)
def parsed(written: str, zone: str) -> Rule:
    """What a rule says, read once. Raises Invalid in words for one that nobody can follow."""
    try:
        parts = vRecur.from_ical(written)
        frequency = str(parts["FREQ"][0]).upper()
        interval = int(parts.get("INTERVAL", [1])[0])
        count = int(parts["COUNT"][0]) if "COUNT" in parts else None
    except (ValueError, KeyError, IndexError, TypeError):
        raise _refused(Said("This way of repeating cannot be read.")) from None
    _check(parts, frequency, interval, count)
    until = _until(parts["UNTIL"][0], zone) if "UNTIL" in parts else None
    kept = vRecur({name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")})
    days = STEP_DAYS.get(frequency)
    step = timedelta(days=days * interval) if days else None
    text: str = kept.to_ical().decode()  # type: ignore[no-untyped-call]
    return Rule(text, step, count, until)


def check_rule(text: str, starts_at: datetime, zone: str) -> Rule:
    """The rule, when it can be kept: bounded, no finer than daily, and `starts_at` is its first time, else Invalid."""
    rule = parsed(text, zone)
    tried = _in_last_cycle(starts_at)
    try:
        first = next(iter(rrulestr(rule.text, dtstart=tried)), None)
    except (ValueError, TypeError):
        raise _refused(Said("This way of repeating cannot be read.")) from None
    if first != tried:
        raise _refused(Said("The first time is not one of the days it repeats on."))
    if rule.step and not _comes_again(rule, rule.step, starts_at):
        raise _refused(Said("It comes too rarely. Please choose yearly."))
    if rule.until and rule.until < moment(starts_at, zone):
        raise _refused(Said("It ends before it begins."))
    return rule


def _check(parts: Any, frequency: str, interval: int, count: int | None) -> None:
    if frequency not in KNOWN:
        raise _refused(Said("Nothing can repeat more often than daily."))
    if not 1 <= interval <= MOST_INTERVAL or (count is not None and not 1 <= count <= MOST_TIMES):
        raise _refused(Said("This repeats too often: at most {most} times, then begin anew.", most=MOST_TIMES))
    if count and "UNTIL" in parts:
        raise _refused(Said("It can end on a day or after so many times, not both."))
    if {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(parts):
        raise _refused(Said("It can repeat once on a day. Please add another for another hour."))
    if sum(len(value) for value in parts.values()) > MOST_PARTS:
        raise _refused(Said("This way of repeating cannot be read."))


def _until(value: date, zone: str) -> datetime:
    """The last moment that still counts: a day counts whole, a time without zone is a wall time."""
    if not isinstance(value, datetime):
        return moment(datetime.combine(value, time.max.replace(microsecond=0)), zone)
    return value.astimezone(UTC) if value.tzinfo else moment(value, zone)


def _comes_again(rule: Rule, step: timedelta, starts_at: datetime) -> bool:
    found = rrulestr(rule.text, dtstart=starts_at)
    assert isinstance(found, rrule)
    return len(list(islice(found.replace(until=starts_at + min(MOST_STEPS * step, LONGEST)), 2))) == 2


def _in_last_cycle(at: datetime) -> datetime:
    return at.replace(year=at.year + (LAST_YEARS + CYCLE - 1 - at.year) // CYCLE * CYCLE)


def _refused(words: Said) -> Invalid:
    return Invalid(fields={"rule": words})
