"""Who asks: from what a browser shows to an actor with rights, on one site."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlmodel import Session, col

from careapp.access.roles import ROLE_TABLE, Right, Role, Section
from careapp.clock import now
from careapp.errors import NotAllowed, NotFound, NotSignedIn
from careapp.models import Account, FormerAddress, Member, MemberGrant, Privacy, RoleGrant, SignIn, Site
from careapp.secret import signature

IDLE = timedelta(days=90)
SEEN_EVERY = timedelta(hours=1)
LONGEST_WAY = 3 * 24 * 3600
LATE = 5 * 60


@dataclass(frozen=True)
class Credentials:
    """What a browser shows: the session's token, and the proof that it followed a site's open link. `language` is for
    who has no account that says one."""

    session: str = ""
    visit: str = ""
    language: str = "en"


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
    site_counter: int = 0
    member_id: str = ""
    role: Role = Role.VISITOR
    rights: Mapping[Section, Right] = field(default_factory=dict)
    age: int = 0

    @property
    def said_at(self) -> datetime:
        """When they said it: what is written without a connection arrives later. At most three days ago, as a phone's
        clock may have been set meanwhile."""
        return now() - timedelta(seconds=min(self.age, LONGEST_WAY))

    @property
    def written_at(self) -> datetime | None:
        """When they wrote what arrives only now; None where that is the same to a reader."""
        return self.said_at if self.age >= LATE else None

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
        return Actor(language=credentials.language)
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


def actor_of(session: Session, member_id: str) -> Actor | None:
    """A member as they would be if they asked now, for work that is done for them; None once they have left, or the
    site was taken away."""
    statement = (
        select(Member, Site, Account)
        .join(Site, col(Site.id) == col(Member.site_id))
        .join(Account, col(Account.id) == col(Member.account_id))
        .where(col(Member.id) == member_id, col(Member.left_at).is_(None), col(Site.deleted_at).is_(None))
    )
    row = session.execute(statement).first()
    if row is None:
        return None
    member, site, account = row
    who = Actor(account_id=account.id, email=account.email, language=account.language, time_zone=account.time_zone)
    return _as_member(session, who, site, member)


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
        site_counter=site.change_counter,
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


def is_seen_again(sign_in: SignIn) -> bool:
    """Whether it is time to write down that the session is in use, which keeps it from running out."""
    return sign_in.seen_at < now() - SEEN_EVERY
