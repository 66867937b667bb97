"""The database: one writer, many readers, and the unit of work around every operation.

SQLite up to 3.51.2 can corrupt a WAL file when two connections write and checkpoint at the same moment. So one
process owns the file (the runner holds a lock), one connection writes and checkpoints, and readers are read-only.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlmodel import Session

from careapp.settings import settings

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "temp_store=MEMORY")
READERS = 8

_writing = threading.Lock()


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """One write transaction: all of it is stored, or none. Runs what `after_commit` was given once it is stored."""
    with _one_writer(), Session(writer(), expire_on_commit=False) as session:
        with session.begin():
            raw = session.connection().connection.driver_connection
            yield session
        _count(raw)
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


def stored() -> int | None:
    """A number that moves whenever something was stored. None where other processes store too, unseen from here."""
    return _stored.count if settings().is_embedded else None


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
    _stored.count, _stored.by = _stored.count + 1, None


_SQLITE_ARGS = {"check_same_thread": False, "isolation_level": None}


@dataclass
class _Stored:
    """How much the writing connection `by` had changed when it was last looked at, and how often that has moved."""

    count: int = 0
    by: Any = None
    changes: int = 0


_stored = _Stored()


def _count(raw: Any) -> None:
    """To be called after the commit, and before anyone else may write. Looking for work changes nothing."""
    if settings().is_embedded and (raw is not _stored.by or raw.total_changes != _stored.changes):
        _stored.by, _stored.changes = raw, raw.total_changes
        _stored.count += 1


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
