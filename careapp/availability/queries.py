"""Everything the pages about availability ask, in one list."""

from careapp.availability.own import availability
from careapp.availability.who import who_can

__all__ = ["availability", "who_can"]
