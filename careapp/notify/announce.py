"""What the others should know: rows written in the same transaction as the change itself."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session, col

from careapp.access import Actor
from careapp.db import after_commit, concerns_too
from careapp.live import wake
from careapp.models import AuditEntry, Member, Site
from careapp.operation import Registered


def announce(session: Session, actor: Actor, about: str = "") -> None:
    """Open pages of the actor's site look again, and the audit log counts this as done there by them; `about` is the
    id it names. Whoever acts from outside a site, as by joining it, is given as the actor they have become."""
    session.info["announced"] = (actor, about)
    stir(session, actor.site_id)


def stir(session: Session, site_id: str) -> None:
    """Have open pages of the site look again, in all processes."""
    _count(session, [site_id])


def touch_sites(session: Session, account_id: str) -> None:
    """Have every open page of the account's sites look again, in all processes."""
    _count(session, _sites_of(session, col(Member.account_id) == account_id))


def touch_sites_of_members(session: Session, site_id: str) -> None:
    """The same for everyone who belongs to the site: the pages of their other sites name it, too."""
    members = select(col(Member.account_id)).where(col(Member.site_id) == site_id, col(Member.left_at).is_(None))
    _count(session, _sites_of(session, col(Member.account_id).in_(members)))


def record(session: Session, actor: Actor, registered: Registered) -> None:
    """Write down who did what."""
    actor, about = session.info.pop("announced", (actor, ""))
    if not registered.is_recorded:
        return
    session.add(
        AuditEntry(
            site_id=actor.site_id or None,
            account_id=actor.account_id or None,
            member_id=actor.member_id or None,
            operation=registered.name,
            says=registered.says,
            about_id=about or None,
        )
    )


def _sites_of(session: Session, whose: ColumnElement[bool]) -> list[str]:
    places = select(col(Member.site_id)).where(whose, col(Member.left_at).is_(None))
    return list(session.scalars(places.distinct()))


def _count(session: Session, site_ids: Sequence[str]) -> None:
    concerns_too(session, *site_ids)
    counted = update(Site).where(col(Site.id).in_(site_ids)).values(change_counter=Site.change_counter + 1)
    session.execute(counted)
    for site_id in site_ids:
        after_commit(session, partial(wake, site_id))
