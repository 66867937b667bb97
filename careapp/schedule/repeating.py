"""How something repeats, between the words of the form and a rule (RRULE)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.rrule import rrulestr
from icalendar.prop import vRecur

from careapp.catalogue import spoken_date, translate
from careapp.errors import Invalid
from careapp.said import Said, mark
from careapp.schedule.rules import Rule, parsed
from careapp.schedule.walls import moment, wall

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_WORDS = {
    "MO": mark("Monday"),
    "TU": mark("Tuesday"),
    "WE": mark("Wednesday"),
    "TH": mark("Thursday"),
    "FR": mark("Friday"),
    "SA": mark("Saturday"),
    "SU": mark("Sunday"),
}
FREQUENCIES = {"daily": "DAILY", "weekly": "WEEKLY", "yearly": "YEARLY"}
LAST_WEEK = 5


@dataclass(frozen=True)
class Repeat:
    """A rule as the form says it; "kept" is one that it cannot say."""

    repeats: str = ""
    every: int = 1
    days: tuple[str, ...] = ()
    until: str = ""
    times: int = 0


def rule_from(asked: object, starts_at: datetime, zone: str) -> str:
    """The rule the form asks for, or "". Raises Invalid when it ends before it begins, or in two ways."""
    repeats, times, until = (getattr(asked, name) for name in ("repeats", "times", "until"))
    if not repeats or repeats == "kept":
        return ""
    parts = [*_frequency(asked, repeats, starts_at), *_end(until, times, starts_at, zone)]
    every = getattr(asked, "every", None) or 1
    return ";".join([parts[0], *([f"INTERVAL={every}"] if every > 1 else []), *parts[1:]])


def first_day(rule: str, starts_at: datetime) -> datetime:
    """The first time of a rule from a day on: "every Tuesday" that begins on a Sunday begins on the Tuesday."""
    if not rule:
        return starts_at
    found = next(iter(rrulestr(rule.partition(";UNTIL")[0], dtstart=starts_at)), None)
    return found if isinstance(found, datetime) else starts_at


def repeat_of(rule: str, starts_at: datetime, zone: str) -> Repeat:
    """What the form shows for a rule."""
    if not rule:
        return Repeat()
    read = parsed(rule, zone)
    until = wall(read.until, zone).date().isoformat() if read.until else ""
    for made in _candidates(rule, starts_at):
        if _same(rule_from(made, starts_at, zone), read, zone):
            return Repeat(made.repeats, made.every, made.days, until, read.count or 0)
    return Repeat("kept", 1, (), until, read.count or 0)


def words_of(repeat: Repeat, starts_at: datetime, language: str) -> str:
    """How it repeats, as people say it: every 2 weeks, Tuesday, Friday, until 20 March."""
    if not repeat.repeats:
        return ""
    names = {key: translate(language, words) for key, words in DAY_WORDS.items()}
    n = repeat.every
    match repeat.repeats:
        case "monthly":
            said = [translate(language, mark("on day {day} of the month"), day=starts_at.day)]
        case "monthly_weekday":
            weekday = names[WEEKDAYS[starts_at.weekday()]]
            said = [translate(language, WEEK_WORDS[_week(starts_at)], day=weekday)]
        case "kept":
            said = [translate(language, mark("by a rule of its own"))]
        case _:
            said = [translate(language, (EACH if n == 1 else EVERY)[repeat.repeats], n=n)]
    if repeat.repeats.startswith("monthly") and n > 1:
        said.append(translate(language, mark("every {n} months"), n=n))
    said += [names[day] for day in repeat.days]
    if repeat.until:
        said.append(
            translate(language, mark("until {day}"), day=spoken_date(date.fromisoformat(repeat.until), language))
        )
    if repeat.times:
        said.append(translate(language, mark("{n} times"), n=repeat.times))
    return ", ".join(said)


EACH = {"daily": mark("every day"), "weekly": mark("every week"), "yearly": mark("every year")}
EVERY = {"daily": mark("every {n} days"), "weekly": mark("every {n} weeks"), "yearly": mark("every {n} years")}
WEEK_WORDS = {
    1: mark("every first {day} of the month"),
    2: mark("every second {day} of the month"),
    3: mark("every third {day} of the month"),
    4: mark("every fourth {day} of the month"),
    LAST_WEEK: mark("every last {day} of the month"),
}


def _frequency(asked: object, repeats: str, starts_at: datetime) -> list[str]:
    if repeats == "weekly":
        days = [day for day in WEEKDAYS if day in getattr(asked, "days", ())] or [WEEKDAYS[starts_at.weekday()]]
        return ["FREQ=WEEKLY", f"BYDAY={','.join(days)}"]
    if repeats == "monthly":
        return ["FREQ=MONTHLY", f"BYMONTHDAY={starts_at.day}"]
    if repeats == "monthly_weekday":
        week = _week(starts_at)
        return ["FREQ=MONTHLY", f"BYDAY={-1 if week == LAST_WEEK else week}{WEEKDAYS[starts_at.weekday()]}"]
    return [f"FREQ={FREQUENCIES[repeats]}"]


def _week(starts_at: datetime) -> int:
    """Which of its weekday in the month this is; the fifth is the last."""
    return (starts_at.day - 1) // 7 + 1


def _end(until: object, times: int | None, starts_at: datetime, zone: str) -> list[str]:
    if until and times:
        raise Invalid(fields={"times": Said("It can end on a day or after so many times, not both.")})
    if until:
        last = datetime.combine(until, time.max.replace(microsecond=0))  # type: ignore[arg-type]
        if last < starts_at:
            raise Invalid(fields={"until": Said("It ends before it begins.")})
        return [f"UNTIL={moment(last, zone):%Y%m%dT%H%M%SZ}"]
    return [f"COUNT={times}"] if times else []


@dataclass(frozen=True)
class _Made:
    repeats: str
    every: int
    days: tuple[str, ...]
    until: None = None
    times: None = None


def _candidates(rule: str, starts_at: datetime) -> list[_Made]:
    parts = vRecur.from_ical(rule)
    every = int(parts.get("INTERVAL", [1])[0])
    days = tuple(day for day in WEEKDAYS if day in [str(one) for one in parts.get("BYDAY", [])])
    return [_Made(repeats, every, days) for repeats in ("daily", "weekly", "monthly", "monthly_weekday", "yearly")]


def _same(made: str, read: Rule, zone: str) -> bool:
    wanted, found = vRecur.from_ical(made), vRecur.from_ical(read.text)
    found.pop("WKST", None) if int(found.get("INTERVAL", [1])[0]) == 1 else None
    if found.get("INTERVAL") == [1]:
        found.pop("INTERVAL")
    return _plain(wanted) == _plain(found)


def _plain(parts: vRecur) -> dict[str, list[str]]:
    return {str(name): sorted(str(one) for one in value) for name, value in parts.items()}
