"""What the wall's pages ask: the messages, one of them with its replies, and what writing starts from."""

from typing import Any

from sqlalchemy import Select, tuple_
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_message, sees_message
from careapp.errors import NotAllowed
from careapp.journal.cursor import Cursor, cursor_from, older
from careapp.journal.photos import photos_in
from careapp.messages.cards import message_cards, messages_with_author
from careapp.messages.replies import replies_before
from careapp.messages.views import MessageComposerView, MessageView, WallView
from careapp.models import Message, MessageMedia
from careapp.operation import Params, query
from careapp.sites.frame import frame

PAGE = 20


class Page(Params):
    before: str = ""


class OneMessagePage(Params):
    message: str = ""
    before: str = ""


class Composing(Params):
    message: str = ""


@query(section=Section.MESSAGES)
def wall(session: Session, actor: Actor, params: Page) -> WallView:
    """The newest messages, or those before a cursor."""
    before = cursor_from(params.before)
    rows = session.execute(_newest(actor, PAGE + 1, before)).all()
    return WallView(
        frame=frame(session, actor),
        messages=message_cards(session, actor, rows[:PAGE]),
        older=older(rows, PAGE),
        is_first_page=before is None,
        is_empty=before is None and not rows,
    )


@query(section=Section.MESSAGES)
def message_page(session: Session, actor: Actor, params: OneMessagePage) -> MessageView:
    """One message in full, with a page of its replies; a reply leads to the message it answers."""
    asked = access_message(session, actor, params.message)
    message = access_message(session, actor, asked.reply_to_id) if asked.reply_to_id else asked
    rows = session.execute(messages_with_author().where(col(Message.id) == message.id)).all()
    replies, earlier = replies_before(session, actor, message.id, cursor_from(params.before))
    return MessageView(
        frame=frame(session, actor),
        message=message_cards(session, actor, rows, is_whole=True)[0],
        replies=replies,
        earlier=earlier,
    )


@query(section=Section.MESSAGES)
def message_composer(session: Session, actor: Actor, params: Composing) -> MessageComposerView:
    """For a new message, or with the one of the reader's own that the address names."""
    if not params.message:
        return MessageComposerView(frame=frame(session, actor))
    message = access_message(session, actor, params.message, Right.WRITE)
    if message.author_id != actor.member_id:
        raise NotAllowed
    photos = photos_in(session, actor, MessageMedia, col(MessageMedia.message_id), [message.id])
    return MessageComposerView(
        frame=frame(session, actor),
        message_id=message.id,
        version=message.version,
        text=message.text,
        photos=photos.get(message.id, ()),
    )


def _newest(actor: Actor, limit: int, before: Cursor | None = None) -> Select[*tuple[Any, ...]]:
    statement = messages_with_author().where(sees_message(actor), col(Message.reply_to_id).is_(None))
    if before:
        statement = statement.where(tuple_(col(Message.created_at), col(Message.id)) < before.key())
    return statement.order_by(col(Message.created_at).desc(), col(Message.id).desc()).limit(limit)
