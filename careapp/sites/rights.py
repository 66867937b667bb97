"""Adjusting the table of rights, for a role on one site or for one member."""

from typing import Literal

from sqlmodel import Session

from careapp.access import ROLE_TABLE, Actor, Right, Role, Section, access_member, lock_site
from careapp.errors import Conflict, Invalid
from careapp.models import MemberGrant, RoleGrant
from careapp.notify.announce import announce
from careapp.operation import Command, Id, operation
from careapp.said import Said
from careapp.sites.fields import MemberRole
from careapp.sites.invitations import revoke_beyond_rights
from careapp.sites.roles import rights_on_offer

RightName = Literal["standard", "none", "see", "take_part", "write", "manage"]


class SetRoleRight(Command):
    """`right` is "standard" to go back to the table everyone starts with."""

    role: MemberRole
    section: Section
    right: RightName


@operation(section=Section.SITE, right=Right.MANAGE, says="changed what a role may do")
def set_role_right(session: Session, actor: Actor, command: SetRoleRight) -> None:
    """Give everyone of a role another right in one section of this site."""
    lock_site(session, actor)
    if command.role is Role.COORDINATOR:
        raise Conflict("Coordinators keep every right, so that nobody is locked out.")
    level = _level(command.section, command.right)
    grant = session.get(RoleGrant, (actor.site_id, command.role, command.section))
    if grant:
        session.delete(grant)
        session.flush()
    if level not in (None, ROLE_TABLE[command.role][command.section]):
        session.add(RoleGrant(site_id=actor.site_id, role=command.role, section=command.section, level=level))
    session.flush()
    revoke_beyond_rights(session, actor.site_id)
    announce(session, actor)


class SetMemberRight(Command):
    """`right` is "standard" to go back to what their role may do."""

    member_id: Id
    section: Section
    right: RightName


@operation(section=Section.PEOPLE, right=Right.MANAGE, says="changed what someone may do")
def set_member_right(session: Session, actor: Actor, command: SetMemberRight) -> None:
    """Give one member another right in one section, in place of their role's."""
    lock_site(session, actor)
    member = access_member(session, actor, command.member_id)
    if member.role == Role.COORDINATOR:
        raise Conflict("Coordinators keep every right, so that nobody is locked out.")
    level = _level(command.section, command.right)
    grant = session.get(MemberGrant, (member.id, command.section))
    if grant:
        session.delete(grant)
        session.flush()
    if level is not None:
        session.add(MemberGrant(member_id=member.id, section=command.section, site_id=actor.site_id, level=level))
    session.flush()
    revoke_beyond_rights(session, actor.site_id)
    announce(session, actor, about=member.id)


def _level(section: Section, name: RightName) -> Right | None:
    """The right meant, None for the standard. Raises Invalid for one that cannot be given here."""
    if name == "standard":
        return None
    right = Right[name.upper()]
    if right not in rights_on_offer(section):
        raise Invalid(fields={"right": Said("This comes with being coordinator and cannot be given alone.")})
    return right
