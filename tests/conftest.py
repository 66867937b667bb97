"""A database of its own for every test: a real SQLite file in a folder that is thrown away."""

import os
from collections.abc import Iterator
from datetime import date
from itertools import chain, groupby
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session

from careapp import clock, db
from careapp.adapters.storage import storage
from careapp.models import Account, Site
from careapp.secret import secret_key, vapid_private_key
from careapp.settings import settings
from tests.cast import Cast, add_account, add_site
from tests.chromium import chromium, playwright
from tests.compiled import share_compiled_statements
from tests.postgres import new_database, postgres_server, postgres_template, postgres_url
from tests.tables import put_file, put_tables, whole_file

__all__ = ["chromium", "playwright", "postgres_server", "postgres_template", "postgres_url"]


SERVED_PRAGMAS = db.PRAGMAS

share_compiled_statements()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that drive a browser, which mostly wait, take turns with files that reckon, so that both are always at
    work; whoever runs several at a time is given them in this order."""
    files = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
    waiting = [tests for tests in files if tests[0].path.parent.name in ("browser", "e2e")]
    reckoning = [tests for tests in files if tests not in waiting]
    each = len(reckoning) // max(1, len(waiting))
    turns = [[browser, *reckoning[n * each : (n + 1) * each]] for n, browser in enumerate(waiting)]
    items[:] = chain.from_iterable([*chain.from_iterable(turns), *reckoning[each * len(waiting) :]])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both_databases` runs on SQLite and again on PostgreSQL."""
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("kind_of_database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def kind_of_database(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "sqlite")


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of an installation that has no tables yet."""
    for name in [name for name in os.environ if name.startswith("CAREAPP_") and name != "CAREAPP_SAMPLES"]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setenv("CAREAPP_DATA", str(tmp_path))
    monkeypatch.setattr(db, "PRAGMAS", (*SERVED_PRAGMAS, "synchronous=OFF"))  # what a power cut does is not tried here
    _forget()
    yield tmp_path
    _forget()


@pytest.fixture
def data(
    nowhere: Path, kind_of_database: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The data folder of an installation whose tables are empty."""
    if kind_of_database == "sqlite":
        put_tables()
        yield nowhere
        return
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
    with new_database(server, template) as url:
        monkeypatch.setenv("CAREAPP_DATABASE_URL", url)
        yield nowhere
        _forget()


@pytest.fixture
def one_moment() -> Iterator[None]:
    """Time stands still: a limit's window ends between no two tries."""
    with clock.freeze(clock.now()):
        yield


@pytest.fixture
def mail_is_set_up(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are promised; no test that uses this sends any."""
    monkeypatch.setenv("CAREAPP_SMTP_URL", "smtp://mail.example.org")
    settings.cache_clear()


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
def stored_site(data: Path, kind_of_database: str) -> Cast:
    """The same people stored, for tests that go through the front door. Only `credentials` of it may be used."""
    if kind_of_database != "sqlite":
        return _store_site()
    today = clock.now().date()  # of a test that holds the time still: whoever signed in then is signed out by now
    if today not in _stored_sites:
        _stored_sites[today] = _store_site(), whole_file()
    cast, content = _stored_sites[today]
    put_file(content)
    return cast


_stored_sites: dict[date, tuple[Cast, bytes]] = {}


def _store_site() -> Cast:
    with db.unit_of_work() as session:
        add_account(session, "sam")
        return add_site(session)


@event.listens_for(Session, "after_flush")
def _keeps_its_word(session: Session, _context: UOWTransaction) -> None:
    """What says that it concerns some sites writes no row of another, nor what belongs to a person on all sites."""
    sites = session.info.get("sites")
    if sites is None or db.EVERY_SITE in sites:
        return
    for row in [*session.new, *session.dirty, *session.deleted]:
        site_id = row.id if isinstance(row, Site) else getattr(row, "site_id", None)
        assert site_id is None or site_id in sites, f"{row!r} is of another site"
        assert not isinstance(row, Account), f"{row!r} is of every site"


def _forget() -> None:
    db.dispose()
    settings.cache_clear()
    secret_key.cache_clear()
    vapid_private_key.cache_clear()
    storage.cache_clear()
