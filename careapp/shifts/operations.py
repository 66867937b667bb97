"""Everything people do with shifts and what is handed over, in one list."""

from careapp.shifts.handing import confirm_handover, edit_handover, write_handover
from careapp.shifts.holding import release_shift, take_shift
from careapp.shifts.planning import cancel_shift, change_shift, plan_shifts

__all__ = [
    "cancel_shift",
    "change_shift",
    "confirm_handover",
    "edit_handover",
    "plan_shifts",
    "release_shift",
    "take_shift",
    "write_handover",
]
