"""Hours of a day and of a week: as they are stored, as people say them, and on the clock of a zone."""

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_time

from careapp.availability.spans import Span
from careapp.catalogue import translate
from careapp.said import mark
from careapp.schedule.repeating import DAY_WORDS
from careapp.schedule.walls import moment

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DIGITS, HOURS = 6, 24
AWAY, ALL_DAY = "0" * DIGITS, "f" * DIGITS
NEVER = AWAY * len(DAYS)
HOUR = timedelta(hours=1)
ALL_DAY_WORDS, AWAY_WORDS = mark("all day"), mark("not at all")


def stored(hours: Collection[int]) -> str:
    """These hours of a day, each from 0 to 23."""
    return f"{sum(1 << (HOURS - 1 - hour) for hour in set(hours)):0{DIGITS}x}"


def stored_week(chosen: Collection[str]) -> str:
    """Hours that are named by day and hour, such as "MO-9"."""
    of_day: dict[str, set[int]] = {day: set() for day in DAYS}
    for each in chosen:
        day, _, hour = each.partition("-")
        of_day[day].add(int(hour))
    return "".join(stored(of_day[day]) for day in DAYS)


def hours_on(week: str, weekday: int) -> str:
    """What a week says of one of its days; Monday is 0."""
    return week[DIGITS * weekday : DIGITS * (weekday + 1)]


@lru_cache(maxsize=1024)
def runs(hours: str) -> tuple[tuple[int, int], ...]:
    """From which hour until which, in order."""
    return tuple(found.span() for found in re.finditer("1+", f"{int(hours, 16):0{HOURS}b}"))


@lru_cache(maxsize=8192)
def spans_on(day: date, hours: str, zone: str) -> tuple[Span, ...]:
    """The moments that the hours of a day are. An hour that summer time skips is none; one that comes twice is two."""
    midnight = datetime.combine(day, time())

    def at(hour: int) -> datetime:
        return moment(midnight + hour * HOUR, zone)

    made = (Span(at(begins), at(ends)) for begins, ends in runs(hours))
    return tuple(one for one in made if one.begins < one.ends)


def hours_words(hours: str, language: str) -> str:
    """From when until when, as short as the language has it, one stretch after another."""
    if hours in (AWAY, ALL_DAY):
        return translate(language, AWAY_WORDS if hours == AWAY else ALL_DAY_WORDS)
    labels = hour_labels(language)
    return ", ".join(f"{labels[begins]} – {labels[ends]}" for begins, ends in runs(hours))


def week_words(week: str, language: str) -> str:
    """A line for each day on which there are some."""
    said = {DAY_WORDS[day]: hours_on(week, n) for n, day in enumerate(DAYS)}
    lines = [
        f"{translate(language, day)}: {hours_words(hours, language)}" for day, hours in said.items() if hours != AWAY
    ]
    return "\n".join(lines) or translate(language, AWAY_WORDS)


@cache
def hour_labels(language: str) -> tuple[str, ...]:
    """The 24 hours of a day and the midnight after it, as short as the language has them: "9 AM", "9:00"."""
    locale = Locale.parse(language or "en")
    pattern = "h a" if "a" in locale.time_formats["short"].pattern else "H:mm"
    return tuple(str(format_time(time(hour % HOURS), pattern, locale=locale)) for hour in range(HOURS + 1))
