"""A person's way through a page on a slow phone: the first visit, the next one, one without a network, and a tap."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from playwright.async_api import BrowserContext, Error, Page, async_playwright

from bench.network import Network, network_to
from bench.phone import is_so, opened, phone
from bench.places import Place, places
from bench.server import Server
from bench.tables import Rows, Tables, medians

TAPS = 3
TITLE = (
    "150 ms round trip, 1638/750 kbit/s, processor 4x slower; milliseconds, medians of {n}. "
    "ready: from the first touch, after 4 s, until React has taken over; where it had by itself, since the start"
)

Measured = dict[str, float | None]

# The worker has taken over, and has kept what the page shows.
KEPT = """async (view) => {
  await navigator.serviceWorker.ready;
  const seen = await caches.open("seen");
  for (let n = 0; n < 100 && view && !(await seen.match(view)); n++) await new Promise((done) => setTimeout(done, 100));
}"""


# What was tapped has arrived, so that it may be tapped again.
CALM = "!document.querySelector('#page [aria-busy], #page [data-waiting]')"


async def measure(server: Server, runs: int) -> Tables:
    """Interleaved, so that a busy minute of the machine does not fall on one page alone."""
    found: dict[Place, list[Measured]] = {place: [] for place in places()}
    async with async_playwright() as playwright:
        for _ in range(runs):
            for place, measured in found.items():
                async with network_to(server.port) as network, phone(playwright, server, network, place) as context:
                    measured.append(await _visits(context, network, place, server.url))
    return [(TITLE.format(n=runs), _rows(found))]


async def _visits(context: BrowserContext, network: Network, place: Place, url: str) -> Measured:
    network.slow()
    page, first = await opened(context, place, url)
    first["KiB"] = network.received / 1024
    network.fast()
    await page.evaluate(KEPT, _view(place))
    await asyncio.sleep(1)
    await page.close()

    network.slow()
    page, repeat = await opened(context, place, url)
    tap = await _tap(page) if place.has_reactions else None
    await page.close()

    network.cut()
    offline: Measured = {}
    with suppress(Error):
        page, offline = await opened(context, place, url)
    return {**_named("1st", first), **_named("repeat", repeat), **_named("offline", offline), "tap": tap}


async def _tap(page: Page) -> float | None:
    """The middle of a few taps on a reaction, each given and taken back."""
    times: list[float] = []
    button = page.locator("#page [role=group] button[aria-pressed]").first
    with suppress(Error):
        await button.scroll_into_view_if_needed()
        for _ in range(TAPS):
            await button.evaluate("(element) => timeTap(element)")
            await button.tap()
            if not await is_so(page, f"taps.length > {len(times)}"):
                break
            times = await page.evaluate("taps")
            await is_so(page, CALM)
    return sorted(times)[len(times) // 2] if times else None


def _view(place: Place) -> str:
    return f"/api/view{place.path}" if place.path != "/" else ""


def _named(visit: str, noted: Mapping[str, float | None]) -> Measured:
    return {f"{visit} {name}": value for name, value in noted.items()}


def _rows(found: dict[Place, list[Measured]]) -> Rows:
    columns = ("1st fcp", "1st lcp", "1st rows", "1st ready", "1st tbt", "1st cls", "1st KiB", "repeat fcp")
    columns += ("repeat rows", "repeat ready", "offline rows", "offline ready", "tap")
    middles = {place.name: medians(measured) for place, measured in found.items()}
    return [{"page": name, **{column: middle.get(column) for column in columns}} for name, middle in middles.items()]
