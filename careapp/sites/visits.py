"""What people see before they belong: an invitation, the door of a site."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import Field
from sqlalchemy import and_, select
from sqlmodel import Session, col

from careapp.access import Actor, Role, Who, visit_proof
from careapp.errors import NotFound
from careapp.models import FormerAddress, Member, PersonProfile, Privacy, Site
from careapp.operation import Params, query
from careapp.said import mark
from careapp.sites.frame import Face, face_of
from careapp.sites.invitations import STATE_WORDS, State, find_invitation, state_of
from careapp.sites.requests import is_too_soon, last_request
from careapp.sites.roles import ROLE_ABOUT, ROLE_WORDS
from careapp.sites.seats import place_of


class Secret(Params):
    invitation: str = Field(default="", max_length=200)


@dataclass(frozen=True)
class InvitationView:
    """What whoever holds the link may know: who invites, for whom, as what. `words` say why it cannot be used.

    A wrong link, and one that was taken back, name nobody. `inviter` of a used or old one says whom to ask.
    """

    state: str = State.UNKNOWN.value
    words: str = ""
    secret: str = ""
    inviter: str = ""
    person: Face = field(default_factory=Face)
    colour: str = "teal"
    role_words: str = ""
    role_about: str = ""
    name: str = ""
    site: str = ""
    is_open: bool = False
    is_signed_in: bool = False
    is_member: bool = False


@query(who=Who.ANYONE)
def invitation(session: Session, actor: Actor, params: Secret) -> InvitationView:
    """An invitation, looked at. Looking never uses it up: mail programs open links too."""
    found = find_invitation(session, params.invitation)
    if found is None:
        return InvitationView(words=STATE_WORDS[State.UNKNOWN], is_signed_in=actor.is_signed_in)
    offered, site = found
    state = state_of(offered)
    place = place_of(session, site.id, actor.account_id) if actor.is_signed_in else None
    is_member = bool(place and not place.left_at)
    person, inviter = _between(session, site, offered.invited_by_id)
    if state is not State.OPEN:
        return InvitationView(
            state=state,
            words=STATE_WORDS[state],
            inviter="" if state is State.REVOKED else inviter,
            site=site.address if is_member else "",
            is_signed_in=actor.is_signed_in,
            is_member=is_member,
        )
    return InvitationView(
        state=state,
        secret=params.invitation,
        inviter=inviter,
        person=face_of(site.id, person),
        colour=site.colour,
        role_words=ROLE_WORDS[Role(offered.role)],
        role_about=ROLE_ABOUT[Role(offered.role)],
        name=actor.name or offered.name,
        site=site.address if is_member else "",
        is_open=True,
        is_signed_in=actor.is_signed_in,
        is_member=is_member,
    )


class Door(Params):
    """`key` is what an open site's link carries."""

    address: str = Field(default="", max_length=100)
    key: str = Field(default="", max_length=200)


@dataclass(frozen=True)
class DoorView:
    """The outside of a site. `is_member` and `is_open` lead on to it; else one may ask, or has asked.

    `words` answer whoever asked before.
    """

    site: str = ""
    site_name: str = ""
    is_member: bool = False
    is_open: bool = False
    is_signed_in: bool = False
    can_ask: bool = False
    has_asked: bool = False
    asked_at: datetime | None = None
    words: str = ""


@query(who=Who.ANYONE)
def door(session: Session, actor: Actor, params: Door) -> DoorView:
    """What someone sees who comes to /s/<address>. Raises NotFound for every site that is not open to them or to
    questions, exactly as for one that does not exist."""
    site, is_member = _called(session, actor, params.address)
    if site and is_member:
        return DoorView(site.address, site.name, is_member=True, is_signed_in=True)
    if site and site.privacy == Privacy.LINK and _fits(site, params.key):
        return DoorView(site.address, site.name, is_open=True, is_signed_in=actor.is_signed_in)
    if site and site.privacy == Privacy.ASK:
        return _asking(session, actor, site)
    raise NotFound


def _called(session: Session, actor: Actor, address: str) -> tuple[Site | None, bool]:
    """The site with this address, present or former, and whether the actor belongs to it."""
    wanted = address.strip().lower()
    former = select(col(FormerAddress.site_id)).where(col(FormerAddress.address) == wanted)
    here = and_(
        col(Member.site_id) == col(Site.id), col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None)
    )
    row = session.execute(
        select(Site, col(Member.id))
        .outerjoin(Member, here)
        .where((col(Site.address) == wanted) | col(Site.id).in_(former), col(Site.deleted_at).is_(None))
    ).first()
    return (row[0], bool(row[1])) if row else (None, False)


def _fits(site: Site, key: str) -> bool:
    return key.isascii() and hmac.compare_digest(visit_proof(site), key)


def _asking(session: Session, actor: Actor, site: Site) -> DoorView:
    last = last_request(session, site.id, actor.account_id) if actor.is_signed_in else None
    is_waiting = bool(last and not last.decided_at)
    was_declined = is_too_soon(last)
    return DoorView(
        site=site.address,
        site_name=site.name,
        is_signed_in=actor.is_signed_in,
        can_ask=not is_waiting and not was_declined,
        has_asked=is_waiting,
        asked_at=last.created_at if last and is_waiting else None,
        words=mark("The family has not opened this site to more people for now.") if was_declined else "",
    )


def _between(session: Session, site: Site, inviter_id: str) -> tuple[str, str]:
    """The person's first name or what they like to be called, and the inviter's name."""
    statement = (
        select(col(PersonProfile.called), col(PersonProfile.name), col(Member.name))
        .join(Member, col(Member.site_id) == col(PersonProfile.site_id))
        .where(col(PersonProfile.site_id) == site.id, col(Member.id) == inviter_id)
    )
    row = session.execute(statement).first()
    called, name, inviter = row if row else ("", "", "")
    return called or name.partition(" ")[0], inviter
