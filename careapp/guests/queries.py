"""Everything that is asked about guests, in one list."""

from careapp.guests.listing import guests
from careapp.guests.seeing import guest

__all__ = ["guest", "guests"]
