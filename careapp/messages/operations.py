"""What people do on the wall: write a message, change it, take it away, answer one, and give thanks for it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_message
from careapp.blank import is_blank
from careapp.clock import now
from careapp.errors import Conflict, Invalid, NotAllowed
from careapp.jobs import enqueue
from careapp.journal.attached import attach
from careapp.messages.commands import (
    EditMessage,
    MessageContent,
    OneMessage,
    PostMessage,
    ReplyToMessage,
    ThankForMessage,
)
from careapp.messages.telling import tell_as_it_is_now, tell_no_more, tell_of_message, tell_of_reply, tell_of_thanks
from careapp.models import Message, MessageThanks
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said
from careapp.settings import settings


@dataclass(frozen=True)
class SavedMessage:
    """The message or reply as it is stored now."""

    id: str
    version: int


@operation(section=Section.MESSAGES, right=Right.WRITE, says="wrote a message")
def post_message(session: Session, actor: Actor, command: PostMessage) -> SavedMessage:
    posted = _new(session, actor, command.id)
    _write(session, actor, posted, command)
    tell_of_message(session, actor, posted)
    return _saved(session, actor, posted)


@operation(section=Section.MESSAGES, right=Right.TAKE_PART, says="edited a message")
def edit_message(session: Session, actor: Actor, command: EditMessage) -> SavedMessage:
    """Change a message or a reply. Only its author may: words keep the name of who wrote them. What was changed on
    another device meanwhile is not overwritten: that gets Conflict, with what it says now."""
    edited = access_message(session, actor, command.message_id, Right.WRITE)
    if edited.author_id != actor.member_id:
        raise NotAllowed
    _take_version(session, edited, command.version)
    edited.edited_at = now()
    _write(session, actor, edited, command)
    tell_as_it_is_now(session, edited)
    return _saved(session, actor, edited)


@operation(section=Section.MESSAGES, right=Right.TAKE_PART, says="took a message away")
def delete_message(session: Session, actor: Actor, command: OneMessage) -> None:
    """Hide a message with all that was answered to it, or a reply; it is erased later, with its photos."""
    deleted = access_message(session, actor, command.message_id, Right.WRITE)
    deleted.deleted_at = now()
    at = now() + timedelta(days=settings().restore_days)
    enqueue(session, "messages.erase", {"message_id": deleted.id}, run_at=at)
    tell_no_more(session, deleted)
    announce(session, actor, deleted.id)


@operation(section=Section.MESSAGES, right=Right.TAKE_PART, says="answered a message")
def reply_to_message(session: Session, actor: Actor, command: ReplyToMessage) -> SavedMessage:
    """Answer a message. An answer to an answer stands with the message that began it."""
    asked = access_message(session, actor, command.message_id)
    answered = access_message(session, actor, asked.reply_to_id) if asked.reply_to_id else asked
    written = _new(session, actor, command.id)
    written.reply_to_id = answered.id
    _write(session, actor, written, MessageContent(text=command.text))
    tell_of_reply(session, actor, answered, written)
    return _saved(session, actor, written)


@operation(section=Section.MESSAGES, right=Right.TAKE_PART, says="gave thanks for a message")
def thank_for_message(session: Session, actor: Actor, command: ThankForMessage) -> None:
    """Have given thanks, or not; safe to repeat and to come late. Nobody thanks themselves."""
    message = access_message(session, actor, command.message_id)
    if message.author_id == actor.member_id:
        raise NotAllowed("These are your own words.")
    given = session.get(MessageThanks, (message.id, actor.member_id), with_for_update=True)
    if given and not command.is_thanked:
        session.delete(given)
    elif command.is_thanked and not given:
        session.add(MessageThanks(message_id=message.id, member_id=actor.member_id))
        tell_of_thanks(session, actor, message)
    announce(session, actor, message.id)


def _new(session: Session, actor: Actor, id_: str) -> Message:
    if session.get(Message, id_):
        raise Conflict("This message has already arrived.")
    return Message(id=id_, site_id=actor.site_id, author_id=actor.member_id, written_at=actor.written_at)


def _write(session: Session, actor: Actor, written: Message, content: MessageContent) -> None:
    if is_blank(content.text) and not content.photos:
        raise Invalid(fields={"text": Said("Please write something first.")})
    if written.reply_to_id and content.photos:
        raise Invalid(fields={"photos": Said("Photos go into a message of their own.")})
    written.text = "" if is_blank(content.text) else content.text
    session.add(written)
    session.flush()
    attach(session, actor, written, content.photos)


def _take_version(session: Session, edited: Message, version: int) -> None:
    """Move the version on, if the author did not do so elsewhere since starting."""
    mine = update(Message).where(col(Message.id) == edited.id, col(Message.version) == version)
    if session.execute(mine.values(version=version + 1)).rowcount == 0:  # type: ignore[attr-defined]
        raise Conflict(
            "This message was changed in the meantime. Your text is kept. It now says: {theirs}", theirs=edited.text
        )
    session.refresh(edited)


def _saved(session: Session, actor: Actor, written: Message) -> SavedMessage:
    announce(session, actor, written.reply_to_id or written.id)
    return SavedMessage(written.id, written.version)
