"""People who can sign in, and how they prove who they are."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id
from careapp.models.columns import UtcDateTime


class Account(SQLModel, table=True):
    """One person's login, for any number of sites."""

    id: str = Field(default_factory=new_id, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    name: str = Field(max_length=80)
    password_hash: str | None = None
    language: str = Field(default="en", max_length=10)
    time_zone: str = Field(default="", max_length=64)
    phone: str = Field(default="", max_length=40)
    email_confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SignIn(SQLModel, table=True):
    """A session on one device. Only the hash of its token is stored."""

    __tablename__ = "sign_in"

    id: str = Field(default_factory=new_id, primary_key=True)
    token_hash: str = Field(unique=True)
    account_id: str = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    device: str = Field(default="", max_length=120)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    seen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EmailCode(SQLModel, table=True):
    """A six-digit code sent to an address, to sign in or to set a new password."""

    __tablename__ = "email_code"

    id: str = Field(default_factory=new_id, primary_key=True)
    email: str = Field(index=True, max_length=254)
    purpose: str = Field(max_length=20)
    code_hash: str
    attempts: int = 0
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
