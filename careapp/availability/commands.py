"""What members say about when they can, with the limits of each field."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from careapp.operation import Command, Version
from careapp.schedule.zones import Zone

MOST_DAYS = timedelta(days=92)

Hour = Annotated[str, StringConstraints(pattern=r"^([0-9]|1[0-9]|2[0-3])$")]
HourOfWeek = Annotated[str, StringConstraints(pattern=r"^(MO|TU|WE|TH|FR|SA|SU)-([0-9]|1[0-9]|2[0-3])$")]


class SetWeek(Command):
    """The hours of a usual week, such as "MO-9", which is from nine to ten on Mondays. `version` is the one the member
    started from, 0 for the first."""

    version: Version
    hours: Annotated[list[HourOfWeek], Field(max_length=168)] = []
    zone: Zone


class Days(Command):
    """From one day to another, both counted; one day where there is no last."""

    on: date
    last_on: date | None = None


class SetDays(Days):
    """Without hours they are away. `zone` counts where they have not said anything yet."""

    hours: Annotated[list[Hour], Field(max_length=24)] = []
    zone: Zone


class ClearDays(Days):
    """The usual week counts again."""
