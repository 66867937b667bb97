"""Taking and giving up a place on a site, and the rules that hold whoever comes or goes.

A site that has members has a coordinator. Every function here is called with the site locked.
"""

from dataclasses import replace

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from careapp.access import Actor, Role, rights_of
from careapp.book.removal import remove_books_of
from careapp.clock import now
from careapp.errors import Conflict
from careapp.models import JoinRequest, Member, MemberGrant, Site
from careapp.notify.announce import touch_sites


def place_of(session: Session, site_id: str, account_id: str) -> Member | None:
    """The account's place on a site, which may be one that it has left."""
    statement = select(Member).where(col(Member.site_id) == site_id, col(Member.account_id) == account_id)
    return session.execute(statement).scalar_one_or_none()


def seat(session: Session, actor: Actor, site: Site, role: Role, name: str = "", relation: str = "") -> Actor:
    """Give the account a place; who comes back gets the old one, in the new role. Returns them as a member."""
    if role is Role.PERSON:
        require_nobody_is_the_person(session, site.id)
    member = place_of(session, site.id, actor.account_id)
    if member is None:
        member = Member(site_id=site.id, account_id=actor.account_id, role=role, name=name or actor.name)
        session.add(member)
    member.role, member.name = role, name or member.name
    member.relation = relation or member.relation
    member.joined_at, member.left_at, member.removed_by_id = now(), None, None
    session.flush()
    _answer_request(session, member)
    touch_sites(session, actor.account_id)
    return as_member(session, actor, site, member)


def _answer_request(session: Session, member: Member) -> None:
    """Who has a place asks for none any more, whichever way they came."""
    theirs = col(JoinRequest.site_id) == member.site_id, col(JoinRequest.account_id) == member.account_id
    asked = update(JoinRequest).where(*theirs, col(JoinRequest.decided_at).is_(None))
    session.execute(asked.values(decided_at=now(), is_approved=True))


def as_member(session: Session, actor: Actor, site: Site, member: Member) -> Actor:
    role = Role(member.role)
    return replace(
        actor,
        name=member.name,
        site_id=site.id,
        site_address=site.address,
        member_id=member.id,
        role=role,
        rights=rights_of(session, site.id, member.id, role),
    )


def vacate(session: Session, member: Member, by_id: str | None = None) -> None:
    """Take away a place. Their name stays with what they wrote; number, exceptions, books and duties go."""
    require_another_coordinator(session, member)
    member.left_at, member.removed_by_id, member.phone = now(), by_id, ""
    forget_exceptions(session, member)
    remove_books_of(session, member.id)
    pass_on_contact(session, member)
    touch_sites(session, member.account_id)


def require_another_coordinator(session: Session, member: Member) -> None:
    """Raise Conflict when the site would be without a coordinator once this member is none any more."""
    if member.role == Role.COORDINATOR and not _others(session, member, Role.COORDINATOR):
        raise Conflict("A site needs a coordinator. Please make someone else coordinator first.")


def require_nobody_is_the_person(session: Session, site_id: str, but: str = "") -> None:
    """Raise Conflict when someone other than the member `but` is already the person this site is for."""
    statement = select(Member).where(
        col(Member.site_id) == site_id, col(Member.role) == Role.PERSON, col(Member.left_at).is_(None)
    )
    if any(member.id != but for member in session.execute(statement).scalars()):
        raise Conflict("Someone is already here as the person cared for.")


def forget_exceptions(session: Session, member: Member) -> None:
    """End what was agreed for this member alone, which was meant for the role they had."""
    session.execute(delete(MemberGrant).where(col(MemberGrant.member_id) == member.id))


def pass_on_contact(session: Session, member: Member) -> None:
    """Whoever goes hands on the point of contact: to who stands in, else to who has coordinated longest."""
    was_contact = member.is_contact
    member.is_contact = member.is_stand_in = False
    session.flush()
    heirs = _others(session, member) if was_contact else []
    if heirs:
        heir = min(heirs, key=lambda other: (not other.is_stand_in, other.role != Role.COORDINATOR, other.joined_at))
        heir.is_contact, heir.is_stand_in = True, False


def _others(session: Session, member: Member, *roles: Role) -> list[Member]:
    statement = select(Member).where(
        col(Member.site_id) == member.site_id, col(Member.id) != member.id, col(Member.left_at).is_(None)
    )
    if roles:
        statement = statement.where(col(Member.role).in_(roles))
    return list(session.execute(statement.with_for_update()).scalars())
