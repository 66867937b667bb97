"""The end of an SOS: the ladder is climbed no further, and everyone who knows of it is told that it is over."""

from collections.abc import Callable

from sqlalchemy import or_, select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.jobs import enqueue
from careapp.models import Alert, Channel, Delivery, Ending, Member, Notice, Responder, Site
from careapp.notify.tell import Telling, tell
from careapp.sos import record, words

ELSEWHERE = "sos.elsewhere"


def stand_down(session: Session, alert: Alert, by: Member, said: str = "") -> None:
    """Someone gives the all-clear."""
    _end(session, alert, Ending.STOOD_DOWN, by.id)
    record.write(session, alert, "stood_down", by.id, text=said)
    address = _address(session, alert)
    _tell(session, alert, lambda channels: words.all_clear(alert, by.name, address, channels), but=by.id)


def expire(session: Session, alert: Alert) -> None:
    """Nobody has given the all-clear."""
    _end(session, alert, Ending.EXPIRED)
    record.write(session, alert, "expired")
    by, address = session.get_one(Member, alert.raised_by_id), _address(session, alert)
    _tell(session, alert, lambda channels: words.expired(alert, by.name, address, channels))


def _end(session: Session, alert: Alert, ending: Ending, by_id: str | None = None) -> None:
    alert.ended_at, alert.ending, alert.ended_by_id, alert.next_step_at = now(), ending, by_id, None
    session.flush()
    show_elsewhere(session, alert)


def show_elsewhere(session: Session, alert: Alert) -> None:
    """Pages of other sites say that one is open here. Each looks again in a transaction of its own: what has begun here
    holds up no other site."""
    if not alert.is_drill:
        enqueue(session, ELSEWHERE, {"site_id": alert.site_id})


def _tell(
    session: Session, alert: Alert, telling: Callable[[tuple[Channel, ...]], Telling], but: str | None = None
) -> None:
    """Who was told of it, and whoever raised it, by the ways that were used. Who has seen or answered it on an open
    page may be on the way, and is told by every way there is."""
    told, others = _told(session, alert), _who_saw(session, alert)
    for everyone, channels in ((told, _channels_used(session, alert)), (others, tuple(Channel))):
        tell(session, alert.site_id, sorted(everyone - {but}), telling(channels))


def _told(session: Session, alert: Alert) -> set[str]:
    rows = select(col(Responder.member_id)).where(col(Responder.alert_id) == alert.id)
    return {*session.execute(rows.where(col(Responder.told_at).is_not(None))).scalars(), alert.raised_by_id}


def _who_saw(session: Session, alert: Alert) -> set[str]:
    """Those who know of it, although no message told them."""
    rows = select(col(Responder.member_id)).where(
        col(Responder.alert_id) == alert.id,
        col(Responder.told_at).is_(None),
        or_(col(Responder.seen_at).is_not(None), col(Responder.answer) != ""),
    )
    return set(session.execute(rows).scalars())


def _channels_used(session: Session, alert: Alert) -> tuple[Channel, ...]:
    """The ways by which anyone was told of it, and push, which is all that whoever raised it may have."""
    used = select(col(Delivery.channel)).join(Notice, col(Notice.id) == col(Delivery.notice_id)).distinct()
    found = {*session.execute(used.where(col(Notice.alert_id) == alert.id)).scalars(), Channel.PUSH}
    return tuple(channel for channel in Channel if channel in found)


def _address(session: Session, alert: Alert) -> str:
    return session.get_one(Site, alert.site_id).address
