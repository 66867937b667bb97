"""What can be told of an appointment, with the limits of each field."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from careapp.journal.commands import Content, EditUpdate, PostUpdate, StatusMood
from careapp.operation import Line, Text
from careapp.said import Said


def _day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(Said("Please check the date.")) from None
    return value


def _day_or_none(value: str) -> str:
    return _day(value) if value else ""


Day = Annotated[Line, AfterValidator(_day)]
DayOrNone = Annotated[Line, AfterValidator(_day_or_none)]
Part = Annotated[Text, StringConstraints(max_length=2000)]


class Outcome(Content):
    """Days are written as 2026-03-02. `condition` is how the person is since then."""

    visited_on: Day
    provider: Annotated[Line, StringConstraints(max_length=120)] = ""
    who_went: Annotated[Line, StringConstraints(max_length=200)] = ""
    medicines: Part = ""
    plan: Part = ""
    condition: StatusMood = ""
    next_words: Part = ""
    next_on: DayOrNone = ""
    needs: Part = ""

    def says_something(self) -> bool:
        parts = (self.medicines, self.plan, self.condition, self.next_words, self.next_on, self.needs)
        return any(parts) or super().says_something()


class PostVisitOutcome(Outcome, PostUpdate):
    """`text` is what was said."""


class EditVisitOutcome(Outcome, EditUpdate):
    """As `EditUpdate`, with all parts as they are to be."""
