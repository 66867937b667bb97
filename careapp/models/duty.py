"""Who looks after what: responsibilities, and the family meeting that hands them out."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class Responsibility(SQLModel, table=True):
    """Something that somebody must look after. `kind` is a key of the starter set, empty for the family's own."""

    __table_args__ = (Index("ix_responsibility_list", "site_id", "position", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    kind: str = Field(default="", max_length=20)
    title: str = Field(default="", max_length=80)
    words: str = Field(default="", max_length=1000)
    owner_id: str | None = Field(default=None, foreign_key="member.id", index=True)
    stand_in_id: str | None = Field(default=None, foreign_key="member.id", index=True)
    position: int = 0
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class ResponsibilityEntry(SQLModel, table=True):
    """One line of a responsibility's history: who had it from then on, and the note it was handed over with."""

    __tablename__ = "responsibility_entry"
    __table_args__ = (Index("ix_responsibility_entry_history", "responsibility_id", "at", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    responsibility_id: str = Field(foreign_key="responsibility.id", ondelete="CASCADE")
    by_id: str = Field(foreign_key="member.id")
    owner_id: str | None = Field(default=None, foreign_key="member.id")
    stand_in_id: str | None = Field(default=None, foreign_key="member.id")
    note: str = Field(default="", max_length=1000)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class KickOff(SQLModel, table=True):
    """A family meeting that follows the agenda; a site may hold several, one at a time."""

    __tablename__ = "kick_off"
    __table_args__ = (Index("ix_kick_off_newest", "site_id", "started_at", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    started_by_id: str = Field(foreign_key="member.id")
    started_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class KickOffPoint(SQLModel, table=True):
    """A point of the agenda that has been talked about, with what was decided in words."""

    __tablename__ = "kick_off_point"

    kick_off_id: str = Field(primary_key=True, foreign_key="kick_off.id", ondelete="CASCADE")
    point: str = Field(primary_key=True, max_length=20)
    words: str = Field(default="", max_length=2000)
    version: int = 0
    done_by_id: str | None = Field(default=None, foreign_key="member.id")
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
