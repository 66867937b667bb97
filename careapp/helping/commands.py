"""What can be asked about help, with the limits of each field."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from careapp.helping.kinds import HelpKind
from careapp.ids import new_id
from careapp.operation import Command, Id, Line, Text, Version

MOST_SLOTS = 60

Title = Annotated[Line, Field(max_length=120)]
Words = Annotated[Text, Field(max_length=5000)]
Address = Annotated[Line, Field(max_length=300)]
Food = Annotated[Text, Field(max_length=1000)]
Note = Annotated[Text, Field(max_length=500)]
Zone = Annotated[Line, Field(max_length=60)]
Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


class SlotTime(Command):
    """A day, and the clock there: without `starts` any time of the day will do; without `ends` it is open how long.
    What ends earlier than it starts ends on the next day."""

    on: date
    starts: time | None = None
    ends: time | None = None


class Repeat(Command):
    """How the only time comes again, and the last day on which it may. `days` count for weeks; none is its own."""

    every: Literal["day", "week", "two_weeks", "month"]
    days: Annotated[list[Weekday], Field(max_length=7)] = []
    until: date


class Times(Command):
    """No times at all mean whenever it suits. Wall times of `zone`, which is the asker's own where it is empty."""

    times: Annotated[list[SlotTime], Field(max_length=MOST_SLOTS)] = []
    repeat: Repeat | None = None
    zone: Zone = ""


class AskForHelp(Times):
    """Without a title it is called by its kind. `hides_address`: only whoever takes a slot sees where."""

    id: Id = Field(default_factory=new_id)
    kind: HelpKind
    title: Title = ""
    words: Words = ""
    address: Address = ""
    hides_address: bool = False
    food: Food = ""


class OneHelpRequest(Command):
    request_id: Id


class EditHelpRequest(OneHelpRequest):
    """`version` is the one the person started from."""

    version: Version
    title: Title = ""
    words: Words = ""
    address: Address = ""
    hides_address: bool = False
    food: Food = ""


class AddSlots(Times):
    request_id: Id


class OneSlot(Command):
    slot_id: Id


class ReleaseSlot(OneSlot):
    """`why` is needed when it is near."""

    why: Note = ""


class Thank(OneSlot):
    words: Note = ""


class AskToSwap(OneSlot):
    member_id: Id


class AnswerSwap(Command):
    swap_id: Id
    accepts: bool


class OfferHelp(Command):
    id: Id = Field(default_factory=new_id)
    kind: HelpKind = HelpKind.OTHER
    words: Annotated[Text, Field(min_length=1, max_length=1000)]


class OneOffer(Command):
    offer_id: Id


class AcceptOffer(Times):
    """`id` is that of the request which it becomes. Several times are there to choose from; one is theirs at once."""

    offer_id: Id
    id: Id = Field(default_factory=new_id)
