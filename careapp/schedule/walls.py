"""Wall times: what the clock on the wall of a zone shows, and the moment that is."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from careapp.errors import Invalid
from careapp.said import Said


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """The zone of this name (IANA). Raises Invalid for any other."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise Invalid(fields={"zone": Said("This time zone is not known.")}) from None


def moment(at: datetime, zone: str) -> datetime:
    """The moment, in UTC, that the wall shows this. A time that summer time skips counts as if it had not begun yet; of
    one that comes twice the first is meant (RFC 5545, 3.3.5)."""
    return at.replace(tzinfo=zone_of(zone), fold=0).astimezone(UTC)


def wall(at: datetime, zone: str) -> datetime:
    """What the wall of the zone shows at a moment."""
    return at.astimezone(zone_of(zone)).replace(tzinfo=None, fold=0)
