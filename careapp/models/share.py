"""What leaves the site on purpose: one update or photo by a link, and the journal as a book."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id, new_token
from careapp.models.columns import UtcDateTime


class SharedLink(SQLModel, table=True):
    """A link that shows one update, or one photo or video of it, to whoever holds it. Its secret is derived from `id`
    and `nonce`: it can be shown again, not read here.

    `audience` is the update's when it was shared; once that changes the link shows nothing. `previews_photo`: chats
    that show what is behind a link may show its first photo. `opened` counts how often a browser opened it."""

    __tablename__ = "shared_link"
    __table_args__ = (Index("ix_shared_link_newest", "site_id", "created_at", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    nonce: str = Field(default_factory=new_token, max_length=64)
    update_id: str = Field(foreign_key="update.id", index=True, ondelete="CASCADE")
    media_id: str | None = Field(default=None, foreign_key="media.id", index=True, ondelete="CASCADE")
    created_by_id: str = Field(foreign_key="member.id")
    audience: str = Field(max_length=20)
    previews_photo: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened: int = 0


class BookState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Book(SQLModel, table=True):
    """The journal, or a span of it, as a PDF for one member: it holds what that member sees. `file_key` is where it
    lies in the storage; `problem` is why it could not be made."""

    __table_args__ = (Index("ix_book_newest", "member_id", "created_at", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    member_id: str = Field(foreign_key="member.id", ondelete="CASCADE")
    title: str = Field(default="", max_length=120)
    from_on: date | None = None
    until_on: date | None = None
    has_comments: bool = True
    language: str = Field(default="en", max_length=10)
    state: str = Field(default=BookState.WAITING, max_length=10)
    problem: str = Field(default="", max_length=20)
    progress: int = 0
    pages: int = 0
    size: int = Field(default=0, sa_type=BigInteger)
    file_key: str = Field(default="", max_length=200)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
