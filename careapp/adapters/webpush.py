"""Web push out of the house (RFC 8030): encrypted for one device (RFC 8291), signed by this installation (RFC 8292).

Endpoints come from browsers, so anyone could name one. Only push services are spoken to, never an address of this
network, and what they answer is neither followed nor read beyond its first words.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from types import TracebackType

import aiohttp
from pywebpush import WebPusher

from careapp.adapters import push_hosts
from careapp.adapters.public import PublicResolver
from careapp.adapters.vapid import Signature
from careapp.clock import now

CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 3.0, 7.0, 20.0
# To one service as to all together: whoever sends more than so many at once has them wait for each other here.
MOST_AT_ONCE = 96
MOST_READ = 512
LONGEST_PAUSE = 86400.0


class Fate(StrEnum):
    """What a push service makes of a message. GONE: the device unsubscribed. REFUSED: it does not believe who we are.
    LATER: it, or the way to it, is out of order. WRONG: it will never take this."""

    ACCEPTED = "accepted"
    GONE = "gone"
    REFUSED = "refused"
    TOO_LARGE = "too_large"
    LATER = "later"
    WRONG = "wrong"


@dataclass(frozen=True)
class Push:
    """One message to one device. `ttl` is in seconds; a later message with the same `topic` takes its place while it
    waits at the service."""

    endpoint: str
    p256dh: str
    auth: str
    payload: bytes
    ttl: int
    topic: str
    is_urgent: bool = False


@dataclass(frozen=True)
class Answer:
    """`retry_after` is in seconds, 0 where the service did not say."""

    fate: Fate
    problem: str = ""
    retry_after: float = 0


class Sender:
    """One session with kept connections, to be entered and used in one event loop."""

    def __init__(self) -> None:
        self._signature = Signature()

    async def __aenter__(self) -> "Sender":
        connector = aiohttp.TCPConnector(
            resolver=PublicResolver(CONNECT_SECONDS, push_hosts.is_operators),
            use_dns_cache=False,
            limit=0,
            limit_per_host=MOST_AT_ONCE,
            ssl=ssl.create_default_context(),
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(ALL_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=READ_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def send(self, push: Push) -> Answer:
        """Never raises for what the device or the service did."""
        if not push_hosts.is_known(push.endpoint):
            return Answer(Fate.WRONG, "this is no push service that Careapp knows")
        try:
            body, headers = encrypted(push), self._headers(push)
        except Exception as error:
            return Answer(Fate.WRONG, f"could not be encrypted: {type(error).__name__}")
        try:
            return await self._post_again_where_cut(push.endpoint, body, headers)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Answer(Fate.LATER, f"the push service was not reached: {type(error).__name__}")

    def _headers(self, push: Push) -> dict[str, str]:
        return {
            **self._signature.header(push.endpoint),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(push.ttl),
            "Urgency": "high" if push.is_urgent else "normal",
            "Topic": push.topic,
        }

    async def _post_again_where_cut(self, endpoint: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """A kept connection may have ended just now, which says nothing about the service."""
        try:
            return await self._post(endpoint, body, headers)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
            if isinstance(error, aiohttp.ClientConnectorError):
                raise
            return await self._post(endpoint, body, headers)

    async def _post(self, endpoint: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        proxy = push_hosts.proxy_for(endpoint)
        async with self._session.post(
            endpoint, data=body, headers=headers, proxy=proxy, allow_redirects=False
        ) as response:
            said = await response.content.read(MOST_READ)
            return answer_for(response.status, response.headers.get("Retry-After", ""), said)


def encrypted(push: Push) -> bytes:
    keys = {"p256dh": push.p256dh, "auth": push.auth}
    body: bytes = WebPusher({"endpoint": push.endpoint, "keys": keys}).encode(push.payload)["body"]
    return body


def answer_for(status: int, retry_after: str = "", said: bytes = b"") -> Answer:
    problem = f"the push service answered {status}"
    match status:
        case 200 | 201 | 202:
            return Answer(Fate.ACCEPTED)
        case 404 | 410:
            return Answer(Fate.GONE, problem)
        case 401 | 403:
            return Answer(Fate.REFUSED, f"{problem} {_printable(said)}".strip())
        case 413:
            return Answer(Fate.TOO_LARGE, problem)
        case _ if status == 429 or status >= 500:
            return Answer(Fate.LATER, problem, seconds_until(retry_after))
        case _:
            return Answer(Fate.WRONG, f"{problem} {_printable(said)}".strip())


def seconds_until(retry_after: str) -> float:
    """What Retry-After says, in seconds or as a date (RFC 9110); 0 when it says nothing that can be understood."""
    try:
        seconds = float(retry_after) if retry_after.strip().isdigit() else _until_date(retry_after)
    except (TypeError, ValueError):
        return 0.0
    return min(LONGEST_PAUSE, max(0.0, seconds))


def _until_date(date: str) -> float:
    return (parsedate_to_datetime(date) - now()).total_seconds()


def _printable(said: bytes) -> str:
    return " ".join("".join(sign for sign in said.decode("utf-8", "replace")[:160] if sign.isprintable()).split())
