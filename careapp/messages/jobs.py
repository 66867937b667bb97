"""Erasing the messages that were taken away."""

from typing import Any

from sqlalchemy import or_, select
from sqlmodel import col

from careapp.db import unit_of_work
from careapp.jobs import job
from careapp.media.operations import drop_unused
from careapp.models import Message, MessageMedia


@job("messages.erase")
def erase(payload: dict[str, Any]) -> None:
    """Erase a message with everything answered to it, and the photos it leaves."""
    with unit_of_work() as session:
        message = session.get(Message, payload["message_id"])
        if not message or not message.deleted_at:
            return
        gone = or_(col(Message.id) == message.id, col(Message.reply_to_id) == message.id)
        shown = select(col(MessageMedia.media_id)).join(Message, col(Message.id) == col(MessageMedia.message_id))
        media_ids = session.scalars(shown.where(gone)).all()
        session.delete(message)
        drop_unused(session, media_ids)
