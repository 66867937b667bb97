"""The messages of an alert, as the database holds them, and what became of each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.models import Alert, Delivery, DeliveryState, Notice
from careapp.sos.words import tag_of

MOST = 2000
UNDER_WAY = (DeliveryState.WAITING, DeliveryState.LEASED)


@dataclass(frozen=True)
class Message:
    """One delivery. `calls` is True for the SOS itself, False for its all-clear."""

    member_id: str
    calls: bool
    channel: str
    state: str
    at: datetime
    sent_at: datetime | None
    reached_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


def messages_about(session: Session, alert: Alert) -> list[Message]:
    """The SOS and its all-clear, to everyone by every channel, in the order in which they were told."""
    statement = (
        select(Notice, Delivery)
        .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
        .where(col(Notice.alert_id) == alert.id, col(Notice.tag) == tag_of(alert))
        .order_by(col(Notice.created_at), col(Notice.member_id), col(Delivery.channel), col(Delivery.id))
        .limit(MOST)
    )
    return [
        Message(
            member_id=notice.member_id or "",
            calls=bool(notice.words["actions"]),
            channel=delivery.channel,
            state=delivery.state,
            at=notice.created_at,
            sent_at=delivery.sent_at,
            reached_at=delivery.reached_at,
        )
        for notice, delivery in session.execute(statement)
    ]
