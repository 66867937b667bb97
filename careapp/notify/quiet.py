"""Quiet hours, by the reader's own clock."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def loud_at(moment: datetime, quiet_from: str, quiet_until: str, time_zone: str) -> datetime:
    """The moment itself, or when its quiet hours end; they may go past midnight. Without both hours, or with two that
    are the same, nothing is quiet."""
    if not quiet_from or not quiet_until or quiet_from == quiet_until:
        return moment
    zone = zone_of(time_zone)
    local = moment.astimezone(zone)
    begin, end = time.fromisoformat(quiet_from), time.fromisoformat(quiet_until)
    clock = local.time().replace(tzinfo=None)
    if begin < end:
        return local_moment(local.date(), end, zone, moment) if begin <= clock < end else moment
    if clock >= begin:
        return local_moment(local.date() + timedelta(days=1), end, zone, moment)
    return local_moment(local.date(), end, zone, moment) if clock < end else moment


def local_moment(day: date, hour: time, zone: ZoneInfo, after: datetime) -> datetime:
    """When a clock there shows this hour. An hour that summer time skips is the one after it; of an hour that comes
    twice it is the first that is still to come."""
    first = datetime.combine(day, hour, zone).astimezone(UTC)
    second = datetime.combine(day, hour.replace(fold=1), zone).astimezone(UTC)
    return first if first > after or second < first else second


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; UTC where it is not known."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
