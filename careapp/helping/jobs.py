"""Reminders of help that somebody has taken on."""

from typing import Any

from careapp.db import unit_of_work
from careapp.helping.reminding import REMIND, remind
from careapp.jobs import job


@job(REMIND)
def remind_holder(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        remind(session, payload["slot_id"], payload["member_id"], payload["when"])
