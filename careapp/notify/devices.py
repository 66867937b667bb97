"""A member's devices: added, found again after the browser renewed its subscription, tested, taken away."""

import base64
import binascii
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints
from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from careapp.access import Actor, access_device
from careapp.clock import now
from careapp.db import after_commit
from careapp.errors import Invalid, NotFound
from careapp.limits import Limit
from careapp.models import AuditEntry, Channel, Delivery, DeliveryState, Device, Kind, Notice
from careapp.notify import bell
from careapp.notify.announce import stir, touch_sites
from careapp.notify.words import Action, Words, stored
from careapp.operation import Command, Id, Line, name_of, operation
from careapp.said import Said, mark
from careapp.secret import signature

MOST = 20
TEST_LASTS = timedelta(hours=1)
POINT, SECRET = 65, 16
ON_THE_WAY = (DeliveryState.WAITING, DeliveryState.LEASED)


def _endpoint(value: str) -> str:
    """An address on the web. Whether anything may be sent there is decided at each sending."""
    parts = urlsplit(value)
    if parts.scheme not in ("https", "http") or not parts.hostname or not value.isascii():
        raise ValueError(Said("This cannot be used here."))
    return value


def _bytes(length: int) -> AfterValidator:
    """Base64url without padding, as browsers give their keys, of so many bytes."""

    def check(value: str) -> str:
        try:
            raw = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) != length:
            raise ValueError(Said("This cannot be used here."))
        return value.rstrip("=")

    return AfterValidator(check)


class Subscription(Command):
    """What a browser answers when it subscribes (RFC 8030, RFC 8291). `name` is what its owner will know it by.

    `device_id` is the id it was last known under; empty when its owner has just switched it on.
    """

    endpoint: Annotated[str, StringConstraints(max_length=1000), AfterValidator(_endpoint)]
    p256dh: Annotated[str, StringConstraints(max_length=100), _bytes(POINT)]
    auth: Annotated[str, StringConstraints(max_length=40), _bytes(SECRET)]
    name: Annotated[Line, Field(max_length=120)] = ""
    device_id: Annotated[str, StringConstraints(max_length=36)] = ""


@dataclass(frozen=True)
class Registered:
    """A device, by the id it is to remember. `is_removed`: its owner took it away elsewhere, so it was not added."""

    device_id: str
    is_confirmed: bool
    is_removed: bool = False


@operation(says="added a device", is_remembered=False)
def register_device(session: Session, actor: Actor, command: Subscription) -> Registered:
    """Have notices sent to this browser from now on. Safe to repeat, as at every start of the app.

    A browser that someone else used before belongs to who is signed in there now, and starts anew.
    """
    device = _by_endpoint(session, command.endpoint)
    if device and device.account_id != actor.account_id:
        _require_same_keys(device, command)
        forget(session, [device.id])
        device = None
    if device is None and _was_removed(session, actor, command.device_id):
        return Registered("", is_confirmed=False, is_removed=True)
    return _keep(session, actor, device, command)


class Replacement(Subscription):
    """`old_endpoint` is empty where the browser does not say what it had."""

    old_endpoint: Annotated[str, StringConstraints(max_length=1000)] = ""


@operation(says="renewed a device", is_remembered=False)
def replace_device(session: Session, actor: Actor, command: Replacement) -> Registered:
    """The browser was given another subscription: the device stays the same, with what is on its way to it."""
    device = _by_endpoint(session, command.endpoint)
    before = _by_endpoint(session, command.old_endpoint) if command.old_endpoint else None
    if device is None and before and before.account_id == actor.account_id:
        return _keep(session, actor, before, command)
    return register_device(session, actor, command)


class OneDevice(Command):
    device_id: Id


@operation(says="took a device away")
def remove_device(session: Session, actor: Actor, command: OneDevice) -> None:
    """Send nothing there any more; whom an SOS reaches is seen anew. Safe to repeat."""
    forget(session, [access_device(session, actor, command.device_id).id])
    touch_sites(session, actor.account_id)
    session.info["announced"] = (actor, command.device_id)


@dataclass(frozen=True)
class Tested:
    delivery_id: str


@operation(says="tested a device", limit=Limit("test_device", 10, timedelta(minutes=15)))
def test_device(session: Session, actor: Actor, command: OneDevice) -> Tested:
    """Send a notice there that asks to be answered. Only the answer shows that it arrives where someone sees it."""
    device = access_device(session, actor, command.device_id)
    sent = Delivery(notice_id="", device_id=device.id, channel=Channel.PUSH, is_urgent=True)
    notice = _test_notice(actor, sent)
    session.add(notice)
    session.flush()
    sent.notice_id = notice.id
    session.add(sent)
    after_commit(session, bell.ring)
    return Tested(sent.id)


class ConfirmDevice(Command):
    """`delivery` and `proof` are what the test notice carried."""

    delivery: Id
    proof: Annotated[str, StringConstraints(max_length=64)]


