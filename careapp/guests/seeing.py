"""What a guest sees: before the PIN next to nothing, then one request, and what of it is theirs."""

from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from careapp.access import Actor, Who
from careapp.catalogue import DEFAULT, LANGUAGES
from careapp.clock import now
from careapp.errors import NotFound
from careapp.guests.links import Door, find_door, guest_in
from careapp.guests.views import FreeSlot, GuestView
from careapp.helping.cards import map_of
from careapp.helping.kinds import KINDS, title_of
from careapp.helping.taking import NEAR, is_free
from careapp.helping.times import is_over, time_words
from careapp.models import Guest, HelpSlot
from careapp.operation import Params, query
from careapp.sharing.links import first_name
from careapp.sites.phone import dialable


class WhichDoor(Params):
    """`key` is what the device keeps; `language` that of whoever looks, who has no account here that would say so."""

    link: str = ""
    key: str = ""
    language: str = DEFAULT


@query(who=Who.ANYONE)
def guest(session: Session, actor: Actor, params: WhichDoor) -> GuestView:
    """NotFound in the same words for every link that leads nowhere, whatever the reason. Once a link has run out, or
    its request is closed, only who has taken something on sees that still, on the device where they did."""
    door = find_door(session, params.link)
    if door is None:
        raise NotFound
    guest_id = guest_in(door.link, params.key)
    who = session.get(Guest, guest_id) if guest_id else None
    if not door.is_open and who is None:
        raise NotFound
    if not guest_id:
        return GuestView()
    return _request(session, door, who, params.language if params.language in LANGUAGES else DEFAULT)


def _request(session: Session, door: Door, who: Guest | None, language: str) -> GuestView:
    request = door.request
    slots = _slots(session, door, who.id if who else "")
    mine = next((slot for slot in slots if who and slot.guest_id == who.id), None)
    sees_address = mine is not None and not mine.cancelled_at
    address = request.address if sees_address or not request.hides_address else ""
    free = [slot for slot in slots if slot is not mine and not is_over(slot, request.zone)]
    return GuestView(
        is_let_in=True,
        asker=first_name(door.asker.name),
        kind=KINDS[request.kind].title,
        title=title_of(request),
        words=request.words,
        food=request.food,
        address=address,
        map_href=map_of(address),
        hides_address=bool(request.address) and not address,
        expires_at=door.link.expires_at,
        slots=tuple(FreeSlot(slot.id, time_words(slot, language)) for slot in free) if door.is_open else (),
        written=who.words if who else "",
        **_mine(door, who, mine, language),
    )


def _mine(door: Door, who: Guest | None, mine: HelpSlot | None, language: str) -> dict[str, Any]:
    """Whom to call is for who has taken something on, or written."""
    if who is None or not (mine or who.words):
        return {"name": who.name if who else ""}
    phone = dialable(door.asker.phone)
    call = {"name": who.name, "phone": door.asker.phone, "call_href": f"tel:{phone}" if phone else ""}
    if mine is None:
        return call
    return {
        **call,
        "mine": time_words(mine, language),
        "needs_why": mine.due_at - now() < NEAR,
        "is_cancelled": mine.cancelled_at is not None,
        "is_done": mine.done_at is not None,
    }


def _slots(session: Session, door: Door, guest_id: str) -> list[HelpSlot]:
    """Those that can be taken, and the guest's own."""
    is_open = is_free() & col(HelpSlot.cancelled_at).is_(None) & col(HelpSlot.done_at).is_(None)
    statement = select(HelpSlot).where(
        col(HelpSlot.request_id) == door.request.id, or_(is_open, col(HelpSlot.guest_id) == guest_id)
    )
    return list(session.scalars(statement.order_by(col(HelpSlot.due_at), col(HelpSlot.id))))
