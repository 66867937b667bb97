"""Statements are put together once a process: every test has a database of its own, but the same statements."""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from careapp import db

_compiled: dict[str, LRUCache[Any, Any]] = {}


def share_compiled_statements() -> None:
    """Have all engines of this process know what one of them has put together.

    SQLAlchemy keeps that by engine and dialect, each of which is made anew for each test.
    """
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__ = _is_same_kind  # type: ignore[method-assign, assignment]
        dialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign, assignment]
    db.create_engine = _with_what_is_known  # type: ignore[attr-defined]


def _is_same_kind(one: Any, other: Any) -> bool:
    return type(one) is type(other)


def _with_what_is_known(*args: Any, **more: Any) -> Engine:
    engine = create_engine(*args, **more)
    engine._compiled_cache = _compiled.setdefault(engine.dialect.name, LRUCache(5000))
    return engine
