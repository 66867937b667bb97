"""When members can: hours of a usual week, and days on which it is otherwise. Reasons are not asked for.

A day is six hexadecimal digits, one bit an hour from midnight on, set where they can; a week is seven of those from
Monday on. Hours are those of the clock on the wall of `zone`.
"""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.models.columns import UtcDateTime


class Availability(SQLModel, table=True):
    """A member's usual week. Who has no row has not said anything yet. `version` moves with every change of it."""

    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE")
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    week: str = Field(max_length=42)
    zone: str = Field(max_length=60)
    version: int = 1
    said_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class AvailabilityException(SQLModel, table=True):
    """A date on which a member's hours are these, whatever the week says; none of them while they are away."""

    __tablename__ = "availability_exception"
    __table_args__ = (Index("ix_availability_exception_day", "site_id", "day"),)

    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    hours: str = Field(max_length=6)
