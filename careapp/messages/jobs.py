"""Erasing the messages that were taken away."""

from typing import Any

from careapp.db import unit_of_work
from careapp.jobs import job
from careapp.models import Message


@job("messages.erase")
def erase(payload: dict[str, Any]) -> None:
    """Erase a message with everything answered to it. Its photos go with what stands nowhere any more."""
    with unit_of_work() as session:
        message = session.get(Message, payload["message_id"])
        if message and message.deleted_at:
            session.delete(message)
