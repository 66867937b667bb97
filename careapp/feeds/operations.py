"""Importing this registers everything people do with calendars elsewhere."""

from careapp.feeds.commands import make_feed, note_fetch, revoke_feed
from careapp.feeds.sources import add_calendar_address, add_calendar_file, import_calendar, remove_source

__all__ = [
    "add_calendar_address",
    "add_calendar_file",
    "import_calendar",
    "make_feed",
    "note_fetch",
    "remove_source",
    "revoke_feed",
]
