"""What can be asked of an SOS, with the limits of each field."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from careapp.ids import new_id
from careapp.models import Answer, Channel
from careapp.operation import Command, Id, Text
from careapp.sos.ladder import Whom

AlertKind = Literal["", "fall", "breathing", "chest_pain", "confusion", "missing", "relief", "other"]
AlertWords = Annotated[Text, StringConstraints(max_length=500)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Accuracy = Annotated[float, Field(ge=0, le=10_000_000)]
MOST_STEPS, MOST_NAMED = 10, 100
DAY = 24 * 60 * 60


class RaiseAlert(Command):
    """`alert_id` is made by the phone, so that raising again is the same alert. The position is in degrees, its
    accuracy in metres. `raised_at` is what earlier versions sent: a phone's clock may be wrong, so nothing reads it."""

    alert_id: Id = Field(default_factory=new_id)
    kind: AlertKind = ""
    words: AlertWords = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    accuracy: Accuracy | None = None
    is_drill: bool = False
    raised_at: AwareDatetime | None = None


class SayMore(Command):
    """What was not said when it was raised. What is None stays as it is."""

    alert_id: Id
    kind: AlertKind | None = None
    words: AlertWords | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    accuracy: Accuracy | None = None


class AnswerAlert(Command):
    """`minutes`: how long until they are there, for who is on the way."""

    alert_id: Id
    answer: Answer
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None


class OneAlert(Command):
    alert_id: Id


class StandDown(Command):
    alert_id: Id
    words: AlertWords = ""


class AddNote(Command):
    alert_id: Id
    words: Annotated[Text, StringConstraints(max_length=2000)]


class OneStep(Command):
    """`after_seconds` count from the step before; the first step is always taken at once."""

    after_seconds: Annotated[int, Field(ge=0, le=DAY)] = 0
    whom: Whom = Whom.CIRCLE
    channels: Annotated[tuple[Channel, ...], Field(min_length=1, max_length=len(Channel))] = (Channel.PUSH,)
    member_ids: Annotated[tuple[Id, ...], Field(max_length=MOST_NAMED)] = ()


class SetLadder(Command):
    steps: Annotated[tuple[OneStep, ...], Field(min_length=1, max_length=MOST_STEPS)]


class NothingMore(Command):
    pass
