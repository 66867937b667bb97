"""The times of a calendar file: days, moments in UTC, and what the wall of some zone shows."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from icalendar.prop import vDuration

from careapp.said import Said
from careapp.schedule.ics_lines import Block, Line, Unreadable
from careapp.schedule.ics_zones import Zones
from careapp.schedule.walls import moment, wall

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_UNTIL = re.compile(r"UNTIL=([0-9TZ]+)")
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_RULE = 500


class Placed(Protocol):
    """What has a zone and a time on its wall."""

    @property
    def zone(self) -> str: ...

    @property
    def is_date(self) -> bool: ...


@dataclass(frozen=True)
class At:
    """A time on the wall of a zone; of a day, its midnight."""

    wall: datetime
    zone: str
    is_date: bool = False
    is_utc: bool = False

    @property
    def is_all_day(self) -> bool:
        return self.is_date

    @property
    def starts_at(self) -> datetime:
        return self.wall

    def moved_to(self, zone: str) -> "At":
        """The same moment on the wall of another zone; a day stays that day."""
        if self.is_date or zone == self.zone:
            return At(self.wall, zone, self.is_date)
        return At(wall(moment(self.wall, self.zone), zone), zone)

    def in_series(self, series: "Series") -> datetime:
        """The wall time by which the series knows this occurrence; programs mix days and times up."""
        if series.is_all_day:
            return self.wall.replace(hour=0, minute=0, second=0)
        if self.is_date:
            return datetime.combine(self.wall.date(), series.starts_at.time())
        return self.moved_to(series.zone).wall


class Series(Protocol):
    """What an occurrence belongs to."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def zone(self) -> str: ...

    @property
    def is_all_day(self) -> bool: ...


def times_of(line: Line, zones: Zones, usual: str) -> list[At]:
    """The times in a line; one without a zone is meant on the wall of `usual`. Raises Unreadable."""
    params, value = line.parts()
    zone = usual
    if name := params.get("TZID", ""):
        zone = zones.of(name)
        if not zone:
            raise Unreadable(line.number, Said("The time zone {name} is not known.", name=name[:80]))
    return [_time(line, each.strip(), zone, usual) for each in value.split(",")]


def _time(line: Line, text: str, zone: str, usual: str) -> At:
    found = _TIME.fullmatch(text)
    try:
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise ValueError
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return At(datetime.combine(day, time.min), usual, is_date=True)
        at = datetime.combine(day, time(int(found[4]), int(found[5]), min(int(found[6]), 59)))
    except ValueError:
        raise Unreadable(line.number, Said("The time “{value}” cannot be understood.", value=text[:40])) from None
    return At(at, "UTC", is_utc=True) if found[7] else At(at, zone)


def duration_of(line: Line) -> timedelta:
    try:
        length: timedelta = vDuration.from_ical(line.parts()[1].strip())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError, TypeError):
        raise Unreadable(line.number, Said("How long it lasts cannot be understood.")) from None
    return length


def rule_of(block: Block, starts: At) -> str:
    """The rule as it is kept. The end of what takes all day is a day, where Outlook writes a moment."""
    line = block.first("RRULE")
    if line is None:
        return ""
    rule = "".join(line.parts()[1].upper().split()).strip(";")
    if not rule or len(rule) > LONGEST_RULE:
        raise Unreadable(line.number, Said("This way of repeating cannot be read."))
    until = _UNTIL.search(rule)
    if starts.is_date and until and "T" in until[1]:
        last = _time(line, until[1], starts.zone, starts.zone).moved_to(starts.zone).wall
        return rule.replace(until[0], f"UNTIL={last:%Y%m%d}")
    return rule
