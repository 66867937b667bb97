"""The second visit opens from the device, and is taken over like the first."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.e2e.conftest import Visit, walk

pytestmark = pytest.mark.needs_worker

KEPT = """async (view) => {
  await navigator.serviceWorker.ready;
  const seen = await caches.open("seen");
  for (let n = 0; n < 150 && !(await seen.match(view)); n++) await new Promise((done) => setTimeout(done, 100));
}"""
IS_PAINTED = "!!document.getElementById('page').shadowRoot?.getElementById('painted')"
CAME_FROM_THE_WORKER = "performance.getEntriesByType('navigation')[0].workerStart > 0"


def test_a_page_that_was_seen_opens_from_the_device(visit: Visit) -> None:
    page = visit("maya", "/people?site=rose", as_painted=True)
    page.evaluate(KEPT, "/api/view/people?site=rose")

    page.reload()

    expect(page.get_by_text("Tom Lind").first).to_be_visible()
    assert page.evaluate(CAME_FROM_THE_WORKER)
    assert _is_taken_over(page)


def test_a_page_that_the_server_has_outgrown_is_not_loaded_anew_while_someone_writes(
    phone: Callable[..., BrowserContext],
) -> None:
    """As after an upgrade, when the server has other states than the page knows."""
    page, sockets = phone("tom").new_page(), list[WebSocketRoute]()

    def between(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket("**/_event/**", between)
    walk(page, "/status?site=rose")
    words = page.get_by_role("textbox").last
    words.fill("Half a thought")
    page.evaluate("window.before = true")

    sockets[-1].send('42/_event,["state_mismatch",{"backend":"another","reload_cooldown_ms":10000}]')

    expect(page.get_by_text("A new version is ready.")).to_be_visible()
    expect(words).to_have_value("Half a thought")
    assert page.evaluate("window.before")


def _is_taken_over(page: Page) -> bool:
    """React shows its own rows in place of the paint. The page's rules forbid Playwright's own way of waiting."""
    until = time.monotonic() + 20
    while page.evaluate(IS_PAINTED) and time.monotonic() < until:
        page.wait_for_timeout(50)
    return not page.evaluate(IS_PAINTED)
