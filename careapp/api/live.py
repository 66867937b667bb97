"""GET /api/sites/<address>/changes: tells an open page that something on its site has changed (server-sent events).

Nothing of the change itself is sent. Whoever follows is checked again at every change and every heartbeat, so a
removed member's page ends at once.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from careapp import live
from careapp.access import Credentials, access_site, enter
from careapp.api.problems import answering
from careapp.cookies import credentials_of
from careapp.db import reading
from careapp.errors import NotFound, NotSignedIn, TooMany
from careapp.models import Site
from careapp.settings import settings
from careapp.threads import in_thread

HEARTBEAT_SECONDS = 15.0
POLL_SECONDS = 1.0
MOST_OF_ONE = 60  # streams of one session

log = logging.getLogger(__name__)
_polled: set[asyncio.AbstractEventLoop] = set()


async def _changes(request: Request) -> Response:
    credentials = credentials_of(request.headers.get("cookie", ""))
    site_id = await in_thread("follow", _site_of, credentials, request.path_params["address"])
    _require_room(credentials)
    return StreamingResponse(_events(credentials, site_id), media_type="text/event-stream", headers=_HEADERS)


async def _events(credentials: Credentials, site_id: str) -> AsyncIterator[str]:
    page = OpenPage(credentials)
    with _watched(site_id, page):
        yield "retry: 2000\n\n"
        async for event in page.events():
            yield event


# The site's counter, or the code of the refusal for who may no longer look.
Standing = int | str


class OpenPage:
    """One page that follows a site. It is told how things stand."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials
        self._standing: Standing = -1
        self._is_told = asyncio.Event()

    def tell(self, standing: Standing, *, is_heartbeat: bool) -> None:
        """A page that reads slowly misses what was overtaken meanwhile, and nothing else."""
        if is_heartbeat or standing != self._standing:
            self._standing = standing
            self._is_told.set()

    async def events(self) -> AsyncIterator[str]:
        seen: Standing = -1
        while isinstance(seen, int):
            await self._is_told.wait()
            self._is_told.clear()
            now = self._standing
            yield _event(now)
            seen = now


class Watch:
    """All pages of this process that follow one site: one look at the database serves them all."""

    def __init__(self, site_id: str) -> None:
        self.pages: set[OpenPage] = set()
        self._site_id = site_id
        self.changed = asyncio.Event()

    async def keep(self) -> None:
        with live.waiting_for(self._site_id, self.changed):
            is_heartbeat = False
            while self.pages:
                self.changed.clear()
                await self._look(is_heartbeat)
                is_heartbeat = not await _happens(self.changed, HEARTBEAT_SECONDS)

    async def _look(self, is_heartbeat: bool) -> None:
        everyone = {page.credentials for page in self.pages}
        try:
            standings = await in_thread("follow", _standings, self._site_id, everyone)
        except Exception:
            log.exception("could not look for changes")
            return
        for page in self.pages:
            if page.credentials in everyone:
                page.tell(standings[page.credentials], is_heartbeat=is_heartbeat)


_watches: dict[tuple[asyncio.AbstractEventLoop, str], Watch] = {}
_tasks: set[asyncio.Task[None]] = set()


@contextmanager
def _watched(site_id: str, page: OpenPage) -> Iterator[None]:
    """The page hears of the site inside. The first page begins the watch, the last one ends it."""
    here = (asyncio.get_running_loop(), site_id)
    watch = _watches.get(here)
    if watch is None:
        watch = _watches[here] = Watch(site_id)
        _begin(watch.keep())
        _poll_where_others_write()
    watch.pages.add(page)
    watch.changed.set()
    try:
        yield
    finally:
        watch.pages.discard(page)
        if not watch.pages:
            del _watches[here]
            watch.changed.set()


def _require_room(credentials: Credentials) -> None:
    """A browser opens fewer. Visitors of an open site share their proof, so they are not told apart here."""
    pages = (page for watch in _watches.values() for page in watch.pages)
    if credentials.session and sum(page.credentials == credentials for page in pages) >= MOST_OF_ONE:
        raise TooMany(retry_after=60)


def _site_of(credentials: Credentials, address: str) -> str:
    with reading() as session:
        return enter(session, credentials, address).site_id


def _standings(site_id: str, everyone: set[Credentials]) -> dict[Credentials, Standing]:
    with reading() as session:
        return {each: _standing(session, each, site_id) for each in everyone}


def _standing(session: Session, credentials: Credentials, site_id: str) -> Standing:
    try:
        return access_site(session, enter(session, credentials, site_id)).change_counter
    except (NotFound, NotSignedIn) as refusal:
        return refusal.code


async def _happens(event: asyncio.Event, seconds: float) -> bool:
    try:
        return await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False


def _begin(work: Coroutine[Any, Any, None]) -> None:
    """The loop itself holds tasks only weakly."""
    task = asyncio.get_running_loop().create_task(work)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


def _event(standing: Standing) -> str:
    """A heartbeat says the same figure again: a page cannot hear less, and takes a silent stream for dead. Who left
    hears another code than whose session has ended: the device erases all, or only what was seen."""
    if isinstance(standing, str):
        return f'event: gone\ndata: {{"code": "{standing}"}}\n\n'
    return f'event: changed\ndata: {{"counter": {standing}}}\n\n'


def _poll_where_others_write() -> None:
    """Other processes cannot wake us, so each process asks PostgreSQL for all its watched sites at once."""
    loop = asyncio.get_running_loop()
    if not settings().is_embedded and loop not in _polled:
        _polled.add(loop)
        _begin(_poll(loop))


async def _poll(loop: asyncio.AbstractEventLoop) -> None:
    """Ends when nobody watches any more."""
    known: dict[str, int] = {}
    try:
        while watched := live.watched_sites():
            known = await _wake_changed(watched, known)
            await asyncio.sleep(POLL_SECONDS)
    finally:
        _polled.discard(loop)


async def _wake_changed(watched: list[str], known: dict[str, int]) -> dict[str, int]:
    try:
        counters = await in_thread("follow", _counters, watched)
    except Exception:
        log.exception("could not ask for changes")
        return known
    for site_id, counter in counters.items():
        if counter != known.get(site_id):
            live.wake(site_id)
    return counters


def _counters(site_ids: list[str]) -> dict[str, int]:
    watched = select(col(Site.id), col(Site.change_counter)).where(col(Site.id).in_(site_ids))
    with reading() as session:
        return {row[0]: row[1] for row in session.execute(watched)}


# Proxies must not hold events back.
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

routes = [Route("/api/sites/{address}/changes", answering(_changes), methods=["GET"])]
