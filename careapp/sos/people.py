"""Whom an SOS concerns: by a step of the ladder, and how each can be reached."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Right, Section, right_of_member
from careapp.models import Channel, Kind, LadderMember, LadderStep, Member
from careapp.notify.choices import chosen_by
from careapp.notify.readers import devices_of
from careapp.sos.ladder import STANDARD, Step, Whom


def steps_of(session: Session, site_id: str) -> tuple[Step, ...]:
    """The site's own ladder, or the standard one."""
    own = session.execute(
        select(LadderStep).where(col(LadderStep.site_id) == site_id).order_by(col(LadderStep.position))
    ).scalars()
    rows = list(own)
    named = _named(session, [row.id for row in rows])
    return tuple(
        Step(
            timedelta(seconds=row.after_seconds),
            Whom(row.whom),
            tuple(map(Channel, row.channels)),
            named.get(row.id, ()),
        )
        for row in rows
    ) or tuple(STANDARD)


def _named(session: Session, step_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    rows = select(col(LadderMember.step_id), col(LadderMember.member_id)).where(col(LadderMember.step_id).in_(step_ids))
    named: dict[str, tuple[str, ...]] = {}
    for step_id, member_id in session.execute(rows.order_by(col(LadderMember.member_id))):
        named[step_id] = (*named.get(step_id, ()), member_id)
    return named


def concerned(session: Session, site_id: str, right: Right = Right.TAKE_PART) -> list[Member]:
    """The current members whose role takes part in an SOS; with WRITE those of them who are told at once."""
    statement = (
        select(Member)
        .where(col(Member.site_id) == site_id, col(Member.left_at).is_(None))
        .where(right_of_member(Section.SOS) >= int(right))
        .order_by(col(Member.id))
    )
    return list(session.execute(statement).scalars())


def other_sites(session: Session, site_id: str) -> list[str]:
    """The other sites of those who take part in an SOS of this one."""
    account_ids = {member.account_id for member in concerned(session, site_id)}
    theirs = select(col(Member.site_id)).where(col(Member.account_id).in_(account_ids), col(Member.left_at).is_(None))
    return sorted(set(session.execute(theirs).scalars()) - {site_id})


def told_by(session: Session, site_id: str, step: Step, but: str) -> list[Member]:
    """Whom a step tells at this moment; `but` is the member who raised the alert."""
    right = Right.WRITE if step.whom is Whom.CIRCLE else Right.TAKE_PART
    found = concerned(session, site_id, right)
    return [
        member for member in found if member.id != but and (step.whom is not Whom.NAMED or member.id in step.member_ids)
    ]


def with_push(session: Session, members: Iterable[Member]) -> set[str]:
    """The ids of those to whom an SOS goes by push: they have a device for it, and have not switched that off."""
    account_ids = {member.id: member.account_id for member in members}
    devices = devices_of(session, set(account_ids.values()))
    chosen = chosen_by(session, devices, Kind.SOS)
    wanted = {account_id for account_id in devices if chosen.get(account_id, {}).get(Channel.PUSH, True)}
    return {member_id for member_id, account_id in account_ids.items() if account_id in wanted}


def in_order_told(session: Session, site_id: str, but: str) -> list[Member]:
    """Everyone whom an SOS concerns, those first whom the ladder tells first."""
    there = {member.id: member for member in concerned(session, site_id) if member.id != but}
    told = [member.id for step in steps_of(session, site_id) for member in told_by(session, site_id, step, but)]
    return [there[member_id] for member_id in dict.fromkeys([*told, *there])]
