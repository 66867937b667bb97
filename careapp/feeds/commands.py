"""Making an address for one's own calendar, and taking it back."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, Who, access_calendar_feed
from careapp.clock import now
from careapp.errors import Conflict, NotAllowed, NotFound
from careapp.feeds.addresses import find_feed
from careapp.feeds.feed import scope_for
from careapp.ids import new_token
from careapp.models import CalendarFeed
from careapp.notify.announce import announce
from careapp.operation import Command, Id, operation

MOST_OPEN = 10


class MakeFeed(Command):
    """`scope`: everything, what the member goes along to, or only that somebody is busy."""

    scope: Literal["all", "mine", "busy"] = "busy"


@dataclass(frozen=True)
class FeedMade:
    """The address is not here but in `feeds.calendars`: answers are stored, and secrets are not."""

    feed_id: str


@operation(who=Who.MEMBER, says="made an address for their own calendar")
def make_feed(session: Session, actor: Actor, command: MakeFeed) -> FeedMade:
    """Raises NotAllowed for more than the actor may see."""
    actor.require(Section.SCHEDULE, Right.SEE)
    if scope_for(actor, command.scope) != command.scope:
        raise NotAllowed
    mine = col(CalendarFeed.member_id) == actor.member_id, col(CalendarFeed.revoked_at).is_(None)
    if session.execute(select(func.count()).where(*mine)).scalar_one() >= MOST_OPEN:
        raise Conflict("You have many addresses already. Please take one back first.")
    made = CalendarFeed(site_id=actor.site_id, member_id=actor.member_id, scope=command.scope, nonce=new_token())
    session.add(made)
    announce(session, actor, about=made.id)
    return FeedMade(made.id)


class RevokeFeed(Command):
    feed_id: Id


@operation(who=Who.MEMBER, says="took back an address of their own calendar")
def revoke_feed(session: Session, actor: Actor, command: RevokeFeed) -> None:
    """From now on the address leads to nothing. Safe to repeat."""
    found = access_calendar_feed(session, actor, command.feed_id)
    found.revoked_at = found.revoked_at or now()
    announce(session, actor, about=found.id)


class NoteFetch(Command):
    secret: str


@operation(who=Who.ANYONE, says="fetched a calendar", is_remembered=False, is_at_door=False, is_recorded=False)
def note_fetch(session: Session, actor: Actor, command: NoteFetch) -> None:
    """A calendar elsewhere has looked."""
    found = find_feed(session, command.secret)
    if found is None:
        raise NotFound
    found.fetched_at = now()
