"""What guests do: show that they know the PIN, take one slot, let it go, or write once.

They have no account, and so no right but what their link gives. Whatever it does not lead to is NotFound.
"""

import hmac
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from careapp.access import Actor, Who
from careapp.errors import Conflict, Invalid, NotFound
from careapp.guests.commands import AsGuest, EnterPin, ReleaseAsGuest, TakeAsGuest, WriteAsGuest
from careapp.guests.links import Door, find_door, guest_in, key_of, pin_of
from careapp.helping.taking import let_go, take
from careapp.helping.telling import tell_of_guest_words, tell_of_taking
from careapp.helping.times import is_over
from careapp.ids import new_id
from careapp.models import Guest, HelpSlot
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said

MOST_GUESTS = 100
ONLY_HERE: dict[str, Any] = {"who": Who.ANYONE, "is_remembered": False, "is_at_door": False}


@dataclass(frozen=True)
class LetIn:
    key: str


@operation(says="entered the PIN of a guest link", is_recorded=False, **ONLY_HERE)
def enter_pin(session: Session, actor: Actor, command: EnterPin) -> LetIn:
    """Let a device in that knows the PIN, however it is spaced. Whoever calls this has counted the try."""
    door = find_door(session, command.link)
    if door is None or not door.is_open:
        raise NotFound
    typed = "".join(sign for sign in command.pin if sign.isascii() and sign.isdigit())
    if not hmac.compare_digest(pin_of(door.link), typed):
        raise Invalid(fields={"pin": Said("That is not the PIN. Please look again, or ask whoever sent you the link.")})
    door.link.opened += 1
    return LetIn(key_of(door.link, new_id()))


@operation(says="took on some help as a guest", **ONLY_HERE)
def take_as_guest(session: Session, actor: Actor, command: TakeAsGuest) -> None:
    """Take one open slot, and only one. Nobody else, guest or member, can hold it. Safe to repeat."""
    door, guest_id = _at_open_door(session, command)
    slot = session.get(HelpSlot, command.slot_id)
    if slot is None or slot.request_id != door.request.id:
        raise NotFound
    if slot.guest_id == guest_id:
        return
    guest = _guest(session, door, guest_id, command)
    if guest.words or _holds(session, guest_id):
        raise Conflict("One person takes one time here. Let go of yours first, or call whoever asked.")
    if is_over(slot, door.request.zone) or not take(session, slot, None, guest_id):
        raise Conflict("Someone was quicker. Please choose another time.")
    acting = _acting(actor, door, guest)
    tell_of_taking(session, acting, door.request, slot)
    announce(session, acting, door.request.id)


@operation(says="could not keep what they had taken on as a guest", **ONLY_HERE)
def release_as_guest(session: Session, actor: Actor, command: ReleaseAsGuest) -> None:
    """Let go of what this guest has taken, also after the link has run out; from two hours before only with a word of
    why. Safe to repeat."""
    door, guest_id = _at_door(session, command)
    slot = _slot_of(session, guest_id)
    if slot is None or slot.done_at or slot.cancelled_at:
        return
    let_go(session, _acting(actor, door, session.get_one(Guest, guest_id)), slot, command.why)


@operation(says="wrote as a guest", **ONLY_HERE)
def write_as_guest(session: Session, actor: Actor, command: WriteAsGuest) -> None:
    """Write once, instead of taking a slot, to those who look after the request. Safe to repeat."""
    door, guest_id = _at_open_door(session, command)
    guest = _guest(session, door, guest_id, command)
    if guest.words == command.words:
        return
    if guest.words or _holds(session, guest_id):
        raise Conflict("One person writes once here. Please call whoever asked.")
    guest.words = command.words
    acting = _acting(actor, door, guest)
    tell_of_guest_words(session, acting, door.request, guest)
    announce(session, acting, door.request.id)


def _at_door(session: Session, command: AsGuest) -> tuple[Door, str]:
    """Where the link leads, and who this device is."""
    door = find_door(session, command.link)
    guest_id = guest_in(door.link, command.key) if door else ""
    if door is None or not guest_id:
        raise NotFound
    return door, guest_id


def _at_open_door(session: Session, command: AsGuest) -> tuple[Door, str]:
    door, guest_id = _at_door(session, command)
    if not door.is_open:
        raise NotFound
    return door, guest_id


def _guest(session: Session, door: Door, guest_id: str, command: TakeAsGuest | WriteAsGuest) -> Guest:
    """Who this is, as they say now. Raises Conflict where too many have been here before."""
    guest = session.get(Guest, guest_id)
    if guest is None:
        before = select(func.count()).where(col(Guest.request_id) == door.request.id)
        if session.execute(before).scalar_one() >= MOST_GUESTS:
            raise Conflict("Many have been here already. Please call whoever sent you the link.")
        guest = Guest(
            id=guest_id,
            site_id=door.request.site_id,
            request_id=door.request.id,
            link_id=door.link.id,
            name=command.name,
            contact=command.contact,
        )
        session.add(guest)
    guest.name, guest.contact = command.name, command.contact
    session.flush()
    return guest


def _holds(session: Session, guest_id: str) -> bool:
    """What is no longer needed holds nobody any more."""
    slot = _slot_of(session, guest_id)
    if slot and slot.cancelled_at:
        slot.guest_id = None
        session.flush()
    return slot is not None and not slot.cancelled_at


def _slot_of(session: Session, guest_id: str) -> HelpSlot | None:
    found: HelpSlot | None = session.scalars(select(HelpSlot).where(col(HelpSlot.guest_id) == guest_id)).first()
    return found


def _acting(actor: Actor, door: Door, guest: Guest) -> Actor:
    """A guest by name, on the site of the request, where they have no right at all."""
    return replace(actor, name=guest.name, site_id=door.request.site_id)
