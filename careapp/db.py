"""The database: one writer, many readers, and the unit of work around every operation.

SQLite up to 3.51.2 can corrupt a WAL file when two connections write and checkpoint at the same moment. So one
process owns the file (the runner holds a lock), one connection writes and checkpoints, and readers are read-only.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlmodel import Session

from careapp.settings import settings

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "temp_store=MEMORY")
READERS = 8
EVERY_SITE = "every site"

_writing = threading.Lock()


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """One write transaction: all of it is stored, or none. Runs what `after_commit` was given once it is stored."""
    with _one_writer(), Session(writer(), expire_on_commit=False) as session:
        with session.begin():
            raw = session.connection().connection.driver_connection
            yield session
        _count(raw, session.info.get("sites"))
        for act in session.info.pop("after_commit", []):
            act()


@contextmanager
def reading() -> Iterator[Session]:
    """One read-only transaction: everything read in it belongs to the same moment."""
    with Session(reader(), expire_on_commit=False) as session, session.begin():
        yield session


def after_commit(session: Session, act: Callable[[], None]) -> None:
    """Have `act` called once the transaction is stored, never when it is rolled back."""
    session.info.setdefault("after_commit", []).append(act)


def concerns(session: Session, *site_ids: str | None) -> None:
    """Say that pages of these sites alone can tell that the transaction was there; pages of no site always may.

    A transaction of which nothing is said concerns every site. Without ids: what no page of a site shows, such as a
    job that was taken. To be said before the first row is written."""
    session.info["sites"] = session.info.get("sites", frozenset()).union(each for each in site_ids if each)


def concerns_too(session: Session, *site_ids: str | None) -> None:
    """Say the same of these sites as well; a transaction of which nothing is said goes on concerning every site."""
    if "sites" in session.info:
        concerns(session, *site_ids)


def stored() -> int | None:
    """A number that grows whenever something was stored. None where other processes store too, unseen from here."""
    return _stored.count if settings().is_embedded else None


def is_as_of(count: int, site_id: str = "") -> bool:
    """Whether nothing that concerns the site was stored since `stored()` was `count`; without one, nothing at all."""
    if not site_id:
        return count == _stored.count
    # In this order: whoever moves them all says so before the single ones are forgotten.
    return count >= max(_stored.sites.get(site_id, 0), _stored.everywhere)


@cache
def writer() -> Engine:
    """The engine that changes rows; on SQLite its one connection is the only one that may."""
    if not settings().is_embedded:
        return create_engine(settings().database, pool_pre_ping=True)
    engine = create_engine(
        settings().database, poolclass=QueuePool, pool_size=1, max_overflow=0, connect_args=_SQLITE_ARGS
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


@cache
def reader() -> Engine:
    if not settings().is_embedded:
        return writer().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    engine = create_engine(
        settings().database, poolclass=QueuePool, pool_size=READERS, max_overflow=READERS, connect_args=_SQLITE_ARGS
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "connect", _forbid_writes)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def dispose() -> None:
    """Close every connection and forget the engines, as at the end of a process or a test."""
    for engine in (reader, writer):
        if engine.cache_info().currsize:
            engine().dispose()
        engine.cache_clear()
    _stored.by = None
    _move(None)


_SQLITE_ARGS = {"check_same_thread": False, "isolation_level": None}


@dataclass
class _Stored:
    """How much the writing connection `by` had changed when it was last looked at, how often that has moved, and at
    which count last for every site and for single ones."""

    count: int = 0
    everywhere: int = 0
    sites: dict[str, int] = field(default_factory=dict)
    by: Any = None
    changes: int = 0


_stored = _Stored()


def _count(raw: Any, sites: frozenset[str] | None) -> None:
    """To be called after the commit, and before anyone else may write. Looking for work changes nothing."""
    if not settings().is_embedded:
        return
    if raw is not _stored.by:  # what another connection has changed meanwhile is not known
        sites = None
    elif raw.total_changes == _stored.changes:
        return
    _stored.by, _stored.changes = raw, raw.total_changes
    _move(sites)


def _move(sites: frozenset[str] | None) -> None:
    """Something was stored that concerns these sites, or all of them. Readers look without a lock: what holds for a
    site is moved before the count."""
    moved = _stored.count + 1
    if sites is None or EVERY_SITE in sites:
        _stored.everywhere = moved
        _stored.sites.clear()
    else:
        _stored.sites.update(dict.fromkeys(sites, moved))
    _stored.count = moved


@contextmanager
def _one_writer() -> Iterator[None]:
    """Queue SQLite's writers here, in order and without polling, rather than at the file's lock."""
    if not settings().is_embedded:
        yield
        return
    with _writing:
        yield


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _forbid_writes(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("PRAGMA query_only=ON")
