"""Everything the pages about duty ask, in one list."""

from careapp.shifts.duty import on_duty
from careapp.shifts.forms import hand_over_form, planning
from careapp.shifts.history import handovers

__all__ = ["hand_over_form", "handovers", "on_duty", "planning"]
