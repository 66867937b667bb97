"""The journal: updates with photos and videos, what others say to them, and the status card."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class Audience(StrEnum):
    """Who sees an update."""

    EVERYONE = "everyone"
    FAMILY = "family"
    CARE_TEAM = "care_team"
    NAMED = "named"


class Update(SQLModel, table=True):
    """One entry of the journal. A draft has no `published_at`, and only its author sees it. `written_at`, here and of a
    comment or a message, is there for what arrived later than it was written."""

    __table_args__ = (
        Index("ix_update_timeline", "site_id", "published_at", "id"),
        Index("ix_update_pinned", "site_id", "pinned_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    author_id: str = Field(foreign_key="member.id", index=True)
    text: str = ""
    mood: str = Field(default="", max_length=20)
    milestone: str = Field(default="", max_length=120)
    audience: Audience = Audience.EVERYONE
    pinned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    written_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class UpdateReader(SQLModel, table=True):
    """A member named in an update's audience."""

    __tablename__ = "update_reader"

    update_id: str = Field(primary_key=True, foreign_key="update.id", ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE", index=True)


class UpdateMedia(SQLModel, table=True):
    """A photo or video in an update, in its order."""

    __tablename__ = "update_media"

    update_id: str = Field(primary_key=True, foreign_key="update.id", ondelete="CASCADE")
    media_id: str = Field(primary_key=True, foreign_key="media.id", index=True)
    position: int
    alt: str = Field(default="", max_length=500)


class VisitOutcome(SQLModel, table=True):
    """What came of an appointment, told as an update with these parts; what was said there is the update's text."""

    __tablename__ = "visit_outcome"

    update_id: str = Field(primary_key=True, foreign_key="update.id", ondelete="CASCADE")
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    visited_on: date
    provider: str = Field(default="", max_length=120)
    who_went: str = Field(default="", max_length=200)
    medicines: str = Field(default="", max_length=2000)
    plan: str = Field(default="", max_length=2000)
    mood: str = Field(default="", max_length=20)
    next_words: str = Field(default="", max_length=2000)
    next_on: date | None = None
    needs: str = Field(default="", max_length=2000)


class UpdateSeen(SQLModel, table=True):
    """A member has had an update before their eyes, since when."""

    __tablename__ = "update_seen"

    update_id: str = Field(primary_key=True, foreign_key="update.id", ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE", index=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Comment(SQLModel, table=True):
    __table_args__ = (
        Index("ix_comment_thread", "update_id", "created_at", "id"),
        Index("ix_comment_newest", "site_id", "created_at"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    update_id: str = Field(foreign_key="update.id", ondelete="CASCADE")
    author_id: str = Field(foreign_key="member.id")
    text: str
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    written_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Reaction(SQLModel, table=True):
    """One member's reaction to an update; a second kind replaces the first."""

    update_id: str = Field(primary_key=True, foreign_key="update.id", ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE")
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    kind: str = Field(max_length=20)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Mention(SQLModel, table=True):
    """A member named with @ in an update, or in a comment to it."""

    __table_args__ = (Index("ix_mention_unseen", "member_id", "seen_at"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    update_id: str = Field(foreign_key="update.id", index=True, ondelete="CASCADE")
    comment_id: str | None = Field(default=None, foreign_key="comment.id", index=True, ondelete="CASCADE")
    member_id: str = Field(foreign_key="member.id", ondelete="CASCADE")
    by_id: str = Field(foreign_key="member.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Status(SQLModel, table=True):
    """Where the person is and how they are. The newest row is the status card; the rest is its history."""

    __table_args__ = (Index("ix_status_newest", "site_id", "since", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    member_id: str = Field(foreign_key="member.id")
    place: str = Field(default="", max_length=120)
    mood: str = Field(default="", max_length=20)
    words: str = Field(default="", max_length=280)
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
