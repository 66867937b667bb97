"""Days, times and changes of appointments as people say them, in a language."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_location

from careapp.catalogue import spoken_date, translate
from careapp.said import mark
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


def change_lines(
    language: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, names: Mapping[str, str]
) -> Iterator[str]:
    """What changed, from old to new. For what is new or gone: when it is, and where."""
    if before is None or after is None:
        yield from _whole(language, before or after or {}, names)
        return
    old, new = _when(language, before), _when(language, after)
    yield f"{old} → {new}" if old != new else new
    if before["place"] != after["place"]:
        none = translate(language, mark("no place"))
        pair = {"old": before["place"] or none, "new": after["place"] or none}
        yield translate(language, mark("Place: {old} → {new}"), **pair)
    if before["companion_id"] != after["companion_id"]:
        pair = {"old": _name(language, before, names), "new": _name(language, after, names)}
        yield translate(language, mark("Goes along: {old} → {new}"), **pair)


def _whole(language: str, state: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    yield _when(language, state)
    if state["place"]:
        yield state["place"]
    yield translate(language, mark("Goes along: {name}"), name=_name(language, state, names))


def _when(language: str, state: Mapping[str, Any]) -> str:
    return spoken_when(datetime.fromisoformat(state["starts"]), state["is_all_day"], language)


def _name(language: str, state: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return names.get(state["companion_id"], "") or translate(language, mark("nobody yet"))
