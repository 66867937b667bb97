"""Guest links as those see to them who look after a request: make one, take it back."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_guest_link, access_help_request
from careapp.clock import now
from careapp.errors import Conflict
from careapp.guests.commands import MakeGuestLink, OneGuestLink
from careapp.models import GuestLink
from careapp.notify.announce import announce
from careapp.operation import operation

MOST_OPEN = 10


@dataclass(frozen=True)
class GuestLinkMade:
    """Neither address nor PIN is here but in `guests.guests`: answers are stored, and secrets are not."""

    link_id: str


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="made a link for guests")
def make_guest_link(session: Session, actor: Actor, command: MakeGuestLink) -> GuestLinkMade:
    """Make a link by which people without an account, who know its PIN too, each take one slot of this request or
    write once. For whose request it is, and who manages the schedule."""
    request = access_help_request(session, actor, command.request_id, Right.WRITE)
    if request.closed_at:
        raise Conflict("This request is closed. Please ask anew.")
    running = select(func.count()).where(
        col(GuestLink.request_id) == request.id, col(GuestLink.revoked_at).is_(None), col(GuestLink.expires_at) > now()
    )
    if session.execute(running).scalar_one() >= MOST_OPEN:
        raise Conflict("Many links of this request are open. Please take some back first.")
    link = GuestLink(
        site_id=actor.site_id,
        request_id=request.id,
        created_by_id=actor.member_id,
        expires_at=now() + timedelta(days=command.days),
    )
    session.add(link)
    announce(session, actor, request.id)
    return GuestLinkMade(link.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="took back a link for guests")
def revoke_guest_link(session: Session, actor: Actor, command: OneGuestLink) -> None:
    """From now on it leads nowhere, for guests who came by it too; what they have taken on stays theirs. Safe to
    repeat."""
    link = access_guest_link(session, actor, command.link_id)
    link.revoked_at = link.revoked_at or now()
    announce(session, actor, link.request_id)
