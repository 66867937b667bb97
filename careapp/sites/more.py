"""What the "More" page shows: ways to everything that is not a place of its own."""

from dataclasses import dataclass, field

from sqlmodel import Session

from careapp.access import Actor, Who
from careapp.operation import Params, query
from careapp.sites.frame import Frame, frame


@dataclass(frozen=True)
class MoreView:
    frame: Frame = field(default_factory=Frame)


@query(who=Who.GUEST)
def more(session: Session, actor: Actor, params: Params) -> MoreView:
    return MoreView(frame(session, actor))
