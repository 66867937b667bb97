"""What can be asked of the journal, with the limits of each field."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from careapp.blank import is_blank
from careapp.ids import new_id
from careapp.models import Audience
from careapp.operation import Command, Id, Line, Text, Version

LongText = Annotated[Text, StringConstraints(max_length=100_000)]
ShortText = Annotated[Text, StringConstraints(max_length=10_000)]
Mood = Literal["", "hopeful", "grateful", "proud", "calm", "tired", "worried", "sad"]
StatusMood = Literal["", "well", "better", "steady", "resting", "tired", "in_pain", "poorly"]
ReactionKind = Literal["", "heart", "hug", "thanks", "strength", "smile"]


class ChosenPhoto(Command):
    media_id: Id
    alt: Annotated[Line, StringConstraints(max_length=500)] = ""


class Content(Command):
    """What an update says, and to whom."""

    text: LongText = ""
    photos: tuple[ChosenPhoto, ...] = ()
    mood: Mood = ""
    milestone: Annotated[Line, StringConstraints(max_length=120)] = ""
    audience: Audience = Audience.EVERYONE
    readers: tuple[Id, ...] = ()

    def says_something(self) -> bool:
        """Whether there is anything to see."""
        return bool(self.photos or self.mood) or not (is_blank(self.text) and is_blank(self.milestone))


class PostUpdate(Content):
    """`id` may be the client's own, so that what is written offline can be spoken of before it is sent."""

    id: Id = Field(default_factory=new_id)
    is_draft: bool = False


class EditUpdate(Content):
    """`version` is the one the person started from; `publish` also publishes a draft."""

    update_id: Id
    version: Version
    publish: bool = False


class OneUpdate(Command):
    update_id: Id


class WriteComment(Command):
    id: Id = Field(default_factory=new_id)
    update_id: Id
    text: ShortText


class EditComment(Command):
    comment_id: Id
    text: ShortText


class OneComment(Command):
    comment_id: Id


class React(Command):
    """The reaction the person wants to have given in the end; empty takes it away."""

    update_id: Id
    kind: ReactionKind


class MarkMentionsSeen(Command):
    """Those in one update and its comments, or all."""

    update_id: Id | None = None


class SetStatus(Command):
    """`after` is the status the person saw when they wrote this one."""

    id: Id = Field(default_factory=new_id)
    place: Annotated[Line, StringConstraints(max_length=120)] = ""
    mood: StatusMood = ""
    words: Annotated[Line, StringConstraints(max_length=280)] = ""
    after: Id | None = None
