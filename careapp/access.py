"""Permission, in one place: who someone is, what their role may do, and the only ways from an id to a row.

Outsiders get NotFound, exactly as for a thing that does not exist; members without the right get NotAllowed.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, true
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col

from careapp.clock import now
from careapp.errors import NotAllowed, NotFound, NotSignedIn
from careapp.models import (
    Account,
    Alert,
    Audience,
    Comment,
    Device,
    FormerAddress,
    Invitation,
    JoinRequest,
    Media,
    Member,
    MemberGrant,
    PersonProfile,
    Privacy,
    RoleGrant,
    SignIn,
    Site,
    Update,
    UpdatePhoto,
    UpdateReader,
)
from careapp.secret import signature

IDLE = timedelta(days=90)


class Role(StrEnum):
    """What someone is to the person. A visitor holds the link of a site that allows it, and no membership."""

    COORDINATOR = "coordinator"
    CO_CAREGIVER = "co_caregiver"
    FAMILY = "family"
    FRIEND = "friend"
    CARE_PROFESSIONAL = "care_professional"
    PERSON = "person"
    VISITOR = "visitor"


MEMBER_ROLES = tuple(role for role in Role if role is not Role.VISITOR)


class Section(StrEnum):
    JOURNAL = "journal"
    STATUS = "status"
    PROFILE = "profile"
    PEOPLE = "people"
    SITE = "site"
    SOS = "sos"


class Right(IntEnum):
    """Each right includes those below it. TAKE_PART: comment and react; WRITE: own entries; MANAGE: everyone's.

    For an SOS: TAKE_PART raises and answers one, and is told when everyone is; WRITE is told at once; MANAGE sets up
    the ladder and may stand anyone's down."""

    NONE = 0
    SEE = 1
    TAKE_PART = 2
    WRITE = 3
    MANAGE = 4


class Who(StrEnum):
    """Who may call what no right in a section decides. MEMBER: every member of the site, whatever their rights; GUEST:
    they and whoever holds an open site's link."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    MEMBER = "member"
    GUEST = "guest"


_S, _T, _W, _M, _N = Right.SEE, Right.TAKE_PART, Right.WRITE, Right.MANAGE, Right.NONE

ROLE_TABLE: Mapping[Role, Mapping[Section, Right]] = MappingProxyType(
    {
        role: MappingProxyType(dict(zip(Section, rights, strict=True)))
        for role, rights in {
            #                        JOURNAL STATUS PROFILE PEOPLE SITE SOS
            Role.COORDINATOR: (_M, _M, _M, _M, _M, _M),
            Role.CO_CAREGIVER: (_M, _M, _M, _W, _S, _M),
            Role.FAMILY: (_W, _W, _S, _S, _N, _W),
            Role.FRIEND: (_T, _S, _S, _S, _N, _T),
            Role.CARE_PROFESSIONAL: (_W, _W, _S, _S, _N, _T),
            Role.PERSON: (_M, _M, _M, _S, _S, _M),
            Role.VISITOR: (_S, _S, _N, _N, _N, _N),
        }.items()
    }
)

FAMILY_CIRCLE = (Role.COORDINATOR, Role.CO_CAREGIVER, Role.FAMILY, Role.PERSON)
CARE_TEAM = (Role.COORDINATOR, Role.CO_CAREGIVER, Role.CARE_PROFESSIONAL, Role.PERSON)


@dataclass(frozen=True)
class Credentials:
    """What a browser shows: the session's token, and the proof that it followed a site's open link."""

    session: str = ""
    visit: str = ""


@dataclass(frozen=True)
class Actor:
    """Who acts, on which site, as what. Made only by `recognise` and `enter`."""

    account_id: str = ""
    sign_in_id: str = ""
    name: str = ""
    email: str = ""
    language: str = "en"
    time_zone: str = ""
    site_id: str = ""
    site_address: str = ""
    member_id: str = ""
    role: Role = Role.VISITOR
    rights: Mapping[Section, Right] = field(default_factory=dict)

    @property
    def is_signed_in(self) -> bool:
        return bool(self.account_id)

    def may(self, section: Section, right: Right) -> bool:
        return self.rights.get(section, Right.NONE) >= right

    def require(self, section: Section, right: Right) -> None:
        """Raise NotAllowed unless the actor's role includes the right."""
        if not self.may(section, right):
            raise NotAllowed

    def require_member(self) -> None:
        """Raise NotAllowed for visitors."""
        if not self.member_id:
            raise NotAllowed


