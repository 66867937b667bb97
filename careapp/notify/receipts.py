"""What devices say of themselves: that a notice has arrived."""

from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import Session

from careapp.access import Actor, Who, is_seen_again
from careapp.clock import now
from careapp.db import concerns
from careapp.errors import NotFound
from careapp.models import Delivery, Device, Kind, Notice, SignIn
from careapp.notify.announce import stir
from careapp.notify.devices import is_proof
from careapp.operation import Command, Id, operation


class MarkReceived(Command):
    """`proof` came with the delivery: a worker that shows a notice need not be signed in to say so."""

    delivery: Id
    proof: Annotated[str, StringConstraints(max_length=64)]


@operation(says="was reached", who=Who.ANYONE, is_remembered=False, is_at_door=False, is_recorded=False)
def mark_received(session: Session, actor: Actor, command: MarkReceived) -> None:
    """The notice is on the device's screen. Only this, or an answer, counts as reached. Safe to repeat.

    It keeps the session alive that it came with: who only reads notices must not be signed out by idleness just when
    an SOS wants an answer. The proof alone, which anyone may hold who sees the message, keeps none alive, and a session
    that has ended or run out stays so.
    """
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
    sign_in = session.get(SignIn, actor.sign_in_id) if actor.sign_in_id else None
    if sign_in and is_seen_again(sign_in):
        sign_in.seen_at = now()
