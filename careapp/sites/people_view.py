"""Who belongs to a site, as its members see each other."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import MEMBER_ROLES, Actor, Role, Section
from careapp.models import Account, JoinRequest, Member
from careapp.operation import Params, query
from careapp.settings import settings
from careapp.sites.frame import ContactCard, Face, Frame, contact_card, face_of, frame, photo_of
from careapp.sites.invitation_view import PendingInvitation, pending_invitations
from careapp.sites.roles import ROLE_WORDS, roles_on_offer
from careapp.sites.tables import Option

MOST_MEMBERS = 500
MOST_REQUESTS = 200


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
    has_mail: bool = False


@query(section=Section.PEOPLE)
def people(session: Session, actor: Actor, params: Params) -> PeopleView:
    """Everyone here, role by role; for those who invite, who is still to come; for those who decide, who asks."""
    members = _members(session, actor)
    around = frame(session, actor)
    mine = (around.contact, around.stand_in)
    roles = role_options(session, actor)
    return PeopleView(
        frame=around,
        groups=_groups(members),
        count=len(members),
        invitations=pending_invitations(session, actor) if around.can_invite else (),
        requests=_requests(session, actor) if around.can_manage_people else (),
        roles=roles,
        can_invite=bool(roles),
        can_manage=around.can_manage_people,
        has_mail=bool(settings().smtp_url),
        wants_number=any(card.is_me and not card.call_href for card in mine),
    )


def role_options(session: Session, actor: Actor, chosen: str = "") -> tuple[Option, ...]:
    """The roles that the actor may give."""
    return tuple(Option(role, ROLE_WORDS[role], role == chosen) for role in roles_on_offer(session, actor))


def person_row(actor: Actor, who: Member, photo_id: str | None) -> PersonRow:
    return PersonRow(
        **vars(contact_card(actor, who, photo_id)),
        role_words=ROLE_WORDS[Role(who.role)],
        is_contact=who.is_contact,
        is_stand_in=who.is_stand_in,
    )


def _members(session: Session, actor: Actor) -> list[PersonRow]:
    statement = (
        select(Member, photo_of(Member.photo_media_id))
        .where(col(Member.site_id) == actor.site_id, col(Member.left_at).is_(None))
        .order_by(col(Member.is_contact).desc(), col(Member.is_stand_in).desc(), col(Member.name), col(Member.id))
        .limit(MOST_MEMBERS)
    )
    return [person_row(actor, row, photo_id) for row, photo_id in session.execute(statement)]


def _groups(members: list[PersonRow]) -> tuple[RoleGroup, ...]:
    """In the order of the roles, without those that nobody has."""
    groups = [
        RoleGroup(role, ROLE_WORDS[role], tuple(one for one in members if one.role_words == ROLE_WORDS[role]))
        for role in MEMBER_ROLES
    ]
    return tuple(group for group in groups if group.people)


def _requests(session: Session, actor: Actor) -> tuple[RequestRow, ...]:
    statement = (
        select(JoinRequest, col(Account.name), col(Account.email))
        .join(Account, col(Account.id) == col(JoinRequest.account_id))
        .where(col(JoinRequest.site_id) == actor.site_id, col(JoinRequest.decided_at).is_(None))
        .order_by(col(JoinRequest.created_at), col(JoinRequest.id))
        .limit(MOST_REQUESTS)
    )
    return tuple(
        RequestRow(request.id, face_of(request.account_id, name), email, request.words, request.created_at)
        for request, name, email in session.execute(statement)
    )
