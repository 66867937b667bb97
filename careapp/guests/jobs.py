"""How a guest can be reached is forgotten once nobody needs to reach them; their name stays beside what they did."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, update
from sqlmodel import Session, col

from careapp.clock import now
from careapp.db import unit_of_work
from careapp.jobs import every
from careapp.models import Guest, GuestLink, HelpSlot

KEPT = timedelta(days=30)
DAY = 24 * 60 * 60


@every(DAY, "guests.forget")
def forget(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        forget_contacts(session)


def forget_contacts(session: Session) -> None:
    """Of those whose time was over so long ago, who let go of it then, or who wrote by a link that ran out then."""
    is_old = and_(col(Guest.created_at) < now() - KEPT, col(Guest.contact) != "")
    session.execute(update(Guest).where(is_old, ~_has_time(), ~_may_wait()).values(contact=""))


def _has_time() -> ColumnElement[bool]:
    is_near = and_(
        col(HelpSlot.due_at) > now() - KEPT,
        or_(col(HelpSlot.cancelled_at).is_(None), col(HelpSlot.cancelled_at) > now() - KEPT),
    )
    return exists().where(col(HelpSlot.guest_id) == col(Guest.id), is_near)


def _may_wait() -> ColumnElement[bool]:
    """They wrote, perhaps as late as the link let them, and may wait for an answer."""
    runs = exists().where(col(GuestLink.id) == col(Guest.link_id), col(GuestLink.expires_at) > now() - KEPT)
    return and_(col(Guest.words) != "", runs)
