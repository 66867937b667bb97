"""What happens to an SOS by itself: its ladder is climbed, and a watchman looks that it is."""

from typing import Any

from careapp.db import unit_of_work
from careapp.jobs import Lane, every, job
from careapp.sos import audit
from careapp.sos.climb import JOB, climb


@job(JOB, Lane.URGENT)
def climb_ladder(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        climb(session, payload["alert_id"])


@every(60, "sos.audit", Lane.URGENT)
def look_after(payload: dict[str, Any]) -> None:
    audit.mend()
