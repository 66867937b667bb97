"""Who may see and change which request for help, its slots, swaps and guest links, and what is offered unasked."""

from typing import TypeVar

from sqlmodel import Session

from careapp.access.actor import Actor
from careapp.access.roles import Right, Section
from careapp.errors import NotFound
from careapp.models import GuestLink, HelpOffer, HelpRequest, HelpSlot, HelpSwap

Row = TypeVar("Row", HelpRequest, HelpSlot, HelpSwap, HelpOffer, GuestLink)


def access_help_request(session: Session, actor: Actor, request_id: str, right: Right = Right.SEE) -> HelpRequest:
    """A request of the actor's site, closed ones too. WRITE: it is theirs, or they manage the schedule."""
    request = _here(session, actor, HelpRequest, request_id)
    _require(actor, request.author_id, right)
    return request


def access_slot(session: Session, actor: Actor, slot_id: str, right: Right = Right.SEE) -> HelpSlot:
    """A slot of the actor's site. WRITE: its request is theirs, or they manage the schedule; it is held then: nobody
    takes it until the transaction ends."""
    slot = _here(session, actor, HelpSlot, slot_id)
    if right >= Right.WRITE:
        session.refresh(slot, with_for_update=True)
    _require(actor, session.get_one(HelpRequest, slot.request_id).author_id, right)
    return slot


def access_guest_link(session: Session, actor: Actor, link_id: str) -> GuestLink:
    """A guest link of the actor's site, for those whose request it leads to, and who manages the schedule."""
    link = _here(session, actor, GuestLink, link_id)
    _require(actor, session.get_one(HelpRequest, link.request_id).author_id, Right.WRITE)
    return link


def access_swap(session: Session, actor: Actor, swap_id: str) -> HelpSwap:
    """A swap that the actor was asked for; nobody else answers it."""
    swap = _here(session, actor, HelpSwap, swap_id)
    if not actor.member_id or swap.to_id != actor.member_id:
        raise NotFound
    actor.require(Section.SCHEDULE, Right.TAKE_PART)
    return swap


def access_offer(session: Session, actor: Actor, offer_id: str, right: Right = Right.SEE) -> HelpOffer:
    """Something offered unasked on the actor's site. WRITE: it is their own, or they manage the schedule."""
    offer = _here(session, actor, HelpOffer, offer_id)
    _require(actor, offer.member_id, right)
    return offer


def _here(session: Session, actor: Actor, table: type[Row], row_id: str) -> Row:
    row = session.get(table, row_id)
    if row is None or row.site_id != actor.site_id:
        raise NotFound
    return row


def _require(actor: Actor, owner_id: str, right: Right) -> None:
    """What is others' is changed only by who manages the schedule; what is one's own, by TAKE_PART."""
    is_own = bool(actor.member_id) and owner_id == actor.member_id
    if right >= Right.WRITE:
        actor.require(Section.SCHEDULE, Right.TAKE_PART if is_own else Right.MANAGE)
    else:
        actor.require(Section.SCHEDULE, right)
