"""Messages as shown: rows and everything that belongs to them, with what the reader may do already decided."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.journal.photos import photos_in
from careapp.journal.text import beginning, parts
from careapp.messages.replies import Thread, last_replies
from careapp.messages.views import MessageCard
from careapp.models import Member, Message, MessageMedia, MessageThanks
from careapp.sites.frame import face_of, photo_of

PHOTOS_ON_THE_WALL = 5
MOST_NAMED = 3

Row = tuple[Message, Member, str | None]


@dataclass(frozen=True)
class Thanks:
    total: int = 0
    by: str = ""
    is_mine: bool = False


@cache
def messages_with_author() -> Select[*tuple[Any, ...]]:
    """The rows that `message_cards` makes cards of."""
    photo = photo_of(Member.photo_media_id)
    return select(Message, Member, photo).join(Member, col(Member.id) == col(Message.author_id))


def message_cards(
    session: Session, actor: Actor, rows: Sequence[Row], is_whole: bool = False
) -> tuple[MessageCard, ...]:
    """The cards of these messages, in three statements. `is_whole` leaves nothing out of texts and photos, and leaves
    the replies to whoever asks for them page by page."""
    ids = [message.id for message, _, _ in rows]
    photos = photos_in(session, actor, MessageMedia, col(MessageMedia.message_id), ids)
    thanks = _thanks_for(session, actor, ids)
    threads = last_replies(session, actor, ids)
    return tuple(
        replace(
            _card(actor, *row, thanks.get(row[0].id, Thanks()), threads.get(row[0].id, Thread())),
            **_content(row[0], photos.get(row[0].id, ()), is_whole),
        )
        for row in rows
    )


def _card(
    actor: Actor, message: Message, author: Member, photo: str | None, thanks: Thanks, thread: Thread
) -> MessageCard:
    takes_part = bool(actor.member_id) and actor.may(Section.MESSAGES, Right.TAKE_PART)
    is_mine = takes_part and message.author_id == actor.member_id
    return MessageCard(
        id=message.id,
        author=face_of(author.id, author.name, photo),
        relation=author.relation,
        at=message.created_at,
        written_at=message.written_at,
        is_edited=message.edited_at is not None,
        thanks_total=thanks.total,
        thanked_by=thanks.by,
        has_thanked=thanks.is_mine,
        replies=thread.last,
        reply_total=thread.total,
        more_replies=thread.total - len(thread.last),
        can_edit=is_mine,
        can_delete=is_mine or actor.may(Section.MESSAGES, Right.MANAGE),
        can_reply=takes_part,
        can_thank=takes_part and not is_mine,
    )


def _content(message: Message, photos: tuple[Any, ...], is_whole: bool) -> dict[str, Any]:
    text = message.text if is_whole else beginning(message.text)
    shown = photos if is_whole else photos[:PHOTOS_ON_THE_WALL]
    return {
        "parts": parts(text),
        "is_cut": len(text) < len(message.text),
        "photos": shown,
        "more_photos": f"+{len(photos) - len(shown)}" if len(photos) > len(shown) else "",
    }


def _thanks_for(session: Session, actor: Actor, message_ids: Collection[str]) -> dict[str, Thanks]:
    """By message: how many gave thanks, the first of them by name, and whether the reader did."""
    given = _ranked(actor, message_ids)
    names: dict[str, list[str]] = defaultdict(list)
    found: dict[str, Thanks] = {}
    for row in session.execute(select(given).where(given.c.place <= MOST_NAMED).order_by(given.c.place)):
        names[row.message_id].append(row.name)
        found[row.message_id] = Thanks(row.total, _listed(names[row.message_id], row.total), bool(row.is_mine))
    return found


def _ranked(actor: Actor, message_ids: Collection[str]) -> Any:
    is_mine = case((col(MessageThanks.member_id) == actor.member_id, 1), else_=0)
    of_each = col(MessageThanks.message_id)
    in_order = (col(MessageThanks.created_at), col(MessageThanks.member_id))
    return (
        select(
            of_each,
            col(Member.name),
            func.row_number().over(partition_by=of_each, order_by=in_order).label("place"),
            func.count().over(partition_by=of_each).label("total"),
            func.max(is_mine).over(partition_by=of_each).label("is_mine"),
        )
        .join(Member, col(Member.id) == col(MessageThanks.member_id))
        .where(of_each.in_(message_ids))
        .subquery()
    )


def _listed(names: Sequence[str], total: int) -> str:
    more = total - len(names)
    return ", ".join(names) + (f" +{more}" if more and len(names) == MOST_NAMED else "")
