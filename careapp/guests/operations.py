"""Everything about guests that changes something, in one list."""

from careapp.guests.acting import enter_pin, release_as_guest, take_as_guest, write_as_guest
from careapp.guests.making import make_guest_link, revoke_guest_link

__all__ = [
    "enter_pin",
    "make_guest_link",
    "release_as_guest",
    "revoke_guest_link",
    "take_as_guest",
    "write_as_guest",
]
