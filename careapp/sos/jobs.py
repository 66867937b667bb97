"""What happens to an SOS by itself: its ladder is climbed, and a watchman looks that it is."""

from typing import Any

from careapp.db import unit_of_work
from careapp.jobs import job
from careapp.sos.climb import JOB, climb


@job(JOB, is_urgent=True)
def climb_ladder(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        climb(session, payload["alert_id"])
