"""What it costs to write a member's calendar for other programs, at 10 and at 1,000 appointments."""

import time
from datetime import datetime, timedelta

from sqlmodel import Session, select

from bench.painting import _counted
from bench.tables import Rows, Tables, medians
from careapp import db, features
from careapp.access import Actor
from careapp.clock import now
from careapp.feeds.addresses import secret_of
from careapp.feeds.feed import WhichFeed, feed
from careapp.ids import new_token
from careapp.models import Appointment, CalendarFeed, Member, Site
from careapp.schedule.recurrence import span

SIZES = (10, 1000)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo")
TITLE = "A member's calendar, written anew and asked whether it has changed; medians of {runs}"


def measure(runs: int) -> Tables:
    features.load()
    return [(TITLE.format(runs=runs), _rows(runs))]


def _rows(runs: int) -> Rows:
    rows, there = [], 0
    for many in SIZES:
        with db.unit_of_work() as session:
            secret = _fill(session, there, many)
        there = many
        rows.append({"appointments": many, **medians([_once(secret) for _ in range(runs)])})
    return rows


def _once(secret: str) -> dict[str, float | None]:
    with db.reading() as session, _counted() as seen:
        began = time.perf_counter()
        made = feed(session, Actor(), WhichFeed(secret=secret))
        written = time.perf_counter()
        feed(session, Actor(), WhichFeed(secret=secret, known=made.tag))
        asked = time.perf_counter()
    sizes = {"KiB": len(made.content.encode()) / 1024, "statements": len(seen) / 2}
    return {"written ms": (written - began) * 1000, "asked ms": (asked - written) * 1000, **sizes}


def _fill(session: Session, there: int, many: int) -> str:
    """A third repeats by the week. The secret of an address of everything."""
    site = session.exec(select(Site)).first()
    assert site
    coordinator = session.exec(select(Member).where(Member.site_id == site.id, Member.role == "coordinator")).first()
    assert coordinator
    for number in range(there, many):
        at = (now() + timedelta(hours=7 * number)).replace(tzinfo=None, minute=0, second=0, microsecond=0)
        session.add(_appointment(site, coordinator, number, at))
    one = CalendarFeed(site_id=site.id, member_id=coordinator.id, scope="all", nonce=new_token())
    session.add(one)
    return secret_of(one)


def _appointment(site: Site, author: Member, number: int, at: datetime) -> Appointment:
    row = Appointment(
        site_id=site.id, author_id=author.id, companion_id=author.id, uid=f"bench-{number}", kind="doctor",
        title=f"Dr Cole, visit {number}", place="Lake Road 3", notes="Bring the letters. " * 8, starts_at=at,
        ends_at=at + timedelta(hours=1), zone=ZONES[number % 3], first_at=now(),
        rule="" if number % 3 else "FREQ=WEEKLY;COUNT=20",
    )  # fmt: skip
    row.first_at, row.last_at = span(row)
    return row
