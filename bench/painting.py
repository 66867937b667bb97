"""What a page costs the server: SQL statements, and the time and size of its whole answer."""

import asyncio
import gzip
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine, event

from bench.family import TOKEN
from bench.places import Place, places
from bench.tables import Rows, Tables, medians
from careapp import build, features

WARM_UP = 3
TIMES = 30
_asked = count()


def measure(runs: int, every: Sequence[Place] = ()) -> Tables:
    """These places, or all, in this process, without a network and without a browser."""
    static = build.ensure() / "build" / "client"
    features.load_pages()
    return [
        (
            f"One answer of the server, compressed; medians of {TIMES * runs}",
            asyncio.run(_rows(static, every or places(), runs)),
        )
    ]


async def _rows(static: Path, every: Sequence[Place], runs: int) -> Rows:
    from careapp.api.pages import first_paint

    app = first_paint(static, "bench")(None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client:
        for _ in range(WARM_UP):
            for place in every:
                await _ask(client, place)
        found: dict[Place, list[dict[str, float | None]]] = {place: [] for place in every}
        for _ in range(TIMES * runs):
            for place, answers in found.items():
                answers.append(await _ask(client, place))
    return [{"page": place.name, **medians(answers)} for place, answers in found.items()]


async def _ask(client: httpx.AsyncClient, place: Place) -> dict[str, float | None]:
    told = {"Cookie": f"careapp={TOKEN.format(place.who)}"} if place.who else {}
    with _counted() as statements:
        began, worked = time.perf_counter(), time.process_time()
        answer = await client.get(_anew(place), headers=told)
        took, work = time.perf_counter() - began, time.process_time() - worked
    assert answer.status_code == 200, f"{place.name} answered {answer.status_code}"
    size = len(answer.content)
    return {
        "statements": float(len(statements)),
        "ms": took * 1000,
        "processor ms": work * 1000,
        "raw KiB": size / 1024,
        "gzip KiB": len(gzip.compress(answer.content, 5)) / 1024,
    }


def _anew(place: Place) -> str:
    """A question that was not asked before, so that its answer is not one that was kept."""
    return f"{place.path}{'&' if '?' in place.path else '?'}asked={next(_asked)}"


@contextmanager
def _counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, without those that begin and end transactions."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
