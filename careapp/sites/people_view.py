"""Who belongs to a site, as its members see each other."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.access import MEMBER_ROLES, Actor, Right, Role, Section, Who, access_invitation, access_member
from careapp.clock import now
from careapp.errors import NotAllowed
from careapp.models import Account, Invitation, JoinRequest, Member
from careapp.operation import Id, Params, query
from careapp.sites.frame import ContactCard, Face, Frame, contact_card, face_of, frame, photo_of
from careapp.sites.invitations import State, link_of, may_give, state_of
from careapp.sites.qr import QrCode, qr_of
from careapp.sites.roles import ROLE_ABOUT, ROLE_WORDS, roles_on_offer
from careapp.sites.tables import Cell, Option, member_cells, site_answers

MOST_MEMBERS = 500
MOST_WAITING = 200


@dataclass(frozen=True)
class PersonRow(ContactCard):
    """A member in the list, with how to reach them."""

    role_words: str = ""
    is_contact: bool = False
    is_stand_in: bool = False


@dataclass(frozen=True)
class RoleGroup:
    role: str = ""
    words: str = ""
    people: tuple[PersonRow, ...] = ()


@dataclass(frozen=True)
class PendingInvitation:
    """An invitation not yet used. `link` is empty for those who could not have given it."""

    invitation_id: str = ""
    name: str = ""
    email: str = ""
    role_words: str = ""
    by: str = ""
    sent_at: datetime | None = None
    expires_at: datetime | None = None
    is_expired: bool = False
    can_change: bool = False
    link: str = ""


@dataclass(frozen=True)
class RequestRow:
    """Someone who asks to join. Their address is for those who decide, to know who it is."""

    request_id: str = ""
    face: Face = field(default_factory=Face)
    email: str = ""
    words: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True)
class PeopleView:
    """`roles` are those that the viewer may give. `wants_number`: the viewer is the one to call, without a number."""

    frame: Frame = field(default_factory=Frame)
    groups: tuple[RoleGroup, ...] = ()
    count: int = 0
    invitations: tuple[PendingInvitation, ...] = ()
    requests: tuple[RequestRow, ...] = ()
    roles: tuple[Option, ...] = ()
    can_invite: bool = False
    can_manage: bool = False
    wants_number: bool = False


@query(section=Section.PEOPLE)
def people(session: Session, actor: Actor, params: Params) -> PeopleView:
    """Everyone here, role by role; for those who invite, who is still to come; for those who decide, who asks."""
    members = _members(session, actor)
    around = frame(session, actor)
    mine = (around.contact, around.stand_in)
    return PeopleView(
        frame=around,
        groups=_groups(members),
        count=len(members),
        invitations=_invitations(session, actor) if around.can_invite else (),
        requests=_requests(session, actor) if around.can_manage_people else (),
        roles=role_options(actor) if around.can_invite else (),
        can_invite=around.can_invite,
        can_manage=around.can_manage_people,
        wants_number=any(card.is_me and not card.call_href for card in mine),
    )


class WhichMember(Params):
    member: Id


@dataclass(frozen=True)
class MemberView:
    """One member, with what the viewer may do about them. `email` is for who manages people, and oneself."""

    frame: Frame = field(default_factory=Frame)
    person: PersonRow = field(default_factory=PersonRow)
    role: str = ""
    role_about: str = ""
    email: str = ""
    joined_at: datetime | None = None
    rights: tuple[Cell, ...] = ()
    roles: tuple[Option, ...] = ()
    is_me: bool = False
    can_edit: bool = False
    can_change_role: bool = False
    can_make_contact: bool = False
    can_make_stand_in: bool = False
    can_end_stand_in: bool = False
    can_remove: bool = False
    can_leave: bool = False
    can_hand_over: bool = False


@query(who=Who.MEMBER)
def member(session: Session, actor: Actor, params: WhichMember) -> MemberView:
    """One member of the site. Everyone may look at themselves."""
    who = access_member(session, actor, params.member)
    email, photo_id = session.execute(
        select(col(Account.email), photo_of(who.photo_media_id)).where(col(Account.id) == who.account_id)
    ).one()
    is_me, manages = who.id == actor.member_id, actor.may(Section.PEOPLE, Right.MANAGE)
    return MemberView(
        frame=frame(session, actor),
        person=_person(actor, who, photo_id),
        role=who.role,
        role_about=ROLE_ABOUT[Role(who.role)],
        email=email if manages or is_me else "",
        joined_at=who.joined_at,
        rights=member_cells(session, Role(who.role), who.id, site_answers(session, actor.site_id), manages),
        roles=role_options(actor, who.role) if manages else (),
        is_me=is_me,
        **_doors(who, is_me, manages),
    )


class WhichInvitation(Params):
    invitation: Id


@dataclass(frozen=True)
class InvitationCard:
    """One invitation to hand over: as a link, as a code to scan, or by the phone's own ways of sharing."""

    frame: Frame = field(default_factory=Frame)
    invitation: PendingInvitation = field(default_factory=PendingInvitation)
    qr: QrCode = field(default_factory=QrCode)
    is_open: bool = False


