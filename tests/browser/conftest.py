"""A real browser on pages that are made of the real scripts, against a server that can be broken."""

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from careapp import build
from careapp.lock import one_at_a_time
from careapp.pwa.plugin import WORKER, bundle
from careapp.pwa.prerendered import SHADOW_SCRIPT
from tests.browser.fake_server import FakeServer
from tests.chromium import EXECUTABLE, FLAGS

HERE = Path(__file__).parent
PAGE = """<!DOCTYPE html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Test</title>
<link rel="stylesheet" href="/assets/style.css"></head><body><div id="root">{inside}</div>
<script src="/harness.js" defer></script></body></html>"""
SHELLS = {f"/{name}": f"/{name}/index.html" for name in ("today", "journal", "start")}


@pytest.fixture(scope="session")
def web_dir() -> Path:
    """Where the packages are that the pages are built with. The build has its name, which no other test changes now."""
    build.ensure()
    return build.WORKSHOP


@pytest.fixture(scope="session")
def files(web_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the fake server serves: one bundle of all components, the worker, and two shells."""
    made = _bundles(web_dir, tmp_path_factory)
    page = PAGE.format(inside="").encode()
    shells = {file: PAGE.format(inside='<div id="page"></div>').encode() for file in SHELLS.values()}
    scripts = {f"/{name}.js": (made / f"{name}.js").read_bytes() for name in ("harness", "sw")}
    return {"/": page, "/index.html": page, "/assets/style.css": b"p { margin: 0 }", **shells, **scripts}


def _bundles(web_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once for all that test at the same time."""
    run = tmp_path_factory.getbasetemp()
    made = (run.parent if os.environ.get("PYTEST_XDIST_WORKER") else run) / "bundles"
    with one_at_a_time(made / "lock"):
        if not (made / "sw.js").exists():
            kept = ["/harness.js", "/assets/style.css"]
            values = {"BUILD": "one", "FILES": kept, "SHELLS": SHELLS, "SHADOW_SCRIPT": SHADOW_SCRIPT}
            bundle(web_dir, HERE / "harness.js", made / "harness.js", {})
            bundle(web_dir, WORKER, made / "sw.js", {name: json.dumps(value) for name, value in values.items()})
    return made


@pytest.fixture
def server(files: dict[str, bytes]) -> Iterator[FakeServer]:
    fake = FakeServer(dict(files))
    yield fake
    fake.stop()


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """Starts a browser on the same profile each time, as a person does who closes and opens it."""
    opened: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=EXECUTABLE,
            args=FLAGS,
            viewport={"width": 390, "height": 844},
        )
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def shared(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One browser for tests that do not close theirs: a server's port is an origin with a storage of its own."""
    profile = tmp_path_factory.mktemp("profile")
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=EXECUTABLE, args=FLAGS, viewport={"width": 390, "height": 844}
    )
    yield context
    context.close()


@pytest.fixture
def page(shared: BrowserContext, server: FakeServer) -> Iterator[Page]:
    page = shared.new_page()
    yield opened(shared, server, page=page)
    page.close()


def opened(context: BrowserContext, server: FakeServer, path: str = "/?site=rose", page: Page | None = None) -> Page:
    """A page of the context with the harness running in it."""
    page = page or context.new_page()
    page.goto(server.url + path)
    page.wait_for_function("window.care")
    return page


def kept(page: Page, store: str = "outbox") -> list[dict[str, Any]]:
    """What a store of the device's database holds."""
    return page.evaluate(f"care.store.readAll('{store}')")


def wait_for(page: Page, script: str, seconds: float = 10) -> None:
    """Until the script's promise says yes; `wait_for_function` takes the promise itself for a yes."""
    end = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < end, script


NOTHING_WAITS = "care.store.readAll('outbox').then((all) => all.length === 0)"
