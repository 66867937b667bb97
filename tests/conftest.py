"""A database of its own for every test: a real SQLite file in a folder that is thrown away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel

from careapp import db
from careapp.adapters.storage import storage
from careapp.secret import secret_key
from careapp.settings import settings
from tests.cast import Cast, add_account, add_site


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of an installation whose tables are empty."""
    monkeypatch.setenv("CAREAPP_DATA", str(tmp_path))
    _forget()
    SQLModel.metadata.create_all(db.writer())
    yield tmp_path
    _forget()


@pytest.fixture
def session(data: Path) -> Iterator[Session]:
    """One open write transaction, for operations and queries called as functions."""
    with db.unit_of_work() as session:
        yield session


@pytest.fixture
def rose_site(session: Session) -> Cast:
    """Rose's site and its people, within `session`; Sam has an account and no place."""
    add_account(session, "sam")
    return add_site(session)


@pytest.fixture
def stored_site(data: Path) -> Cast:
    """The same people stored, for tests that go through the front door. Only `credentials` of it may be used."""
    with db.unit_of_work() as session:
        add_account(session, "sam")
        return add_site(session)


def _forget() -> None:
    db.dispose()
    settings.cache_clear()
    secret_key.cache_clear()
    storage.cache_clear()
