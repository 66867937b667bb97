"""When help is wanted: the slots that a time, its repeats, or no time at all come to, and how people say them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from babel.dates import format_date, format_time

from careapp.catalogue import DAY, FULL_DAY, translate
from careapp.clock import now
from careapp.errors import Invalid
from careapp.helping.commands import MOST_SLOTS, Repeat, SlotTime, Times
from careapp.models import HelpRequest, HelpSlot
from careapp.said import Said, mark
from careapp.schedule.readers import Reader, by_their_clock
from careapp.schedule.recurrence import walls
from careapp.schedule.rules import check_rule
from careapp.schedule.walls import moment, wall, zone_of

# Where "whenever it suits" stands among the moments: after all others.
WHENEVER = datetime(5000, 1, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
NOON = timedelta(hours=12)
YEARS = timedelta(days=2 * 366)
LASTS = timedelta(hours=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY = {"day": "FREQ=DAILY", "week": "FREQ=WEEKLY", "two_weeks": "FREQ=WEEKLY;INTERVAL=2", "month": "FREQ=MONTHLY"}
WHENEVER_WORDS, ANY_TIME = mark("Whenever it suits"), mark("any time")


@dataclass
class Span:
    """One time, and by what rule it comes again; what `recurrence` takes for a series."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    rule: str = ""


def slots_for(request: HelpRequest, command: Times, there: int = 0) -> Iterator[HelpSlot]:
    """The slots that a command asks for, in order; `there` are so many already. Raises Invalid."""
    spans = spans_for(command, request.zone, there)
    if not spans:
        yield HelpSlot(request_id=request.id, site_id=request.site_id, due_at=WHENEVER)
    for span in spans:
        due_at = moment(span.starts_at + (NOON if is_whole_day(span) else timedelta()), request.zone)
        ends_at = span.ends_at if span.ends_at > span.starts_at else None
        yield HelpSlot(
            request_id=request.id,
            site_id=request.site_id,
            starts_at=span.starts_at,
            ends_at=ends_at,
            due_at=due_at,
        )


def spans_for(command: Times, zone: str, there: int = 0) -> Sequence[Span]:
    """The times that a command asks for, in order; none for whenever it suits. Raises Invalid."""
    zone_of(zone)
    spans = _spans(command, zone)
    if there + len(spans) > MOST_SLOTS:
        field = "repeat" if command.repeat else "times"
        raise Invalid(fields={field: Said("At most {most} times fit into one request.", most=MOST_SLOTS)})
    return spans


def is_whole_day(slot: Span | HelpSlot) -> bool:
    """Any time of that day will do."""
    if slot.starts_at is None or slot.ends_at is None:
        return False
    return slot.starts_at.time() == time() and slot.ends_at == slot.starts_at + ONE_DAY


def is_over(slot: HelpSlot, zone: str) -> bool:
    """Its time is past: nobody can take it any more."""
    if slot.starts_at is None:
        return False
    return moment(slot.ends_at or slot.starts_at + LASTS, zone) <= now()


def day_words(slot: HelpSlot, language: str) -> str:
    """ "Thursday, 26 November" in the reader's language."""
    return spoken_day(slot.starts_at.date(), language) if slot.starts_at else translate(language, WHENEVER_WORDS)


def spoken_day(on: date, language: str) -> str:
    """A day with its weekday; its year where that is another than this."""
    parts = {"day": "d", "month": "MMMM", "year": "y"}
    named = {name: format_date(on, sign, locale=language) for name, sign in parts.items()}
    said = translate(language, DAY if on.year == now().year else FULL_DAY, **named)
    return translate(language, mark("{weekday}, {date}"), weekday=format_date(on, "EEEE", locale=language), date=said)


def clock_words(slot: HelpSlot, language: str) -> str:
    """From when until when, as the clock there shows it; empty for whenever it suits."""
    if slot.starts_at is None:
        return ""
    if is_whole_day(slot):
        return translate(language, ANY_TIME)
    ends = [slot.starts_at, *([slot.ends_at] if slot.ends_at else [])]
    return " – ".join(format_time(each.time(), "short", locale=language) for each in ends)


def time_words(slot: HelpSlot, language: str) -> str:
    """Day and clock in one."""
    return ", ".join(filter(None, [day_words(slot, language), clock_words(slot, language)]))


def time_for(slot: HelpSlot, zone: str, reader: Reader, words: str = "") -> str:
    """The same, or these words of it, with the reader's own time where their clock shows another."""
    words = words or time_words(slot, reader.language)
    if slot.starts_at is None or is_whole_day(slot):
        return words
    return by_their_clock(words, slot.starts_at, zone, reader)


def rule_of(repeat: Repeat | None) -> str:
    """The rule (RRULE) by which the asker's words say that it comes again."""
    if repeat is None:
        return ""
    days = f";BYDAY={','.join(repeat.days)}" if repeat.days and "WEEKLY" in EVERY[repeat.every] else ""
    return f"{EVERY[repeat.every]}{days};UNTIL={repeat.until:%Y%m%d}T235959"


def _spans(command: Times, zone: str) -> Sequence[Span]:
    if command.repeat is None:
        return sorted((_span(each, zone) for each in command.times), key=lambda span: span.starts_at)
    if len(command.times) != 1:
        raise Invalid(fields={"repeat": Said("What comes again has one first day.")})
    return _repeated(_first(command.times[0], command.repeat), command.repeat, zone)


def _span(one: SlotTime, zone: str) -> Span:
    today = wall(now(), zone).date()
    if not today <= one.on <= today + YEARS:
        raise Invalid(fields={"times": Said("Please choose a day from today on.")})
    starts_at = datetime.combine(one.on, one.starts or time())
    if one.starts is None:
        return Span(starts_at, starts_at + ONE_DAY, zone)
    if one.ends is None or one.ends == one.starts:
        return Span(starts_at, starts_at, zone)
    ends_at = datetime.combine(one.on, one.ends)
    return Span(starts_at, ends_at if ends_at > starts_at else ends_at + ONE_DAY, zone)


def _first(one: SlotTime, repeat: Repeat) -> SlotTime:
    """The first day from the chosen one on that is one of the chosen weekdays."""
    if not repeat.days or "WEEKLY" not in EVERY[repeat.every]:
        return one
    days = (one.on + timedelta(days=n) for n in range(7))
    return one.model_copy(update={"on": next(day for day in days if WEEKDAYS[day.weekday()] in repeat.days)})


def _repeated(one: SlotTime, repeat: Repeat, zone: str) -> Sequence[Span]:
    span = _span(one, zone)
    rule = rule_of(repeat)
    try:
        check_rule(rule, span.starts_at, zone)
    except Invalid as refused:
        raise Invalid(fields={"repeat": refused.fields.get("rule", refused.words)}) from None
    lasts = span.ends_at - span.starts_at
    found = islice(walls(Span(span.starts_at, span.ends_at, zone, rule), span.starts_at), MOST_SLOTS + 1)
    return [Span(at, at + lasts, zone) for at in found]
