"""Wakes the couriers of this process when there is something to send."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_hearers: list[Callable[[], object]] = []


def ring() -> None:
    """To be called after the commit, from any thread."""
    for act in tuple(_hearers):
        act()


@contextmanager
def hearing(act: Callable[[], object]) -> Iterator[None]:
    """Inside, `act` is called whenever the bell is rung. It must not block, nor fail."""
    _hearers.append(act)
    try:
        yield
    finally:
        _hearers.remove(act)
