"""Slots, swaps and offers as cards: who has what, and what the reader may do about it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from careapp.access import Actor, Right, Section
from careapp.catalogue import spoken_time
from careapp.clock import now
from careapp.gallery.months import zone_of
from careapp.helping.contacts import contact_href
from careapp.helping.kinds import KINDS, title_of
from careapp.helping.taking import NEAR
from careapp.helping.times import clock_words, day_words, is_over, is_whole_day
from careapp.helping.views import HelpDay, OfferCard, SlotCard
from careapp.models import Guest, HelpOffer, HelpRequest, HelpSlot, Member
from careapp.sites.frame import Face, face_of, photo_of

Holder, Author = aliased(Member), aliased(Member)
MAP = "https://www.openstreetmap.org/search?query="


def slot_rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The slots of the actor's site that are not cancelled, each with its request, its holder and their photo, who
    asked, and the guest who has it."""
    return (
        select(HelpSlot, HelpRequest, Holder, photo_of(Holder.photo_media_id), col(Author.name), Guest)
        .join(HelpRequest, col(HelpRequest.id) == col(HelpSlot.request_id))
        .join(Author, col(Author.id) == col(HelpRequest.author_id))
        .outerjoin(Holder, col(Holder.id) == col(HelpSlot.taken_by_id))
        .outerjoin(Guest, col(Guest.id) == col(HelpSlot.guest_id))
        .where(col(HelpSlot.site_id) == actor.site_id, col(HelpSlot.cancelled_at).is_(None))
    )


def in_order(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The next first."""
    return statement.order_by(col(HelpSlot.due_at), col(HelpSlot.id))


def slot_card(actor: Actor, row: Any) -> SlotCard:
    slot, request, holder, photo, author, guest = row
    if holder and holder.left_at and not slot.done_at:
        holder = None  # who has left has let go of it
    is_mine = bool(actor.member_id) and slot.taken_by_id == actor.member_id
    address = request.address if is_mine or sees_address(actor, request) else ""
    contact = guest.contact if guest and tends_request(actor, request) else ""
    return SlotCard(
        id=slot.id,
        request_id=request.id,
        kind=request.kind,
        icon=KINDS[request.kind].icon,
        title=title_of(request),
        author=author,
        day=day_words(slot, actor.language),
        clock=clock_words(slot, actor.language),
        elsewhere=_elsewhere(actor, slot, request),
        address=address,
        map_href=map_of(address),
        holder=face_of(holder.id, holder.name, photo) if holder else _face(guest),
        has_holder=bool(holder or guest),
        is_guest=guest is not None,
        guest_contact=contact,
        guest_href=contact_href(contact) if contact else "",
        is_mine=is_mine,
        is_over=is_over(slot, request.zone),
        is_done=slot.done_at is not None,
        is_thanked=slot.thanked_at is not None,
        thanks=slot.thanks,
        **_may(actor, slot, request, holder, guest),
    )


def _face(guest: Guest | None) -> Face:
    return face_of(guest.id, guest.name, None) if guest else Face()


def _may(
    actor: Actor, slot: HelpSlot, request: HelpRequest, holder: Member | None, guest: Guest | None
) -> dict[str, bool]:
    """As the operations decide."""
    takes_part = bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.TAKE_PART)
    tends = takes_part and tends_request(actor, request)
    is_held, is_mine = holder is not None, slot.taken_by_id == actor.member_id
    is_open = not (is_held or guest or slot.done_at or request.closed_at or is_over(slot, request.zone))
    is_going_on = (is_held or guest is not None) and slot.done_at is None
    is_past = slot.done_at is not None or is_over(slot, request.zone)
    writes = bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.WRITE)
    return {
        "is_open": is_open,
        "can_take": takes_part and is_open,
        "can_release": is_going_on and (tends or (takes_part and is_mine)),
        "needs_why": slot.due_at - now() < NEAR,
        "can_mark_done": is_going_on and (tends or (takes_part and is_mine)) and slot.due_at - now() < 2 * NEAR,
        "can_thank": writes and is_held and not is_mine and slot.thanked_at is None and is_past,
        "can_cancel": tends and slot.done_at is None,
    }


def tends_request(actor: Actor, request: HelpRequest) -> bool:
    """Whether it is theirs to change."""
    is_own = bool(actor.member_id) and request.author_id == actor.member_id
    return actor.may(Section.SCHEDULE, Right.TAKE_PART if is_own else Right.MANAGE)


def sees_address(actor: Actor, request: HelpRequest) -> bool:
    """Where it is hidden, only who changes the request, and whoever takes something of it on."""
    return not request.hides_address or (bool(actor.member_id) and tends_request(actor, request))


def map_of(address: str) -> str:
    return f"{MAP}{quote(address)}" if address else ""


def by_day(slots: Sequence[SlotCard]) -> tuple[HelpDay, ...]:
    """In the order in which they come."""
    days: dict[str, list[SlotCard]] = {}
    for slot in slots:
        days.setdefault(slot.day, []).append(slot)
    return tuple(HelpDay(day, tuple(found)) for day, found in days.items())


def offer_card(actor: Actor, row: Any) -> OfferCard:
    offer, member, photo = row
    is_own = bool(actor.member_id) and offer.member_id == actor.member_id
    return OfferCard(
        id=offer.id,
        icon=KINDS[offer.kind].icon,
        title=KINDS[offer.kind].title,
        words=offer.words,
        by=face_of(member.id, member.name, photo),
        at=offer.created_at,
        can_accept=bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.WRITE) and not is_own,
        can_close=actor.may(Section.SCHEDULE, Right.TAKE_PART if is_own else Right.MANAGE),
    )


def offer_rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    """What is offered by those who are still here, and neither accepted nor closed."""
    return (
        select(HelpOffer, Member, photo_of(Member.photo_media_id))
        .join(Member, col(Member.id) == col(HelpOffer.member_id))
        .where(col(HelpOffer.site_id) == actor.site_id, col(Member.left_at).is_(None))
        .where(col(HelpOffer.request_id).is_(None), col(HelpOffer.closed_at).is_(None))
    )


def _elsewhere(actor: Actor, slot: HelpSlot, request: HelpRequest) -> str:
    """The clock where the reader is."""
    if not actor.time_zone or slot.starts_at is None or is_whole_day(slot):
        return ""
    here, there = zone_of(actor), ZoneInfo(request.zone)
    if slot.due_at.astimezone(here).utcoffset() == slot.due_at.astimezone(there).utcoffset():
        return ""
    return spoken_time(slot.due_at, "time", actor.language, here.key)
