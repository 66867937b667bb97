"""What devices say of themselves: that a notice has arrived."""

from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import Session

from careapp.access import Actor, Who
from careapp.clock import now
from careapp.db import concerns
from careapp.errors import NotFound
from careapp.models import Delivery, Device, Kind, Notice
from careapp.notify.announce import stir
from careapp.notify.devices import is_proof
from careapp.operation import Command, Id, operation


class MarkReceived(Command):
    """`proof` came with the delivery: a worker that shows a notice need not be signed in to say so."""

    delivery: Id
    proof: Annotated[str, StringConstraints(max_length=64)]


@operation(says="was reached", who=Who.ANYONE, is_remembered=False, is_at_door=False, is_recorded=False)
def mark_received(session: Session, actor: Actor, command: MarkReceived) -> None:
    """The notice is on the device's screen. Only this, or an answer, counts as reached. Safe to repeat."""
    delivery = session.get(Delivery, command.delivery)
    if delivery is None or not is_proof(command.proof, delivery.id):
        raise NotFound
    notice = session.get_one(Notice, delivery.notice_id)
    concerns(session, notice.site_id)
    is_first = delivery.reached_at is None
    delivery.reached_at = delivery.reached_at or now()
    device = session.get(Device, delivery.device_id) if delivery.device_id else None
    if device:
        device.reached_at, device.problem = now(), ""
    if is_first and notice.kind == Kind.SOS and notice.site_id:
        stir(session, notice.site_id)
