"""The calendar's pages with 10, 1,000 and 10,000 items in a month, half of them of series."""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from bench import family, painting
from bench.places import Place
from bench.tables import Tables
from careapp import db, features
from careapp.clock import now
from careapp.lock import own_data
from careapp.models import Account, Appointment, Member, Site
from careapp.schedule.recurrence import span

SIZES = (10, 1000, 10_000)
PAGES = {"agenda": "/calendar", "week": "/calendar-week", "month": "/calendar-month"}
KINDS = ("doctor", "therapy", "test", "visit", "home_care")
DAYS = 28
ZONE = "America/New_York"


def measure(runs: int) -> Tables:
    fill()
    every = tuple(
        Place(f"{name}-{many}", f"{path}?site={_address(many)}&begins={_first()}", "h1", "maya")
        for name, path in PAGES.items()
        for many in SIZES
    )
    return painting.measure(runs, every)


def fill() -> None:
    """Add a site of each size to the measured installation, which nobody may be serving."""
    features.load()
    with own_data():
        with db.unit_of_work() as session:
            for many in SIZES:
                _site(session, many)
        db.dispose()


def _address(many: int) -> str:
    return f"planned-{many}"


def _first() -> date:
    return now().date().replace(day=1)


def _site(session: Session, many: int) -> None:
    accounts = session.exec(select(Account).where(col(Account.email).in_(map(family.email, family.PEOPLE))))
    family.add_site(session, _address(many), {one.name.lower(): one.id for one in accounts}, 0)
    site = session.exec(select(Site).where(Site.address == _address(many))).one()
    members = session.exec(select(Member.id).where(Member.site_id == site.id)).all()
    begins = datetime.combine(_first(), time(6))
    series = many // 2 // DAYS
    single = many - series * DAYS
    for n in range(series):
        session.add(_row(site.id, members, n, begins + timedelta(minutes=5 * (n % 120)), f"FREQ=DAILY;COUNT={DAYS}"))
    for n in range(single):
        session.add(_row(site.id, members, n, begins + n * timedelta(days=DAYS) / single, ""))


def _row(site_id: str, members: list[str], n: int, at: datetime, rule: str) -> Appointment:
    at = at.replace(second=0, microsecond=0)
    row = Appointment(
        site_id=site_id, author_id=members[0], companion_id=[*members, None][n % 5], uid=f"{n} {rule}",
        kind=KINDS[n % 5], title=f"Visit {n}", place="Lake Road 3", notes="Bring the letters. " * 20, starts_at=at,
        ends_at=at + timedelta(hours=1), zone=ZONE, first_at=at.replace(tzinfo=UTC), rule=rule,
    )  # fmt: skip
    row.first_at, row.last_at = span(row)
    return row
