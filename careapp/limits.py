"""How often something may be tried. Counts live in the database, so they hold across workers and restarts."""

import hashlib
import ipaddress
import random
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from careapp.clock import now
from careapp.db import concerns, unit_of_work
from careapp.errors import TooMany
from careapp.models import RateCount
from careapp.settings import settings

KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Limit:
    """At most so many within a window of fixed length, each counted under its name and whom it concerns."""

    name: str
    most: int
    within: timedelta


def take(limit: Limit, *whom: str) -> None:
    """Count one try in a transaction of its own, so that tries which fail count too. Raises TooMany.

    Not to be called inside a unit of work: there, use `count`.
    """
    with unit_of_work() as session:
        concerns(session)
        reached = tally(session, limit, *whom) > limit.most
    if reached:
        raise TooMany(retry_after=_rest_of_window(limit))


def give_back(limit: Limit, *whom: str) -> None:
    """Forget one try, because it succeeded."""
    with unit_of_work() as session:
        concerns(session)
        mine = (col(RateCount.key) == _key(limit, whom), col(RateCount.window) == _window(limit))
        session.execute(update(RateCount).where(*mine, col(RateCount.count) > 0).values(count=RateCount.count - 1))


def count(session: Session, limit: Limit, *whom: str) -> None:
    """Count one try as part of the operation: one that fails in the end does not count. Raises TooMany."""
    if tally(session, limit, *whom) > limit.most:
        raise TooMany(retry_after=_rest_of_window(limit))


def tally(session: Session, limit: Limit, *whom: str) -> int:
    """Count one try, and how many there were in this window."""
    if random.random() < 0.01:
        session.execute(delete(RateCount).where(col(RateCount.window) < int((now() - KEPT).timestamp())))
    # PostgreSQL's form, which SQLite understands as well.
    row = insert(RateCount).values(key=_key(limit, whom), window=_window(limit), count=1)
    one_more = row.on_conflict_do_update(index_elements=["key", "window"], set_={"count": RateCount.count + 1})
    return int(session.execute(one_more.returning(col(RateCount.count))).scalar_one())


def address_of(peer: str, forwarded_for: str) -> str:
    """Who asks, as a network address. A proxy is believed only when it is one of ours; IPv6 counts by its /64."""
    hops = [peer, *reversed([hop.strip() for hop in forwarded_for.split(",") if hop.strip()])]
    believed = peer
    for hop in hops:
        believed = hop
        if not _is_ours(hop):
            break
    return _network(believed)


def _is_ours(hop: str) -> bool:
    address = _parsed(hop)
    return address is not None and any(address in network for network in _proxies(settings().trusted_proxies))


@cache
def _proxies(listed: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(part.strip(), strict=False) for part in listed.split(",") if part.strip()]


def _network(hop: str) -> str:
    address = _parsed(hop)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address or hop[:64])


def _parsed(hop: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(hop.strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _key(limit: Limit, whom: tuple[str, ...]) -> str:
    """Only a digest is stored: a table of limits is no place to read who tried what."""
    return f"{limit.name} {hashlib.sha256(chr(31).join(whom).encode('utf-8', 'replace')).hexdigest()[:40]}"


def _window(limit: Limit) -> int:
    """When the current window began, in seconds since 1970."""
    seconds = int(limit.within.total_seconds())
    return int(now().timestamp()) // seconds * seconds


def _rest_of_window(limit: Limit) -> int:
    return _window(limit) + int(limit.within.total_seconds()) - int(now().timestamp())
