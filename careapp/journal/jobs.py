"""Erasing what was taken away and not brought back in time."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from careapp.clock import now
from careapp.db import unit_of_work
from careapp.jobs import enqueue, job
from careapp.media.operations import drop_unused
from careapp.models import Update, UpdateMedia
from careapp.settings import settings


@job("journal.erase")
def erase(payload: dict[str, Any]) -> None:
    """Erase an update with everything said to it and the photos it leaves, unless it was brought back. Whoever took it
    away again later, or is given more time since, has that time."""
    with unit_of_work() as session:
        update = session.get(Update, payload["update_id"])
        if not update or not update.deleted_at:
            return
        erased_at = update.deleted_at + timedelta(days=settings().restore_days)
        if erased_at > now():
            enqueue(session, "journal.erase", payload, erased_at)
            return
        shown = select(col(UpdateMedia.media_id)).where(col(UpdateMedia.update_id) == update.id)
        media_ids = session.scalars(shown).all()
        session.delete(update)
        drop_unused(session, media_ids)
