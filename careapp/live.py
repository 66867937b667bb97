"""Who waits for changes of which site, within this process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

_waiting: dict[str, set[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}


@contextmanager
def waiting_for(site_id: str, changed: asyncio.Event) -> Iterator[None]:
    """Inside, the event is set whenever something on the site has changed."""
    here = (asyncio.get_running_loop(), changed)
    _waiting.setdefault(site_id, set()).add(here)
    try:
        yield
    finally:
        _waiting[site_id].discard(here)
        if not _waiting[site_id]:
            del _waiting[site_id]


def watched_sites() -> list[str]:
    return list(_waiting)


def wake(site_id: str) -> None:
    """Tell everyone who waits, from any thread."""
    for loop, event in tuple(_waiting.get(site_id, ())):
        if not loop.is_closed():
            loop.call_soon_threadsafe(event.set)
