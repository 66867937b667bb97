"""Which zone is meant: files name zones as they please, and Outlook describes its own."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from careapp.schedule.ics_lines import Block

LONGEST = 60
MOST_PARTS, MOST_DATES = 150, 400
UNIVERSAL = frozenset(("UTC", "GMT", "Z", "ETC/UTC", "COORDINATED UNIVERSAL TIME"))
_YEARLY = re.compile(r"FREQ=YEARLY(?!.*BY(HOUR|MINUTE|SECOND|YEARDAY|WEEKNO|SETPOS))")


class Zones:
    """The zones of one file. `usual` is the reader's own, taken first where several fit."""

    def __init__(self, described: Iterable[Block], usual: str) -> None:
        self._described = {name: block for block in described if (name := _name_of(block))}
        self._usual = usual
        self._found: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The zone (IANA) that a file calls so, "" when nobody can tell."""
        if name not in self._found:
            self._found[name] = _known(name) or self._alike(name)
        return self._found[name]

    def only(self) -> str:
        """The zone of a file that describes just one."""
        return self.of(next(iter(self._described))) if len(self._described) == 1 else ""

    def _alike(self, name: str) -> str:
        block = self._described.get(name)
        if block is None:
            return ""
        shifts = _shifts(_rebuilt(block))
        return next((zone for zone in self._candidates() if shifts and _shifts_of(zone) == shifts), "")

    def _candidates(self) -> Iterable[str]:
        return dict.fromkeys([self._usual, *WINDOWS_TO_OLSON.values()])


def _known(name: str) -> str:
    """By its own name, by Windows' name for it, or by the end of a longer one ("/mozilla.org/x/Europe/Berlin")."""
    plain = name.strip().strip('"')
    if plain.upper() in UNIVERSAL:
        return "UTC"
    parts = plain.strip("/").split("/")
    tried = ["/".join(parts[start:]) for start in range(len(parts))]
    found = next((zone for each in tried if (zone := _names().get(each.casefold(), ""))), "")
    return found if len(found) <= LONGEST else ""


@cache
def _names() -> Mapping[str, str]:
    windows = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
    return {**windows, **{name.casefold(): name for name in available_timezones()}}


def _name_of(block: Block) -> str:
    line = block.first("TZID")
    return line.text.partition(":")[2].strip() if line else ""


def _rebuilt(block: Block) -> object:
    """The zone as the file describes it, None when it cannot be made sense of."""
    if not _is_bounded(block):
        return None
    try:
        return Timezone.from_ical("\r\n".join(_text(block))).to_tz()  # type: ignore[attr-defined]
    except Exception:  # whatever a stranger's description does to the library
        return None


def _is_bounded(block: Block) -> bool:
    """Whether it can be followed without end of time: real zones change by the year."""
    rules = [line.text.upper() for each in block.inner for line in each.all("RRULE")]
    dates = sum(line.text.count(",") + 1 for each in block.inner for line in each.all("RDATE"))
    return len(block.inner) <= MOST_PARTS and dates <= MOST_DATES and all(_YEARLY.search(rule) for rule in rules)


def _text(block: Block) -> list[str]:
    inner = [line for each in block.inner for line in _text(each)]
    return [f"BEGIN:{block.name}", *(line.text for line in block.lines), *inner, f"END:{block.name}", ""]


@lru_cache(maxsize=256)
def _shifts_of(zone: str) -> tuple[timedelta | None, ...]:
    return _shifts(ZoneInfo(zone))


def _shifts(zone: object) -> tuple[timedelta | None, ...]:
    """How far it is from UTC in every week of the years around now, when the last rules hold."""
    if zone is None:
        return ()
    weeks = (datetime(2024, 1, 3, 12, tzinfo=UTC) + timedelta(weeks=week) for week in range(156))
    try:
        return tuple(week.astimezone(zone).utcoffset() for week in weeks)  # type: ignore[arg-type]
    except Exception:
        return ()
