"""Help that is offered unasked, and what the family makes of it."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_offer
from careapp.clock import now
from careapp.errors import Conflict
from careapp.helping.asking import Asked
from careapp.helping.commands import AcceptOffer, OfferHelp, OneOffer
from careapp.helping.reminding import remind_of
from careapp.helping.taking import take
from careapp.helping.telling import tell_of_acceptance, tell_of_offer
from careapp.helping.times import rule_of, slots_for
from careapp.models import HelpOffer, HelpRequest, Member
from careapp.notify.announce import announce
from careapp.operation import operation


@dataclass(frozen=True)
class Offered:
    id: str


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="offered help")
def offer_help(session: Session, actor: Actor, command: OfferHelp) -> Offered:
    """Offer something that nobody has asked for. Those who look after the schedule are told."""
    if session.get(HelpOffer, command.id):
        raise Conflict("This has already arrived.")
    more = command.model_dump()
    offer = HelpOffer(site_id=actor.site_id, member_id=actor.member_id, **more)
    session.add(offer)
    session.flush()
    tell_of_offer(session, actor, offer)
    announce(session, actor, offer.id)
    return Offered(offer.id)


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="accepted an offer of help")
def accept_offer(session: Session, actor: Actor, command: AcceptOffer) -> Asked:
    """Make a request of it. Where that has one time, or whenever it suits, it is in the hands of who offered at once;
    they are told, and can let it go. Two who accept make one request."""
    offer = access_offer(session, actor, command.offer_id)
    if session.get(HelpRequest, command.id):
        raise Conflict("This has already arrived.")
    request = HelpRequest(
        id=command.id,
        site_id=actor.site_id,
        author_id=actor.member_id,
        kind=offer.kind,
        title="",
        words=offer.words,
        zone=command.zone or actor.time_zone or "UTC",
        rule=rule_of(command.repeat),
    )
    slots = list(slots_for(request, command))
    session.add(request)
    session.flush()
    _settle(session, offer, request.id)
    session.add_all(slots)
    session.flush()
    if len(slots) == 1 and _is_here(session, offer):
        take(session, slots[0], offer.member_id)
        remind_of(session, slots[0], offer.member_id)
    tell_of_acceptance(session, actor, request, slots[0], offer.member_id)
    announce(session, actor, request.id)
    return Asked(request.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="closed an offer of help")
def close_offer(session: Session, actor: Actor, command: OneOffer) -> None:
    """Take it off the list, as who offered it or as who manages the schedule. Safe to repeat."""
    offer = access_offer(session, actor, command.offer_id, Right.WRITE)
    offer.closed_at = offer.closed_at or now()
    announce(session, actor, offer.id)


def _settle(session: Session, offer: HelpOffer, request_id: str) -> None:
    """One UPDATE decides: nobody accepts what is accepted or closed."""
    free = update(HelpOffer).where(
        col(HelpOffer.id) == offer.id, col(HelpOffer.request_id).is_(None), col(HelpOffer.closed_at).is_(None)
    )
    if session.execute(free.values(request_id=request_id)).rowcount == 0:  # type: ignore[attr-defined]
        raise Conflict("Someone has answered this offer in the meantime.")
    session.refresh(offer)


def _is_here(session: Session, offer: HelpOffer) -> bool:
    return session.get_one(Member, offer.member_id).left_at is None
