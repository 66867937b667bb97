"""Everything people do with responsibilities and in a family meeting, in one list."""

from careapp.duties.kick_off import finish_kick_off, note_point, start_kick_off
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
    "finish_kick_off",
    "give_back",
    "hand_over",
    "note_point",
    "start_kick_off",
    "take_on",
]
