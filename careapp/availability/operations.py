"""Everything members say about when they can, in one list."""

from careapp.availability.saying import clear_days, set_days, set_week

__all__ = ["clear_days", "set_days", "set_week"]
