"""Months as one person's calendar has them: in their zone, named in their language."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_skeleton

from careapp.access import Actor
from careapp.errors import NotFound


def zone_of(actor: Actor) -> ZoneInfo:
    try:
        return ZoneInfo(actor.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def month_key(at: datetime, zone: ZoneInfo) -> str:
    """ "2026-03" """
    return f"{at.astimezone(zone):%Y-%m}"


def month_name(key: str, language: str) -> str:
    """ "March 2026", "Marzo de 2026": as a heading."""
    name = str(format_skeleton("yMMMM", _first_day(key), locale=language))
    return name[:1].upper() + name[1:]


def end_of_month(key: str, zone: ZoneInfo) -> datetime:
    """The first moment after the month. Raises NotFound for what is no month."""
    try:
        year, month = _first_day(key).timetuple()[:2]
        return datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotFound from None


def _first_day(key: str) -> datetime:
    return datetime.strptime(key, "%Y-%m").replace(tzinfo=UTC)
