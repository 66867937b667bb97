"""Many open pages: each holds a websocket, as the browser's script does, and reads its view once a second."""

import asyncio
import json
import os
import random
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simple_websocket import AioClient, ConnectionClosed

from bench.family import CROWD_PEOPLE, CROWD_SITES, TOKEN, crowd
from bench.server import Server
from bench.tables import Tables

PAGES = CROWD_SITES * CROWD_PEOPLE
SECONDS = 15
AT_ONCE = 10
NAMESPACE = "/_event"
ROOT = "reflex___state____state"
PATH = "/today"
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class OpenPage:
    """One browser tab of one person."""

    who: str
    site: str
    waits: deque[float] = field(default_factory=deque)
    took: list[float] = field(default_factory=list)
    socket: Any = None
    reader: Any = None
    pong: Any = None
    is_ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, server: Server, handler: str) -> None:
        """As a page does: connect, and read for the first time."""
        token = f"{random.getrandbits(128):032x}"
        told = {"Cookie": f"careapp={TOKEN.format(self.who)}", "Origin": server.url}
        address = f"ws://localhost:{server.port}{NAMESPACE}/?EIO=4&transport=websocket&token={token}"
        self.socket = await AioClient.connect(address, headers=told, receive_bytes=65536)
        hydrate = self._event(f"{ROOT}.hydrate")
        await self.socket.send(f"40{NAMESPACE}," + json.dumps({"event": hydrate}))
        self.reader = asyncio.create_task(self._read())
        await asyncio.wait_for(self.is_ready.wait(), 60)
        await self.ask(handler)
        while self.waits:
            await asyncio.sleep(0.05)

    async def ask(self, handler: str) -> None:
        self.waits.append(time.perf_counter())
        await self.socket.send(f"42{NAMESPACE}," + json.dumps(["event", self._event(handler)]))

    async def ask_every_second(self, handler: str, until: float) -> None:
        await asyncio.sleep(random.random())
        at = time.perf_counter()
        while at < until:
            await self.ask(handler)
            at += 1
            await asyncio.sleep(max(0, at - time.perf_counter()))

    def _event(self, name: str) -> dict[str, Any]:
        place = {"pathname": PATH, "query": {"site": self.site}, "asPath": f"{PATH}?site={self.site}"}
        return {"name": name, "payload": {}, "router_data": place}

    async def _read(self) -> None:
        try:
            while True:
                self._heard(await self.socket.receive())
        except ConnectionClosed:
            return

    def _heard(self, said: str) -> None:
        if said == "2":
            self.pong = asyncio.ensure_future(self.socket.send("3"))
        elif said.startswith(f"42{NAMESPACE},"):
            self.is_ready.set()
            if "is_loaded_rx_state_" in said and self.waits:
                self.took.append((time.perf_counter() - self.waits.popleft()) * 1000)

    async def close(self) -> None:
        if self.reader:
            self.reader.cancel()
            await self.socket.close()


async def measure(server: Server, _runs: int) -> Tables:
    """One process serves, once; the asking takes its share of the same cores."""
    from careapp import features
    from careapp.ui.page import PAGES as KNOWN

    features.load()
    features.load_pages()
    handler = f"{KNOWN['/today'].state.get_full_name()}.load"  # type: ignore[union-attr]
    rows = [await _step(server, handler)]
    return [(f"{PAGES} pages of /today, one read a second each for {SECONDS} s; milliseconds", rows)]


async def _step(server: Server, handler: str) -> dict[str, Any]:
    worker = _worker(server.pid)
    before = _memory(worker)
    pages = [OpenPage(who, f"crowd-{n}") for n in range(CROWD_SITES) for who in crowd(n)][:PAGES]
    gate = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_open(gate, page, server, handler) for page in pages))
    await asyncio.sleep(3)
    for page in pages:
        page.waits.clear()
        page.took.clear()
    began, busy, own = time.perf_counter(), _busy(worker), time.process_time()
    await asyncio.gather(*(page.ask_every_second(handler, began + SECONDS) for page in pages))
    took, busy, own = time.perf_counter() - began, _busy(worker) - busy, time.process_time() - own
    await asyncio.sleep(2)
    row = {**_times(pages), "server processor %": 100 * busy / took, "own processor %": 100 * own / took}
    row |= {"memory MiB": float(_memory(worker)), "KiB a page": (_memory(worker) - before) * 1024 / PAGES}
    await asyncio.gather(*(page.close() for page in pages), return_exceptions=True)
    return row


async def _open(gate: asyncio.Semaphore, page: OpenPage, server: Server, handler: str) -> None:
    async with gate:
        await page.open(server, handler)


def _times(pages: list[OpenPage]) -> dict[str, float]:
    took = sorted(time for page in pages for time in page.took) or [float("nan")]
    parts = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {
        "pages": float(len(pages)),
        "reads": float(len(took)),
        **{name: took[int(len(took) * part)] for name, part in parts.items()},
        "lost": float(sum(len(page.waits) for page in pages)),
    }


def _worker(pid: int) -> int:
    """The process under the supervisor that serves: the one that has worked most."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max(map(int, children), key=_busy)


def _busy(pid: int) -> float:
    """Seconds of processor time."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICK


def _memory(pid: int) -> float:
    """MiB, shared pages counted by their share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
