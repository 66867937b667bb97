"""The database grows up by migrations, on both kinds, to exactly the tables that the code has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, Inspector, create_engine, inspect
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from careapp import db
from careapp.migrate import config, migrate, pending
from careapp.settings import settings
from tests.tables import make_tables


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "postgresql":
        monkeypatch.setenv("CAREAPP_DATABASE_URL", request.getfixturevalue("postgres_url"))


@pytest.fixture
def straight_from_the_code(empty_database: None, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The same tables, made without migrations."""
    address = "sqlite://"
    if not settings().is_embedded:
        name = request.getfixturevalue("postgres_template")
        address = request.getfixturevalue("postgres_server").replace("/postgres?", f"/{name}?")
    engine = create_engine(address, poolclass=StaticPool)
    make_tables(engine)
    yield engine
    engine.dispose()


@pytest.mark.usefixtures("empty_database")
def test_an_empty_database_gets_every_table_and_column() -> None:
    migrate()

    command.check(config())
    there = inspect(db.writer())
    assert set(there.get_table_names()) == {*SQLModel.metadata.tables, "alembic_version"}
    for name, table in SQLModel.metadata.tables.items():
        assert {column["name"] for column in there.get_columns(name)} == set(table.columns.keys()), name


@pytest.mark.usefixtures("empty_database")
def test_migrations_are_pending_until_they_ran_and_may_run_again() -> None:
    assert pending()

    migrate()
    assert pending() == []
    migrate()
    assert pending() == []


@pytest.mark.usefixtures("empty_database")
def test_migrated_rules_are_those_of_the_code(straight_from_the_code: Engine) -> None:
    """Foreign keys, unique rules and partial indexes: what `alembic check` does not compare on SQLite."""
    migrate()

    assert _rules(db.writer()) == _rules(straight_from_the_code)


def _rules(engine: Engine) -> dict[str, list[str]]:
    there = inspect(engine)
    return {name: sorted([*_keys(there, name), *_uniques(there, name)]) for name in SQLModel.metadata.tables}


def _keys(there: Inspector, name: str) -> list[str]:
    keys = there.get_foreign_keys(name)
    return [
        f"{k['name']}: {k['constrained_columns']} → {k['referred_table']} {k['options'].get('ondelete')}" for k in keys
    ]


def _uniques(there: Inspector, name: str) -> list[str]:
    rules = there.get_unique_constraints(name)
    indexes = there.get_indexes(name)
    return [
        *(f"{u['name']}: unique {u['column_names']}" for u in rules),
        *(f"{i['name']}: {i['column_names']} {i['unique']} {_where(i)}" for i in indexes),
    ]


def _where(index: Any) -> dict[str, str]:
    return {name: str(value) for name, value in (index.get("dialect_options") or {}).items()}
