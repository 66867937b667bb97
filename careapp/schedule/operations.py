"""Everything people do in the calendar, in one list."""

from careapp.schedule.appointments import (
    add_appointment,
    cancel_appointment,
    change_appointment,
    delete_appointment,
    go_along,
    restore_appointment,
)

__all__ = [
    "add_appointment",
    "cancel_appointment",
    "change_appointment",
    "delete_appointment",
    "go_along",
    "restore_appointment",
]
