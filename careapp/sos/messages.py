"""The messages of an alert, as the database holds them, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlmodel import Session, col

from careapp.models import Alert, Channel, Delivery, DeliveryState, Notice
from careapp.sos.words import tag_of

MOST = 2000
UNDER_WAY = (DeliveryState.WAITING, DeliveryState.LEASED)


@dataclass(frozen=True)
class Message:
    """One delivery. `calls` is True for the SOS itself, False for its end."""

    member_id: str
    calls: bool
    channel: str
    state: str
    at: datetime
    sent_at: datetime | None
    reached_at: datetime | None


@dataclass(frozen=True)
class Called:
    """What became of all that called one member: when the first was sent, when one first arrived, and if more come.
    `by_push`: a push service has taken one, or none has been asked yet."""

    sent_at: datetime | None = None
    reached_at: datetime | None = None
    is_under_way: bool = False
    by_push: bool = False


def called(session: Session, alert: Alert) -> Mapping[str, Called]:
    """By member, however many messages there are."""
    is_under_way = case((col(Delivery.state).in_(UNDER_WAY), 1), else_=0)
    by_push = case((and_(col(Delivery.channel) == Channel.PUSH, _is_hopeful()), 1), else_=0)
    statement = (
        select(
            col(Notice.member_id),
            func.min(col(Delivery.sent_at)),
            func.min(col(Delivery.reached_at)),
            func.max(is_under_way),
            func.max(by_push),
        )
        .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
        .where(_is_about(alert), _calls(alert))
        .group_by(col(Notice.member_id))
    )
    return {row[0]: Called(row[1], row[2], bool(row[3]), bool(row[4])) for row in session.execute(statement)}


def messages_about(session: Session, alert: Alert) -> list[Message]:
    """The SOS and its end, to everyone by every channel, in the order in which they were told: the newest of them."""
    statement = (
        select(Notice, Delivery)
        .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
        .where(_is_about(alert))
        .order_by(
            col(Notice.created_at).desc(),
            col(Notice.member_id).desc(),
            col(Delivery.channel).desc(),
            col(Delivery.id).desc(),
        )
        .limit(MOST)
    )
    found = [
        Message(
            member_id=notice.member_id or "",
            calls=alert.ended_at is None or notice.created_at < alert.ended_at,
            channel=delivery.channel,
            state=delivery.state,
            at=notice.created_at,
            sent_at=delivery.sent_at,
            reached_at=delivery.reached_at,
        )
        for notice, delivery in session.execute(statement)
    ]
    return found[::-1]


def _is_hopeful() -> ColumnElement[bool]:
    """Accepted, or not yet tried to the end of the first attempt: what failed may fail for hours."""
    state, attempts = col(Delivery.state), col(Delivery.attempts)
    return or_(
        state == DeliveryState.SENT,
        and_(state == DeliveryState.WAITING, attempts == 0),
        and_(state == DeliveryState.LEASED, attempts <= 1),
    )


def _is_about(alert: Alert) -> ColumnElement[bool]:
    return and_(col(Notice.alert_id) == alert.id, col(Notice.tag) == tag_of(alert))


def _calls(alert: Alert) -> ColumnElement[bool]:
    """What is told at the end, or after it, is the all-clear."""
    return col(Notice.created_at) < alert.ended_at if alert.ended_at else true()
