"""Comments as shown: the last ones of each update in a list, or one update's page by page."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.journal.cursor import Cursor
from careapp.journal.mentions import spellings
from careapp.journal.said_rows import last_of_each, page_before
from careapp.journal.text import parts
from careapp.journal.views import CommentCard
from careapp.models import Comment, Member, Mention
from careapp.sites.frame import face_of

Written = tuple[Comment, Member, str | None]
Names = Mapping[str, set[str]]


@dataclass(frozen=True)
class Thread:
    """The last comments to an update, from older to newer, and how many there are in all."""

    last: tuple[CommentCard, ...] = ()
    total: int = 0


def last_comments(session: Session, actor: Actor, update_ids: Collection[str]) -> tuple[dict[str, Thread], Names]:
    """The thread of each update, and who is named where; two statements."""
    written: dict[str, list[Written]] = defaultdict(list)
    totals: dict[str, int] = {}
    for comment, author, photo, total in session.execute(last_comments_of(update_ids)):
        written[comment.update_id].append((comment, author, photo))
        totals[comment.update_id] = total
    names = names_in(session, update_ids, [comment.id for rows in written.values() for comment, _, _ in rows])
    return {id_: Thread(_cards(actor, rows, names), totals[id_]) for id_, rows in written.items()}, names


def last_comments_of(update_ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    return last_of_each(Comment, col(Comment.update_id), update_ids)


def comments_before(
    session: Session, actor: Actor, update_id: str, before: Cursor | None
) -> tuple[tuple[CommentCard, ...], str]:
    """One page of an update's comments, from older to newer, and the cursor of the page before it, or ""."""
    rows, earlier = page_before(session, Comment, col(Comment.update_id) == update_id, before)
    names = names_in(session, [], [comment.id for comment, _, _ in rows])
    return _cards(actor, rows, names), earlier


def names_in(session: Session, update_ids: Collection[str], comment_ids: Collection[str]) -> Names:
    """What follows the @ in each text, by the id of the update or comment."""
    in_update = and_(col(Mention.comment_id).is_(None), col(Mention.update_id).in_(update_ids))
    statement = (
        select(col(Mention.update_id), col(Mention.comment_id), col(Member.name))
        .join(Member, col(Member.id) == col(Mention.member_id))
        .where(or_(in_update, col(Mention.comment_id).in_(comment_ids)))
    )
    names: dict[str, set[str]] = defaultdict(set)
    for update_id, comment_id, name in session.execute(statement):
        names[comment_id or update_id].update(spellings(name))
    return names


def _cards(actor: Actor, rows: Sequence[Written], names: Names) -> tuple[CommentCard, ...]:
    return tuple(_card(actor, *row, names.get(row[0].id, set())) for row in rows)


def _card(actor: Actor, comment: Comment, author: Member, photo: str | None, names: set[str]) -> CommentCard:
    is_mine = author.id == actor.member_id and actor.may(Section.JOURNAL, Right.TAKE_PART)
    return CommentCard(
        id=comment.id,
        author=face_of(author.id, author.name, photo),
        at=comment.created_at,
        written_at=comment.written_at,
        is_edited=comment.edited_at is not None,
        text=comment.text if is_mine else "",
        parts=parts(comment.text, names),
        can_edit=is_mine,
        can_delete=is_mine or actor.may(Section.JOURNAL, Right.MANAGE),
    )
