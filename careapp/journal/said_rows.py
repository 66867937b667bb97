"""What was said below updates and messages, as rows with their authors: the last of each, or page by page."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlmodel import Session, col

from careapp.journal.cursor import Cursor, older
from careapp.models import Comment, Member, Message
from careapp.sites.frame import photo_of

LAST = 2
PAGE = 50

Kind = type[Comment] | type[Message]


def last_of_each(kind: Kind, below: Any, ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    """The last ones of each of these, from older to newer: each with its author, their photo, and how many there are in
    all. `below` is the column that says below what it stands."""
    newest_first = (col(kind.created_at).desc(), col(kind.id).desc())
    ranked = (
        select(
            col(kind.id).label("said_id"),
            func.row_number().over(partition_by=below, order_by=newest_first).label("place"),
            func.count().over(partition_by=below).label("total"),
        )
        .where(below.in_(ids), col(kind.deleted_at).is_(None))
        .subquery()
    )
    return (
        _with_author(kind)
        .add_columns(ranked.c.total)
        .join(ranked, ranked.c.said_id == col(kind.id))
        .where(ranked.c.place <= LAST)
        .order_by(col(kind.created_at), col(kind.id))
    )


def page_before(session: Session, kind: Kind, is_below: Any, before: Cursor | None) -> tuple[Sequence[Any], str]:
    """One page, from older to newer, and the cursor of the page before it, or ""."""
    statement = _with_author(kind).where(is_below, col(kind.deleted_at).is_(None))
    if before:
        statement = statement.where(tuple_(col(kind.created_at), col(kind.id)) < before.key())
    newest_first = statement.order_by(col(kind.created_at).desc(), col(kind.id).desc()).limit(PAGE + 1)
    rows = session.execute(newest_first).all()
    return rows[:PAGE][::-1], older(rows, PAGE)


@cache
def _with_author(kind: Kind) -> Select[*tuple[Any, ...]]:
    photo = photo_of(Member.photo_media_id)
    return select(kind, Member, photo).join(Member, col(Member.id) == col(kind.author_id))
