"""A member's calendar of the site, as it is at this moment, for whoever holds its address."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from careapp.access import Actor, Right, Section, Who, actor_of
from careapp.catalogue import translate
from careapp.clock import now
from careapp.errors import NotFound
from careapp.feeds.addresses import find_feed
from careapp.feeds.content import Part, Schedule, everything, own, schedule_of
from careapp.feeds.help import help_items
from careapp.feeds.words import address_in_app, words_of
from careapp.models import Appointment, CalendarFeed, Site
from careapp.operation import Params, query
from careapp.said import mark
from careapp.schedule.ics import Item, written
from careapp.schedule.leads import USUAL, moments_before

NOTED_EVERY = timedelta(hours=1)
BUSY = mark("Busy")


class WhichFeed(Params):
    """`known` is the tag of what the reader already has."""

    secret: str = ""
    known: str = ""


@dataclass(frozen=True)
class Feed:
    """`content` is empty when the reader has it already. `is_to_be_noted`: that it was fetched is not yet known."""

    tag: str = ""
    content: str = ""
    is_unchanged: bool = False
    is_to_be_noted: bool = False


@query(who=Who.ANYONE)
def feed(session: Session, actor: Actor, params: WhichFeed) -> Feed:
    """The calendar, by what its member may see now. NotFound in the same words for every address that leads to nothing,
    whether it never did, was taken back, or its member has left."""
    found = find_feed(session, params.secret)
    reader = actor_of(session, found.member_id) if found else None
    if found is None or reader is None or not reader.may(Section.SCHEDULE, Right.SEE):
        raise NotFound
    is_to_be_noted = found.fetched_at is None or found.fetched_at < now() - NOTED_EVERY
    schedule, scope = schedule_of(session, reader), scope_for(reader, found.scope)
    name = session.get_one(Site, reader.site_id).name
    is_chosen = found.scope == "busy" and reader.may(Section.SCHEDULE, Right.WRITE)
    taken = help_items(session, reader, translate(reader.language, BUSY) if is_chosen else "")
    tag = _tag(found, scope, reader, name, schedule, taken)
    if tag == params.known:
        return Feed(tag, is_unchanged=True, is_to_be_noted=is_to_be_noted)
    return Feed(tag, written(name, [*_items(reader, scope, schedule), *taken]).decode(), is_to_be_noted=is_to_be_noted)


def scope_for(reader: Actor, wanted: str) -> str:
    """Who adds nothing to the schedule is only told when somebody is needed elsewhere."""
    return wanted if reader.may(Section.SCHEDULE, Right.WRITE) else "busy"


def _tag(found: CalendarFeed, scope: str, reader: Actor, name: str, schedule: Schedule, taken: list[Item]) -> str:
    """Of all that goes into the calendar. What is over for three months drops out of it by itself."""
    rows = [(row.id, row.version, row.sequence, row.changed_at.isoformat()) for row in schedule.rows]
    helps = [(item.row.id, item.row.sequence, item.row.changed_at.isoformat()) for item in taken]
    mine = sorted(schedule.comes), sorted((about, sorted(leads)) for about, leads in schedule.reminders.items())
    said = (found.id, scope, reader.language, name, rows, schedule.gaps, schedule.names, mine, helps)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _items(reader: Actor, scope: str, schedule: Schedule) -> Iterator[Item]:
    parts = (own if scope == "mine" else everything)(schedule, reader.member_id)
    for part in parts:
        if scope == "busy":
            yield _busy(part, translate(reader.language, BUSY))
        else:
            yield _said(part, reader, schedule)


def _said(part: Part, reader: Actor, schedule: Schedule) -> Item:
    row = part.row
    usual = USUAL if part.is_mine else frozenset[timedelta]()
    return Item(
        row,
        part.series.uid if part.series else _uid(row, row.uid),
        part.series,
        part.gaps,
        words_of(row, schedule.names.get(row.companion_id or "", ""), reader),
        address_in_app(row, reader),
        moments_before(row, schedule.reminders.get(row.series_id or row.id, usual)),
    )


def _busy(part: Part, word: str) -> Item:
    """By ids of our own: what others called it may hold their names."""
    series = part.series
    return Item(part.row, series.id if series else _uid(part.row, part.row.id), series, part.gaps, busy=word)


def _uid(row: Appointment, uid: str) -> str:
    """A time of a series that is shown without it must not be taken for the series."""
    return f"{uid}-{row.recurrence_at:%Y%m%dT%H%M%S}" if row.recurrence_at else uid
