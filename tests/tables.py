"""All tables, made straight from the code; as a SQLite file they are made once a process and then copied."""

from functools import cache
from pathlib import Path

from sqlalchemy import Engine, MetaData
from sqlmodel import SQLModel

from careapp import db
from careapp.settings import settings


def make_tables(engine: Engine) -> None:
    """Make every table that is not there.

    From a copy: making tables that refer to each other in a circle on PostgreSQL marks their foreign keys, in the
    metadata itself, as made elsewhere, and SQLite's tables in the same process would then be made without them.
    """
    copy = MetaData(naming_convention=SQLModel.metadata.naming_convention)
    for table in SQLModel.metadata.tables.values():
        table.to_metadata(copy)
    copy.create_all(engine)


def put_tables() -> None:
    """Give this test's installation a SQLite file with every table and no row."""
    put_file(_empty())


@cache
def _empty() -> bytes:
    make_tables(db.writer())
    return whole_file()


def whole_file() -> bytes:
    """The SQLite file as it stands, with all that was stored; it is closed for that."""
    db.dispose()
    return _file().read_bytes()


def put_file(content: bytes) -> None:
    """Have the SQLite file be exactly this, whatever it was."""
    db.dispose()
    for left in ("-wal", "-shm"):
        Path(f"{_file()}{left}").unlink(missing_ok=True)
    _file().write_bytes(content)


def _file() -> Path:
    return Path(settings().database.removeprefix("sqlite:///"))
