"""Who may see and change which responsibility, and which family meeting."""

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access.actor import Actor
from careapp.access.roles import Right, Section
from careapp.errors import NotFound
from careapp.models import KickOff, Responsibility


def access_responsibility(
    session: Session, actor: Actor, responsibility_id: str, right: Right = Right.SEE
) -> Responsibility:
    """A responsibility of the actor's site, closed ones too. From TAKE_PART on it is held: nobody else changes it until
    the transaction ends, so that two never take on the same."""
    found = select(Responsibility).where(
        col(Responsibility.id) == responsibility_id, col(Responsibility.site_id) == actor.site_id
    )
    is_held = right >= Right.TAKE_PART
    statement = found.with_for_update().execution_options(populate_existing=True) if is_held else found
    responsibility: Responsibility | None = session.execute(statement).scalar_one_or_none()
    if responsibility is None:
        raise NotFound
    actor.require(Section.SCHEDULE, right)
    return responsibility


def access_kick_off(session: Session, actor: Actor, kick_off_id: str, right: Right = Right.SEE) -> KickOff:
    """A family meeting of the actor's site."""
    kick_off = session.get(KickOff, kick_off_id)
    if kick_off is None or kick_off.site_id != actor.site_id:
        raise NotFound
    actor.require(Section.SCHEDULE, right)
    return kick_off
