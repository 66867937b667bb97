"""Help: what is asked for, its slots that one person each takes, what is offered unasked, and guests.

Times are wall times beside a zone, as in the schedule; `due_at` is the slot's start in UTC, for order and reminders.
"""

from datetime import datetime

from sqlalchemy import DateTime, Index
from sqlmodel import Field, SQLModel

from careapp.clock import now
from careapp.ids import new_id, new_token
from careapp.models.columns import UtcDateTime


class HelpRequest(SQLModel, table=True):
    """Something a hand is wanted for. `hides_address`: only whoever takes a slot sees where."""

    __tablename__ = "help_request"
    __table_args__ = (Index("ix_help_request_newest", "site_id", "created_at", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    author_id: str = Field(foreign_key="member.id")
    kind: str = Field(max_length=20)
    title: str = Field(max_length=120)
    words: str = Field(default="", max_length=5000)
    address: str = Field(default="", max_length=300)
    hides_address: bool = False
    food: str = Field(default="", max_length=1000)
    zone: str = Field(max_length=60)
    rule: str = Field(default="", max_length=500)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class HelpSlot(SQLModel, table=True):
    """One time that one person takes: a member, or a guest, who has one at most. Without `starts_at` it is "whenever it
    suits"."""

    __tablename__ = "help_slot"
    __table_args__ = (
        Index("ix_help_slot_due", "site_id", "due_at", "id"),
        Index("ix_help_slot_taken", "taken_by_id", "due_at"),
        Index("ix_help_slot_guest", "guest_id", unique=True),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    request_id: str = Field(foreign_key="help_request.id", index=True, ondelete="CASCADE")
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    starts_at: datetime | None = Field(default=None, sa_type=DateTime)
    ends_at: datetime | None = Field(default=None, sa_type=DateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    taken_by_id: str | None = Field(default=None, foreign_key="member.id")
    guest_id: str | None = Field(default=None, foreign_key="guest.id", ondelete="SET NULL")
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    thanked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    thanks: str = Field(default="", max_length=500)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class HelpSwap(SQLModel, table=True):
    """Whoever holds a slot asks another member to take it over."""

    __tablename__ = "help_swap"

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    slot_id: str = Field(foreign_key="help_slot.id", index=True, ondelete="CASCADE")
    from_id: str = Field(foreign_key="member.id")
    to_id: str = Field(foreign_key="member.id", index=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_accepted: bool | None = None


class HelpOffer(SQLModel, table=True):
    """Help that somebody offers unasked, until a coordinator makes a request of it or it is closed."""

    __tablename__ = "help_offer"
    __table_args__ = (Index("ix_help_offer_newest", "site_id", "created_at", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", ondelete="CASCADE")
    member_id: str = Field(foreign_key="member.id")
    kind: str = Field(max_length=20)
    words: str = Field(default="", max_length=1000)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    request_id: str | None = Field(default=None, foreign_key="help_request.id", index=True, ondelete="SET NULL")
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class GuestLink(SQLModel, table=True):
    """A link with a PIN by which someone without an account takes one slot of a request, or writes once. Its secret and
    its PIN are derived from `id` and `nonce`: neither can be read here. `opened` counts how often the PIN was right."""

    __tablename__ = "guest_link"

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    request_id: str = Field(foreign_key="help_request.id", index=True, ondelete="CASCADE")
    nonce: str = Field(default_factory=new_token, max_length=64)
    created_by_id: str = Field(foreign_key="member.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened: int = 0


class Guest(SQLModel, table=True):
    """Someone who came by a guest link, on one device, and took a slot or wrote: `contact` is a phone number or an
    e-mail address, for those who look after the request."""

    __table_args__ = (Index("ix_guest_newest", "request_id", "created_at", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str = Field(foreign_key="site.id", index=True, ondelete="CASCADE")
    request_id: str = Field(foreign_key="help_request.id", ondelete="CASCADE")
    link_id: str = Field(foreign_key="guest_link.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=80)
    contact: str = Field(max_length=200)
    words: str = Field(default="", max_length=1000)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