@query(section=Section.PEOPLE, right=Right.WRITE)
def invitation_card(session: Session, actor: Actor, params: WhichInvitation) -> InvitationCard:
    """The link and code of an invitation, for those who could have given it."""
    found = access_invitation(session, actor, params.invitation)
    if not may_give(actor, found):
        raise NotAllowed
    is_open = state_of(found) is State.OPEN
    inviter = session.get_one(Member, found.invited_by_id)
    return InvitationCard(
        frame=frame(session, actor),
        invitation=_pending(actor, found, inviter.name),
        qr=qr_of(link_of(found)) if is_open else QrCode(),
        is_open=is_open,
    )


def role_options(actor: Actor, chosen: str = "") -> tuple[Option, ...]:
    """The roles that the actor may give."""
    return tuple(Option(role, ROLE_WORDS[role], role == chosen) for role in roles_on_offer(actor.role))


def _members(session: Session, actor: Actor) -> list[PersonRow]:
    statement = (
        select(Member, photo_of(Member.photo_media_id))
        .where(col(Member.site_id) == actor.site_id, col(Member.left_at).is_(None))
        .order_by(col(Member.is_contact).desc(), col(Member.is_stand_in).desc(), col(Member.name), col(Member.id))
        .limit(MOST_MEMBERS)
    )
    return [_person(actor, row, photo_id) for row, photo_id in session.execute(statement)]


def _person(actor: Actor, who: Member, photo_id: str | None) -> PersonRow:
    return PersonRow(
        **vars(contact_card(actor, who, photo_id)),
        role_words=ROLE_WORDS[Role(who.role)],
        is_contact=who.is_contact,
        is_stand_in=who.is_stand_in,
    )


def _groups(members: list[PersonRow]) -> tuple[RoleGroup, ...]:
    """In the order of the roles, without those that nobody has."""
    groups = [
        RoleGroup(role, ROLE_WORDS[role], tuple(one for one in members if one.role_words == ROLE_WORDS[role]))
        for role in MEMBER_ROLES
    ]
    return tuple(group for group in groups if group.people)


def _invitations(session: Session, actor: Actor) -> tuple[PendingInvitation, ...]:
    inviter = aliased(Member)
    statement = (
        select(Invitation, col(inviter.name))
        .join(inviter, col(inviter.id) == col(Invitation.invited_by_id))
        .where(col(Invitation.site_id) == actor.site_id)
        .where(col(Invitation.used_at).is_(None), col(Invitation.revoked_at).is_(None))
        .order_by(col(Invitation.sent_at).desc(), col(Invitation.id).desc())
        .limit(MOST_WAITING)
    )
    return tuple(_pending(actor, found, name) for found, name in session.execute(statement))


def _pending(actor: Actor, found: Invitation, inviter: str) -> PendingInvitation:
    can_change = may_give(actor, found)
    return PendingInvitation(
        invitation_id=found.id,
        name=found.name,
        email=found.email if can_change else "",
        role_words=ROLE_WORDS[Role(found.role)],
        by=inviter,
        sent_at=found.sent_at,
        expires_at=found.expires_at,
        is_expired=found.expires_at <= now(),
        can_change=can_change,
        link=link_of(found) if can_change and state_of(found) is State.OPEN else "",
    )


def _requests(session: Session, actor: Actor) -> tuple[RequestRow, ...]:
    statement = (
        select(JoinRequest, col(Account.name), col(Account.email))
        .join(Account, col(Account.id) == col(JoinRequest.account_id))
        .where(col(JoinRequest.site_id) == actor.site_id, col(JoinRequest.decided_at).is_(None))
        .order_by(col(JoinRequest.created_at), col(JoinRequest.id))
        .limit(MOST_WAITING)
    )
    return tuple(
        RequestRow(request.id, face_of(request.account_id, name), email, request.words, request.created_at)
        for request, name, email in session.execute(statement)
    )


def _doors(who: Member, is_me: bool, manages: bool) -> dict[str, Any]:
    return {
        "can_edit": is_me,
        "can_change_role": manages,
        "can_make_contact": manages and not who.is_contact,
        "can_make_stand_in": manages and not who.is_contact and not who.is_stand_in,
        "can_end_stand_in": manages and who.is_stand_in,
        "can_remove": manages and not is_me,
        "can_leave": is_me,
        "can_hand_over": manages and not is_me,
    }
