"""A calendar file as one member means it."""

from functools import lru_cache

from careapp.errors import Invalid
from careapp.schedule.ics_reading import Calendar, read
from careapp.schedule.walls import zone_of

UNIVERSAL = "UTC"


def read_calendar(text: str, zone: str) -> Calendar:
    """What the file says; times without a zone are meant in `zone`, the member's own."""
    return _read(text, _known(zone))


@lru_cache(maxsize=4)  # looked at, and then taken over
def _read(text: str, zone: str) -> Calendar:
    return read(text, zone)


def _known(zone: str) -> str:
    try:
        return zone_of(zone or UNIVERSAL).key
    except Invalid:
        return UNIVERSAL
