"""The responsibilities of a site as they are shown: who has each, and where a gap is."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_responsibility, right_of_member
from careapp.duties.starters import STARTERS
from careapp.duties.views import (
    Duty,
    HistoryEntry,
    Holder,
    ResponsibilitiesView,
    ResponsibilityView,
    StarterCard,
)
from careapp.models import Member, Responsibility, ResponsibilityEntry
from careapp.operation import Id, Params, query
from careapp.sites.frame import face_of, frame, photo_of
from careapp.sites.tables import Option

HISTORY = 50
MOST_PEOPLE = 300

Owner, StandIn, By = aliased(Member), aliased(Member), aliased(Member)


class OneResponsibilityPage(Params):
    responsibility: Id


@query(section=Section.SCHEDULE)
def responsibilities(session: Session, actor: Actor, params: Params) -> ResponsibilitiesView:
    """Everything on the list, gaps first, in four statements; and what is often needed and is not on it."""
    duties = open_duties(session, actor)
    there = {duty.kind for duty in duties}
    can_add = _takes_part(actor) and actor.may(Section.SCHEDULE, Right.WRITE)
    return ResponsibilitiesView(
        frame=frame(session, actor),
        gaps=tuple(sorted((duty for duty in duties if duty.has_gap), key=lambda duty: bool(duty.owner.member_id))),
        settled=tuple(duty for duty in duties if not duty.has_gap),
        starters=starters_but(there) if can_add else (),
        is_empty=not duties,
        can_add=can_add,
    )


@query(section=Section.SCHEDULE)
def responsibility(session: Session, actor: Actor, params: OneResponsibilityPage) -> ResponsibilityView:
    """One of them, what became of it so far, and who could take it."""
    found = access_responsibility(session, actor, params.responsibility)
    row = session.execute(_rows(actor).where(col(Responsibility.id) == found.id)).one()
    return ResponsibilityView(
        frame=frame(session, actor),
        duty=_duty(actor, row),
        history=_history(session, found.id),
        people=people_to_ask(session, actor),
        is_closed=found.closed_at is not None,
    )


def open_duties(session: Session, actor: Actor) -> tuple[Duty, ...]:
    """In one statement; nobody without a gap is missing, and whoever has left leaves one."""
    statement = _rows(actor).where(col(Responsibility.closed_at).is_(None))
    ordered = statement.order_by(col(Responsibility.position), col(Responsibility.id))
    return tuple(_duty(actor, row) for row in session.execute(ordered))


def starters_but(kinds: set[str]) -> tuple[StarterCard, ...]:
    return tuple(
        StarterCard(kind, one.icon, one.title, one.about) for kind, one in STARTERS.items() if kind not in kinds
    )


def people_to_ask(session: Session, actor: Actor, limit: int = MOST_PEOPLE) -> tuple[Option, ...]:
    """The members who can take something on, oneself first, for those who may see who is here."""
    if not _takes_part(actor) or not actor.may(Section.PEOPLE, Right.SEE):
        return ()
    statement = (
        select(col(Member.id), col(Member.name))
        .where(col(Member.site_id) == actor.site_id, col(Member.left_at).is_(None))
        .where(right_of_member(Section.SCHEDULE) >= Right.TAKE_PART)
        .order_by(col(Member.id) != actor.member_id, col(Member.name), col(Member.id))
        .limit(limit)
    )
    return tuple(Option(member_id, name) for member_id, name in session.execute(statement))


def _rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    owner_photo, stand_in_photo = photo_of(Owner.photo_media_id), photo_of(StandIn.photo_media_id)
    return (
        select(Responsibility, Owner, owner_photo, StandIn, stand_in_photo)
        .outerjoin(Owner, col(Owner.id) == col(Responsibility.owner_id))
        .outerjoin(StandIn, col(StandIn.id) == col(Responsibility.stand_in_id))
        .where(col(Responsibility.site_id) == actor.site_id)
    )


def _duty(actor: Actor, row: Any) -> Duty:
    found, owner_row, owner_photo, stand_in_row, stand_in_photo = row
    owner = _holder(actor, owner_row, owner_photo)
    stand_in = _holder(actor, stand_in_row, stand_in_photo)
    starter = STARTERS.get(found.kind)
    return Duty(
        id=found.id,
        kind=found.kind,
        icon=starter.icon if starter else "star",
        title=starter.title if starter else found.title,
        about=starter.about if starter else "",
        words=found.words,
        summary=responsibility_text(found),
        owner=owner,
        stand_in=stand_in,
        has_gap=not owner.member_id or not stand_in.member_id,
        version=found.version,
        **_may(actor, owner, stand_in),
    )


def responsibility_text(found: Responsibility) -> str:
    """All that the form asks for, to be read beside what somebody else has written meanwhile."""
    return "\n".join(filter(None, [found.title, found.words]))


def _holder(actor: Actor, member: Member | None, photo: str | None) -> Holder:
    if member is None:
        return Holder()
    if member.left_at:
        return Holder(left=member.name)
    return Holder(member.id, face_of(member.id, member.name, photo), is_me=member.id == actor.member_id)


def _may(actor: Actor, owner: Holder, stand_in: Holder) -> dict[str, bool]:
    """As the operations decide: who has it gives it on; what nobody has may be given by who adds to the schedule."""
    takes_part = _takes_part(actor)
    adds, manages = actor.may(Section.SCHEDULE, Right.WRITE), actor.may(Section.SCHEDULE, Right.MANAGE)

    def gives(part: Holder) -> bool:
        return takes_part and (part.is_me or owner.is_me or (manages if part.member_id else adds))

    return {
        "can_take": takes_part and not owner.member_id,
        "can_stand_in": takes_part and not stand_in.member_id and not owner.is_me,
        "can_give_owner": gives(owner),
        "can_give_stand_in": gives(stand_in),
        "can_edit": takes_part and (owner.is_me or manages),
    }


def _takes_part(actor: Actor) -> bool:
    return bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.TAKE_PART)


def _history(session: Session, responsibility_id: str) -> tuple[HistoryEntry, ...]:
    statement = (
        select(ResponsibilityEntry, col(By.name), col(Owner.name), col(StandIn.name))
        .join(By, col(By.id) == col(ResponsibilityEntry.by_id))
        .outerjoin(Owner, col(Owner.id) == col(ResponsibilityEntry.owner_id))
        .outerjoin(StandIn, col(StandIn.id) == col(ResponsibilityEntry.stand_in_id))
        .where(col(ResponsibilityEntry.responsibility_id) == responsibility_id)
        .order_by(col(ResponsibilityEntry.at).desc(), col(ResponsibilityEntry.id).desc())
        .limit(HISTORY)
    )
    return tuple(
        HistoryEntry(entry.id, entry.at, by, owner or "", stand_in or "", entry.note)
        for entry, by, owner, stand_in in session.execute(statement)
    )
