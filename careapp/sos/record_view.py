"""The record of an alert as it is read: what happened line by line, and what became of every message."""

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.models import Alert, AlertEntry, Channel, DeliveryState, Ending, Member
from careapp.notify.choices import CHANNEL_WORDS
from careapp.said import mark
from careapp.sites.frame import face_of, photo_of
from careapp.sos.messages import Message, messages_about
from careapp.sos.record import ENTRY_WORDS
from careapp.sos.views import EntryRow, MessageRow

MOST = 1000
MESSAGE_WORDS = {
    "reached": mark("Arrived"),
    DeliveryState.SENT: mark("Sent, not known to have arrived"),
    DeliveryState.WAITING: mark("On its way"),
    DeliveryState.LEASED: mark("On its way"),
    DeliveryState.FAILED: mark("Could not be sent"),
    DeliveryState.DROPPED: mark("Not sent, as it was no longer needed"),
}

END_WORDS = {Ending.STOOD_DOWN: mark("all-clear"), Ending.EXPIRED: mark("the end")}


def entries_of(session: Session, alert: Alert) -> tuple[EntryRow, ...]:
    """From first to last."""
    statement = (
        select(AlertEntry, Member, photo_of(Member.photo_media_id))
        .outerjoin(Member, col(Member.id) == col(AlertEntry.member_id))
        .where(col(AlertEntry.alert_id) == alert.id)
        .order_by(col(AlertEntry.at), col(AlertEntry.id))
        .limit(MOST)
    )
    return tuple(_entry(entry, member, photo_id) for entry, member, photo_id in session.execute(statement))


def messages_of(session: Session, alert: Alert) -> tuple[MessageRow, ...]:
    """Who was told, when, by which channel, and what happened to it."""
    found = messages_about(session, alert)
    rows = select(col(Member.id), col(Member.name)).where(col(Member.id).in_({each.member_id for each in found}))
    names = {row.id: row.name for row in session.execute(rows)}
    return tuple(_message(alert, each, names.get(each.member_id, "")) for each in found)


def _entry(entry: AlertEntry, member: Member | None, photo_id: str | None) -> EntryRow:
    detail = entry.detail or {}
    return EntryRow(
        id=entry.id,
        what=entry.what,
        words=ENTRY_WORDS[entry.what],
        at=entry.at,
        face=face_of(member.id, member.name, photo_id) if member else EntryRow().face,
        name=member.name if member else "",
        n=detail.get("n", 0),
        minutes=detail.get("minutes") or 0,
        text=detail.get("text", ""),
    )


def _message(alert: Alert, each: Message, name: str) -> MessageRow:
    state = "reached" if each.reached_at else each.state
    return MessageRow(
        name=name,
        channel=each.channel,
        channel_words=CHANNEL_WORDS[Channel(each.channel)],
        end_words="" if each.calls else END_WORDS[Ending(alert.ending)],
        at=each.at,
        sent_at=each.sent_at,
        reached_at=each.reached_at,
        state=state,
        state_words=MESSAGE_WORDS[state],
    )
