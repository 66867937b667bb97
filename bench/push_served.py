"""The whole way of a call for help through the server: from the phone's request to the first push request."""

import asyncio
import json
import random
import time
import urllib.request

from bench.family import CROWD_PEOPLE, TOKEN, crowd
from bench.load import PATH, OpenPage
from bench.push_endpoint import Endpoint
from bench.server import Server
from bench.tables import Rows
from careapp import features
from careapp.ids import new_id

RAISES = 40
PAGES = 200


async def measure(server: Server, service: Endpoint, site: str, people: list[str]) -> Rows:
    """Each person raises once, and stands it down; first in a quiet house, then beside pages that read."""
    quiet = await asyncio.to_thread(_raise_all, server, service, site, people[:RAISES])
    pages = [OpenPage(who, f"crowd-{n}") for n in range(PAGES // CROWD_PEOPLE) for who in crowd(n)]
    handler, gate = _handler(), asyncio.Semaphore(10)
    await asyncio.gather(*(_open(gate, page, server, handler) for page in pages))
    reading = [asyncio.create_task(page.ask_every_second(handler, time.perf_counter() + 3600)) for page in pages]
    busy = await asyncio.to_thread(_raise_all, server, service, site, people[-RAISES:])
    for task in reading:
        task.cancel()
    await asyncio.gather(*(page.close() for page in pages), return_exceptions=True)
    return [{"open pages": 0, **quiet}, {"open pages": PAGES, **busy}]


async def _open(gate: asyncio.Semaphore, page: OpenPage, server: Server, handler: str) -> None:
    async with gate:
        await page.open(server, handler)


def _handler() -> str:
    from careapp.ui.page import PAGES as KNOWN

    features.load()
    features.load_pages()
    return f"{KNOWN[PATH].state.get_full_name()}.load"  # type: ignore[union-attr]


def _raise_all(server: Server, service: Endpoint, site: str, people: list[str]) -> dict[str, float]:
    took = sorted(1000 * _raise(server, service, site, who) for who in people)
    return {"raised": len(took), "p50": took[len(took) // 2], "p99": took[int(len(took) * 0.99)], "most": took[-1]}


def _raise(server: Server, service: Endpoint, site: str, who: str) -> float:
    time.sleep(random.uniform(0.1, 0.6))
    service.times()
    alert_id, began = new_id(), time.monotonic()
    told = _do(server, who, site, "sos.raise_alert", {"alert_id": alert_id})["reached_by_push"]
    first = service.await_messages(told)[0]
    _do(server, who, site, "sos.stand_down", {"alert_id": alert_id})
    service.await_messages(told)
    return first - began


def _do(server: Server, who: str, site: str, operation: str, command: dict[str, str]) -> dict[str, int]:
    body = json.dumps({"op_id": new_id(), "site": site, "command": command}).encode()
    told = {"Content-Type": "application/json", "Origin": server.url, "Cookie": f"careapp={TOKEN.format(who)}"}
    request = urllib.request.Request(f"{server.url}/api/do/{operation}", body, told)
    with urllib.request.urlopen(request, timeout=30) as answer:
        said: dict[str, int] = json.loads(answer.read())["answer"]
        return said
