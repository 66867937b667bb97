"""The schedule: appointments that may repeat, who has said that they come, and the calendars they are shared with.

Times are kept as the clock on the wall shows them, without a zone, beside the name of their zone (RFC 5545), so that a
visit at nine stays at nine when summer ends. `first_at` and `last_at` bound all occurrences in UTC, for the indexes.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Index, Text
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class Appointment(SQLModel, table=True):
    """One appointment, or a whole series when `rule` (RRULE) is set. A changed occurrence of a series is a row of its
    own with `series_id` and `recurrence_at`, the wall time it would have had; one that is left out is an
    AppointmentGap. `ends_at` of an all-day appointment is the midnight after its last day. `version` moves with every
    change, `sequence` with those that a subscribed calendar must notice. `remind_at` is when the next reminder is due.
    """

    __table_args__ = (
        Index("ix_appointment_span", "site_id", "first_at", "last_at"),
        Index("ix_appointment_series", "series_id", "recurrence_at"),
        Index("ix_appointment_uid", "site_id", "uid"),
        Index("ix_appointment_gone", "site_id", "deleted_at"),
        Index("ix_appointment_changed", "site_id", "recurrence_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    series_id: str | None = Field(default=None, foreign_key="appointment.id", ondelete="CASCADE")
    recurrence_at: datetime | None = Field(default=None, sa_type=DateTime)
    source_id: str | None = Field(default=None, foreign_key="calendar_source.id", index=True, ondelete="CASCADE")
    author_id: str = Field(foreign_key="member.id")
    companion_id: str | None = Field(default=None, foreign_key="member.id", index=True)
    uid: str = Field(max_length=255)
    kind: str = Field(default="other", max_length=20)
    title: str = Field(max_length=200)
    provider: str = Field(default="", max_length=120)
    place: str = Field(default="", max_length=300)
    link: str = Field(default="", max_length=1000)
    notes: str = Field(default="", max_length=10000)
    bring: str = Field(default="", max_length=2000)
    questions: str = Field(default="", max_length=5000)
    starts_at: datetime = Field(sa_type=DateTime)
    ends_at: datetime = Field(sa_type=DateTime)
    zone: str = Field(max_length=60)
    is_all_day: bool = False
    rule: str = Field(default="", max_length=500)
    first_at: datetime = Field(sa_type=UtcDateTime)
    last_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sequence: int = 0
    version: int = 1
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AppointmentGap(SQLModel, table=True):
    """An occurrence that a series leaves out (EXDATE), by its wall time; `left_out_at` where somebody here did so."""

    __tablename__ = "appointment_gap"

    appointment_id: str = Field(primary_key=True, foreign_key="appointment.id", ondelete="CASCADE")
    at: datetime = Field(primary_key=True, sa_type=DateTime)
    left_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class AppointmentMedia(SQLModel, table=True):
    """A photo attached to an appointment, such as a referral."""

    __tablename__ = "appointment_media"

    appointment_id: str = Field(primary_key=True, foreign_key="appointment.id", ondelete="CASCADE")
    media_id: str = Field(primary_key=True, foreign_key="media.id", index=True)
    position: int
    alt: str = Field(default="", max_length=500)


class AppointmentAnswer(SQLModel, table=True):
    """Whether a member comes along, to one occurrence (`at`, its wall time)."""

    __tablename__ = "appointment_answer"

    appointment_id: str = Field(primary_key=True, foreign_key="appointment.id", ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE", index=True)
    at: datetime = Field(primary_key=True, sa_type=DateTime)
    comes: bool
    answered_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class AppointmentReminder(SQLModel, table=True):
    """How long before an appointment, or each of a series, a member wants to be reminded: minutes, none for never. Who
    has no row is reminded as is usual."""

    __tablename__ = "appointment_reminder"

    appointment_id: str = Field(primary_key=True, foreign_key="appointment.id", ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE", index=True)
    minutes: Any = Field(sa_type=JSON)


class CalendarFeed(SQLModel, table=True):
    """A secret address under which a member's own calendar follows the site. `scope`: all, mine or busy. The secret is
    derived from `id` and `nonce`."""

    __tablename__ = "calendar_feed"

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    member_id: str = Field(foreign_key="member.id", index=True, ondelete="CASCADE")
    scope: str = Field(max_length=10)
    nonce: str = Field(max_length=64)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    fetched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CalendarSource(SQLModel, table=True):
    """A calendar that somebody else keeps: a file, or an address that is fetched again every hour. `waiting` is what
    was read and is to be looked at before it is taken over, at `taken_at`. `problem` says in words why the last
    attempt failed."""

    __tablename__ = "calendar_source"

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    member_id: str = Field(foreign_key="member.id")
    name: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=2000)
    etag: str = Field(default="", max_length=200)
    problem: Any = Field(default=None, sa_type=JSON)
    waiting: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    fetched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
