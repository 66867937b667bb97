"""What surrounds every page of a site: the person, the point of contact, and what this member may do."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, func, literal, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.access import MEMBER_ROLES, Actor, Right, Section
from careapp.errors import NotFound
from careapp.models import JoinRequest, Media, Member, PersonProfile, Site
from careapp.models.media import MediaState
from careapp.models.sos import Alert
from careapp.sites.open_sos import OpenSos, may_see_sos, open_alert, open_for_member, open_sos, sos_columns
from careapp.sites.phone import dialable

TINTS = 6


@dataclass(frozen=True)
class Face:
    """Someone as shown: a photo, or initials on a colour ("1" to "6") that stays theirs."""

    name: str = ""
    initials: str = ""
    tint: str = "1"
    photo_id: str = ""


@dataclass(frozen=True)
class ContactCard(Face):
    """The point of contact or the stand-in; without a name when there is none, without addresses when no number is
    known."""

    member_id: str = ""
    relation: str = ""
    phone: str = ""
    call_href: str = ""
    message_href: str = ""
    is_me: bool = False


@dataclass(frozen=True)
class SiteLink:
    """One of a member's sites, as the switch on top of the page lists it. `sos_href` leads to the SOS open there."""

    name: str = ""
    href: str = ""
    person: Face = field(default_factory=Face)
    is_current: bool = False
    sos_href: str = ""


@dataclass(frozen=True)
class Frame:
    """`colour` is a name of the palette; the `can_…` flags decide which doors are shown, never whether they open.

    `called` is what the person likes to be called. `sites` are the member's own, at most `MOST_SITES`, first those with
    an SOS.
    """

    site: str = ""
    site_name: str = ""
    called: str = ""
    person: Face = field(default_factory=Face)
    colour: str = "teal"
    member: Face = field(default_factory=Face)
    my_member_id: str = ""
    role: str = ""
    contact: ContactCard = field(default_factory=ContactCard)
    stand_in: ContactCard = field(default_factory=ContactCard)
    has_contact: bool = False
    has_stand_in: bool = False
    sites: tuple[SiteLink, ...] = ()
    is_signed_in: bool = False
    is_member: bool = False
    can_add: bool = False
    can_write: bool = False
    can_take_part: bool = False
    can_set_status: bool = False
    can_see_people: bool = False
    can_see_profile: bool = False
    can_see_site: bool = False
    can_invite: bool = False
    can_manage_people: bool = False
    can_manage_site: bool = False
    can_raise_sos: bool = False
    can_see_messages: bool = False
    can_write_messages: bool = False
    can_see_schedule: bool = False
    can_take_on: bool = False
    can_add_to_schedule: bool = False
    sos: OpenSos = field(default_factory=OpenSos)
    waiting_requests: int = 0


MOST_SITES = 20


def frame(session: Session, actor: Actor) -> Frame:
    """The frame of a page of the actor's site, in three statements at most."""
    row = _here(session, actor)
    contacts = _contacts(session, actor)
    return Frame(
        site=actor.site_address,
        site_name=row.site_name,
        called=row.called or row.person_name,
        person=face_of(actor.site_id, row.called or row.person_name, row.person_photo),
        colour=row.colour,
        member=face_of(actor.member_id, actor.name, row.my_photo),
        my_member_id=actor.member_id,
        role=actor.role,
        contact=contacts.get("contact", ContactCard()),
        stand_in=contacts.get("stand_in", ContactCard()),
        has_contact="contact" in contacts,
        has_stand_in="stand_in" in contacts,
        sites=_sites(session, actor),
        is_signed_in=actor.is_signed_in,
        is_member=bool(actor.member_id),
        waiting_requests=row.waiting,
        sos=open_sos(row),
        **_doors(actor),
    )


def face_of(key: str, name: str, photo_id: str | None = "") -> Face:
    """How someone is shown. `key`, an id, decides the colour; `photo_id` comes from `photo_of`."""
    return Face(name, initials(name), tint(key), photo_id or "")


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()


def tint(key: str) -> str:
    return str(sum(key.encode()) % TINTS + 1)


def photo_of(column: Any) -> ScalarSelect[str]:
    """The photo that a column names, once its sizes are made; nothing while it is being made or when it was refused."""
    return _shown_photos().where(col(_photo().id) == column).scalar_subquery()


@cache
def _photo() -> type[Media]:
    """Made once, since making it costs more than asking for a photo."""
    return aliased(Media)


@cache
def _shown_photos() -> Select[str]:
    photo = _photo()
    return select(col(photo.id)).where(col(photo.state) == MediaState.READY, col(photo.deleted_at).is_(None))


def site_link(site: Row[Any], current_id: str) -> SiteLink:
    """A row with `site_id`, `address`, `site_name`, `called`, `person_name`, `person_photo` and `open_sos_id`."""
    person = face_of(site.site_id, site.called or site.person_name, site.person_photo)
    sos_href = f"/alert?site={site.address}&alert={site.open_sos_id}" if site.open_sos_id else ""
    return SiteLink(site.site_name, f"/today?site={site.address}", person, site.site_id == current_id, sos_href)


