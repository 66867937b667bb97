"""Photos and videos on their way and in place."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.models.columns import UtcDateTime


class MediaKind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"


class MediaState(StrEnum):
    """Waiting until what is shown is made; then ready, or refused for the reason in `refusal`."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


class Upload(SQLModel, table=True):
    """A file that is arriving (tus). How much has arrived is the size of the file on disk, never a column.

    Its id is made by the phone and becomes the id of the photo. The row outlives the arrival until `expires_at`, for a
    phone that never heard the last answer.
    """

    id: str = Field(primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    member_id: str = Field(foreign_key="member.id", index=True, ondelete="CASCADE")
    length: int = Field(sa_type=BigInteger)
    file_name: str = Field(default="", max_length=255)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Media(SQLModel, table=True):
    """A photo, a video, or a document, which is kept as it came. A second upload of the same bytes by the same member
    shares the first one's files: `stored_id` says under whose id they lie, and `stored_bytes`, which counts towards the
    site's limit, is then 0. `sha256` is known once two files of the same size have come from a member.

    `duration_ms` is a video's; `progress` says in percent how far it has been prepared. `original_bytes` is the size
    of the file as it was uploaded, which only its uploader may have again unless it is a document; 0 when it is not
    kept."""

    __table_args__ = (
        Index("ix_media_same", "uploader_id", "size"),
        Index("ix_media_gallery", "site_id", "created_at", "id"),
    )

    id: str = Field(primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    uploader_id: str = Field(foreign_key="member.id")
    kind: str = Field(default=MediaKind.PHOTO, max_length=10, sa_column_kwargs={"server_default": MediaKind.PHOTO})
    state: str = Field(default=MediaState.WAITING, max_length=10)
    refusal: str = Field(default="", max_length=20)
    file_name: str = Field(default="", max_length=255)
    content_type: str = Field(default="", max_length=60)
    sha256: str = Field(default="", max_length=64)
    size: int = Field(sa_type=BigInteger)
    stored_id: str = Field(index=True)
    stored_bytes: int = Field(default=0, sa_type=BigInteger)
    original_bytes: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    duration_ms: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    progress: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    width: int = 0
    height: int = 0
    blur: str = ""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def is_video(self) -> bool:
        return self.kind == MediaKind.VIDEO

    @property
    def is_document(self) -> bool:
        return self.kind == MediaKind.DOCUMENT

    @property
    def has_poster(self) -> bool:
        """Whether its first picture can be shown already."""
        return self.is_video and self.width > 0 and self.state != MediaState.REFUSED
