"""Everything the pages about help ask, in one list."""

from careapp.helping.lists import asking, help_request, help_wanted
from careapp.helping.meals import meals

__all__ = ["asking", "help_request", "help_wanted", "meals"]
