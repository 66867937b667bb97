"""Tell members something: who is told, by which channels and when, as rows of the change's own transaction.

The courier sends what stands here. Telling fifty takes as many statements as telling one.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.db import after_commit
from careapp.models import Channel, Delivery, Kind, Notice, Site
from careapp.notify import bell
from careapp.notify.quiet import loud_at
from careapp.notify.readers import Reader, readers_of
from careapp.notify.words import Action, Words, stored

__all__ = ["Action", "Telling", "Words", "in_quiet_hours", "page_of", "reword", "take_back", "take_back_from", "tell"]

TWO_DAYS = timedelta(days=2)
# What nobody sleeps through: what calls for help, and what someone has just asked to be sent.
ALWAYS_LOUD = (Kind.SOS, Kind.TEST)


@dataclass(frozen=True)
class Telling:
    """One thing to tell. `path` is the page it opens. What has the same `tag` takes its place on a screen. After
    `expires` it is no longer sent. `channels` narrows what each reader has chosen; None leaves it to them."""

    kind: Kind
    words: Words
    path: str
    tag: str
    actions: tuple[Action, ...] = ()
    expires: timedelta = TWO_DAYS
    alert_id: str = ""
    channels: tuple[Channel, ...] | None = None


def tell(session: Session, site: Site | str, member_ids: Sequence[str], telling: Telling) -> list[Notice]:
    """Have these members of a site told, as each of them chose. Returns the notice of each who is.

    Who has left hears nothing. An SOS passes mute and quiet hours, and has a notice even where nothing can carry it, so
    that it shows whom it did not reach. Everything else says nothing to who has muted the site, and waits for the end
    of quiet hours.
    """
    if not member_ids:
        return []
    session.flush()
    site_id = site if isinstance(site, str) else site.id
    told: list[tuple[Notice, list[Delivery]]] = []
    for reader in readers_of(session, site_id, member_ids, telling.kind):
        if reader.is_muted and telling.kind != Kind.SOS:
            continue
        notice = _notice(site_id, reader, telling)
        deliveries = list(_deliveries(notice, reader, telling))
        if deliveries or telling.kind == Kind.SOS:
            told.append((notice, deliveries))
    _store(session, told)
    return [notice for notice, _ in told]


def in_quiet_hours(session: Session, site_id: str, member_ids: Collection[str], kind: Kind) -> set[str]:
    """Those of the members for whom this would wait for the end of their quiet hours."""
    readers = readers_of(session, site_id, member_ids, kind)
    return {reader.member_id for reader in readers if _run_at(reader, kind) > now()}


def take_back(session: Session, site_id: str, about_id: str, but: Collection[str] = ()) -> None:
    """Tell no more of what this id names, and keep nothing of what was told: of those who were, all but these members.
    What is an SOS stays."""
    told = col(Notice.site_id) == site_id, col(Notice.kind) != Kind.SOS, col(Notice.path).contains(about_id)
    session.execute(delete(Notice).where(*told, col(Notice.member_id).not_in(but)))


def take_back_from(session: Session, member_id: str) -> None:
    """What was told to a member, as what they were before, and what of it is still on its way. What is an SOS stays."""
    session.execute(delete(Notice).where(col(Notice.member_id) == member_id, col(Notice.kind) != Kind.SOS))


def reword(session: Session, site_id: str, about_id: str, more_body: str) -> None:
    """What this id names reads otherwise now: what is still to be told says so, and the old words are not kept."""
    told = select(Notice).where(col(Notice.site_id) == site_id, col(Notice.path).endswith(about_id))
    for notice in session.scalars(told):
        notice.words = {**notice.words, "more_body": [more_body, {}]}


def page_of(path: str, site: Site, **params: str) -> str:
    """The address of a page of the site, as a notice opens it."""
    return f"{path}?{urlencode({'site': site.address, **params})}"


def _notice(site_id: str, reader: Reader, telling: Telling) -> Notice:
    moment = now()
    return Notice(
        site_id=site_id,
        account_id=reader.account_id,
        member_id=reader.member_id,
        alert_id=telling.alert_id or None,
        kind=telling.kind,
        words=stored(telling.words, telling.actions, is_urgent=telling.kind in ALWAYS_LOUD),
        path=telling.path,
        tag=telling.tag,
        created_at=moment,
        expires_at=moment + telling.expires,
    )


def _deliveries(notice: Notice, reader: Reader, telling: Telling) -> Iterator[Delivery]:
    run_at = _run_at(reader, telling.kind)
    for channel in telling.channels or tuple(Channel):
        if channel not in reader.channels:
            continue
        for device_id in reader.device_ids if channel is Channel.PUSH else (None,):
            yield Delivery(
                notice_id=notice.id,
                device_id=device_id,
                channel=channel,
                is_urgent=telling.kind in ALWAYS_LOUD,
                run_at=run_at,
            )


def _run_at(reader: Reader, kind: Kind) -> datetime:
    if kind in ALWAYS_LOUD:
        return now()
    return loud_at(now(), reader.quiet_from, reader.quiet_until, reader.time_zone)


def _store(session: Session, told: list[tuple[Notice, list[Delivery]]]) -> None:
    if not told:
        return
    session.execute(insert(Notice), [notice.model_dump() for notice, _ in told])
    deliveries = [delivery.model_dump() for _, each in told for delivery in each]
    if deliveries:
        session.execute(insert(Delivery), deliveries)
        after_commit(session, bell.ring)
