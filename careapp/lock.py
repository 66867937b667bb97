"""Who owns the data folder: one process at a time, as SQLite asks for."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from careapp.settings import settings


class Taken(Exception):
    """Another Careapp works on the same data folder."""


@contextmanager
def own_data() -> Iterator[None]:
    """Hold the data folder while inside. On PostgreSQL many may, so nothing is held. Raises Taken."""
    if not settings().is_embedded:
        yield
        return
    with _opened(lock_file()) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken(f"Careapp is already running on {settings().data} (process {file.read().strip()}).") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def is_taken() -> bool:
    """Whether some process owns the data folder now."""
    try:
        with own_data():
            return False
    except Taken:
        return True


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait until nobody else is inside with the same file."""
    with _opened(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def lock_file() -> Path:
    return settings().data / "careapp.lock"


def make_data_folder() -> None:
    """Made at first start, for its owner alone."""
    settings().data.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings().data.chmod(0o700)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        yield file
