"""What the calendar tells as time goes by: its jobs done when they are due, and what then stands on whose screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlmodel import Session, col, select

from careapp import clock
from careapp.feeds.taking import Taken, pieces, take_over
from careapp.models import CalendarSource, Job, Kind, Member, Notice
from careapp.notify.words import spoken
from careapp.schedule import reminders, telling, waiting
from careapp.schedule.ics_reading import Calendar
from tests.cast import START

DONE = {waiting.JOB: telling.tell_change, reminders.JOB: reminders.remind}


@contextmanager
def at(session: Session, **more: float) -> Iterator[None]:
    """So long after the start of the story, with all that was due until then done in its order."""
    until = START + timedelta(**more)
    while True:
        session.flush()
        waiting = select(Job).where(col(Job.kind).in_(DONE), Job.state == "waiting", col(Job.run_at) <= until)
        job = session.exec(waiting.order_by(col(Job.run_at), col(Job.id)).limit(1)).first()
        if job is None:
            break
        with clock.freeze(job.run_at):
            job.state = "done"
            DONE[job.kind](session, job.payload)
    with clock.freeze(until):
        yield


def said(session: Session, *kinds: Kind) -> dict[str, list[str]]:
    """By first name what was told, as who allows more on their screen reads it."""
    session.flush()
    rows = session.exec(select(Notice, Member).join(Member).order_by(col(Notice.created_at), col(Notice.id)))
    found: dict[str, list[str]] = {}
    for notice, member in rows:
        words = spoken(notice.words, "en", says_more=True)
        plain = spoken(notice.words, "en").title.partition(": ")[2]
        if notice.kind in (kinds or (Kind.SCHEDULE,)):
            found.setdefault(member.name.split()[0], []).append(f"{plain}: {words.title}: {words.body}")
    return found


def buttons(session: Session, *kinds: Kind) -> dict[str, list[str]]:
    """By first name the keys of the buttons of each notice."""
    rows = session.exec(select(Notice, Member).join(Member).order_by(col(Notice.created_at), col(Notice.id)))
    found: dict[str, list[str]] = {}
    for notice, member in rows:
        keys = " ".join(key for key, *_ in notice.words["actions"])
        if notice.kind in (kinds or (Kind.SCHEDULE,)):
            found.setdefault(member.name.split()[0], []).append(keys)
    return found


def taken_over(session: Session, source: CalendarSource, calendar: Calendar, by: str = "") -> Taken:
    """The schedule says what the calendar says, one piece after the other."""
    taken = Taken()
    for piece in pieces(session, source, calendar):
        taken = take_over(session, source, calendar, piece, taken, by)
    return taken
