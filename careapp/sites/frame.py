"""What surrounds every page of a site: the person, the point of contact, and what this member may do."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Face:
    """Someone as shown: a photo, or initials on a tint ("1" to "6") that stays theirs."""

    name: str = ""
    initials: str = ""
    tint: str = "1"
    photo_id: str = ""


@dataclass(frozen=True)
class ContactCard(Face):
    """The point of contact or the stand-in; the addresses (tel:, sms:) are empty without a number."""

    member_id: str = ""
    relation: str = ""
    call_href: str = ""
    message_href: str = ""


@dataclass(frozen=True)
class SiteRow:
    """One of the member's own sites, in the sheet that changes from one to another."""

    person: Face = field(default_factory=Face)
    name: str = ""
    href: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Frame:
    """`colour` is a name of the palette. The `can_…` flags decide which doors are shown, never whether they open."""

    site: str = ""
    site_name: str = ""
    person: Face = field(default_factory=Face)
    colour: str = "teal"
    me: Face = field(default_factory=Face)
    my_member_id: str = ""
    role: str = ""
    contact: ContactCard = field(default_factory=ContactCard)
    stand_in: ContactCard = field(default_factory=ContactCard)
    sites: tuple[SiteRow, ...] = ()
    is_member: bool = False
    can_add: bool = False
    can_write: bool = False
    can_take_part: bool = False
    can_set_status: bool = False
    can_see_people: bool = False
    can_invite: bool = False
    can_manage_site: bool = False
    waiting_requests: int = 0
