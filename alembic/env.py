"""How Alembic reaches Careapp's database and knows its tables."""

import warnings

from alembic import context
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

import careapp.models  # noqa: F401
from careapp.db import writer

LOCK = 7_303_218

# Sites, members and media point at each other, so there is no order of tables in which none comes too early.
warnings.filterwarnings("ignore", message="Cannot correctly sort tables")


def render_item(kind, item, autogen_context):
    """Keep migrations free of the application: a later version may have renamed its types."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime()"
    if kind == "type" and type(item).__name__ == "AutoString":
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        compare_server_default=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.run_migrations()


with writer().connect() as connection:
    run(connection)
    connection.commit()