def token_hash(token: str) -> str:
    """What is stored of a 256-bit random token; such a token needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def visit_proof(site: Site) -> str:
    """The key in an open site's link."""
    return signature("visit", site.id, site.link_nonce)


def authenticate(session: Session, credentials: Credentials) -> tuple[Account, SignIn] | None:
    """The account behind a session token, or None when there is none, it was ended, or was idle for 90 days."""
    if not credentials.session:
        return None
    found = session.execute(
        select(Account, SignIn)
        .join(SignIn, col(SignIn.account_id) == col(Account.id))
        .where(
            col(SignIn.token_hash) == token_hash(credentials.session),
            col(SignIn.ended_at).is_(None),
            col(SignIn.seen_at) > now() - IDLE,
        )
    ).first()
    return (found[0], found[1]) if found else None


def recognise(session: Session, credentials: Credentials) -> Actor:
    """Who asks, outside any site; an actor without account when nobody is signed in."""
    found = authenticate(session, credentials)
    if found is None:
        return Actor()
    account, sign_in = found
    return Actor(
        account_id=account.id,
        sign_in_id=sign_in.id,
        name=account.name,
        email=account.email,
        language=account.language,
        time_zone=account.time_zone,
    )


def enter(session: Session, credentials: Credentials, address: str) -> Actor:
    """Who asks, as a member or visitor of the site with this address or id.

    Raises NotFound for everyone else, signed in or not, whether the site exists or not. Only someone whose session
    ended, and who names a site, is told to sign in again, whether that site exists or not.
    """
    actor = recognise(session, credentials)
    row = session.execute(
        select(Site, Member)
        .outerjoin(Member, and_(_is_current(actor), col(Member.site_id) == col(Site.id)))
        .where(_is_called(address), col(Site.deleted_at).is_(None))
    ).first()
    site, member = (row[0], row[1]) if row else (None, None)
    if site and member:
        return _as_member(session, actor, site, member)
    if site and site.privacy == Privacy.LINK and hmac.compare_digest(visit_proof(site), credentials.visit):
        return _as_visitor(actor, site)
    raise NotFound if actor.is_signed_in else NotSignedIn


def _is_called(address: str) -> ColumnElement[bool]:
    """The site with this address, this id, or with this address in former times: what a phone wrote offline, and links
    on paper, must still arrive."""
    former = select(col(FormerAddress.site_id)).where(col(FormerAddress.address) == address)
    return or_(col(Site.address) == address, col(Site.id) == address, col(Site.id).in_(former))


def _is_current(actor: Actor) -> ColumnElement[bool]:
    return and_(col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None))


def _as_member(session: Session, actor: Actor, site: Site, member: Member) -> Actor:
    return _placed(actor, site, Role(member.role), rights_of(session, site.id, member.id, Role(member.role)), member)


def _as_visitor(actor: Actor, site: Site) -> Actor:
    return _placed(actor, site, Role.VISITOR, ROLE_TABLE[Role.VISITOR], None)


def _placed(actor: Actor, site: Site, role: Role, rights: Mapping[Section, Right], member: Member | None) -> Actor:
    return Actor(
        account_id=actor.account_id,
        sign_in_id=actor.sign_in_id,
        name=member.name if member else actor.name,
        email=actor.email,
        language=actor.language,
        time_zone=actor.time_zone,
        site_id=site.id,
        site_address=site.address,
        member_id=member.id if member else "",
        role=role,
        rights=rights,
    )


def rights_of(session: Session, site_id: str, member_id: str, role: Role) -> Mapping[Section, Right]:
    """The standard table, then the site's own answers for the role, then the member's own. Coordinators keep all."""
    if role is Role.COORDINATOR:
        return ROLE_TABLE[role]
    for_role = select(literal(0), col(RoleGrant.section), col(RoleGrant.level)).where(
        col(RoleGrant.site_id) == site_id, col(RoleGrant.role) == role
    )
    for_member = select(literal(1), col(MemberGrant.section), col(MemberGrant.level)).where(
        col(MemberGrant.member_id) == member_id, col(MemberGrant.site_id) == site_id
    )
    own = sorted(tuple(row) for row in session.execute(for_role.union_all(for_member)))
    return {**ROLE_TABLE[role], **{Section(section): Right(level) for _, section, level in own}}


