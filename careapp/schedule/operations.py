"""Everything people do in the calendar, in one list."""

from careapp.schedule.answers import answer_appointment
from careapp.schedule.appointments import (
    add_appointment,
    cancel_appointment,
    change_appointment,
    delete_appointment,
    restore_appointment,
)
from careapp.schedule.choosing import choose_reminders

__all__ = [
    "add_appointment",
    "answer_appointment",
    "cancel_appointment",
    "change_appointment",
    "choose_reminders",
    "delete_appointment",
    "restore_appointment",
]
