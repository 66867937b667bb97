"""Days and times of appointments as people say them, in a language."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_location

from careapp.catalogue import spoken_date
from careapp.schedule.walls import zone_of

DAY = timedelta(days=1)


def spoken_time_of(at: datetime, language: str) -> str:
    """A wall time: 9:30 AM, or 9:30."""
    return _clock(at.time(), language)


def spoken_span(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """From when to when on one day; only the beginning where it has no length."""
    begins = spoken_time_of(starts_at, language)
    return begins if ends_at <= starts_at else f"{begins} – {spoken_time_of(ends_at, language)}"


def spoken_when(starts_at: datetime, is_all_day: bool, language: str) -> str:
    """A day, and the time where there is one."""
    day = spoken_date(starts_at.date(), language)
    return day if is_all_day else f"{day}, {spoken_time_of(starts_at, language)}"


@lru_cache(maxsize=4096)
def short_day(on: date, language: str) -> str:
    """Tue 3 Nov."""
    return str(format_date(on, "EEE d MMM", locale=language))


@lru_cache(maxsize=256)
def place_of_zone(zone: str, language: str) -> str:
    """A zone by its city or country, as people know it."""
    return str(get_timezone_location(ZoneInfo(zone_of(zone).key), locale=language, return_city=True))


@lru_cache(maxsize=4096)
def _clock(at: time, language: str) -> str:
    return str(format_time(at, "short", locale=language)).replace("\u202f", " ")
