"""Everything people do with responsibilities, in one list."""

from careapp.duties.responsibilities import (
    add_responsibility,
    close_responsibility,
    edit_responsibility,
    give_back,
    hand_over,
    take_on,
)

__all__ = [
    "add_responsibility",
    "close_responsibility",
    "edit_responsibility",
    "give_back",
    "hand_over",
    "take_on",
]
