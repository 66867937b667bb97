"""What can be asked about shifts and what is handed over, with the limits of each field."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from careapp.helping.commands import Times
from careapp.ids import new_id
from careapp.journal.choices import STATUS_MOODS
from careapp.operation import Command, Id, Text, Version
from careapp.said import Said
from careapp.sites.fields import IdOrEmpty

Note = Annotated[Text, Field(max_length=2000)]


class Scope(StrEnum):
    """Of those planned in one go: this one, or it and all after it."""

    THIS = "this"
    FOLLOWING = "following"


def _mood(value: str) -> str:
    if value and value not in STATUS_MOODS:
        raise ValueError(Said("This cannot be used here."))
    return value


class PlanShifts(Times):
    """Each time from when until when; without both it is the whole day. What ends earlier than it begins ends on the
    next day. `member_id` is who has them; empty for nobody yet."""

    member_id: IdOrEmpty = ""


class OneShift(Command):
    shift_id: Id


class ReleaseShift(OneShift):
    """`note`: a word of why, for those who look for someone else."""

    note: Annotated[Text, Field(max_length=500)] = ""


class CancelShift(OneShift):
    scope: Scope = Scope.THIS


class ChangeShift(OneShift):
    """`version` is the one the person started from. Following ones move by as many days, to the same hours."""

    version: Version
    on: date
    starts: time
    ends: time
    member_id: IdOrEmpty = ""
    scope: Scope = Scope.THIS


class Handed(Command):
    """What matters to the next; something of it is to be said."""

    medicines: Note = ""
    mood: Annotated[str, AfterValidator(_mood)] = ""
    food: Note = ""
    incidents: Note = ""
    words: Annotated[Text, Field(max_length=5000)] = ""


class WriteHandover(Handed):
    """`shift_id` is the one that ends; empty where none was planned."""

    id: Id = Field(default_factory=new_id)
    shift_id: IdOrEmpty = ""


class OneHandover(Command):
    handover_id: Id


class EditHandover(Handed, OneHandover):
    """`version` is the one the person started from."""

    version: Version
