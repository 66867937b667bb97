"""Fetching what lies at an address that somebody typed, without becoming their way into this network.

Only https, only addresses of the open internet, looked at when the connection is made and again for each of at most
three redirects; at most 5 MB in 10 seconds; no proxy, no cookie, no password.
"""

import asyncio
import ipaddress
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import aiohttp

from careapp.adapters.public import PublicResolver
from careapp.adapters.push_hosts import is_public
from careapp.said import Said

ALL_SECONDS, CONNECT_SECONDS = 10.0, 5.0
MOST_BYTES = 5 * 1024 * 1024
MOST_REDIRECTS = 3
PIECE = 65536
LONGEST_ADDRESS = 2000
AGENT = "Careapp (calendar)"


@dataclass(frozen=True)
class Fetched:
    """`is_unchanged`: still what had the given etag. `problem` says in words why there is nothing."""

    text: str = ""
    etag: str = ""
    is_unchanged: bool = False
    problem: Said | None = None


@dataclass(frozen=True)
class Way:
    """How connections are made. Tests name a host of their own as `is_ours`, and trust its certificate."""

    is_ours: Callable[[str], bool] = lambda host: False
    context: ssl.SSLContext | None = None


class _Refused(Exception):
    def __init__(self, words: Said) -> None:
        super().__init__(words)
        self.words = words


def fetch(address: str, etag: str = "", way: Way | None = None) -> Fetched:
    """What lies there. Never raises for what the other side does. Not to be called on an event loop."""
    try:
        return asyncio.run(_within_time(address, etag, way or Way()))
    except _Refused as refused:
        return Fetched(problem=refused.words)
    except TimeoutError:
        return Fetched(problem=Said("This address takes too long to answer."))
    except (aiohttp.ClientError, OSError, ValueError):
        return Fetched(problem=Said("This address could not be reached, or lies in a private network."))


async def _within_time(address: str, etag: str, way: Way) -> Fetched:
    async with asyncio.timeout(ALL_SECONDS), _session(way) as session:
        for _ in range(MOST_REDIRECTS + 1):
            check_address(address, way.is_ours)
            headers = {"If-None-Match": etag} if etag else {}
            async with session.get(address, headers=headers, allow_redirects=False) as response:
                if response.status not in (301, 302, 303, 307, 308):
                    return await _read(response)
                address = urljoin(address, response.headers.get("Location", ""))
    raise _Refused(Said("This address leads on to others without end."))


def _session(way: Way) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        resolver=PublicResolver(CONNECT_SECONDS, way.is_ours),
        use_dns_cache=False,
        force_close=True,
        ssl=way.context or ssl.create_default_context(),
    )
    return aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(ALL_SECONDS, sock_connect=CONNECT_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": AGENT, "Accept": "text/calendar, text/*;q=0.5", "Accept-Encoding": "identity"},
        auto_decompress=False,
    )


def check_address(address: str, is_ours: Callable[[str], bool] = lambda host: False) -> None:
    """Raise for what is never asked: anything but https, passwords, and numbers of private networks. Names are looked
    at when they are resolved; what is written as a number is not resolved at all."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" or not host or len(address) > LONGEST_ADDRESS:
        raise _Refused(Said("Only addresses that begin with https:// can be fetched."))
    if "@" in parts.netloc:
        raise _Refused(Said("An address with a password in it cannot be fetched."))
    if _is_number(host) and not is_ours(host) and not is_public(host):
        raise _Refused(Said("This address could not be reached, or lies in a private network."))


def is_fetchable(address: str) -> bool:
    """Whether an address is worth a try."""
    try:
        check_address(address)
    except (_Refused, ValueError):
        return False
    return True


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


async def _read(response: aiohttp.ClientResponse) -> Fetched:
    if response.status == 304:
        return Fetched(is_unchanged=True)
    if response.status != 200:
        raise _Refused(_words(response.status))
    if response.headers.get("Content-Encoding", "identity").lower() not in ("", "identity"):
        raise _Refused(Said("What lies at this address cannot be read."))
    body = bytearray()
    async for piece in response.content.iter_chunked(PIECE):
        body += piece
        if len(body) > MOST_BYTES:
            raise _Refused(Said("What lies at this address is too large."))
    return Fetched(_text(bytes(body)), _etag(response.headers))


def _words(status: int) -> Said:
    match status:
        case 401 | 403:
            return Said("This address asks for a password. Please take the secret one that your calendar gives out.")
        case 404 | 410:
            return Said("There is no calendar at this address any more.")
        case _:
            return Said("This address answered with error {status}.", status=status)


def _etag(headers: Mapping[str, str]) -> str:
    etag = headers.get("ETag", "")
    return etag if len(etag) <= 200 and etag.isascii() and etag.isprintable() else ""


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")
