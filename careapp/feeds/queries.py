"""Importing this registers everything people ask about calendars elsewhere."""

from careapp.feeds.calendars import calendars
from careapp.feeds.feed import feed
from careapp.feeds.preview import preview

__all__ = ["calendars", "feed", "preview"]
