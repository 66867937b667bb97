"""From when to when a book goes, in one person's calendar, and what of the journal lies there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from careapp.access import Actor, sees_update
from careapp.models import Update

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Span:
    """Both days belong to it; without one it is open on that side."""

    from_on: date | None = None
    until_on: date | None = None

    def begins(self, zone: ZoneInfo) -> datetime:
        return datetime.combine(self.from_on, time(), zone) if self.from_on else EARLIEST

    def ends(self, zone: ZoneInfo) -> datetime:
        return datetime.combine(self.until_on + timedelta(days=1), time(), zone) if self.until_on else LATEST


def told_in(actor: Actor, span: Span, zone: ZoneInfo) -> ColumnElement[bool]:
    """The published updates of the span that the actor may see."""
    return and_(
        sees_update(actor),
        col(Update.published_at) >= span.begins(zone),
        col(Update.published_at) < span.ends(zone),
    )
