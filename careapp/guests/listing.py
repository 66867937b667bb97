"""The guests of one request, for those who look after it: the open links, who came by them, and what they wrote."""

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_help_request
from careapp.clock import now
from careapp.guests.acting import MOST_GUESTS
from careapp.guests.links import address_of, pin_of
from careapp.guests.making import MOST_OPEN
from careapp.guests.views import GuestCard, GuestLinkCard, GuestsView
from careapp.helping.contacts import contact_href
from careapp.helping.kinds import title_of
from careapp.helping.times import time_words
from careapp.models import Guest, GuestLink, HelpRequest, HelpSlot, Member
from careapp.operation import Params, query
from careapp.sites.frame import frame
from careapp.sites.qr import QrCode, qr_of

# The PIN is shown once: to whoever made the link, while they hand it on.
SHOWN = timedelta(minutes=10)


class GuestsOf(Params):
    """`link` is the one that was just made."""

    request: str = ""
    link: str = ""


@query(section=Section.SCHEDULE, right=Right.TAKE_PART)
def guests(session: Session, actor: Actor, params: GuestsOf) -> GuestsView:
    """For whose request it is, and who manages the schedule; NotAllowed for the others."""
    request = access_help_request(session, actor, params.request, Right.WRITE)
    links = _links(session, actor, request, params.link)
    made = next((link for link in links if link.pin), GuestLinkCard())
    return GuestsView(
        frame=frame(session, actor),
        request_id=request.id,
        title=title_of(request),
        is_closed=request.closed_at is not None,
        made=made,
        qr=qr_of(made.address) if made.id else QrCode(),
        links=tuple(link for link in links if link is not made),
        guests=_guests(session, actor, request),
    )


def _links(session: Session, actor: Actor, request: HelpRequest, just_made: str) -> tuple[GuestLinkCard, ...]:
    statement = (
        select(GuestLink, col(Member.name))
        .join(Member, col(Member.id) == col(GuestLink.created_by_id))
        .where(col(GuestLink.request_id) == request.id, col(GuestLink.site_id) == actor.site_id)
        .where(col(GuestLink.revoked_at).is_(None), col(GuestLink.expires_at) > now())
        .order_by(col(GuestLink.created_at).desc(), col(GuestLink.id).desc())
        .limit(MOST_OPEN)
    )
    return tuple(_link(actor, link, name, just_made) for link, name in session.execute(statement))


def _link(actor: Actor, link: GuestLink, maker: str, just_made: str) -> GuestLinkCard:
    is_new = link.id == just_made and link.created_by_id == actor.member_id and link.created_at > now() - SHOWN
    return GuestLinkCard(
        id=link.id,
        by=maker,
        address=address_of(link),
        pin=pin_of(link) if is_new else "",
        made_at=link.created_at,
        expires_at=link.expires_at,
        opened=link.opened,
    )


def _guests(session: Session, actor: Actor, request: HelpRequest) -> tuple[GuestCard, ...]:
    """All there are, the newest first: there are never more than so many."""
    statement = (
        select(Guest, HelpSlot)
        .outerjoin(HelpSlot, col(HelpSlot.guest_id) == col(Guest.id))
        .where(col(Guest.request_id) == request.id, col(Guest.site_id) == actor.site_id)
        .order_by(col(Guest.created_at).desc(), col(Guest.id).desc())
        .limit(MOST_GUESTS)
    )
    return tuple(_guest(guest, slot, actor.language) for guest, slot in session.execute(statement))


def _guest(guest: Guest, slot: HelpSlot | None, language: str) -> GuestCard:
    has_slot = slot is not None and not slot.cancelled_at
    return GuestCard(
        id=guest.id,
        name=guest.name,
        contact=guest.contact,
        contact_href=contact_href(guest.contact) if guest.contact else "",
        at=guest.created_at,
        takes=time_words(slot, language) if slot and has_slot else "",
        is_done=bool(slot and slot.done_at),
        words=guest.words,
        has_let_go=not (has_slot or guest.words),
    )
