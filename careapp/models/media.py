"""Photos on their way and in place."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class Upload(SQLModel, table=True):
    """A file that is arriving (tus). How much has arrived is the size of the file on disk, never a column."""

    id: str = Field(default_factory=new_id, primary_key=True)
    media_id: str = Field(unique=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    member_id: str = Field(foreign_key="member.id", index=True, ondelete="CASCADE")
    length: int
    file_name: str = Field(default="", max_length=255)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class Media(SQLModel, table=True):
    """A photo. `state` is waiting, ready or refused; refused ones say why in `refusal`."""

    __table_args__ = (Index("ix_media_same", "uploader_id", "sha256"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    uploader_id: str = Field(foreign_key="member.id")
    state: str = Field(default="waiting", max_length=10)
    refusal: str = ""
    file_name: str = Field(default="", max_length=255)
    content_type: str = Field(default="", max_length=60)
    sha256: str
    size: int
    width: int = 0
    height: int = 0
    blur: str = ""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
