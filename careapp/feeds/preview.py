"""What is in a calendar, before it is taken over."""

from datetime import date, timedelta

from babel.dates import format_time
from sqlalchemy import func, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_calendar_source
from careapp.catalogue import spoken_date, translate
from careapp.clock import now
from careapp.feeds.calendars import host_of, problem_words
from careapp.feeds.reading import read_calendar
from careapp.feeds.views import FoundCard, PreviewView, RefusedCard
from careapp.models import Appointment
from careapp.operation import Id, Params, query
from careapp.schedule.ics_event import Entry
from careapp.schedule.ics_lines import Refused
from careapp.schedule.ics_reading import Calendar
from careapp.schedule.recurrence import span
from careapp.schedule.walls import moment
from careapp.sites.frame import frame

SHOWN, MOST_REFUSED = 5, 20


class WhichSource(Params):
    source: Id


@query(section=Section.SCHEDULE, right=Right.WRITE)
def preview(session: Session, actor: Actor, params: WhichSource) -> PreviewView:
    """The first of what is to come in it, how many there are, and what is refused and why."""
    source = access_calendar_source(session, actor, params.source)
    calendar = read_calendar(source.waiting, actor.time_zone) if source.waiting else Calendar()
    return PreviewView(
        frame=frame(session, actor),
        source_id=source.id,
        name=calendar.name or source.name,
        host=host_of(source.address),
        is_looking=source.fetched_at is None,
        is_taken=source.taken_at is not None,
        problem=problem_words(source.problem, actor),
        count=len(calendar.entries),
        known=_known(session, actor, calendar),
        found=tuple(_card(entry, actor) for entry in _first(calendar)),
        refused_count=len(calendar.refused),
        refused=tuple(_refused(each, actor) for each in calendar.refused[:MOST_REFUSED]),
        refused_more=max(0, len(calendar.refused) - MOST_REFUSED),
        is_address=bool(source.address),
    )


def _first(calendar: Calendar) -> list[Entry]:
    """Those that begin next; where all is over, the last."""
    ordered = sorted(
        (entry for entry in calendar.entries if not entry.is_cancelled), key=lambda one: moment(one.starts_at, one.zone)
    )
    ahead = [one for one in ordered if (last := span(one)[1]) is None or last > now()]
    return ahead[:SHOWN] or ordered[-SHOWN:]


def _known(session: Session, actor: Actor, calendar: Calendar) -> int:
    """How many of them are in the schedule already."""
    uids = {entry.uid for entry in calendar.entries}
    if not uids:
        return 0
    here = col(Appointment.site_id) == actor.site_id, col(Appointment.series_id).is_(None)
    there = session.scalars(select(func.distinct(col(Appointment.uid))).where(*here, col(Appointment.uid).in_(uids)))
    return len(there.all())


def _card(entry: Entry, actor: Actor) -> FoundCard:
    return FoundCard(
        title=entry.texts.title,
        when=_when(entry, actor),
        place=" ".join(entry.texts.place.split()),
        repeats=bool(entry.rule),
        key=f"{entry.line}",
    )


def _when(entry: Entry, actor: Actor) -> str:
    day = spoken_date(entry.starts_at.date(), actor.language)
    if entry.is_all_day:
        last = entry.ends_at.date() - timedelta(days=1)
        return day if last <= entry.starts_at.date() else f"{day} – {_day(last, actor)}"
    time = format_time(entry.starts_at, "short", locale=actor.language)
    return f"{day}, {time}{'' if entry.zone == actor.time_zone else f' ({entry.zone})'}"


def _day(on: date, actor: Actor) -> str:
    return spoken_date(on, actor.language)


def _refused(refused: Refused, actor: Actor) -> RefusedCard:
    return RefusedCard(refused.line, translate(actor.language, refused.words))
