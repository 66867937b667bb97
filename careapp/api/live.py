"""GET /api/sites/<address>/changes: tells an open page that something on its site has changed (server-sent events).

Nothing of the change itself is sent. Whoever follows is checked again at every change and every heartbeat, so a
removed member's page ends at once.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

from sqlalchemy import select
from sqlmodel import col
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from careapp import live
from careapp.access import Credentials, access_site, enter
from careapp.api.problems import answering
from careapp.api.threads import in_thread
from careapp.cookies import credentials_of
from careapp.db import reading
from careapp.errors import NotAllowed, NotFound, NotSignedIn
from careapp.models import Site
from careapp.settings import settings

HEARTBEAT_SECONDS = 15.0
POLL_SECONDS = 1.0
GONE = "event: gone\ndata: {}\n\n"

log = logging.getLogger(__name__)
_pollers: dict[asyncio.AbstractEventLoop, asyncio.Task[None]] = {}


async def _changes(request: Request) -> Response:
    credentials = credentials_of(request.headers.get("cookie", ""))
    address = request.path_params["address"]
    site_id, _ = await in_thread("follow", _look, credentials, address)
    return StreamingResponse(_events(credentials, site_id), media_type="text/event-stream", headers=_HEADERS)


async def _events(credentials: Credentials, site_id: str) -> AsyncIterator[str]:
    """What the page knew may be older than this connection, so the first event says where things stand."""
    seen = -1
    with live.waiting_for(site_id) as changed:
        _poll_where_others_write()
        yield "retry: 2000\n\n"
        while True:
            changed.clear()
            try:
                _, counter = await in_thread("follow", _look, credentials, site_id)
            except (NotFound, NotSignedIn, NotAllowed):
                yield GONE
                return
            yield _changed(counter) if counter != seen else ": still here\n\n"
            seen = counter
            await _until(changed, HEARTBEAT_SECONDS)


def _look(credentials: Credentials, site: str) -> tuple[str, int]:
    """The site's id and counter, for whoever may be on it."""
    with reading() as session:
        found = access_site(session, enter(session, credentials, site))
        return found.id, found.change_counter


async def _until(changed: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(changed.wait(), seconds)


def _changed(counter: int) -> str:
    return f'event: changed\ndata: {{"counter": {counter}}}\n\n'


def _poll_where_others_write() -> None:
    """Other processes cannot wake us, so each process asks PostgreSQL for all its watched sites at once."""
    loop = asyncio.get_running_loop()
    if settings().is_embedded or loop in _pollers:
        return
    task = _pollers[loop] = loop.create_task(_poll())
    task.add_done_callback(lambda _: _pollers.pop(loop, None))


async def _poll() -> None:
    """Ends when nobody watches any more."""
    known: dict[str, int] = {}
    while watched := live.watched_sites():
        try:
            counters = await in_thread("follow", _counters, watched)
        except Exception:
            log.exception("could not ask for changes")
            counters = known
        for site_id in counters:
            if counters[site_id] != known.get(site_id):
                live.wake(site_id)
        known = counters
        await asyncio.sleep(POLL_SECONDS)


def _counters(site_ids: list[str]) -> dict[str, int]:
    watched = select(col(Site.id), col(Site.change_counter)).where(col(Site.id).in_(site_ids))
    with reading() as session:
        return {row[0]: row[1] for row in session.execute(watched)}


# Proxies must not hold events back.
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

routes = [Route("/api/sites/{address}/changes", answering(_changes), methods=["GET"])]
