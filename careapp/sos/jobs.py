"""What happens to an SOS by itself: its ladder is climbed, and a watchman looks that it is."""

from typing import Any

from careapp.db import concerns, reading, unit_of_work
from careapp.jobs import Lane, every, job
from careapp.notify.announce import stir
from careapp.sos import audit
from careapp.sos.climb import JOB, climb
from careapp.sos.ending import ELSEWHERE
from careapp.sos.people import other_sites


@job(JOB, Lane.URGENT)
def climb_ladder(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        climb(session, payload["alert_id"])


@job(ELSEWHERE, Lane.URGENT)
def show_elsewhere(payload: dict[str, Any]) -> None:
    with reading() as session:
        site_ids = other_sites(session, payload["site_id"])
    for site_id in site_ids:
        with unit_of_work() as session:
            concerns(session, site_id)
            stir(session, site_id)


@every(60, "sos.audit", Lane.URGENT)
def look_after(payload: dict[str, Any]) -> None:
    audit.mend()
