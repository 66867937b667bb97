"""One member of a site, and what may be done about them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Role, Section, Who, access_member
from careapp.models import Account, Member
from careapp.operation import Id, Params, query
from careapp.sites.frame import Frame, frame, photo_of
from careapp.sites.people_view import PersonRow, person_row, role_options
from careapp.sites.roles import ROLE_ABOUT, site_answers
from careapp.sites.tables import Cell, Option, member_cells


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
        person=person_row(actor, who, photo_id),
        role=who.role,
        role_about=ROLE_ABOUT[Role(who.role)],
        email=email if manages or is_me else "",
        joined_at=who.joined_at,
        rights=member_cells(session, Role(who.role), who.id, site_answers(session, actor.site_id), manages),
        roles=role_options(session, actor, who.role) if manages else (),
        is_me=is_me,
        **_doors(who, is_me, manages),
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
