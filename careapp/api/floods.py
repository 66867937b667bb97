"""A ceiling on requests and on what is said over sockets, in memory: against floods, not against guessing (`limits`).

Each process counts for itself, so several workers let through that many times more.
"""

from collections import Counter
from collections.abc import Callable

from starlette.types import Message, Receive, Send

from careapp.access import token_hash
from careapp.clock import now
from careapp.errors import TooMany
from careapp.settings import settings

POLICY = 1008
LOOPBACK = ("127.0.0.1", "::/64")
# Files of the build cost nothing and come in dozens.
FREE = ("/assets/", "/fonts/", "/icons/", "/js/")
# A call for help, and that it has arrived: a household behind one address must not crowd it out by all else it does.
URGENT = ("/api/do/sos.", "/api/received")


class Paced:
    """A socket, of which each message is counted. Beyond the ceiling it is closed, and the page comes back later."""

    def __init__(self, receive: Receive, send: Send, count: Callable[[], None]) -> None:
        self._receive, self._send, self._count = receive, send, count
        self._is_closed = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        try:
            self._count()
        except TooMany:
            self._is_closed = True
            await self._send({"type": "websocket.close", "code": POLICY})
            return {"type": "websocket.disconnect", "code": POLICY}
        return message

    async def send(self, message: Message) -> None:
        if not self._is_closed:
            await self._send(message)


class Ceiling:
    """Requests of the current minute, by network address and by session; those about an SOS are counted apart."""

    def __init__(self) -> None:
        self._minute = 0
        self._counts: Counter[str] = Counter()

    def count(self, path: str, address: str, session: str) -> None:
        """Raise TooMany above the ceiling. The machine's own address, where proxies and the operator sit, is free."""
        if path.startswith(FREE):
            return
        self._turn()
        apart = "sos " if path.startswith(URGENT) else ""
        if address not in LOOPBACK:
            self._one_more(apart + address)
        if session:
            self._one_more(apart + token_hash(session))

    def _turn(self) -> None:
        minute = int(now().timestamp()) // 60
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()

    def _one_more(self, whom: str) -> None:
        self._counts[whom] += 1
        if self._counts[whom] > settings().max_requests_per_minute:
            raise TooMany(retry_after=60)
