"""Who has a responsibility: in what hands it is, that it changes them, and the history of that."""

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Role, Section, access_member, rights_of
from careapp.duties.commands import Part
from careapp.duties.starters import STARTERS
from careapp.errors import Conflict, Invalid
from careapp.models import Member, Responsibility, ResponsibilityEntry
from careapp.said import Said


def holder_of(session: Session, found: Responsibility, part: Part) -> Member | None:
    """Who has it, if they are still here: whoever leaves lets go of what they had."""
    member_id = found.owner_id if part is Part.OWNER else found.stand_in_id
    member = session.get(Member, member_id) if member_id else None
    return None if member is None or member.left_at else member


def give(session: Session, actor: Actor, found: Responsibility, part: Part, member_id: str, note: str = "") -> None:
    """Put it into a member's hands, or into nobody's, and write that down."""
    if part is Part.STAND_IN:
        if member_id and member_id == found.owner_id:
            raise Conflict("Nobody can stand in for themselves. Please choose someone else.")
        found.stand_in_id = member_id or None
    else:
        found.owner_id = member_id or None
        found.stand_in_id = None if found.stand_in_id == found.owner_id else found.stand_in_id
    session.add(found)
    session.flush()
    write_down(session, actor, found, note)


def write_down(session: Session, actor: Actor, found: Responsibility, note: str = "") -> None:
    entry = ResponsibilityEntry(
        site_id=found.site_id,
        responsibility_id=found.id,
        by_id=actor.member_id,
        owner_id=found.owner_id,
        stand_in_id=found.stand_in_id,
        note=note,
    )
    session.add(entry)
    session.flush()


def came_from(session: Session, found: Responsibility, part: Part) -> tuple[str, Member | None]:
    """Who gave it to the one who has it, and who had it before, if that is the same person and they are still here.
    Empty for what somebody took on themselves."""
    column = ResponsibilityEntry.owner_id if part is Part.OWNER else ResponsibilityEntry.stand_in_id
    present = found.owner_id if part is Part.OWNER else found.stand_in_id
    statement = (
        select(ResponsibilityEntry, col(column))
        .where(col(ResponsibilityEntry.responsibility_id) == found.id)
        .order_by(col(ResponsibilityEntry.at).desc(), col(ResponsibilityEntry.id).desc())
    )
    giver = ""
    for entry, holder_id in session.execute(statement):
        if holder_id == present:
            giver = entry.by_id
            continue
        before = session.get(Member, holder_id) if holder_id and holder_id == giver else None
        return ("" if giver == present else giver), None if before is None or before.left_at else before
    return ("" if giver == present else giver), None


def access_taker(session: Session, actor: Actor, member_id: str) -> Member:
    """A member into whose hands something can be put: who sees what is theirs, and can give it back."""
    member = access_member(session, actor, member_id)
    rights = rights_of(session, member.site_id, member.id, Role(member.role))
    if rights.get(Section.SCHEDULE, Right.NONE) < Right.TAKE_PART:
        raise Invalid(fields={"member_id": Said("{name} cannot take anything on here.", name=member.name)})
    return member


def title_of(found: Responsibility) -> str:
    """A message id for one of the starter set, else the family's own words."""
    return Said(STARTERS[found.kind].title) if found.kind in STARTERS else found.title
