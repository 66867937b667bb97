"""Everything that is asked of the calendar, in one list."""

from careapp.schedule.agenda import calendar
from careapp.schedule.composing import appointment_composer
from careapp.schedule.one import AppointmentPage, appointment
from careapp.schedule.spans import month, week
from careapp.schedule.taken_away import taken_away

__all__ = ["AppointmentPage", "appointment", "appointment_composer", "calendar", "month", "taken_away", "week"]