@cache
def site_columns() -> tuple[Any, ...]:
    """What `site_link` needs, of Site joined with PersonProfile."""
    return (
        col(Site.id).label("site_id"),
        col(Site.address),
        col(Site.name).label("site_name"),
        col(Site.colour),
        func.coalesce(PersonProfile.called, "").label("called"),
        func.coalesce(PersonProfile.name, Site.name).label("person_name"),
        photo_of(PersonProfile.photo_media_id).label("person_photo"),
    )


def _here(session: Session, actor: Actor) -> Row[Any]:
    statement = (
        select(*site_columns(), photo_of(Member.photo_media_id).label("my_photo"), _waiting(actor).label("waiting"))
        .add_columns(*sos_columns())
        .outerjoin(PersonProfile, col(PersonProfile.site_id) == col(Site.id))
        .outerjoin(Alert, open_alert(actor))
        .outerjoin(Member, and_(col(Member.id) == actor.member_id, col(Member.site_id) == col(Site.id)))
        .where(col(Site.id) == actor.site_id)
    )
    row = session.execute(statement).first()
    if row is None:
        raise NotFound
    return row


def _waiting(actor: Actor) -> ColumnElement[int]:
    """How many ask to join, for those who may answer."""
    if not actor.may(Section.PEOPLE, Right.MANAGE):
        return literal(0)
    requests = select(func.count()).where(
        col(JoinRequest.site_id) == actor.site_id, col(JoinRequest.decided_at).is_(None)
    )
    return requests.scalar_subquery()


def _contacts(session: Session, actor: Actor) -> dict[str, ContactCard]:
    if not actor.may(Section.PEOPLE, Right.SEE):
        return {}
    statement = select(Member, photo_of(Member.photo_media_id)).where(
        col(Member.site_id) == actor.site_id,
        col(Member.left_at).is_(None),
        or_(col(Member.is_contact), col(Member.is_stand_in)),
    )
    rows = session.execute(statement)
    return {
        "contact" if member.is_contact else "stand_in": contact_card(actor, member, photo_id)
        for member, photo_id in rows
    }


def contact_card(actor: Actor, member: Member, photo_id: str | None) -> ContactCard:
    phone = dialable(member.phone)
    return ContactCard(
        member.name,
        initials(member.name),
        tint(member.id),
        photo_id or "",
        member_id=member.id,
        relation=member.relation,
        phone=member.phone,
        call_href=f"tel:{phone}" if phone else "",
        message_href=f"sms:{phone}" if phone else "",
        is_me=member.id == actor.member_id,
    )


def _sites(session: Session, actor: Actor) -> tuple[SiteLink, ...]:
    if not actor.is_signed_in:
        return ()
    open_sos_id = open_for_member().label("open_sos_id")
    statement = (
        select(*site_columns(), open_sos_id)
        .join(Member, col(Member.site_id) == col(Site.id))
        .outerjoin(PersonProfile, col(PersonProfile.site_id) == col(Site.id))
        .where(col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None))
        .where(col(Site.deleted_at).is_(None))
        .order_by(open_sos_id.is_(None), col(Member.joined_at), col(Site.id))
        .limit(MOST_SITES)
    )
    return tuple(site_link(row, actor.site_id) for row in session.execute(statement))


def _doors(actor: Actor) -> dict[str, bool]:
    """Which doors are shown. Nobody but a member writes, whatever a table says."""
    is_member = actor.role in MEMBER_ROLES and bool(actor.member_id)
    can_write = is_member and actor.may(Section.JOURNAL, Right.WRITE)
    can_set_status = is_member and actor.may(Section.STATUS, Right.WRITE)
    can_write_messages = is_member and actor.may(Section.MESSAGES, Right.WRITE)
    can_add_to_schedule = is_member and actor.may(Section.SCHEDULE, Right.WRITE)
    return {
        "can_add": can_write or can_set_status or can_write_messages or can_add_to_schedule,
        "can_write": can_write,
        "can_take_part": is_member and actor.may(Section.JOURNAL, Right.TAKE_PART),
        "can_set_status": can_set_status,
        "can_see_people": actor.may(Section.PEOPLE, Right.SEE),
        "can_see_profile": actor.may(Section.PROFILE, Right.SEE),
        "can_see_site": actor.may(Section.SITE, Right.SEE),
        "can_invite": actor.may(Section.PEOPLE, Right.WRITE),
        "can_manage_people": actor.may(Section.PEOPLE, Right.MANAGE),
        "can_manage_site": actor.may(Section.SITE, Right.MANAGE),
        "can_raise_sos": is_member and may_see_sos(actor),
        "can_see_messages": actor.may(Section.MESSAGES, Right.SEE),
        "can_write_messages": can_write_messages,
        "can_see_schedule": actor.may(Section.SCHEDULE, Right.SEE),
        "can_take_on": is_member and actor.may(Section.SCHEDULE, Right.TAKE_PART),
        "can_add_to_schedule": can_add_to_schedule,
    }
