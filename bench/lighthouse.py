"""Lighthouse's mobile profile (Moto G Power, slow 4G, processor four times slower), in simulation.

Lighthouse comes from npm, with the Node of the virtual environment, into a cache beside this file.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Playwright, async_playwright

from bench.machine import CHROMIUM
from bench.phone import FLAGS
from bench.places import Place, cookie, places
from bench.server import Server
from bench.tables import Tables, medians

VERSION = "13.5.0"
CACHE = Path(__file__).parent / "cache"
RUN = CACHE / "node_modules" / "lighthouse" / "cli" / "index.js"
BIN = Path(sys.executable).parent
TIMEOUT_SECONDS = 150
METRICS = {
    "fcp": "first-contentful-paint",
    "lcp": "largest-contentful-paint",
    "tbt": "total-blocking-time",
    "cls": "cumulative-layout-shift",
}


async def measure(server: Server, runs: int) -> Tables:
    """Interleaved; each run in a browser of its own."""
    _install()
    found: dict[Place, list[dict[str, float | None]]] = {place: [] for place in places()}
    async with async_playwright() as playwright:
        for _ in range(runs):
            for place, reports in found.items():
                reports.append(await _report(playwright, server, place))
    title = f"Lighthouse {VERSION}, simulated; milliseconds and KiB as sent, medians of {runs}"
    return [(title, [{"page": place.name, **medians(reports)} for place, reports in found.items()])]


def _install() -> None:
    told = RUN.parents[1] / "package.json"
    if told.exists() and json.loads(told.read_text())["version"] == VERSION:
        return
    CACHE.mkdir(exist_ok=True)
    (CACHE / "package.json").write_text("{}")
    command = [BIN / "npm", "install", "--no-save", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"]
    subprocess.run(command, cwd=CACHE, env=_environment(), stdout=subprocess.DEVNULL, timeout=600, check=True)


async def _report(playwright: Playwright, server: Server, place: Place) -> dict[str, float | None]:
    async with _browser() as port:
        if place.who:
            browser = await playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            await browser.contexts[0].add_cookies([cookie(place.who, server.url)])
            await browser.close()
        told = ["--output=json", "--quiet", "--throttling-method=simulate", "--only-categories=performance"]
        process = await asyncio.create_subprocess_exec(
            BIN / "node",
            RUN,
            server.url + place.path,
            f"--port={port}",
            *told,
            env=_environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        said, _ = await asyncio.wait_for(process.communicate(), TIMEOUT_SECONDS)
    return _figures(json.loads(said))


def _figures(report: dict[str, Any]) -> dict[str, float | None]:
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    scripts = [request for request in requests if request.get("resourceType") == "Script"]
    score = report["categories"]["performance"]["score"]
    return {
        "score": None if score is None else round(score * 100.0),
        **{name: audits[audit].get("numericValue") for name, audit in METRICS.items()},
        "JS KiB": _sent(scripts),
        "all KiB": _sent(requests),
        "requests": float(len(requests)),
    }


def _sent(requests: list[dict[str, Any]]) -> float:
    return sum(request.get("transferSize") or 0 for request in requests) / 1024


@asynccontextmanager
async def _browser() -> AsyncIterator[int]:
    """The debugging port of a fresh Chromium."""
    with tempfile.TemporaryDirectory(prefix="careapp-lighthouse-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            CHROMIUM,
            *FLAGS,
            "--no-sandbox",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            yield await _port(Path(profile) / "DevToolsActivePort")
        finally:
            process.terminate()
            await process.wait()


async def _port(told: Path) -> int:
    for _ in range(300):
        if told.exists() and told.read_text().strip():
            return int(told.read_text().split()[0])
        await asyncio.sleep(0.1)
    raise RuntimeError("Chromium did not start.")


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": os.pathsep.join([str(BIN), os.environ.get("PATH", "")]), "CHROME_PATH": CHROMIUM}
