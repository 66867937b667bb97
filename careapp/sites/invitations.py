"""What an invitation is: its link and its state."""

import hmac
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlmodel import Session, col

from careapp.access import Role, actor_of
from careapp.clock import now
from careapp.models import Invitation, Member, Site
from careapp.said import mark
from careapp.secret import id_in, link_secret
from careapp.settings import settings
from careapp.sites.roles import roles_on_offer

VALID = timedelta(days=10)


class State(StrEnum):
    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


STATE_WORDS = {
    State.USED: mark("This invitation has been used. Each one is for one person; please ask for one of your own."),
    State.REVOKED: mark("This invitation was taken back. If that surprises you, please ask whoever sent it."),
    State.EXPIRED: mark("This invitation has run out; invitations last 10 days. Please ask for a new one."),
    State.UNKNOWN: mark(
        "This invitation does not work. Please check that you have the whole link, or ask for a new one."
    ),
}


def secret_of(invitation: Invitation) -> str:
    return link_secret("invitation", invitation.id, invitation.nonce)


def link_of(invitation: Invitation) -> str:
    return f"{settings().public_url}/join?invitation={secret_of(invitation)}"


def find_invitation(session: Session, secret: str) -> tuple[Invitation, Site] | None:
    """The invitation behind a link, whatever its state; None when the link is wrong or the site is gone."""
    statement = (
        select(Invitation, Site)
        .join(Site, col(Site.id) == col(Invitation.site_id))
        .where(col(Invitation.id) == id_in(secret), col(Site.deleted_at).is_(None))
    )
    row = session.execute(statement).first()
    return row if row and hmac.compare_digest(secret_of(row[0]), secret) else None


def state_of(invitation: Invitation) -> State:
    if invitation.used_at:
        return State.USED
    if invitation.revoked_at:
        return State.REVOKED
    return State.EXPIRED if invitation.expires_at <= now() else State.OPEN


def revoke_beyond_rights(session: Session, site_id: str) -> None:
    """Take back what its inviter may give no more, or they could let themselves in again as what they were."""
    pending = session.scalars(
        select(Invitation).where(
            col(Invitation.site_id) == site_id,
            col(Invitation.used_at).is_(None),
            col(Invitation.revoked_at).is_(None),
        )
    ).all()
    for inviter_id in {invitation.invited_by_id for invitation in pending}:
        inviter = actor_of(session, inviter_id)
        may_give = roles_on_offer(session, inviter) if inviter else tuple(Role)
        for invitation in pending:
            if invitation.invited_by_id == inviter_id and Role(invitation.role) not in may_give:
                invitation.revoked_at = now()


def revoke_all_by(session: Session, member: Member) -> None:
    """Take back what a removed member has handed out, or they could let themselves in again."""
    pending = update(Invitation).where(
        col(Invitation.invited_by_id) == member.id,
        col(Invitation.used_at).is_(None),
        col(Invitation.revoked_at).is_(None),
    )
    session.execute(pending.values(revoked_at=now()))
