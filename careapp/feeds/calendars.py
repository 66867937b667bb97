"""One's own addresses, and the calendars that were taken over into the schedule."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.catalogue import translate
from careapp.clock import now
from careapp.feeds.addresses import address_of, webcal_of
from careapp.feeds.views import CalendarsView, FeedCard, SourceCard
from careapp.models import Appointment, CalendarFeed, CalendarSource, Member
from careapp.operation import Params, query
from careapp.said import mark
from careapp.settings import settings
from careapp.sites.frame import frame
from careapp.sites.qr import qr_of

MOST = 50
SCOPES = {
    "all": mark("Everything"),
    "mine": mark("What I go along to"),
    "busy": mark("Only when someone is busy"),
}
GOOGLE = "https://calendar.google.com/calendar/r?cid="


class MadeFeed(Params):
    """`made` is the address that was just made."""

    made: str = ""


@query(section=Section.SCHEDULE, right=Right.SEE)
def calendars(session: Session, actor: Actor, params: MadeFeed) -> CalendarsView:
    """The reader's own addresses, and for who adds to the schedule where appointments come from."""
    can_add = bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.WRITE)
    return CalendarsView(
        frame=frame(session, actor),
        feeds=_feeds(session, actor, params.made),
        sources=_sources(session, actor) if can_add else (),
        may_see_all=actor.may(Section.SCHEDULE, Right.WRITE),
        can_add=can_add,
        is_https=settings().is_https,
    )


def _feeds(session: Session, actor: Actor, made: str) -> tuple[FeedCard, ...]:
    statement = (
        select(CalendarFeed)
        .where(col(CalendarFeed.member_id) == actor.member_id, col(CalendarFeed.site_id) == actor.site_id)
        .where(col(CalendarFeed.revoked_at).is_(None))
        .order_by(col(CalendarFeed.created_at).desc(), col(CalendarFeed.id).desc())
        .limit(MOST)
    )
    writes = actor.may(Section.SCHEDULE, Right.WRITE)
    return tuple(_feed(feed, made, writes) for feed in session.scalars(statement))


def _feed(feed: CalendarFeed, made: str, writes: bool) -> FeedCard:
    webcal = webcal_of(feed)
    return FeedCard(
        id=feed.id,
        scope_words=SCOPES[feed.scope if writes else "busy"],
        address=address_of(feed),
        webcal=webcal,
        google=f"{GOOGLE}{quote(webcal, safe='')}",
        qr=qr_of(webcal),
        made_at=feed.created_at,
        fetched_at=feed.fetched_at,
        is_new=feed.id == made,
    )


def _sources(session: Session, actor: Actor) -> tuple[SourceCard, ...]:
    is_ahead = or_(col(Appointment.last_at).is_(None), col(Appointment.last_at) > now())
    coming = (
        select(func.count())
        .where(col(Appointment.source_id) == col(CalendarSource.id), col(Appointment.deleted_at).is_(None))
        .where(col(Appointment.series_id).is_(None), col(Appointment.cancelled_at).is_(None), is_ahead)
        .scalar_subquery()
    )
    columns = (col(getattr(CalendarSource, name)) for name in SHOWN)
    statement = (
        select(*columns, (col(CalendarSource.waiting) != "").label("waits"), col(Member.name).label("by"), coming)
        .join(Member, col(Member.id) == col(CalendarSource.member_id))
        .where(col(CalendarSource.site_id) == actor.site_id, col(CalendarSource.removed_at).is_(None))
        .order_by(col(CalendarSource.created_at).desc(), col(CalendarSource.id).desc())
        .limit(MOST)
    )
    return tuple(_cards(actor, session.execute(statement)))


SHOWN = ("id", "name", "address", "problem", "taken_at", "fetched_at", "member_id")


def _cards(actor: Actor, rows: Iterable[Any]) -> Iterable[SourceCard]:
    for row in rows:
        is_own = row.member_id == actor.member_id
        yield SourceCard(
            id=row.id,
            name=row.name,
            host=host_of(row.address),
            by=row.by,
            coming=row[-1],
            fetched_at=row.fetched_at,
            problem=problem_words(row.problem, actor),
            is_taken=row.taken_at is not None,
            is_working=bool(row.waits) and row.taken_at is not None,
            can_change=is_own or actor.may(Section.SCHEDULE, Right.MANAGE),
        )


def host_of(address: str) -> str:
    """Where it is fetched; the rest of the address may open it to anyone."""
    return urlsplit(address).hostname or ""


def problem_words(problem: Any, actor: Actor) -> str:
    return translate(actor.language, problem[0], **problem[1]) if problem else ""
