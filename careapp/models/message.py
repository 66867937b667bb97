"""The wall: messages of support, apart from the coordinator's updates."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class Message(SQLModel, table=True):
    """A message, or a reply to one. Replies have no replies of their own."""

    __table_args__ = (
        Index("ix_message_wall", "site_id", "reply_to_id", "created_at", "id"),
        Index("ix_message_replies", "reply_to_id", "created_at", "id"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    reply_to_id: str | None = Field(default=None, foreign_key="message.id", ondelete="CASCADE")
    author_id: str = Field(foreign_key="member.id", index=True)
    text: str = ""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    written_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class MessageMedia(SQLModel, table=True):
    """A photo or video in a message, in its order."""

    __tablename__ = "message_media"

    message_id: str = Field(primary_key=True, foreign_key="message.id", ondelete="CASCADE")
    media_id: str = Field(primary_key=True, foreign_key="media.id", index=True)
    position: int
    alt: str = Field(default="", max_length=500)


class MessageThanks(SQLModel, table=True):
    """A member's thanks for a message."""

    __tablename__ = "message_thanks"

    message_id: str = Field(primary_key=True, foreign_key="message.id", ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
