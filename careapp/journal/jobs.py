"""Erasing what was taken away and not brought back in time."""

from datetime import timedelta
from typing import Any

from careapp.clock import now
from careapp.db import unit_of_work
from careapp.jobs import job
from careapp.models import Update
from careapp.settings import settings


@job("journal.erase")
def erase(payload: dict[str, Any]) -> None:
    """Erase an update with everything said to it, unless it was brought back, or taken away again later."""
    too_old = now() - timedelta(days=settings().restore_days)
    with unit_of_work() as session:
        update = session.get(Update, payload["update_id"])
        if update and update.deleted_at and update.deleted_at <= too_old:
            session.delete(update)
