"""The ladder: who is told of an SOS, how long after the step before, by which channels. Pure; all times are UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from careapp.models import Alert, Channel

REPEAT = timedelta(minutes=5)
LIFE = timedelta(hours=24)


class Whom(StrEnum):
    """CIRCLE: everyone whose role is told at once; EVERYONE: whoever takes part in an SOS; NAMED: these alone."""

    CIRCLE = "circle"
    EVERYONE = "everyone"
    NAMED = "named"


@dataclass(frozen=True)
class Step:
    after: timedelta
    whom: Whom
    channels: tuple[Channel, ...]
    member_ids: tuple[str, ...] = ()


STANDARD = (
    Step(timedelta(0), Whom.CIRCLE, (Channel.PUSH,)),
    Step(timedelta(seconds=60), Whom.CIRCLE, (Channel.PUSH, Channel.EMAIL)),
    Step(timedelta(seconds=120), Whom.EVERYONE, tuple(Channel)),
)
WIDEST = STANDARD[-1]


def step_to_take(steps: Sequence[Step], taken: int) -> Step:
    """The step that follows after so many; the last one is repeated."""
    return steps[min(taken, len(steps) - 1)]


def is_widest(step: Step) -> bool:
    """Whether no other step could tell anyone more."""
    return step.whom is WIDEST.whom and set(step.channels) == set(WIDEST.channels)


def pause_after(steps: Sequence[Step], taken: int) -> timedelta:
    """How long to wait for an answer once so many steps were taken."""
    return steps[taken].after if taken < len(steps) else REPEAT


def next_due(alert: Alert, steps: Sequence[Step], taken: int, at: datetime) -> datetime:
    """When an alert nobody answers is climbed further, once so many steps were taken, the last at this moment."""
    return min(at + pause_after(steps, taken), ends_at(alert))


def ends_at(alert: Alert) -> datetime:
    """An alert that nobody stands down ends a day after it arrived."""
    return alert.created_at + LIFE


def is_due(alert: Alert, at: datetime) -> bool:
    """Whether a step is to be taken at this moment."""
    return alert.ended_at is None and alert.next_step_at is not None and alert.next_step_at <= at < ends_at(alert)


def is_over(alert: Alert, at: datetime) -> bool:
    """Whether its day is over and nobody has ended it."""
    return alert.ended_at is None and at >= ends_at(alert)
