"""What can be asked of the wall, with the limits of each field."""

from pydantic import Field

from careapp.ids import new_id
from careapp.journal.commands import ChosenPhoto, ShortText
from careapp.operation import Command, Id, Version


class MessageContent(Command):
    text: ShortText = ""
    photos: tuple[ChosenPhoto, ...] = ()


class PostMessage(MessageContent):
    """`id` may be the client's own, so that what is written offline can be spoken of before it is sent."""

    id: Id = Field(default_factory=new_id)


class EditMessage(MessageContent):
    """A message or a reply; `version` is the one its author started from."""

    message_id: Id
    version: Version


class OneMessage(Command):
    message_id: Id


class ReplyToMessage(Command):
    id: Id = Field(default_factory=new_id)
    message_id: Id
    text: ShortText


class ThankForMessage(Command):
    """Whether the actor wants to have given thanks in the end."""

    message_id: Id
    is_thanked: bool