def right_of_member(section: Section) -> ColumnElement[int]:
    """What `rights_of` answers for a section, as a column beside any member of a statement."""
    own = select(col(MemberGrant.level)).where(
        col(MemberGrant.member_id) == col(Member.id), col(MemberGrant.section) == section
    )
    for_role = select(col(RoleGrant.level)).where(
        col(RoleGrant.site_id) == col(Member.site_id),
        col(RoleGrant.role) == col(Member.role),
        col(RoleGrant.section) == section,
    )
    usual = case({role: int(table[section]) for role, table in ROLE_TABLE.items()}, value=col(Member.role), else_=0)
    given = func.coalesce(own.scalar_subquery(), for_role.scalar_subquery(), usual)
    return case((col(Member.role) == Role.COORDINATOR, int(Right.MANAGE)), else_=given)


def access_site(session: Session, actor: Actor) -> Site:
    """The site the actor is on."""
    site = session.get(Site, actor.site_id)
    if site is None:
        raise NotFound
    return site


def lock_site(session: Session, actor: Actor) -> Site:
    """The actor's site, held until the transaction ends: for rules over several of its members, such as that one of
    them is a coordinator, which two changes at once could otherwise break between them."""
    site = session.get(Site, actor.site_id, with_for_update=True, populate_existing=True)
    if site is None or site.deleted_at:
        raise NotFound
    return site


def access_profile(session: Session, actor: Actor) -> PersonProfile:
    """The profile of the person the actor's site is for."""
    actor.require(Section.PROFILE, Right.SEE)
    profile = session.get(PersonProfile, actor.site_id)
    if profile is None:
        raise NotFound
    return profile


def access_member(session: Session, actor: Actor, member_id: str) -> Member:
    """A current member of the actor's site. Members see each other by PEOPLE; everyone sees themselves."""
    member = session.get(Member, member_id)
    if member is None or member.site_id != actor.site_id or member.left_at:
        raise NotFound
    if member.id != actor.member_id:
        actor.require(Section.PEOPLE, Right.SEE)
    return member


def access_device(session: Session, actor: Actor, device_id: str) -> Device:
    """A device of the actor's own."""
    device = session.get(Device, device_id)
    if device is None or not actor.account_id or device.account_id != actor.account_id:
        raise NotFound
    return device


def access_invitation(session: Session, actor: Actor, invitation_id: str) -> Invitation:
    """An invitation to the actor's site, for those who invite."""
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or invitation.site_id != actor.site_id:
        raise NotFound
    actor.require(Section.PEOPLE, Right.WRITE)
    return invitation


def access_join_request(session: Session, actor: Actor, request_id: str) -> JoinRequest:
    """A request to join the actor's site, for those who answer it."""
    request = session.get(JoinRequest, request_id)
    if request is None or request.site_id != actor.site_id:
        raise NotFound
    actor.require(Section.PEOPLE, Right.MANAGE)
    return request


def sees_update(actor: Actor, is_deleted: bool = False) -> ColumnElement[bool]:
    """The updates of the actor's site that the actor may see, as a condition for any statement. `is_deleted`: those
    that were there to see until they were taken away."""
    return and_(
        col(Update.site_id) == actor.site_id,
        col(Update.deleted_at).is_not(None) if is_deleted else col(Update.deleted_at).is_(None),
        true() if actor.may(Section.JOURNAL, Right.SEE) else literal(False),
        or_(
            and_(col(Update.author_id) == actor.member_id, literal(bool(actor.member_id))),
            and_(col(Update.published_at).is_not(None), is_meant_for(literal(actor.role), literal(actor.member_id))),
        ),
    )


def is_meant_for(role: SQLCoreOperations[str], member_id: SQLCoreOperations[str]) -> ColumnElement[bool]:
    """Whether an update's audience includes a member, given as values or as columns of a joined table; a visitor has
    no `member_id`. It says nothing about rights."""
    named = exists().where(col(UpdateReader.update_id) == col(Update.id), col(UpdateReader.member_id) == member_id)
    return or_(
        col(Update.audience) == Audience.EVERYONE,
        and_(col(Update.audience) == Audience.FAMILY, role.in_(FAMILY_CIRCLE)),
        and_(col(Update.audience) == Audience.CARE_TEAM, role.in_(CARE_TEAM)),
        and_(col(Update.audience) == Audience.NAMED, named),
    )


def access_update(session: Session, actor: Actor, update_id: str, right: Right = Right.SEE) -> Update:
    """An update the actor may see. WRITE: it is theirs, or they manage the journal."""
    statement = select(Update).where(col(Update.id) == update_id, sees_update(actor))
    update: Update | None = session.execute(statement).scalar_one_or_none()
    if update is None:
        raise NotFound
    _require_own(actor, update.author_id, right)
    return update


