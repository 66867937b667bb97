"""Inviting: offering a place, sending it again, taking it back, and joining, which alone uses it up."""

from dataclasses import dataclass
from datetime import timedelta

from pydantic import Field
from sqlalchemy import select, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Role, Section, access_invitation
from careapp.accounts.fields import OptionalEmail
from careapp.clock import now
from careapp.errors import Conflict, NotFound, TooMany
from careapp.ids import new_id, new_token
from careapp.limits import Limit, count
from careapp.models import Invitation, Member, PersonProfile
from careapp.notify.announce import announce
from careapp.notify.mail import post
from careapp.operation import Command, Id, operation
from careapp.said import mark
from careapp.sites.fields import MemberRole, OptionalName
from careapp.sites.invitations import STATE_WORDS, VALID, State, find_invitation, link_of, state_of
from careapp.sites.letters import invitation_letter
from careapp.sites.phone import Phone
from careapp.sites.roles import require_on_offer
from careapp.sites.seats import place_of, require_nobody_is_the_person, seat
from careapp.sites.telling import tell_of_arrival

MOST_PENDING = 200
# More than any family writes, and too few to be of use to who wants to write to strangers.
LETTERS = Limit("invitations", 60, timedelta(days=1))
LETTERS_TO_ONE = Limit("invitations_to", 3, timedelta(days=1))
NO_MORE_LETTERS = mark(
    "No more of these can be sent by e-mail today. Please make an invitation without an address and pass on its link."
)


class Invite(Command):
    """`name` is whom it is for, as the inviter calls them. With an e-mail address it is also sent."""

    invitation_id: Id | None = None
    role: MemberRole
    name: OptionalName = ""
    email: OptionalEmail = ""


@dataclass(frozen=True)
class Invited:
    """The link is not here but in `sites.invitation_card`: answers are stored, and secrets are not."""

    invitation_id: str


@operation(section=Section.PEOPLE, right=Right.WRITE, says="invited someone")
def invite(session: Session, actor: Actor, command: Invite) -> Invited:
    """Offer a place, in a role that the actor may give. Safe to repeat with the same `invitation_id`.

    Raises TooMany where no more letters may be sent; without an address there is a link all the same.
    """
    require_on_offer(session, actor, command.role)
    if command.invitation_id and (before := session.get(Invitation, command.invitation_id)):
        return _again(actor, before)
    if command.role is Role.PERSON:
        require_nobody_is_the_person(session, actor.site_id)
    _require_room(session, actor)
    invitation = _invitation(actor, command)
    session.add(invitation)
    _send(session, actor, invitation)
    announce(session, actor, about=invitation.id)
    return Invited(invitation.id)


class ResendInvitation(Command):
    invitation_id: Id


@operation(section=Section.PEOPLE, right=Right.WRITE, says="sent an invitation again")
def resend_invitation(session: Session, actor: Actor, command: ResendInvitation) -> Invited:
    """Ten more days for the same link, and the e-mail again if there is an address. Raises TooMany as `invite` does."""
    invitation = _own_to_give(session, actor, command.invitation_id)
    if state_of(invitation) not in (State.OPEN, State.EXPIRED):
        raise Conflict(STATE_WORDS[state_of(invitation)])
    invitation.sent_at, invitation.expires_at = now(), now() + VALID
    _send(session, actor, invitation)
    announce(session, actor, about=invitation.id)
    return Invited(invitation.id)


class RevokeInvitation(Command):
    invitation_id: Id


@operation(section=Section.PEOPLE, right=Right.WRITE, says="took back an invitation")
def revoke_invitation(session: Session, actor: Actor, command: RevokeInvitation) -> None:
    """Safe to repeat. An invitation that was used stays used."""
    invitation = _own_to_give(session, actor, command.invitation_id)
    if invitation.used_at:
        raise Conflict(STATE_WORDS[State.USED])
    invitation.revoked_at = invitation.revoked_at or now()
    announce(session, actor, about=invitation.id)


class Join(Command):
    """`invitation` is the secret of the link. `name` is how the others shall see the new member."""

    invitation: str = Field(max_length=200)
    name: OptionalName = ""
    relation: OptionalName = ""
    phone: Phone = ""