@operation(says="confirmed a device")
def confirm_device(session: Session, actor: Actor, command: ConfirmDevice) -> None:
    """Someone has seen the test notice on the device, and said so. Safe to repeat."""
    row = session.execute(
        select(Delivery, Device)
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .join(Device, col(Device.id) == col(Delivery.device_id))
        .where(col(Delivery.id) == command.delivery, col(Notice.kind) == Kind.TEST)
        .where(col(Device.account_id) == actor.account_id, col(Notice.account_id) == actor.account_id)
    ).first()
    if row is None or not is_proof(command.proof, command.delivery):
        raise NotFound
    delivery, device = row
    delivery.reached_at = delivery.reached_at or now()
    device.confirmed_at = device.reached_at = now()
    device.problem = ""


def proof_of(delivery_id: str) -> str:
    """What only the device that was sent this delivery can know."""
    return signature("delivery", delivery_id)[:32]


def is_proof(proof: str, delivery_id: str) -> bool:
    return hmac.compare_digest(proof.encode(), proof_of(delivery_id).encode())


def forget(session: Session, device_ids: Collection[str]) -> None:
    """Take devices away; what was on its way to them is dropped, which the board of an SOS shows, and who is sending it
    just now cannot settle it."""
    mine = col(Delivery.device_id).in_(device_ids), col(Delivery.state).in_(ON_THE_WAY)
    dropped = {"state": DeliveryState.DROPPED, "ended_at": now(), "leased_until": None, "problem": "the device is gone"}
    calls = select(col(Notice.site_id)).join(Delivery, col(Delivery.notice_id) == col(Notice.id)).where(*mine)
    boards = {site_id for site_id in session.scalars(calls.where(col(Notice.alert_id).is_not(None))) if site_id}
    session.execute(update(Delivery).where(*mine).values(**dropped, fence=Delivery.fence + 1))
    for site_id in sorted(boards):
        stir(session, site_id)
    session.execute(delete(Device).where(col(Device.id).in_(device_ids)))


def forget_signed_out(session: Session, sign_in_ids: Collection[str]) -> None:
    """Take away the devices of sign-ins that have ended."""
    found = session.scalars(select(col(Device.id)).where(col(Device.sign_in_id).in_(sign_in_ids))).all()
    if found:
        forget(session, found)


def _by_endpoint(session: Session, endpoint: str) -> Device | None:
    found: Device | None = session.scalars(select(Device).where(col(Device.endpoint) == endpoint)).one_or_none()
    return found


def _was_removed(session: Session, actor: Actor, device_id: str) -> bool:
    """What its owner has taken away does not come back by itself, as what a push service has dropped does."""
    removed = select(col(AuditEntry.id)).where(
        col(AuditEntry.account_id) == actor.account_id,
        col(AuditEntry.operation) == name_of(remove_device),
        col(AuditEntry.about_id) == device_id,
    )
    return bool(device_id) and session.scalars(removed.limit(1)).first() is not None


def _require_same_keys(device: Device, command: Subscription) -> None:
    """Knowing an address is not owning it: only the browser itself has the secret that goes with it."""
    if not hmac.compare_digest(device.auth, command.auth) or device.p256dh != command.p256dh:
        raise Invalid("This device could not be added. Please switch notifications off in the browser and on again.")


def _keep(session: Session, actor: Actor, device: Device | None, command: Subscription) -> Registered:
    is_new = device is None
    device = device or Device(account_id=actor.account_id, sign_in_id="", endpoint="", p256dh="", auth="")
    if is_new or device.endpoint != command.endpoint:
        device.problem = ""
    device.sign_in_id, device.name = actor.sign_in_id, command.name or device.name
    device.endpoint, device.p256dh, device.auth = command.endpoint, command.p256dh, command.auth
    session.add(device)
    session.flush()
    if is_new:
        _let_go(session, actor)
    return Registered(device.id, device.confirmed_at is not None)


def _let_go(session: Session, actor: Actor) -> None:
    """Nobody has more than so many devices: those that were reached longest ago are the ones nobody uses."""
    mine = select(Device).where(col(Device.account_id) == actor.account_id)
    newest_first = sorted(session.scalars(mine), key=lambda each: each.reached_at or each.created_at, reverse=True)
    if len(newest_first) > MOST:
        forget(session, [device.id for device in newest_first[MOST:]])


def _test_notice(actor: Actor, sent: Delivery) -> Notice:
    words = Words(mark("A test from Careapp"), mark("Please tap here, so that we know it reaches you."))
    return Notice(
        account_id=actor.account_id,
        kind=Kind.TEST,
        words=stored(words, (Action("works", mark("It works")),), is_urgent=True),
        path=f"/notifications?confirm={sent.id}&proof={proof_of(sent.id)}",
        tag=f"test-{sent.device_id}",
        expires_at=now() + TEST_LASTS,
    )
