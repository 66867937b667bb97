"""A PostgreSQL of the tests' own, for what must hold on both databases: reached by a socket in its own folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import careapp.models  # noqa: F401
from careapp.ids import new_id
from tests.tables import make_tables

SETTINGS = (
    "fsync=off",
    "listen_addresses=",
    "max_connections=50",
    "shared_buffers=16MB",
    "dynamic_shared_memory_type=mmap",
)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a running server's maintenance database."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="careapp-pg-"))
    try:
        with _running(programs[-1].parent, folder):
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """A database with every table and no row, to be copied."""
    _command(postgres_server, "CREATE DATABASE empty_house")
    engine = create_engine(postgres_server.replace("/postgres?", "/empty_house?"))
    make_tables(engine)
    engine.dispose()
    return "empty_house"


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A new database without tables."""
    with new_database(postgres_server, "template1") as url:
        yield url


@contextmanager
def new_database(server: str, template: str) -> Iterator[str]:
    name = f"test_{new_id().replace('-', '')}"
    _command(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        _command(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[None]:
    """PostgreSQL refuses to run as root, so root becomes the user that its package made."""
    become: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data = folder / "data"
    _run([*become, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"])
    options = " ".join(["-k", str(folder), *(f"-c {setting}" for setting in SETTINGS)])
    _run([*become, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"])
    try:
        yield
    finally:
        _run([*become, programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"])


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _command(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