def access_deleted_update(session: Session, actor: Actor, update_id: str) -> Update:
    """An update that was taken away, for those who may bring it back: its author, and who manages the journal."""
    statement = select(Update).where(col(Update.id) == update_id, sees_update(actor, is_deleted=True))
    update: Update | None = session.execute(statement).scalar_one_or_none()
    if update is None:
        raise NotFound
    _require_own(actor, update.author_id, Right.WRITE)
    return update


def member_sees(session: Session, member: Member, update_id: str) -> bool:
    """Whether another member may see an update, as when deciding who is told of it."""
    role = Role(member.role)
    rights = rights_of(session, member.site_id, member.id, role)
    reader = Actor(site_id=member.site_id, member_id=member.id, role=role, rights=rights)
    seen = exists().where(col(Update.id) == update_id, sees_update(reader))
    return bool(session.execute(select(seen)).scalar_one())


def who_sees(session: Session, update_id: str) -> list[str]:
    """The members who may see a published update, as when deciding who is told of it."""
    statement = (
        select(col(Member.id))
        .join(Update, col(Update.site_id) == col(Member.site_id))
        .where(col(Update.id) == update_id, col(Update.published_at).is_not(None), col(Update.deleted_at).is_(None))
        .where(col(Member.left_at).is_(None), right_of_member(Section.JOURNAL) >= Right.SEE)
        .where(or_(col(Update.author_id) == col(Member.id), is_meant_for(col(Member.role), col(Member.id))))
    )
    return list(session.scalars(statement))


def access_comment(session: Session, actor: Actor, comment_id: str, right: Right = Right.SEE) -> Comment:
    """A comment to an update the actor may see. WRITE: it is theirs, or they manage the journal."""
    comment = session.get(Comment, comment_id)
    if comment is None or comment.site_id != actor.site_id or comment.deleted_at:
        raise NotFound
    access_update(session, actor, comment.update_id)
    _require_own(actor, comment.author_id, right)
    return comment


def _require_own(actor: Actor, author_id: str, right: Right) -> None:
    """What others wrote is changed only by who manages the journal; what one wrote oneself, by TAKE_PART."""
    if right >= Right.WRITE:
        actor.require(Section.JOURNAL, Right.TAKE_PART if author_id == actor.member_id else Right.MANAGE)


def access_media(session: Session, actor: Actor, media_id: str) -> Media:
    """A photo the actor uploaded, or that stands where the actor may look."""
    statement = select(Media).where(col(Media.id) == media_id, col(Media.site_id) == actor.site_id, _sees_media(actor))
    media: Media | None = session.execute(statement).scalar_one_or_none()
    if media is None:
        raise NotFound
    return media


def _sees_media(actor: Actor) -> ColumnElement[bool]:
    in_update = (
        exists()
        .where(col(UpdatePhoto.media_id) == col(Media.id), col(UpdatePhoto.update_id) == col(Update.id))
        .where(sees_update(actor))
    )
    is_cover = exists().where(col(Site.id) == actor.site_id, col(Site.cover_media_id) == col(Media.id))
    is_person = exists().where(
        col(PersonProfile.site_id) == actor.site_id, col(PersonProfile.photo_media_id) == col(Media.id)
    )
    is_member = exists().where(col(Member.site_id) == actor.site_id, col(Member.photo_media_id) == col(Media.id))
    return or_(
        and_(col(Media.uploader_id) == actor.member_id, literal(bool(actor.member_id))),
        in_update,
        is_cover,
        is_person,
        and_(is_member, literal(actor.may(Section.PEOPLE, Right.SEE))),
    )


def access_alert(session: Session, actor: Actor, alert_id: str, is_held: bool = False) -> Alert:
    """An SOS of the actor's site, for everyone whose role takes part in one. `is_held`: nobody else changes it until
    the transaction ends, so that a step of the ladder and a stand-down follow each other."""
    found = select(Alert).where(col(Alert.id) == alert_id, col(Alert.site_id) == actor.site_id)
    statement = found.with_for_update().execution_options(populate_existing=True) if is_held else found
    alert: Alert | None = session.execute(statement).scalar_one_or_none()
    if alert is None:
        raise NotFound
    actor.require(Section.SOS, Right.TAKE_PART)
    return alert
