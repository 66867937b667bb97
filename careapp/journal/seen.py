"""Who has seen an update. A phone tells what was before its owner's eyes; how many it was, the author and whoever
manages the journal may know. Visitors do not count: they have no name here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Select, String, and_, bindparam, case, func, or_, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, Who, is_meant_for, right_of_member, sees_update
from careapp.clock import now
from careapp.models import Member, Update, UpdateSeen
from careapp.operation import Command, Id, operation
from careapp.sites.frame import Face, face_of, photo_of

MOST_AT_ONCE = 200
MOST_READERS = 300


@dataclass(frozen=True)
class Seen:
    """`is_new`: the reader of the page has not seen it. `of` are those who may see it, without its author; the figures
    are 0 for whom they do not concern."""

    is_new: bool = False
    by: int = 0
    of: int = 0


@dataclass(frozen=True)
class SeenBy:
    """A member who may see the update, and when they have."""

    face: Face = field(default_factory=Face)
    at: datetime | None = None


class MarkUpdatesSeen(Command):
    update_ids: Annotated[tuple[Id, ...], Field(max_length=MOST_AT_ONCE)]


@operation(who=Who.MEMBER, says="saw updates", is_remembered=False, is_recorded=False)
def mark_seen(session: Session, actor: Actor, command: MarkUpdatesSeen) -> None:
    """Keep that these updates were seen, as far as the actor may see them and others wrote them. Safe to repeat; the
    first time counts. Nobody's page changes by it: figures follow when a page is read again."""
    others = select(col(Update.id)).where(
        col(Update.id).in_(command.update_ids),
        sees_update(actor),
        col(Update.published_at).is_not(None),
        col(Update.author_id) != actor.member_id,
    )
    found = [
        {"update_id": update_id, "member_id": actor.member_id, "at": now()}
        for update_id in sorted(session.scalars(others))
    ]
    if found:
        session.execute(insert(UpdateSeen).values(found).on_conflict_do_nothing())


def seen_of(session: Session, actor: Actor, update_ids: Collection[str]) -> Mapping[str, Seen]:
    """By update id, in one statement; nothing for visitors."""
    if not actor.member_id or not update_ids:
        return {}
    asked = {"me": actor.member_id, "update_ids": list(update_ids)}
    counts = session.execute(_counts(actor.may(Section.JOURNAL, Right.MANAGE)), asked)
    return {
        update_id: Seen(is_new=not is_mine and not was_seen, by=by if is_told else 0, of=of if is_told else 0)
        for update_id, is_mine, is_told, was_seen, by, of in counts
    }


def seen_by(session: Session, actor: Actor, update: Update) -> tuple[SeenBy, ...]:
    """Everyone who may see the update but its author, those first who have, for whom it concerns."""
    if update.published_at is None or not _is_told(actor, update.author_id):
        return ()
    statement = (
        select(Member, photo_of(Member.photo_media_id), col(UpdateSeen.at))
        .select_from(Member)
        .join(Update, _may_see())
        .outerjoin(UpdateSeen, _their_own())
        .where(col(Update.id) == update.id)
        .order_by(col(UpdateSeen.at).is_(None), col(UpdateSeen.at), col(Member.name), col(Member.id))
        .limit(MOST_READERS)
    )
    return tuple(SeenBy(face_of(member.id, member.name, photo), at) for member, photo, at in session.execute(statement))


def _is_told(actor: Actor, author_id: str) -> bool:
    return actor.may(Section.JOURNAL, Right.MANAGE) or (bool(actor.member_id) and author_id == actor.member_id)


@cache
def _counts(manages: bool) -> Select[str, bool, bool, int, int, int]:
    """Asked with `me` and `update_ids`. Only the reader's own row is looked at where the figures do not concern them.
    Made once, since making it costs more than asking."""
    me = bindparam("me", type_=String)
    is_mine = col(Update.author_id) == me
    is_told = true() if manages else is_mine
    was_seen = case((and_(col(Member.id) == me, col(UpdateSeen.at).is_not(None)), 1), else_=0)
    return (
        select(
            col(Update.id),
            is_mine,
            is_told,
            func.coalesce(func.max(was_seen), 0),
            func.count(col(UpdateSeen.at)),
            func.count(col(Member.id)),
        )
        .select_from(Update)
        .outerjoin(Member, and_(or_(is_told, col(Member.id) == me), _may_see()))
        .outerjoin(UpdateSeen, _their_own())
        .where(col(Update.id).in_(bindparam("update_ids", expanding=True)), col(Update.published_at).is_not(None))
        .group_by(col(Update.id), col(Update.author_id))
    )


def _may_see() -> ColumnElement[bool]:
    """A present member, for whom an update is meant that someone else wrote."""
    return and_(
        col(Member.site_id) == col(Update.site_id),
        col(Member.left_at).is_(None),
        col(Member.id) != col(Update.author_id),
        right_of_member(Section.JOURNAL) >= Right.SEE,
        is_meant_for(col(Member.role), col(Member.id)),
    )


def _their_own() -> ColumnElement[bool]:
    return and_(col(UpdateSeen.update_id) == col(Update.id), col(UpdateSeen.member_id) == col(Member.id))
