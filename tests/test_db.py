"""The database as it is served: nothing acknowledged is lost in a power cut, one connection writes, readers cannot."""

from pathlib import Path

import pytest
from sqlalchemy import exc, text

from careapp import db
from tests.conftest import SERVED_PRAGMAS


@pytest.fixture
def served(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db.dispose()
    monkeypatch.setattr(db, "PRAGMAS", SERVED_PRAGMAS)


def pragma(connection: object, name: str) -> object:
    return connection.execute(text(f"PRAGMA {name}")).scalar()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("served")
def test_the_writer_waits_for_the_disk_and_minds_what_belongs_together() -> None:
    with db.writer().connect() as writer:
        told = {name: pragma(writer, name) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}
        assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
        assert pragma(writer, "wal_autocheckpoint")
        assert not pragma(writer, "query_only")


@pytest.mark.usefixtures("served")
def test_readers_neither_write_nor_checkpoint() -> None:
    with db.reader().connect() as reader:
        assert (pragma(reader, "query_only"), pragma(reader, "wal_autocheckpoint")) == (1, 0)
        assert (pragma(reader, "journal_mode"), pragma(reader, "synchronous")) == ("wal", 2)
        with pytest.raises(exc.OperationalError, match="readonly"):
            reader.execute(text("DELETE FROM account"))


@pytest.mark.usefixtures("served")
def test_there_is_one_writing_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.writer().pool, "_timeout", 0.05)

    with db.writer().connect(), pytest.raises(exc.TimeoutError):
        db.writer().connect()
