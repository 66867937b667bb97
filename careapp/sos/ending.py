"""The end of an SOS: the ladder is climbed no further, and everyone who was told is told that it is over."""

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.models import Alert, Channel, Delivery, Ending, Member, Notice, Responder, Site
from careapp.notify.tell import tell
from careapp.sos import record, words


def stand_down(session: Session, alert: Alert, by: Member, said: str = "") -> None:
    """Someone gives the all-clear."""
    _end(session, alert, Ending.STOOD_DOWN, by.id)
    record.write(session, alert, "stood_down", by.id, text=said)
    clear = words.all_clear(alert, by.name, _address(session, alert), _channels_used(session, alert))
    tell(session, alert.site_id, _told(session, alert, but=by.id), clear)


def expire(session: Session, alert: Alert) -> None:
    """Nobody has given the all-clear."""
    _end(session, alert, Ending.EXPIRED)
    record.write(session, alert, "expired")
    by = session.get_one(Member, alert.raised_by_id)
    over = words.expired(alert, by.name, _address(session, alert), _channels_used(session, alert))
    tell(session, alert.site_id, _told(session, alert), over)


def _end(session: Session, alert: Alert, ending: Ending, by_id: str | None = None) -> None:
    alert.ended_at, alert.ending, alert.ended_by_id, alert.next_step_at = now(), ending, by_id, None
    session.flush()


def _told(session: Session, alert: Alert, but: str = "") -> list[str]:
    """Who was told of it, and whoever raised it."""
    told = select(col(Responder.member_id)).where(
        col(Responder.alert_id) == alert.id, col(Responder.told_at).is_not(None)
    )
    everyone = {*session.execute(told).scalars(), alert.raised_by_id}
    return sorted(everyone - {but})


def _channels_used(session: Session, alert: Alert) -> tuple[Channel, ...]:
    """The ways by which anyone was told of it, and push, which is all that whoever raised it may have."""
    used = select(col(Delivery.channel)).join(Notice, col(Notice.id) == col(Delivery.notice_id)).distinct()
    found = {*session.execute(used.where(col(Notice.alert_id) == alert.id)).scalars(), Channel.PUSH}
    return tuple(channel for channel in Channel if channel in found)


def _address(session: Session, alert: Alert) -> str:
    return session.get_one(Site, alert.site_id).address
