"""Where someone is in the four steps of starting a site; the address of the page says it, so a reload loses nothing."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Role, Who
from careapp.models import Invitation, Member, PersonProfile, Privacy, Site
from careapp.operation import Params, query
from careapp.sites.invitations import link_of
from careapp.sites.qr import QrCode, qr_of

REGISTER, NAME, PRIVACY, SHARE = 1, 2, 3, 4


class StartingParams(Params):
    site: str = ""
    step: str = ""
    invitation: str = ""
    posted: str = ""


@dataclass(frozen=True)
class Starting:
    """`step` counts from 1. `site_id` and the names are those of a site that is begun. On the last step, `link` and
    `qr` are those of the invitation that was just made, and `posted` says that the first update was written."""

    step: int = REGISTER
    site: str = ""
    site_id: str = ""
    site_name: str = ""
    person_name: str = ""
    nickname: str = ""
    called: str = ""
    privacy: str = Privacy.INVITED.value
    posted: str = ""
    invitation: str = ""
    link: str = ""
    has_link: bool = False
    qr: QrCode = field(default_factory=QrCode)


@query(who=Who.ANYONE)
def starting(session: Session, actor: Actor, params: StartingParams) -> Starting:
    """The step the address names, as far as the person may take it: no account, no site; no site, no third step."""
    if not actor.is_signed_in:
        return Starting(REGISTER)
    begun = _begun(session, actor, params.site)
    if begun is None:
        return Starting(NAME)
    site, person = begun
    link = _link(session, site, params.invitation)
    return Starting(
        step=int(params.step) if params.step in (str(NAME), str(SHARE)) else PRIVACY,
        site=site.address,
        site_id=site.id,
        site_name=site.name,
        person_name=person.name,
        nickname=person.called,
        called=person.called or person.name,
        privacy=site.privacy,
        posted=params.posted and "yes",
        invitation=params.invitation if link else "",
        link=link,
        has_link=bool(link),
        qr=qr_of(link) if link else QrCode(),
    )


def _begun(session: Session, actor: Actor, address: str) -> tuple[Site, PersonProfile] | None:
    """The site at this address, when the actor coordinates it."""
    if not address:
        return None
    statement = (
        select(Site, PersonProfile)
        .join(PersonProfile, col(PersonProfile.site_id) == col(Site.id))
        .join(Member, col(Member.site_id) == col(Site.id))
        .where(col(Site.address) == address, col(Site.deleted_at).is_(None))
        .where(col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None))
        .where(col(Member.role) == Role.COORDINATOR)
    )
    row = session.execute(statement).first()
    return (row[0], row[1]) if row else None


def _link(session: Session, site: Site, invitation_id: str) -> str:
    invitation = session.get(Invitation, invitation_id) if invitation_id else None
    return link_of(invitation) if invitation and invitation.site_id == site.id else ""
