"""What the home page shows of the calendar: today and tomorrow."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from careapp.access import Actor, Right, Section
from careapp.clock import now
from careapp.schedule.agenda import from_today, today_of
from careapp.schedule.cards import item_of
from careapp.schedule.views import Item

DAY = timedelta(days=1)
MOST = 6


@dataclass(frozen=True)
class Upcoming:
    """`more`: there are others than these."""

    today: tuple[Item, ...] = ()
    tomorrow: tuple[Item, ...] = ()
    is_any: bool = False
    more: bool = False


def upcoming(session: Session, actor: Actor) -> Upcoming:
    """What is still to come today, and tomorrow, in two statements."""
    if not actor.may(Section.SCHEDULE, Right.SEE):
        return Upcoming()
    today = today_of(actor)
    found = [one for one in from_today(session, actor, today, today + 2 * DAY) if one.one.until_utc > now()]
    shown = found[:MOST]
    return Upcoming(
        today=tuple(item_of(actor, one) for one in shown if one.one.starts_at.date() <= today),
        tomorrow=tuple(item_of(actor, one) for one in shown if one.one.starts_at.date() > today),
        is_any=bool(shown),
        more=len(found) > MOST,
    )
