"""SOS: a call for help that climbs a ladder until someone answers, and the record of what happened."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class Ending(StrEnum):
    """How an alert ended: someone gave the all-clear, or a day went by."""

    STOOD_DOWN = "stood_down"
    EXPIRED = "expired"


class Answer(StrEnum):
    """What a responder said. The first two stop the ladder; who can not does not."""

    ON_MY_WAY = "on_my_way"
    CAN_CALL = "can_call"
    CANNOT = "cannot"


class Alert(SQLModel, table=True):
    """One SOS. While it is open and nobody has answered, `next_step_at` says when the ladder is climbed further.

    `step` counts the steps that were taken. `raised_at` is when the phone raised it, `created_at` when it arrived.
    """

    __table_args__ = (Index("ix_alert_newest", "site_id", "created_at", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    raised_by_id: str = Field(foreign_key="member.id")
    kind: str = Field(max_length=20)
    words: str = Field(default="", max_length=500)
    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None
    is_drill: bool = False
    raised_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    step: int = 0
    next_step_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    ending: str = Field(default="", max_length=10)
    ended_by_id: str | None = Field(default=None, foreign_key="member.id")


class Responder(SQLModel, table=True):
    """A member who was told of an alert, and what they did."""

    alert_id: str = Field(primary_key=True, foreign_key="alert.id", ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE", index=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str = Field(default="", max_length=10)
    minutes: int | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AlertEntry(SQLModel, table=True):
    """One line of an alert's record: who was told, who did what, and notes written afterwards."""

    __tablename__ = "alert_entry"
    __table_args__ = (Index("ix_alert_entry_record", "alert_id", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    alert_id: str = Field(foreign_key="alert.id", ondelete="CASCADE")
    member_id: str | None = Field(default=None, foreign_key="member.id")
    what: str = Field(max_length=20)
    detail: Any = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class LadderStep(SQLModel, table=True):
    """A site's own step: who is told, how long after the step before, and how. Without any, the standard ladder holds.

    `whom`: "circle" (everyone whose role answers an SOS), "everyone", or "named" (the rows of LadderMember).
    """

    __tablename__ = "ladder_step"
    __table_args__ = (Index("ix_ladder_step_site", "site_id", "position"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    position: int
    after_seconds: int
    whom: str = Field(max_length=10)
    channels: Any = Field(sa_type=JSON)


class LadderMember(SQLModel, table=True):
    """A member named in a step of the ladder."""

    __tablename__ = "ladder_member"

    step_id: str = Field(primary_key=True, foreign_key="ladder_step.id", ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE", index=True)
