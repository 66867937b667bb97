"""What became of the parcels, written down: of each, once, by whoever still holds its lease."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from careapp.adapters.webpush import Fate
from careapp.clock import now
from careapp.db import EVERY_SITE, concerns
from careapp.models import Channel, Delivery, DeliveryState, Device
from careapp.notify.announce import stir
from careapp.notify.devices import forget
from careapp.notify.sending import Outcome

log = logging.getLogger(__name__)


def settle(session: Session, outcomes: Sequence[Outcome]) -> None:
    """Store what became of them, of their devices, and have the boards of calls for help look again."""
    if not outcomes:
        return
    concerns(session, *(EVERY_SITE if each.fate is Fate.GONE else each.parcel.row.site_id for each in outcomes))
    moved = _devices_that_moved(session, outcomes)
    _settle_deliveries(session, [_values(outcome, outcome.parcel.row.device_id in moved) for outcome in outcomes])
    pushed = [each for each in outcomes if each.parcel.row.channel == Channel.PUSH and each.parcel.row.device_id]
    _settle_devices(session, [each for each in pushed if each.parcel.row.device_id not in moved])
    for site_id in sorted({each.parcel.row.site_id for each in outcomes if each.parcel.row.alert_id}):
        stir(session, site_id)


def _settle_deliveries(session: Session, values: list[dict[str, Any]]) -> None:
    names = ("state", "problem", "run_at", "sent_at", "ended_at")
    held = update(Delivery).where(col(Delivery.id) == bindparam("delivery"), col(Delivery.fence) == bindparam("held"))
    told = held.values({name: bindparam(f"new_{name}", type_=Delivery.__table__.c[name].type) for name in names})  # type: ignore[attr-defined]
    session.connection().execute(told.values(leased_until=None), values)


def _values(outcome: Outcome, has_moved: bool) -> dict[str, Any]:
    """What was sent to an address that its device has left meanwhile, and that is gone, is sent to the new one."""
    row, state = outcome.parcel.row, outcome.state
    if has_moved:
        state = DeliveryState.WAITING
    is_over = state is not DeliveryState.WAITING
    return {
        "delivery": row.id,
        "held": outcome.parcel.fence,
        "new_state": state,
        "new_problem": outcome.problem[:300],
        "new_run_at": outcome.run_at or now(),
        "new_sent_at": now() if state is DeliveryState.SENT else None,
        "new_ended_at": now() if is_over else None,
    }


def _devices_that_moved(session: Session, outcomes: Iterable[Outcome]) -> set[str]:
    gone = {each.parcel.row.device_id: each.parcel.row.endpoint for each in outcomes if each.fate is Fate.GONE}
    if not gone:
        return set()
    rows = session.execute(select(col(Device.id), col(Device.endpoint)).where(col(Device.id).in_(gone))).all()
    return {row.id for row in rows if row.endpoint != gone[row.id]}


def _settle_devices(session: Session, outcomes: Sequence[Outcome]) -> None:
    """A device that works again loses its problem; one whose service knows it no more is forgotten."""
    accepted = [each.parcel.row.device_id for each in outcomes if each.fate is Fate.ACCEPTED]
    if accepted:
        session.execute(update(Device).where(col(Device.id).in_(accepted)).values(sent_at=now(), problem=""))
    gone = [each.parcel.row.device_id for each in outcomes if each.fate is Fate.GONE]
    if gone:
        forget(session, gone)
    troubled = [each for each in outcomes if each.fate not in (Fate.ACCEPTED, Fate.GONE)]
    for each in troubled:
        mine = update(Device).where(col(Device.id) == each.parcel.row.device_id)
        session.execute(mine.values(problem=each.problem[:300]))
    if any(each.fate is Fate.REFUSED for each in troubled):
        log.error("a push service refuses this installation; careapp doctor says more")
