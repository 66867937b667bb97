"""A drill that the family held: who heard of it, who came, and what they learned."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import col

from careapp.db import unit_of_work
from careapp.demo.people import IDA, MAYA, ROSE, TOM
from careapp.models import Delivery, DeliveryState, Device, Notice

# Minutes after it was raised, who, and what they did.
STORY: tuple[tuple[float, str, str, dict[str, Any]], ...] = (
    (0, MAYA, "raise_alert", {"kind": "fall", "words": "Who hears this, and how fast?", "is_drill": True}),
    (0.5, TOM, "mark_alert_seen", {}),
    (1, TOM, "answer_alert", {"answer": "on_my_way", "minutes": 10}),
    (3, ROSE, "answer_alert", {"answer": "can_call"}),
    (12, MAYA, "stand_down", {"words": "Tom stood at the door after eleven minutes. Thank you."}),
    (95, IDA, "add_alert_note", {"words": "I heard nothing of it. Notifications are on now, loud, next to the radio."}),
)

# Whose phones hear it, for as long as it lasts: nothing else is to be sent to an address that is nobody's.
HEARD, PHONE = (TOM, ROSE), "https://phone.demo.invalid/"


def events(
    began: datetime, alert_id: str, ask: Callable[..., object]
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """What happened, and when. `ask` has someone do something."""
    for who in HEARD:
        phone = {"endpoint": f"{PHONE}{who}", "p256dh": "A" * 87, "auth": "A" * 22}
        yield began - timedelta(seconds=1), partial(ask, who, "notify.register_device", alert_id, **phone)
    for minutes, who, operation, said in STORY:
        command = {"alert_id": alert_id, **said}
        yield began + timedelta(minutes=minutes), partial(ask, who, f"sos.{operation}", alert_id, **command)
    yield began + timedelta(minutes=13), _switch_off


def _switch_off() -> None:
    with unit_of_work() as session:
        session.execute(delete(Device).where(col(Device.endpoint).startswith(PHONE)))


def say_sent(alert_id: str) -> None:
    """What was told then has arrived long ago, and is not sent to anyone now."""
    told = select(col(Notice.id)).where(col(Notice.alert_id) == alert_id)
    arrived = {"state": DeliveryState.SENT, "sent_at": Delivery.run_at, "ended_at": Delivery.run_at}
    with unit_of_work() as session:
        session.execute(update(Delivery).where(col(Delivery.notice_id).in_(told)).values(arrived))
