"""Who may take back an address of a calendar, and who may change where appointments come from."""

from sqlmodel import Session

from careapp.access.actor import Actor
from careapp.access.roles import Right, Section
from careapp.errors import NotFound
from careapp.models import CalendarFeed, CalendarSource


def access_calendar_feed(session: Session, actor: Actor, feed_id: str) -> CalendarFeed:
    """An address that the actor made for their own calendar; nobody else's, whatever their right."""
    feed = session.get(CalendarFeed, feed_id)
    if feed is None or not actor.member_id or feed.member_id != actor.member_id:
        raise NotFound
    return feed


def access_calendar_source(
    session: Session, actor: Actor, source_id: str, right: Right = Right.WRITE
) -> CalendarSource:
    """A calendar that the actor has added to the site, or anyone's for who manages the schedule."""
    source = session.get(CalendarSource, source_id)
    if source is None or source.site_id != actor.site_id or source.removed_at:
        raise NotFound
    actor.require(Section.SCHEDULE, right if source.member_id == actor.member_id else Right.MANAGE)
    return source
