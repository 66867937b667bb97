"""Replies as shown: the last ones of each message on the wall, or one message's page by page."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.journal.cursor import Cursor
from careapp.journal.said_rows import last_of_each, page_before
from careapp.journal.text import parts
from careapp.messages.views import ReplyCard
from careapp.models import Member, Message
from careapp.sites.frame import face_of


@dataclass(frozen=True)
class Thread:
    """The last replies to a message, from older to newer, and how many there are in all."""

    last: tuple[ReplyCard, ...] = ()
    total: int = 0


def last_replies(session: Session, actor: Actor, message_ids: Collection[str]) -> dict[str, Thread]:
    """The thread of each message; one statement."""
    written: dict[str, list[ReplyCard]] = defaultdict(list)
    totals: dict[str, int] = {}
    for reply, author, photo, total in session.execute(last_replies_to(message_ids)):
        written[reply.reply_to_id].append(_card(actor, reply, author, photo))
        totals[reply.reply_to_id] = total
    return {id_: Thread(tuple(cards), totals[id_]) for id_, cards in written.items()}


def last_replies_to(message_ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    return last_of_each(Message, col(Message.reply_to_id), message_ids)


def replies_before(
    session: Session, actor: Actor, message_id: str, before: Cursor | None
) -> tuple[tuple[ReplyCard, ...], str]:
    """One page of a message's replies, from older to newer, and the cursor of the page before it, or ""."""
    rows, earlier = page_before(session, Message, col(Message.reply_to_id) == message_id, before)
    return tuple(_card(actor, *row) for row in rows), earlier


def _card(actor: Actor, reply: Message, author: Member, photo: str | None) -> ReplyCard:
    is_mine = author.id == actor.member_id and actor.may(Section.MESSAGES, Right.TAKE_PART)
    return ReplyCard(
        id=reply.id,
        author=face_of(author.id, author.name, photo),
        at=reply.created_at,
        written_at=reply.written_at,
        is_edited=reply.edited_at is not None,
        version=reply.version,
        text=reply.text if is_mine else "",
        parts=parts(reply.text),
        can_edit=is_mine,
        can_delete=is_mine or actor.may(Section.MESSAGES, Right.MANAGE),
    )
