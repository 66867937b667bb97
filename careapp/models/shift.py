"""Who is on duty when, and what they hand over to whoever comes next.

Times are wall times beside a zone, as in the schedule; `begins_at` and `until_at` are the moments they are.
"""

from datetime import datetime

from sqlalchemy import DateTime, Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class Shift(SQLModel, table=True):
    """One time on duty. Without `member_id` nobody has it yet. Those planned in one go share `series_id`."""

    __table_args__ = (
        Index("ix_shift_until", "site_id", "until_at", "id"),
        Index("ix_shift_member", "member_id", "until_at"),
        Index("ix_shift_series", "series_id", "begins_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    series_id: str = Field(max_length=36)
    author_id: str = Field(foreign_key="member.id")
    member_id: str | None = Field(default=None, foreign_key="member.id")
    starts_at: datetime = Field(sa_type=DateTime)
    ends_at: datetime = Field(sa_type=DateTime)
    zone: str = Field(max_length=60)
    begins_at: datetime = Field(sa_type=UtcDateTime)
    until_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 1
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Handover(SQLModel, table=True):
    """What whoever goes off duty writes for the next: `mood` is one of the status card's. Once `confirmed_by_id` has
    read it and taken over, it is not changed any more."""

    __table_args__ = (Index("ix_handover_newest", "site_id", "created_at", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    shift_id: str | None = Field(default=None, foreign_key="shift.id", index=True, ondelete="SET NULL")
    author_id: str = Field(foreign_key="member.id")
    medicines: str = Field(default="", max_length=2000)
    mood: str = Field(default="", max_length=20)
    food: str = Field(default="", max_length=2000)
    incidents: str = Field(default="", max_length=2000)
    words: str = Field(default="", max_length=5000)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_by_id: str | None = Field(default=None, foreign_key="member.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
