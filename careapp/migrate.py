"""Bring the database to the shape this version of Careapp expects."""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from careapp.build import ROOT
from careapp.db import dispose, reader


def migrate() -> None:
    """Run every pending migration. Safe to repeat; on PostgreSQL several processes may try at once."""
    command.upgrade(config(), "head")
    dispose()


def pending() -> list[str]:
    """The revisions that the database still lacks, oldest first."""
    script = ScriptDirectory.from_config(config())
    with reader().connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    missing = [revision.revision for revision in script.iterate_revisions("heads", current or "base")]
    return missing[::-1]


@cache
def config() -> Config:
    found = Config(ROOT / "alembic.ini")
    found.set_main_option("script_location", str(ROOT / "alembic"))
    return found
