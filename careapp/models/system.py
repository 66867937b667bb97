"""What the house itself remembers: answers given, who did what, work to do, and limits."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class OpAnswer(SQLModel, table=True):
    """The answer to one write, kept so that the same write again has no second effect."""

    __tablename__ = "op_answer"

    op_id: str = Field(primary_key=True, max_length=36)
    account_id: str = Field(primary_key=True)
    body_hash: str
    answer: Any = Field(sa_type=JSON)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)


class AuditEntry(SQLModel, table=True):
    """Who did what, in words."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_site", "site_id", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str | None = Field(default=None, foreign_key="site.id", ondelete="CASCADE")
    account_id: str | None = Field(default=None, index=True)
    member_id: str | None = None
    operation: str = Field(max_length=80)
    says: str
    about_id: str | None = None
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Job(SQLModel, table=True):
    """Work to be done at least once, after the transaction that asked for it."""

    __table_args__ = (Index("ix_job_due", "state", "run_at"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    kind: str = Field(max_length=60)
    payload: Any = Field(sa_type=JSON)
    state: str = Field(default="waiting", max_length=10)
    run_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    attempts: int = 0
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    fence: int = 0
    problem: str = ""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RateCount(SQLModel, table=True):
    """How often something limited was tried within one window."""

    __tablename__ = "rate_count"

    key: str = Field(primary_key=True, max_length=200)
    window: int = Field(primary_key=True)
    count: int = 0
