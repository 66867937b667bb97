"""Reminders of times on duty."""

from typing import Any

from careapp.db import unit_of_work
from careapp.jobs import job
from careapp.shifts.reminding import REMIND, remind


@job(REMIND)
def remind_who_is_on_duty(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        remind(session, payload)
