"""What the page "What to say" asks: who is spoken of, and what its reader may do."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, Who
from careapp.models import PersonProfile
from careapp.operation import Params, query
from careapp.sites.frame import Frame, frame


@dataclass(frozen=True)
class SayView:
    """`carer` is what the point of contact is called, where that is someone else. `has_faith`: the profile says one.

    Which update is answered is not part of it: the page is the same for all, so that it is kept once and opens offline.
    """

    frame: Frame = field(default_factory=Frame)
    carer: str = ""
    has_faith: bool = False


@query(who=Who.GUEST)
def words_to_say(session: Session, actor: Actor, params: Params) -> SayView:
    around = frame(session, actor)
    carer = "" if around.contact.is_me else around.contact.name
    return SayView(around, carer.split(" ")[0], has_faith=_has_faith(session, actor))


def _has_faith(session: Session, actor: Actor) -> bool:
    """Only for those who may read the profile themselves."""
    if not actor.may(Section.PROFILE, Right.SEE):
        return False
    faith = session.execute(
        select(col(PersonProfile.faith)).where(col(PersonProfile.site_id) == actor.site_id)
    ).scalar()
    return bool(faith)
