"""The production build in a real browser at phone size: one server a module, one browser context a person.

`server` serves Rose's site with the people of the cast. `visit("tom", "/today?site=rose")` is Tom's phone on that
page; `visit("", "/")` is the phone of someone who is not signed in. A script error on any phone fails the test.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.servers import Running, running, seed

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE_MS = 30_000

expect.set_options(timeout=PATIENCE_MS)

# The rules of axe that can be broken in the dark alone.
OF_COLOUR = ["color-contrast", "link-in-text-block"]

# Whether a draft on the device holds these words.
IS_SAVED = """words => new Promise((resolve) => {
  indexedDB.open("careapp").onsuccess = ({ target: { result: db } }) => {
    db.transaction("drafts").objectStore("drafts").getAll().onsuccess = ({ target }) => {
      db.close();
      resolve(JSON.stringify(target.result).includes(words));
    };
  };
})"""

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(seed(tmp_path_factory.mktemp("site") / "data")) as server:
        yield server


@pytest.fixture
def phone(
    chromium: Browser, server: Running, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a phone, signed in as someone of the cast or as nobody; `options` are those of a browser context.

    A service worker loads every page there is, so only tests marked `needs_worker` have one.
    """
    phones: list[BrowserContext] = []
    errors: list[str] = []
    workers = "allow" if request.node.get_closest_marker("needs_worker") else "block"

    def make(name: str = "", **options: object) -> BrowserContext:
        looks = {"viewport": PHONE, "has_touch": True, "locale": "en-US", "timezone_id": "America/New_York"}
        context = chromium.new_context(base_url=server.url, **{"service_workers": workers, **looks, **options})
        if name:
            context.add_cookies([{"name": "careapp", "value": f"token-of-{name}", "url": server.url}])
        context.on("weberror", lambda error: errors.append(f"{error.page.url if error.page else ''}: {error.error}"))
        context.on("console", lambda message: errors.extend(_fault(message)))
        phones.append(context)
        return context

    yield make
    for context in phones:
        context.close()
    assert errors == []


@pytest.fixture
def visit(phone: Callable[..., BrowserContext]) -> Visit:
    """Opens a page on a new phone, until React has drawn it; `as_painted` leaves it at the first paint."""

    def go(name: str, path: str, *, as_painted: bool = False, **options: object) -> Page:
        page = phone(name, **options).new_page()
        if as_painted:
            page.goto(path)
        else:
            walk(page, path)
        return page

    return go


def walk(page: Page, path: str) -> None:
    """Open a page, until React has drawn it: until then each field is there twice, and one of them hidden."""
    page.goto(path)
    ready(page)


def ready(page: Page) -> None:
    """Reach for the page, and wait until the browser's own drawing has taken over from the first paint."""
    first_paint = page.locator("#painted")
    for n in range(100):
        page.mouse.move(3 + n % 2, 3)  # before the script has run, nobody hears of it
        with suppress(AssertionError):
            return expect(first_paint).to_have_count(0, timeout=300)
    return expect(first_paint).to_have_count(0)


def found_by_axe(page: Page) -> list[tuple[str, str, list[str]]]:
    """What axe finds in the light and in the dark; colours are judged when they have arrived."""
    found = []
    for colours, rules in (("light", {}), ("dark", {"runOnly": OF_COLOUR})):
        page.emulate_media(color_scheme=colours)
        expect(page.locator("html")).to_have_class(colours)
        page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
        violations = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
        found += [(colours, one["id"], [node["html"] for node in one["nodes"]]) for one in violations]
    return found


def _fault(message: ConsoleMessage) -> list[str]:
    """What React or the browser's own rules complain about; refused requests are for the tests to judge."""
    text = message.text
    is_fault = message.type == "error" and ("Content Security Policy" in text or "Minified React error" in text)
    return [text] if is_fault else []
