"""What is shown of guests: to those who look after a request, and to a guest."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.sites.frame import Frame
from careapp.sites.qr import QrCode


@dataclass(frozen=True)
class GuestLinkCard:
    """One open link. `pin` is there only for who has just made it."""

    id: str = ""
    by: str = ""
    address: str = ""
    pin: str = ""
    made_at: datetime | None = None
    expires_at: datetime | None = None
    opened: int = 0


@dataclass(frozen=True)
class GuestCard:
    """Someone who came by a link: what they have taken on, in words, or what they wrote."""

    id: str = ""
    name: str = ""
    contact: str = ""
    contact_href: str = ""
    at: datetime | None = None
    takes: str = ""
    is_done: bool = False
    words: str = ""
    has_let_go: bool = False


@dataclass(frozen=True)
class GuestsView:
    """The guests of one request. `made` is the link that was just made."""

    frame: Frame = field(default_factory=Frame)
    request_id: str = ""
    title: str = ""
    is_closed: bool = False
    made: GuestLinkCard = field(default_factory=GuestLinkCard)
    qr: QrCode = field(default_factory=QrCode)
    links: tuple[GuestLinkCard, ...] = ()
    guests: tuple[GuestCard, ...] = ()


@dataclass(frozen=True)
class FreeSlot:
    id: str = ""
    when: str = ""


@dataclass(frozen=True)
class GuestView:
    """What a guest sees; before the PIN nothing but that there is something. `title` and `kind` are message ids or
    the family's own words; `asker` is a first name. `hides_address`: where it is they see once they have taken a slot.
    `mine` and what follows are of this device's own guest."""

    is_let_in: bool = False
    asker: str = ""
    kind: str = ""
    title: str = ""
    words: str = ""
    food: str = ""
    address: str = ""
    map_href: str = ""
    hides_address: bool = False
    expires_at: datetime | None = None
    slots: tuple[FreeSlot, ...] = ()
    name: str = ""
    mine: str = ""
    needs_why: bool = False
    is_cancelled: bool = False
    is_done: bool = False
    written: str = ""
    phone: str = ""
    call_href: str = ""
