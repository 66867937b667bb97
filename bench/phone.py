"""A mid-priced phone: Chromium with Lighthouse's screen, its processor slowed four times, on a network of ours."""

import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import BrowserContext, Page, Playwright

from bench.machine import CHROMIUM
from bench.network import Network
from bench.places import Place, cookie
from bench.server import Server

FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
)
SCREEN = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-US",
    "timezone_id": "America/New_York",
}
SLOWER = 4
PATIENCE_SECONDS = 20
# Somebody looks before they reach for something.
READ_SECONDS = 4
WATCH = (Path(__file__).parent / "watch.js").read_text()


@asynccontextmanager
async def phone(
    playwright: Playwright, server: Server, network: Network, place: Place
) -> AsyncIterator[BrowserContext]:
    """A fresh phone, signed in as the place asks; all it loads passes through the network."""
    with tempfile.TemporaryDirectory(prefix="careapp-phone-", ignore_cleanup_errors=True) as profile:
        led = f"--host-resolver-rules=MAP localhost:{server.port} 127.0.0.1:{network.port}"
        context = await playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, chromium_sandbox=False, args=[*FLAGS, led], **SCREEN
        )
        try:
            if place.who:
                await context.add_cookies([cookie(place.who, server.url)])
            yield context
        finally:
            await context.close()


async def opened(context: BrowserContext, place: Place, url: str) -> tuple[Page, dict[str, float | None]]:
    """Open the place on a new page; what was painted when, in milliseconds, as far as it was."""
    page = await context.new_page()
    await page.add_init_script(WATCH.replace("ROWS", json.dumps(place.rows)))
    devtools = await context.new_cdp_session(page)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.goto(url + place.path, wait_until="commit", timeout=PATIENCE_SECONDS * 1000)
    await is_so(page, "noted.rows")
    await asyncio.sleep(READ_SECONDS)
    await page.evaluate("reach()")
    await page.mouse.move(200, 200)
    await is_so(page, "noted.ready")
    await asyncio.sleep(1)
    noted = await page.evaluate("noted")
    return page, {name: noted.get(name) for name in ("fcp", "lcp", "rows", "ready", "cls", "tbt")}


async def is_so(page: Page, expression: str) -> bool:
    """Wait until it is, as long as patience lasts. The page forbids the browser to wait for an expression by itself."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (found := await page.evaluate(expression)) and time.monotonic() < until:
        await asyncio.sleep(0.1)
    return bool(found)
