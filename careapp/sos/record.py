"""The record of an alert, line by line: who was told, who did what, and notes written afterwards."""

from typing import Any

from sqlmodel import Session

from careapp.clock import now
from careapp.models import Alert, AlertEntry
from careapp.said import mark

ENTRY_WORDS = {
    "raised": mark("{name} raised the SOS"),
    "told": mark("People told: {n}"),
    "nobody": mark("Nobody could be told in this step"),
    "said_more": mark("{name} said more"),
    "seen": mark("{name} has seen it"),
    "on_my_way": mark("{name} is on the way"),
    "can_call": mark("{name} can call"),
    "cannot": mark("{name} can't help now"),
    "resumed": mark("Nobody is coming any more, so more people are told"),
    "stood_down": mark("{name} gave the all-clear"),
    "expired": mark("It ended by itself after a day"),
    "mended": mark("The ladder had stopped and was started again"),
    "note": mark("{name} added a note"),
}


def write(session: Session, alert: Alert, what: str, member_id: str | None = None, **detail: Any) -> None:
    """Add a line; it says who, where someone did it."""
    assert what in ENTRY_WORDS, what
    session.add(
        AlertEntry(site_id=alert.site_id, alert_id=alert.id, member_id=member_id, what=what, detail=detail, at=now())
    )
