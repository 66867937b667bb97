"""The digest: a letter every day or every week with what its reader has missed, at eight in the morning where they are.

Who reads everything in the app gets none, since they have missed nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from careapp.catalogue import plural
from careapp.clock import now
from careapp.models import Account, NoticeSettings
from careapp.notify.mail import Letter, Part, post
from careapp.notify.missed import Missed, missed_by
from careapp.notify.quiet import zone_of
from careapp.notify.stopping import DIGEST, stop_link
from careapp.said import Said, mark
from careapp.settings import settings

AT = time(8)
MONDAY = 0
PERIODS = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}


@dataclass(frozen=True)
class Due:
    """A digest that is to be written: to whom, and since when they have had none."""

    account_id: str
    last_sent_at: datetime | None
    since: datetime


def due_digests(session: Session) -> list[Due]:
    """Those whose hour has come since the last one. An address that nobody has confirmed is not written to; without a
    mail server nobody is, so that the first one after it is set up has everything."""
    if not settings().smtp_url:
        return []
    rows = session.execute(
        select(NoticeSettings, col(Account.time_zone))
        .join(Account, col(Account.id) == col(NoticeSettings.account_id))
        .where(col(NoticeSettings.digest).in_(PERIODS), col(Account.email_confirmed_at).is_not(None))
    )
    return [due for mine, time_zone in rows if (due := _due(mine, time_zone))]


def send_digest(session: Session, due: Due) -> None:
    """Write it, if there is something to say. Safe to repeat, and to be done by two at once."""
    sent_at = col(NoticeSettings.digest_sent_at)
    is_unchanged = sent_at.is_(None) if due.last_sent_at is None else sent_at == due.last_sent_at
    mine = update(NoticeSettings).where(col(NoticeSettings.account_id) == due.account_id, is_unchanged)
    if session.execute(mine.values(digest_sent_at=now())).rowcount == 0:  # type: ignore[attr-defined]
        return
    account = session.get_one(Account, due.account_id)
    says_more = session.get_one(NoticeSettings, due.account_id).says_more
    sites = missed_by(session, account.id, due.since)
    if sites:
        post(session, account.email, account.language, _letter(account, sites, says_more=says_more))


def hour_before(moment: datetime, digest: str, time_zone: str) -> datetime:
    """When a digest was last due: today's or yesterday's hour, or the one of this or last week's Monday."""
    zone = zone_of(time_zone)
    day = moment.astimezone(zone).date()
    if digest == "weekly":
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    at = datetime.combine(day, AT, zone).astimezone(UTC)
    return at if at <= moment else datetime.combine(day - PERIODS[digest], AT, zone).astimezone(UTC)


def _due(mine: NoticeSettings, time_zone: str) -> Due | None:
    hour = hour_before(now(), mine.digest, time_zone)
    if mine.digest_sent_at is not None and mine.digest_sent_at >= hour:
        return None
    return Due(mine.account_id, mine.digest_sent_at, mine.digest_sent_at or hour - PERIODS[mine.digest])


def _letter(account: Account, sites: Sequence[Missed], *, says_more: bool) -> Letter:
    one = Said("What is new: {site}", site=sites[0].name)
    return Letter(
        subject=one if len(sites) == 1 else mark("What is new on your sites"),
        lines=(mark("This is what you have not seen yet."),),
        parts=tuple(_part(account.language, site, says_more=says_more) for site in sites),
        unsubscribe=stop_link(account.id, DIGEST),
    )


def _part(language: str, site: Missed, *, says_more: bool) -> Part:
    return Part(
        site.name,
        (*_figures(language, site), *(site.newest if says_more else ())),
        f"{settings().public_url}/today?site={site.address}",
        mark("Open the site"),
    )


def _figures(language: str, site: Missed) -> list[str]:
    lines = (
        (site.alerts, plural(language, "{n} call for help", "{n} calls for help", site.alerts)),
        (site.updates, plural(language, "{n} new update", "{n} new updates", site.updates)),
        (site.mentions, plural(language, "You were named once", "You were named {n} times", site.mentions)),
        (site.comments, plural(language, "{n} new comment for you", "{n} new comments for you", site.comments)),
        (site.requests, plural(language, "{n} person asks to join", "{n} people ask to join", site.requests)),
    )
    return [words for n, words in lines if n]
