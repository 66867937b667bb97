"""When a member was here last, and what they had seen by then. A visit ends after half an hour without activity."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from careapp.access import Actor, Who, access_member
from careapp.clock import now
from careapp.models import Member
from careapp.notify.badge import badges
from careapp.operation import Command, operation

VISIT = timedelta(minutes=30)


class MarkSeen(Command):
    """`is_all`: what was new when this visit began counts as seen, too."""

    is_all: bool = False


@dataclass(frozen=True)
class Seen:
    """`badge`: how much is new on all of the member's sites together, for the app's icon. `time_zone`: the account's,
    empty where it has none."""

    badge: int
    time_zone: str = ""


@operation(who=Who.MEMBER, says="looked at the site", is_remembered=False, is_recorded=False)
def mark_seen(session: Session, actor: Actor, command: MarkSeen) -> Seen:
    """What is there now counts as seen. Safe to repeat. Nobody else's page changes by it."""
    member = access_member(session, actor, actor.member_id)
    if command.is_all:
        member.seen_before_at = now()
    elif member.seen_at and has_ended(member.seen_at):
        member.seen_before_at = member.seen_at
    member.seen_at = now()
    return Seen(badges(session, [actor.account_id]).get(actor.account_id, 0), actor.time_zone)


def last_visit(session: Session, actor: Actor) -> datetime | None:
    """Until when the actor had seen the site before this visit, whether a phone has told of this one yet or not. None
    on a first visit."""
    member = session.get(Member, actor.member_id) if actor.member_id else None
    if member is None or member.seen_at is None:
        return None
    return member.seen_at if has_ended(member.seen_at) else member.seen_before_at


def has_ended(seen_at: datetime) -> bool:
    return now() - seen_at >= VISIT
