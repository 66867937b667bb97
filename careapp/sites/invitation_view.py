"""Invitations as those see them who hand them out."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.access import Actor, Right, Role, Section, access_invitation
from careapp.clock import now
from careapp.models import Invitation, Member
from careapp.operation import Id, Params, query
from careapp.settings import settings
from careapp.sites.frame import Frame, frame
from careapp.sites.invitations import State, link_of, state_of
from careapp.sites.qr import QrCode, qr_of
from careapp.sites.roles import ROLE_WORDS, require_on_offer, roles_on_offer

MOST_PENDING = 200


@dataclass(frozen=True)
class PendingInvitation:
    """An invitation not yet used. `link` is empty for those who could not have given it."""

    invitation_id: str = ""
    name: str = ""
    email: str = ""
    role_words: str = ""
    by: str = ""
    sent_at: datetime | None = None
    expires_at: datetime | None = None
    is_expired: bool = False
    can_change: bool = False
    link: str = ""


class WhichInvitation(Params):
    invitation: Id


@dataclass(frozen=True)
class InvitationCard:
    """One invitation to hand over: as a link, as a code to scan, or by the phone's own ways of sharing."""

    frame: Frame = field(default_factory=Frame)
    invitation: PendingInvitation = field(default_factory=PendingInvitation)
    qr: QrCode = field(default_factory=QrCode)
    is_open: bool = False
    has_mail: bool = False


@query(section=Section.PEOPLE, right=Right.WRITE)
def invitation_card(session: Session, actor: Actor, params: WhichInvitation) -> InvitationCard:
    """The link and code of an invitation, for those who could have given it: the link lets anyone in as its role."""
    found = access_invitation(session, actor, params.invitation)
    require_on_offer(session, actor, Role(found.role))
    is_open = state_of(found) is State.OPEN
    inviter = session.get_one(Member, found.invited_by_id)
    return InvitationCard(
        frame=frame(session, actor),
        invitation=_pending(found, inviter.name, can_change=True),
        qr=qr_of(link_of(found)) if is_open else QrCode(),
        is_open=is_open,
        has_mail=bool(settings().smtp_url),
    )


def pending_invitations(session: Session, actor: Actor) -> tuple[PendingInvitation, ...]:
    """Those of the site that are not used and not taken back, the newest first."""
    inviter = aliased(Member)
    statement = (
        select(Invitation, col(inviter.name))
        .join(inviter, col(inviter.id) == col(Invitation.invited_by_id))
        .where(col(Invitation.site_id) == actor.site_id)
        .where(col(Invitation.used_at).is_(None), col(Invitation.revoked_at).is_(None))
        .order_by(col(Invitation.sent_at).desc(), col(Invitation.id).desc())
        .limit(MOST_PENDING)
    )
    offered = roles_on_offer(session, actor)
    return tuple(_pending(found, name, found.role in offered) for found, name in session.execute(statement))


def _pending(found: Invitation, inviter: str, can_change: bool) -> PendingInvitation:
    return PendingInvitation(
        invitation_id=found.id,
        name=found.name,
        email=found.email if can_change else "",
        role_words=ROLE_WORDS[Role(found.role)],
        by=inviter,
        sent_at=found.sent_at,
        expires_at=found.expires_at,
        is_expired=found.expires_at <= now(),
        can_change=can_change,
        link=link_of(found) if can_change and state_of(found) is State.OPEN else "",
    )
