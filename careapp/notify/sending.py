"""One parcel on its way: by push, by e-mail or as a text message, and what is to become of it."""

import asyncio
import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from careapp.adapters import sms
from careapp.adapters.email import deliver
from careapp.adapters.webpush import Answer, Fate, Push, Sender
from careapp.clock import now
from careapp.models import Channel, DeliveryState, Kind
from careapp.notify.parcels import LEASE, Parcel
from careapp.notify.payload import address, payload
from careapp.notify.post import letter_of
from careapp.notify.words import spoken
from careapp.secret import signature
from careapp.settings import settings

log = logging.getLogger(__name__)

PATIENCE = LEASE - timedelta(seconds=10)
CALL_LIVES = timedelta(hours=4)
# In seconds. A call for help is tried again at once, and never waits longer than its ladder does: as long as it is of
# use there are attempts left, and for its end long after.
URGENT_PAUSES = (5, 15, 30, 60, 60, 60, 60, 60, 120, 180, *[300] * 50, 7200)
PAUSES = (30, 120, 480, 1800, 3600)
LONGEST_URGENT_WAIT = 300.0


@dataclass(frozen=True)
class Outcome:
    """What becomes of a parcel. `run_at` is when it is tried again, while it is WAITING."""

    parcel: Parcel
    state: DeliveryState
    fate: Fate
    problem: str = ""
    run_at: datetime | None = None


async def send(parcel: Parcel, sender: Sender) -> Outcome:
    """Never raises: whatever happens, the parcel has an end or a next attempt."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            answer = await _WAYS[Channel(parcel.row.channel)](parcel, sender)
    except Exception as error:
        log.warning("delivery %s was not sent: %s", parcel.id, type(error).__name__)
        answer = Answer(Fate.LATER, f"not sent: {type(error).__name__}")
    return outcome(parcel, answer)


def outcome(parcel: Parcel, answer: Answer) -> Outcome:
    if answer.fate is Fate.ACCEPTED:
        return Outcome(parcel, DeliveryState.SENT, answer.fate)
    if answer.fate is not Fate.LATER:
        return Outcome(parcel, DeliveryState.FAILED, answer.fate, answer.problem)
    again = now() + _pause(parcel, answer.retry_after)
    if again >= parcel.expires_at:
        return Outcome(parcel, DeliveryState.FAILED, answer.fate, answer.problem)
    return Outcome(parcel, DeliveryState.WAITING, answer.fate, answer.problem, again)


def _pause(parcel: Parcel, retry_after: float) -> timedelta:
    """Not before the service wants to hear from us again, and not all at the same moment."""
    steps = URGENT_PAUSES if parcel.row.is_urgent else PAUSES
    usual = steps[min(parcel.attempts, len(steps)) - 1] * random.uniform(0.8, 1.2)
    asked = min(retry_after, LONGEST_URGENT_WAIT) if parcel.row.is_urgent else retry_after
    return timedelta(seconds=max(usual, asked * random.uniform(1.0, 1.2)))


async def _push(parcel: Parcel, sender: Sender) -> Answer:
    answer = await sender.send(_message(parcel, payload(parcel)))
    if answer.fate is Fate.TOO_LARGE:
        answer = await sender.send(_message(parcel, payload(parcel, is_short=True)))
    return answer


def _message(parcel: Parcel, content: bytes) -> Push:
    row = parcel.row
    left = parcel.expires_at - now()
    lives = min(left, CALL_LIVES) if row.words["actions"] and row.kind == Kind.SOS else left
    # The service replaces by topic what still waits there; a digest of the tag tells it nothing.
    topic = signature("topic", row.tag)
    ttl = max(0, int(lives.total_seconds()))
    return Push(row.endpoint, row.p256dh, row.auth, content, ttl, topic, is_urgent=row.is_urgent)


async def _email(parcel: Parcel, _sender: Sender) -> Answer:
    if not settings().smtp_url:
        return Answer(Fate.WRONG, "no mail server is set up")
    await asyncio.to_thread(lambda: deliver(letter_of(parcel)))
    return Answer(Fate.ACCEPTED)


async def _text_message(parcel: Parcel, _sender: Sender) -> Answer:
    if not sms.is_set_up():
        return Answer(Fate.WRONG, "no service for text messages is set up")
    if not parcel.row.phone:
        return Answer(Fate.WRONG, "no phone number")
    row = parcel.row
    words = spoken(row.words, row.language, says_more=row.says_more)
    await asyncio.to_thread(sms.deliver, row.phone, f"{words.title}\n{address(row.path)}")
    return Answer(Fate.ACCEPTED)


_WAYS = {Channel.PUSH: _push, Channel.EMAIL: _email, Channel.SMS: _text_message}