@dataclass(frozen=True)
class Joined:
    """`was_member`: they belonged already, and the invitation is still good for someone else."""

    site: str
    member_id: str
    was_member: bool = False
    words: str = ""


@operation(says="joined")
def join(session: Session, actor: Actor, command: Join) -> Joined:
    """Take the offered place. Whoever holds the link may, once; of two at once the second is told it was used."""
    found = find_invitation(session, command.invitation)
    if found is None:
        raise NotFound(STATE_WORDS[State.UNKNOWN])
    invitation, site = found
    place = place_of(session, site.id, actor.account_id)
    if place and not place.left_at:
        return Joined(site.address, place.id, True, mark("You already belong here."))
    _require_welcome(invitation, place)
    _use_up(session, invitation)
    joined = seat(session, actor, site, Role(invitation.role), command.name, command.relation)
    _settle_in(session, joined, invitation, command)
    tell_of_arrival(session, actor, site, joined, inviter_id=invitation.invited_by_id)
    announce(session, joined, about=joined.member_id)
    return Joined(site.address, joined.member_id)


def _again(actor: Actor, before: Invitation) -> Invited:
    if before.invited_by_id != actor.member_id:
        raise Conflict
    return Invited(before.id)


def _require_room(session: Session, actor: Actor) -> None:
    pending = select(col(Invitation.id)).where(
        col(Invitation.site_id) == actor.site_id,
        col(Invitation.used_at).is_(None),
        col(Invitation.revoked_at).is_(None),
        col(Invitation.expires_at) > now(),
    )
    if len(session.execute(pending.limit(MOST_PENDING)).all()) >= MOST_PENDING:
        raise Conflict("Many invitations are still waiting. Please take some back first.")


def _invitation(actor: Actor, command: Invite) -> Invitation:
    return Invitation(
        id=command.invitation_id or new_id(),
        site_id=actor.site_id,
        nonce=new_token(),
        role=command.role,
        name=command.name,
        email=command.email,
        invited_by_id=actor.member_id,
        expires_at=now() + VALID,
    )


def _send(session: Session, actor: Actor, invitation: Invitation) -> None:
    if not invitation.email:
        return
    _count_letter(session, actor, invitation.email)
    profile = session.get(PersonProfile, actor.site_id)
    person = profile.called or profile.name if profile else ""
    post(session, invitation.email, actor.language, invitation_letter(actor.name, person, link_of(invitation)))


def _count_letter(session: Session, actor: Actor, to: str) -> None:
    try:
        count(session, LETTERS, "account", actor.account_id)
        count(session, LETTERS, "site", actor.site_id)
        count(session, LETTERS_TO_ONE, to)
    except TooMany as reached:
        raise TooMany(NO_MORE_LETTERS, reached.retry_after) from None


def _own_to_give(session: Session, actor: Actor, invitation_id: str) -> Invitation:
    invitation = access_invitation(session, actor, invitation_id)
    require_on_offer(session, actor, Role(invitation.role))
    return invitation


def _require_welcome(invitation: Invitation, place: Member | None) -> None:
    """Raise Conflict unless the invitation is open, and is younger than the removal of whoever holds it."""
    state = state_of(invitation)
    if place and place.removed_by_id and place.left_at and invitation.created_at <= place.left_at:
        state = State.REVOKED
    if state is not State.OPEN:
        raise Conflict(STATE_WORDS[state])


def _use_up(session: Session, invitation: Invitation) -> None:
    """One conditional change decides between two who press "Join" at once."""
    mine = update(Invitation).where(
        col(Invitation.id) == invitation.id, col(Invitation.used_at).is_(None), col(Invitation.revoked_at).is_(None)
    )
    if session.execute(mine.values(used_at=now())).rowcount == 0:  # type: ignore[attr-defined]
        raise Conflict(STATE_WORDS[State.USED])


def _settle_in(session: Session, joined: Actor, invitation: Invitation, command: Join) -> None:
    invitation.used_by_id = joined.member_id
    member = session.get_one(Member, joined.member_id)
    member.phone = command.phone or member.phone
