"""What can be asked of the calendar, with the limits of each field."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from careapp.errors import Invalid
from careapp.ids import new_id
from careapp.journal.commands import ChosenPhoto
from careapp.operation import Command, Id, Line, Text, Version
from careapp.said import Said
from careapp.schedule.kinds import KINDS
from careapp.schedule.rules import MOST_INTERVAL, MOST_TIMES
from careapp.schedule.walls import zone_of
from careapp.sites.fields import IdOrEmpty

FIRST_YEAR, LAST_YEAR = 1900, 2200
Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
Repeats = Literal["", "daily", "weekly", "monthly", "monthly_weekday", "yearly", "kept"]


class Scope(StrEnum):
    """What a change of a series is to change."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


def _kind(value: str) -> str:
    if value not in KINDS:
        raise ValueError(Said("This cannot be used here."))
    return value


def _zone(value: str) -> str:
    try:
        zone_of(value)
    except Invalid:
        raise ValueError(Said("This time zone is not known.")) from None
    return value


def _https(value: str) -> str:
    if not value:
        return value
    try:
        address = urlsplit(value)
    except ValueError:
        address = urlsplit("")
    if address.scheme != "https" or not address.hostname or "@" in address.netloc:
        raise ValueError(Said("Please give an address that begins with https://"))
    return value


def _day(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(Said("Please look at the year."))
    return value


def _wall(value: object) -> datetime | None:
    """A wall time as addresses and forms write it; empty for none."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) and value else value or None
    except ValueError:
        at = value
    if at is not None and (not isinstance(at, datetime) or at.tzinfo is not None):
        raise ValueError(Said("This cannot be used here."))
    return at


Day = Annotated[date, AfterValidator(_day)]
Wall = Annotated[datetime | None, BeforeValidator(_wall)]
Title = Annotated[Line, Field(max_length=200)]


class Content(Command):
    """What an appointment says. Without `ends` it takes an hour; an end before the beginning is on the next day, unless
    `last_on` says otherwise. `repeats` "kept" leaves a rule as it is that the form cannot say."""

    kind: Annotated[str, AfterValidator(_kind)] = "doctor"
    title: Title = ""
    provider: Annotated[Line, Field(max_length=120)] = ""
    place: Annotated[Line, Field(max_length=300)] = ""
    link: Annotated[Line, Field(max_length=1000), AfterValidator(_https)] = ""
    notes: Annotated[Text, Field(max_length=10_000)] = ""
    bring: Annotated[Text, Field(max_length=2000)] = ""
    questions: Annotated[Text, Field(max_length=5000)] = ""
    companion_id: IdOrEmpty = ""
    starts_on: Day
    starts: time | None = None
    ends: time | None = None
    last_on: Day | None = None
    is_all_day: bool = False
    zone: Annotated[str, Field(max_length=60), AfterValidator(_zone)]
    repeats: Repeats = ""
    every: Annotated[int, Field(ge=1, le=MOST_INTERVAL)] | None = 1
    days: tuple[Weekday, ...] = ()
    until: Day | None = None
    times: Annotated[int, Field(ge=1, le=MOST_TIMES)] | None = None
    photos: tuple[ChosenPhoto, ...] = ()


class AddAppointment(Content):
    """`id` may be the client's own, so that what is written offline can be spoken of before it is sent."""

    id: Id = Field(default_factory=new_id)


class OneAppointment(Command):
    """`at` names an occurrence of a series by its wall time."""

    appointment_id: Id
    at: Wall = None


class ChangeAppointment(Content, OneAppointment):
    """`version` is the one the person started from."""

    version: Version
    scope: Scope = Scope.THIS


class Scoped(OneAppointment):
    scope: Scope = Scope.THIS


class CancelAppointment(Scoped):
    is_cancelled: bool = True


class AnswerAppointment(OneAppointment):
    """Whether the actor comes along in the end."""

    comes: bool = True


class ChooseReminders(Command):
    """For an appointment, or for all of its series: how many minutes before, none for never."""

    appointment_id: Id
    before: tuple[Literal["60", "120", "1440", "2880", "10080"], ...] = ()
