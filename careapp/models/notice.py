"""What people are told outside the app: on which devices, by whose wish, and what became of every message."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class Kind(StrEnum):
    """What a notice is about, as people choose what to be told. TEST is what they send themselves."""

    SOS = "sos"
    SCHEDULE = "schedule"
    HELP = "help"
    UPDATES = "updates"
    COMMENTS = "comments"
    MESSAGES = "messages"
    QUESTIONS = "questions"
    REMINDERS = "reminders"
    PEOPLE = "people"
    TEST = "test"


class Channel(StrEnum):
    """How a notice travels. SMS stands for whatever the operator has set up that reaches a phone number."""

    PUSH = "push"
    EMAIL = "email"
    SMS = "sms"


class DeliveryState(StrEnum):
    """WAITING and LEASED are on their way. SENT was accepted, which is not yet reached. FAILED has no further attempt.
    DROPPED was not sent on purpose: its reader lost the right or took the device away, or it came too late."""

    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Device(SQLModel, table=True):
    """A browser that may be sent push messages (RFC 8030), for as long as its owner stays signed in there.

    `reached_at`: its worker said that a message arrived. `confirmed_at`: its owner answered a test on it.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    sign_in_id: str = Field(foreign_key="sign_in.id", index=True, ondelete="CASCADE")
    endpoint: str = Field(unique=True, max_length=1000)
    p256dh: str = Field(max_length=100)
    auth: str = Field(max_length=40)
    name: str = Field(default="", max_length=120)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reached_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    problem: str = Field(default="", max_length=300)


class NoticeChoice(SQLModel, table=True):
    """Whether someone wants a kind of notice by a channel, where they differ from the standard."""

    __tablename__ = "notice_choice"

    account_id: str = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True, max_length=20)
    channel: str = Field(primary_key=True, max_length=10)
    is_on: bool


class NoticeSettings(SQLModel, table=True):
    """How someone is told: quiet hours ("22:00" to "07:00", local), whether a lock screen may say more, digests."""

    __tablename__ = "notice_settings"

    account_id: str = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    quiet_from: str = Field(default="", max_length=5)
    quiet_until: str = Field(default="", max_length=5)
    says_more: bool = False
    digest: str = Field(default="never", max_length=10)
    digest_sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Notice(SQLModel, table=True):
    """One thing to tell one member. Words are message ids with their values, put into the reader's language when sent.

    `path` is the page that a tap opens, with its query. Notices with one `tag` replace each other on a device.
    """

    __table_args__ = (Index("ix_notice_reader", "account_id", "id"), Index("ix_notice_alert", "alert_id", "member_id"))

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str | None = Field(default=None, foreign_key="site.id", index=True, ondelete="CASCADE")
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE")
    member_id: str | None = Field(default=None, foreign_key="member.id", index=True, ondelete="CASCADE")
    alert_id: str | None = Field(default=None, foreign_key="alert.id", ondelete="CASCADE")
    kind: str = Field(max_length=20)
    words: Any = Field(sa_type=JSON)
    path: str = Field(max_length=500)
    tag: str = Field(max_length=64)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class Delivery(SQLModel, table=True):
    """One notice by one channel to one device. `fence` grows with each lease, so that the slow cannot settle."""

    __table_args__ = (
        UniqueConstraint("notice_id", "channel", "device_id"),
        Index("ix_delivery_due", "state", "run_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    notice_id: str = Field(foreign_key="notice.id", ondelete="CASCADE")
    device_id: str | None = Field(default=None, foreign_key="device.id", index=True, ondelete="SET NULL")
    channel: str = Field(max_length=10)
    is_urgent: bool = False
    state: str = Field(default=DeliveryState.WAITING, max_length=10)
    run_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    attempts: int = 0
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    fence: int = 0
    problem: str = Field(default="", max_length=300)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reached_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
