"""The words of every language: gettext catalogues, read once. The English text is its own key."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.messages.pofile import read_po

from careapp.clock import now
from careapp.said import mark

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = {"en": "English", "es": "Español"}
DEFAULT = "en"
DAY, FULL_DAY = mark("{day} {month}"), mark("{day} {month} {year}")


@cache
def catalogue(language: str) -> Mapping[str, str | tuple[str, ...]]:
    """Message id to words; a message with a plural maps its singular id to all forms, in the language's order."""
    path = LOCALES / language / "LC_MESSAGES" / "careapp.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            message.string if isinstance(message.string, str) else tuple(message.string)
        )
        for message in messages
        if message.id and message.string and all(message.string) and not message.fuzzy
    }


def translate(language: str, words: str, **params: object) -> str:
    """The words in the language, English where it has none, with {names} filled."""
    found = catalogue(language).get(words, words)
    said = found if isinstance(found, str) else found[0]
    return fill(said, {**getattr(words, "params", {}), **params})


def plural(language: str, one: str, many: str, n: int, **params: object) -> str:
    """The form for n things. English and Spanish both have one for 1 and one for all others."""
    forms = catalogue(language).get(one, (one, many))
    said = forms if isinstance(forms, str) else forms[0 if n == 1 else -1]
    return fill(said, {"n": n, **params})


def fill(said: str, params: Mapping[str, object]) -> str:
    """Put values in place of {names}; anything else in braces stays as it is."""
    for name, value in params.items():
        said = said.replace("{" + name + "}", str(value))
    return said


def best_language(accepted: str) -> str:
    """The first language of an Accept-Language header that there is a catalogue for."""
    for part in accepted.split(","):
        language = part.split(";")[0].strip().split("-")[0].lower()
        if language in LANGUAGES:
            return language
    return DEFAULT


def spoken_time(at: datetime | str | None, style: str, language: str, time_zone: str) -> str:
    """A moment as people say it, in their zone. `style`: ago, day, time or full."""
    if not at:
        return ""
    moment = (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(_zone(time_zone))
    match style:
        case "ago":
            return _ago(moment, language)
        case "day":
            return _day(moment, language, FULL_DAY)
        case "time":
            return format_time(moment, "short", locale=language)
        case _:
            return format_datetime(moment, "medium", locale=language)


def spoken_date(on: date, language: str) -> str:
    """A day with its weekday, wherever it is read."""
    weekday = format_date(on, "EEEE", locale=language)
    return translate(language, mark("{weekday}, {date}"), weekday=weekday, date=_day(on, language, FULL_DAY))


def _ago(moment: datetime, language: str) -> str:
    """How long ago within a week, the day after that."""
    past = now() - moment
    if past.total_seconds() < 60:
        return translate(language, "just now")
    if past.days < 7:
        return format_timedelta(-past, add_direction=True, locale=language, granularity="minute")
    return _day(moment, language, DAY if moment.year == now().year else FULL_DAY)


def _day(moment: date, language: str, order: str) -> str:
    """A date in full; the catalogue says how a language puts its parts together."""
    parts = {"day": "d", "month": "MMMM", "year": "y"}
    named = {name: format_date(moment, sign, locale=language) for name, sign in parts.items()}
    return translate(language, order, **named)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(UTC.tzname(None) or "UTC")
