"""The private space of one person, and who belongs to it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id, new_token
from careapp.models.columns import UtcDateTime


class Privacy(StrEnum):
    """Who may visit: invited people only, people who ask and are approved, or anyone with the link."""

    INVITED = "invited"
    ASK = "ask"
    LINK = "link"


class Site(SQLModel, table=True):
    """`change_counter` moves with every change a member could see; open pages follow it. `link_nonce` is replaced
    whenever the open link is switched on, so that a link once closed stays closed."""

    id: str = Field(default_factory=new_id, primary_key=True)
    address: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=80)
    privacy: Privacy = Privacy.INVITED
    link_nonce: str = Field(default_factory=new_token, max_length=64)
    colour: str = Field(default="teal", max_length=20)
    cover_media_id: str | None = Field(default=None, foreign_key="media.id", ondelete="SET NULL")
    country: str = Field(default="US", max_length=2)
    change_counter: int = 0
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class FormerAddress(SQLModel, table=True):
    """An address that a site has had, and keeps for itself."""

    __tablename__ = "former_address"

    address: str = Field(primary_key=True, max_length=40)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")


class PersonProfile(SQLModel, table=True):
    """The person cared for: who they are and what they like, one row a site."""

    __tablename__ = "person_profile"

    site_id: str = Field(primary_key=True, foreign_key="site.id", ondelete="CASCADE")
    name: str = Field(max_length=80)
    called: str = Field(default="", max_length=80)
    born_on: date | None = None
    photo_media_id: str | None = Field(default=None, foreign_key="media.id", ondelete="SET NULL")
    about: str = Field(default="", max_length=2000)
    language: str = Field(default="", max_length=200)
    food: str = Field(default="", max_length=1000)
    faith: str = Field(default="", max_length=1000)
    comforts: str = Field(default="", max_length=1000)
    dislikes: str = Field(default="", max_length=1000)


class Member(SQLModel, table=True):
    """A person's place on one site. The row stays when they leave, so that what they wrote keeps its name. `is_muted`:
    they hear nothing of this site but an SOS. `seen_before_at`: until when they had seen it when this visit began."""

    __table_args__ = (
        UniqueConstraint("site_id", "account_id"),
        Index(
            "ix_member_contact",
            "site_id",
            unique=True,
            sqlite_where=text("is_contact"),
            postgresql_where=text("is_contact"),
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    account_id: str = Field(foreign_key="account.id", index=True)
    role: str = Field(max_length=20)
    name: str = Field(max_length=80)
    relation: str = Field(default="", max_length=80)
    phone: str = Field(default="", max_length=40)
    photo_media_id: str | None = Field(default=None, foreign_key="media.id", ondelete="SET NULL")
    is_contact: bool = False
    is_stand_in: bool = False
    is_muted: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    joined_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    seen_before_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_by_id: str | None = Field(default=None, foreign_key="member.id")


class RoleGrant(SQLModel, table=True):
    """A site's own answer to what a role may do in a section, in place of the standard table's."""

    __tablename__ = "role_grant"

    site_id: str = Field(primary_key=True, foreign_key="site.id", ondelete="CASCADE")
    role: str = Field(primary_key=True, max_length=20)
    section: str = Field(primary_key=True, max_length=20)
    level: int


class MemberGrant(SQLModel, table=True):
    """What one member may do in a section, in place of their role's answer."""

    __tablename__ = "member_grant"

    member_id: str = Field(primary_key=True, foreign_key="member.id", ondelete="CASCADE")
    section: str = Field(primary_key=True, max_length=20)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    level: int


class Invitation(SQLModel, table=True):
    """An offer to join. Its secret is derived from `id` and `nonce`: it can be shown again, not read here."""

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    nonce: str
    role: str = Field(max_length=20)
    name: str = Field(default="", max_length=80)
    email: str = Field(default="", max_length=254)
    invited_by_id: str = Field(foreign_key="member.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    sent_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_by_id: str | None = Field(default=None, foreign_key="member.id")
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class JoinRequest(SQLModel, table=True):
    """Someone without an invitation who asks to come in."""

    __tablename__ = "join_request"

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    account_id: str = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    words: str = Field(default="", max_length=500)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: str | None = Field(default=None, foreign_key="member.id")
    is_approved: bool | None = None
