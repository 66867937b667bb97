"""The update that tells the family of a meeting: one for each meeting, whoever posts it."""

from dataclasses import dataclass
from itertools import count
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, sees_update
from careapp.models import KickOff, Update


@dataclass(frozen=True)
class Post:
    """`id` is its own, or what the next one is to have."""

    id: str = ""
    is_there: bool = False
    can_edit: bool = False


def post_of(session: Session, actor: Actor, meeting: KickOff) -> Post:
    """Where it was taken away, or its reader may not see it, another may be posted."""
    for n in count():
        id_ = str(uuid5(UUID(meeting.id), str(n))) if n else meeting.id
        if session.get(Update, id_) is None:
            return Post(id_)
        posted = session.scalars(select(Update).where(col(Update.id) == id_, sees_update(actor))).first()
        if posted:
            right = Right.TAKE_PART if posted.author_id == actor.member_id else Right.MANAGE
            return Post(id_, is_there=True, can_edit=actor.may(Section.JOURNAL, right))
    raise AssertionError
