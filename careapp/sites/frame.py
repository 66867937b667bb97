"""What surrounds every page of a site: the person, the point of contact, and what this member may do."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Face:
    """Someone as shown: a photo, or initials on a colour (0-7) that stays theirs."""

    name: str = ""
    initials: str = ""
    hue: int = 0
    photo: str = ""


@dataclass(frozen=True)
class ContactCard:
    """The point of contact or the stand-in; `phone` is ready for a tel: address, empty when unknown."""

    member_id: str = ""
    face: Face = field(default_factory=Face)
    relation: str = ""
    phone: str = ""
    shown_phone: str = ""


@dataclass(frozen=True)
class Frame:
    """`colour` is a name of the palette; the `can_…` flags decide which doors are shown, never whether they open."""

    site: str = ""
    site_name: str = ""
    person: Face = field(default_factory=Face)
    colour: str = "teal"
    me: Face = field(default_factory=Face)
    my_member_id: str = ""
    role: str = ""
    contact: ContactCard = field(default_factory=ContactCard)
    stand_in: ContactCard = field(default_factory=ContactCard)
    has_contact: bool = False
    has_stand_in: bool = False
    is_member: bool = False
    can_write: bool = False
    can_take_part: bool = False
    can_set_status: bool = False
    can_see_people: bool = False
    can_invite: bool = False
    can_manage_site: bool = False
    waiting_requests: int = 0
    has_other_sites: bool = False
