"""All tables, made straight from the code."""

from sqlalchemy import Engine, MetaData
from sqlmodel import SQLModel


def make_tables(engine: Engine) -> None:
    """Make every table that is not there.

    From a copy: making tables that refer to each other in a circle on PostgreSQL marks their foreign keys, in the
    metadata itself, as made elsewhere, and SQLite's tables in the same process would then be made without them.
    """
    copy = MetaData(naming_convention=SQLModel.metadata.naming_convention)
    for table in SQLModel.metadata.tables.values():
        table.to_metadata(copy)
    copy.create_all(engine)
