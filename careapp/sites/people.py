"""What members do about themselves and each other: roles, duties, coming to an end."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Role, Section, Who, access_member, lock_site
from careapp.errors import Conflict, Invalid
from careapp.models import Member
from careapp.notify.announce import announce
from careapp.notify.tell import take_back_from
from careapp.operation import Command, Id, operation
from careapp.said import Said
from careapp.sites.fields import IdOrEmpty, MemberRole, Name, OptionalName, own_photo
from careapp.sites.invitations import revoke_all_by, revoke_beyond_rights
from careapp.sites.phone import Phone
from careapp.sites.roles import require_on_offer
from careapp.sites.seats import (
    forget_exceptions,
    require_another_coordinator,
    require_nobody_is_the_person,
    vacate,
)


class ChangeRole(Command):
    member_id: Id
    role: MemberRole


@operation(section=Section.PEOPLE, right=Right.MANAGE, says="changed someone's role")
def change_role(session: Session, actor: Actor, command: ChangeRole) -> None:
    """Give a member another role. What was agreed for them alone ends with the old one, and so do the invitations they
    gave out that they may not give any more."""
    lock_site(session, actor)
    member = access_member(session, actor, command.member_id)
    if member.role == command.role:
        return
    _give_role(session, actor, member, command.role)
    announce(session, actor, about=member.id)


class SetContact(Command):
    member_id: Id


@operation(section=Section.PEOPLE, right=Right.MANAGE, says="chose the point of contact")
def set_contact(session: Session, actor: Actor, command: SetContact) -> None:
    """Make a member the one point of contact, whatever their role."""
    lock_site(session, actor)
    member = access_member(session, actor, command.member_id)
    _make_contact(session, member)
    announce(session, actor, about=member.id)


class SetStandIn(Command):
    """An empty `member_id` leaves the site without one."""

    member_id: IdOrEmpty = ""


@operation(section=Section.PEOPLE, right=Right.MANAGE, says="chose who stands in")
def set_stand_in(session: Session, actor: Actor, command: SetStandIn) -> None:
    """Make a member the one who stands in for the point of contact."""
    lock_site(session, actor)
    member = access_member(session, actor, command.member_id) if command.member_id else None
    if member and member.is_contact:
        raise Conflict("The point of contact cannot stand in for themselves. Please choose someone else.")
    _clear(session, actor.site_id, "is_stand_in")
    if member:
        member.is_stand_in = True
    announce(session, actor, about=member.id if member else "")


class EditMembership(Command):
    """What is None stays as it is. An empty `photo_media_id` takes the photo away."""

    name: Name | None = None
    relation: OptionalName | None = None
    phone: Phone | None = None
    photo_media_id: IdOrEmpty | None = None


@operation(who=Who.MEMBER, says="changed how they are shown")
def edit_membership(session: Session, actor: Actor, command: EditMembership) -> None:
    """Say how the others here see oneself: name, relation, number, photo."""
    member = access_member(session, actor, actor.member_id)
    said = command.model_dump(exclude_none=True, include={"name", "relation", "phone"})
    for name, value in said.items():
        setattr(member, name, value)
    if command.photo_media_id is not None:
        wanted, present = command.photo_media_id, member.photo_media_id
        member.photo_media_id = own_photo(session, actor, wanted, present, "photo_media_id")
    announce(session, actor, about=member.id)


class Leave(Command):
    pass


@operation(who=Who.MEMBER, says="left")
def leave(session: Session, actor: Actor, command: Leave) -> None:
    """Give up one's place. What one wrote stays, under one's name."""
    lock_site(session, actor)
    vacate(session, access_member(session, actor, actor.member_id))
    announce(session, actor, about=actor.member_id)


class RemoveMember(Command):
    member_id: Id


@operation(section=Section.PEOPLE, right=Right.MANAGE, says="removed someone")
def remove_member(session: Session, actor: Actor, command: RemoveMember) -> None:
    """Take away someone's place, and the invitations they gave out."""
    lock_site(session, actor)
    member = access_member(session, actor, command.member_id)
    if member.id == actor.member_id:
        raise Conflict("To go yourself, please choose “Leave this site”.")
    vacate(session, member, by_id=actor.member_id)
    revoke_all_by(session, member)
    announce(session, actor, about=member.id)


class HandOver(Command):
    """`my_role` is what the actor stays as."""

    member_id: Id
    my_role: MemberRole = Role.CO_CAREGIVER


@dataclass(frozen=True)
class HandedOver:
    member_id: str


@operation(section=Section.SITE, right=Right.MANAGE, says="handed the site over")
def hand_over(session: Session, actor: Actor, command: HandOver) -> HandedOver:
    """Make someone else coordinator and step down. The point of contact goes with it, if it was the actor."""
    lock_site(session, actor)
    heir, mine = (access_member(session, actor, one) for one in (command.member_id, actor.member_id))
    if heir.id == mine.id or command.my_role is Role.COORDINATOR:
        raise Invalid(fields={"member_id": Said("Please choose someone else.")})
    was_contact = mine.is_contact
    _give_role(session, actor, heir, Role.COORDINATOR)
    _give_role(session, actor, mine, command.my_role)
    if was_contact:
        _make_contact(session, heir)
    announce(session, actor, about=heir.id)
    return HandedOver(heir.id)


def _give_role(session: Session, actor: Actor, member: Member, role: Role) -> None:
    if member.role == role:
        return
    require_on_offer(session, actor, role)
    if role is Role.PERSON:
        require_nobody_is_the_person(session, member.site_id, but=member.id)
    require_another_coordinator(session, member)
    member.role = role
    forget_exceptions(session, member)
    take_back_from(session, member.id)
    session.flush()
    revoke_beyond_rights(session, member.site_id)


def _make_contact(session: Session, member: Member) -> None:
    _clear(session, member.site_id, "is_contact")
    member.is_contact, member.is_stand_in = True, False
    session.flush()


def _clear(session: Session, site_id: str, duty: str) -> None:
    """Nobody on the site has this duty. The database allows one at most, so this comes before it is given anew."""
    session.execute(update(Member).where(col(Member.site_id) == site_id, getattr(Member, duty)).values({duty: False}))
