"""Replies as shown: the last ones of each message on the wall, or one message's page by page."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.journal.cursor import Cursor
from careapp.journal.text import parts
from careapp.messages.views import ReplyCard
from careapp.models import Member, Message
from careapp.sites.frame import face_of, photo_of

LAST = 2
PAGE = 50


@dataclass(frozen=True)
class Thread:
    """The last replies to a message, from older to newer, and how many there are in all."""

    last: tuple[ReplyCard, ...] = ()
    total: int = 0


def last_replies(session: Session, actor: Actor, message_ids: Collection[str]) -> dict[str, Thread]:
    """The thread of each message; one statement."""
    written: dict[str, list[ReplyCard]] = defaultdict(list)
    totals: dict[str, int] = {}
    for reply, author, photo, total in session.execute(_last_of_each(message_ids)):
        written[reply.reply_to_id].append(_card(actor, reply, author, photo))
        totals[reply.reply_to_id] = total
    return {id_: Thread(tuple(cards), totals[id_]) for id_, cards in written.items()}


def replies_before(
    session: Session, actor: Actor, message_id: str, before: Cursor | None
) -> tuple[tuple[ReplyCard, ...], str]:
    """One page of a message's replies, from older to newer, and the cursor of the page before it, or ""."""
    statement = _with_author().where(col(Message.reply_to_id) == message_id, col(Message.deleted_at).is_(None))
    if before:
        statement = statement.where(tuple_(col(Message.created_at), col(Message.id)) < before.key())
    newest_first = statement.order_by(col(Message.created_at).desc(), col(Message.id).desc()).limit(PAGE + 1)
    rows = session.execute(newest_first).all()
    shown = rows[:PAGE][::-1]
    earlier = str(Cursor(shown[0][0].created_at, shown[0][0].id)) if len(rows) > PAGE else ""
    return tuple(_card(actor, *row) for row in shown), earlier


def _last_of_each(message_ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    newest_first = (col(Message.created_at).desc(), col(Message.id).desc())
    of_each = col(Message.reply_to_id)
    ranked = (
        select(
            col(Message.id).label("reply_id"),
            func.row_number().over(partition_by=of_each, order_by=newest_first).label("place"),
            func.count().over(partition_by=of_each).label("total"),
        )
        .where(of_each.in_(message_ids), col(Message.deleted_at).is_(None))
        .subquery()
    )
    return (
        _with_author()
        .add_columns(ranked.c.total)
        .join(ranked, ranked.c.reply_id == col(Message.id))
        .where(ranked.c.place <= LAST)
        .order_by(col(Message.created_at), col(Message.id))
    )


@cache
def _with_author() -> Select[*tuple[Any, ...]]:
    photo = photo_of(Member.photo_media_id)
    return select(Message, Member, photo).join(Member, col(Member.id) == col(Message.author_id))


def _card(actor: Actor, reply: Message, author: Member, photo: str | None) -> ReplyCard:
    is_mine = author.id == actor.member_id and actor.may(Section.MESSAGES, Right.TAKE_PART)
    return ReplyCard(
        id=reply.id,
        author=face_of(author.id, author.name, photo),
        at=reply.created_at,
        is_edited=reply.edited_at is not None,
        version=reply.version,
        text=reply.text if is_mine else "",
        parts=parts(reply.text),
        can_edit=is_mine,
        can_delete=is_mine or actor.may(Section.MESSAGES, Right.MANAGE),
    )
