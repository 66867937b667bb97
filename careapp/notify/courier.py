"""The courier: carries deliveries out of the house as soon as they are due, urgent first, many at once.

One write transaction at a time settles what was sent meanwhile and claims what fits into the places that are free,
while sending goes on. Idle, it sleeps until the next delivery falls due, or the bell rings.
"""

import asyncio
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from careapp.adapters.webpush import MOST_AT_ONCE, Sender
from careapp.clock import now
from careapp.db import reading, unit_of_work
from careapp.models import Channel, Delivery, DeliveryState
from careapp.notify import bell
from careapp.notify.parcels import Parcel, claim, next_due
from careapp.notify.sending import Outcome, send
from careapp.notify.settling import settle
from careapp.settings import settings

log = logging.getLogger(__name__)

LOOK_SECONDS, LOOK_SECONDS_AMONG_OTHERS = 60.0, 5.0
GATHER_SECONDS = 0.05
A_FEW = 8
LAST_SECONDS = 6.0
BUSY_SECONDS, RETRY_SECONDS = 1.0, 2.0
MOST_FAILURES = 5


@dataclass(frozen=True)
class Round:
    """Which channels a courier serves, how many parcels it carries at once, and the places kept for the urgent."""

    channels: tuple[Channel, ...]
    at_once: int
    kept_for_urgent: int


PUSH = Round((Channel.PUSH,), at_once=MOST_AT_ONCE, kept_for_urgent=32)
# Apart, so that a mail server that does not answer holds up no text message.
EMAIL = Round((Channel.EMAIL,), at_once=8, kept_for_urgent=3)
SMS = Round((Channel.SMS,), at_once=8, kept_for_urgent=3)


def begin() -> None:
    """To be called before the first round: takes up what this process's forerunner had not settled, where no other
    process can be sending it."""
    if not settings().is_embedded:
        return
    with unit_of_work() as session:
        left = update(Delivery).where(col(Delivery.state) == DeliveryState.LEASED)
        session.execute(left.values(leased_until=now() - timedelta(seconds=1)))


def turn(of: Round, outcomes: Sequence[Outcome], room: int) -> list[Parcel]:
    """Settle these and claim as many more as there is room for, in one transaction."""
    with unit_of_work() as session:
        settle(session, outcomes)
        return claim(session, of.channels, room, of.kept_for_urgent) if room > 0 else []


def carry(of: Round = PUSH) -> int:
    """Carry what is due now, and settle it; how many parcels there were."""

    async def once() -> int:
        carried = 0
        async with Sender() as sender:
            while parcels := turn(of, [], of.at_once):
                turn(of, await asyncio.gather(*(send(parcel, sender) for parcel in parcels)), 0)
                carried += len(parcels)
        return carried

    return asyncio.run(once())


def run_until(stopped: threading.Event, of: Round) -> None:
    """Carry until told to stop, whatever goes wrong; then what is on its way has a few seconds to arrive."""
    while not stopped.is_set():
        try:
            asyncio.run(_Courier(of, stopped).run())
        except Exception:
            log.exception("the courier begins anew")
            stopped.wait(RETRY_SECONDS)


@dataclass
class _Courier:
    of: Round
    stopped: threading.Event
    outcomes: list[Outcome] = field(default_factory=list)
    on_the_way: set[asyncio.Task[None]] = field(default_factory=set)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    is_rung: bool = True
    has_more: bool = False  # as many were due as there was room for
    failures: int = 0

    async def run(self) -> None:
        self.loop = asyncio.get_running_loop()
        # As many threads as places, or those that are kept for the urgent would not be.
        self.loop.set_default_executor(ThreadPoolExecutor(self.of.at_once))
        with bell.hearing(lambda: self.loop.call_soon_threadsafe(self._ring)), ThreadPoolExecutor(1) as self.desk:
            async with Sender() as self.sender:
                while not self.stopped.is_set():
                    await self._turn()
                    await self._rest()
                await self._finish()

    def _ring(self) -> None:
        self.is_rung = True
        self.woken.set()

    async def _turn(self) -> None:
        """Where the database is away, what was sent is settled later. What cannot be settled at all holds up nothing:
        its lease runs out, and it is sent again."""
        self.is_rung = False
        room = 0 if self.stopped.is_set() else self.of.at_once - len(self.on_the_way)
        settling, self.outcomes = self.outcomes, []
        try:
            parcels = await self.loop.run_in_executor(self.desk, turn, self.of, settling, room)
        except Exception:
            log.exception("the courier could not look for deliveries")
            self.failures += 1
            self.outcomes = (settling if self.failures < MOST_FAILURES else []) + self.outcomes
            await self._wait(RETRY_SECONDS)
            return
        self.failures, self.has_more = 0, len(parcels) == room > 0
        for number, parcel in enumerate(parcels, 1):
            task = self.loop.create_task(self._carry(parcel))
            self.on_the_way.add(task)
            task.add_done_callback(self._arrived)
            if number % A_FEW == 0:
                # The first are out before the last are encrypted.
                await asyncio.sleep(0)

    async def _carry(self, parcel: Parcel) -> None:
        # Only now is it asked which list it belongs to: the one of before may have been settled meanwhile.
        became = await send(parcel, self.sender)
        self.outcomes.append(became)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self.on_the_way.discard(task)
        self.woken.set()

    async def _rest(self) -> None:
        """Until there is something to do. What has arrived is settled together with what arrives just after it."""
        if not self.outcomes and not self.is_rung:
            await self._wait(await self._idle_seconds())
        self.woken.clear()
        if self.outcomes and not self.is_rung and self.on_the_way:
            await self._gather()

    async def _gather(self) -> None:
        """Where more wait, they are claimed while half of these are still on the way."""
        until = self.loop.time() + GATHER_SECONDS
        enough = self.of.at_once // 2 if self.has_more else 0
        while not self.is_rung and len(self.on_the_way) > enough and (left := until - self.loop.time()) > 0:
            await self._wait(left)
            self.woken.clear()

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.woken.wait(), seconds)
        except TimeoutError:
            return

    async def _idle_seconds(self) -> float:
        if self.on_the_way:
            return BUSY_SECONDS
        longest = LOOK_SECONDS if settings().is_embedded else LOOK_SECONDS_AMONG_OTHERS
        try:
            due = await self.loop.run_in_executor(self.desk, self._next_due)
        except Exception:
            return RETRY_SECONDS
        return longest if due is None else min(longest, max(0.05, due))

    def _next_due(self) -> float | None:
        with reading() as session:
            due = next_due(session, self.of.channels)
        return None if due is None else (due - now()).total_seconds()

    async def _finish(self) -> None:
        if self.on_the_way:
            await asyncio.wait(self.on_the_way, timeout=LAST_SECONDS)
        await self._turn()
        for task in self.on_the_way:
            task.cancel()
