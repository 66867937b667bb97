"""What can be asked about responsibilities, with the limits of each field."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from careapp.duties.starters import STARTERS
from careapp.ids import new_id
from careapp.operation import Command, Id, Line, Text, Version
from careapp.said import Said
from careapp.sites.fields import IdOrEmpty

Title = Annotated[Line, Field(max_length=80)]
Note = Annotated[Text, Field(max_length=1000)]


class Part(StrEnum):
    """The two who carry a responsibility."""

    OWNER = "owner"
    STAND_IN = "stand_in"


def _starter(value: str) -> str:
    if value and value not in STARTERS:
        raise ValueError(Said("This cannot be used here."))
    return value


Kind = Annotated[str, AfterValidator(_starter)]


class AddResponsibility(Command):
    """A `kind` of the starter set, or the family's own `title`. `owner_id`: who has it from the start."""

    id: Id = Field(default_factory=new_id)
    kind: Kind = ""
    title: Title = ""
    words: Note = ""
    owner_id: IdOrEmpty = ""


class OneResponsibility(Command):
    responsibility_id: Id


class EditResponsibility(OneResponsibility):
    """`version` is the one the person started from. One of the starter set keeps its title."""

    version: Version
    title: Title = ""
    words: Note = ""


class TakeOn(OneResponsibility):
    part: Part = Part.OWNER


class HandOver(OneResponsibility):
    """`seen_id` is who had it when this was decided, `member_id` who is to have it; empty for nobody."""

    part: Part = Part.OWNER
    seen_id: IdOrEmpty = ""
    member_id: IdOrEmpty = ""
    note: Note = ""


class GiveBack(OneResponsibility):
    part: Part = Part.OWNER
    note: Note = ""
