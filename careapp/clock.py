"""The only source of time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_frozen: datetime | None = None


def now() -> datetime:
    """The present moment, with zone UTC."""
    return _frozen or datetime.now(UTC)


@contextmanager
def freeze(moment: datetime) -> Iterator[None]:
    """Hold the time still, for tests."""
    global _frozen
    before, _frozen = _frozen, moment
    try:
        yield
    finally:
        _frozen = before
