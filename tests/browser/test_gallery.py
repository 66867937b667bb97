"""Photos that come as one scrolls, while others add to them."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import wait_for
from tests.browser.fake_server import FakeServer

AT_ONCE = 3
TILES = "[...document.querySelectorAll('[data-photo]')].map((tile) => tile.dataset.photo).join(' ')"


def page_of(photos: list[int], before: int = 1000) -> dict[str, Any]:
    """The newest three before one, as the server answers."""
    left = [n for n in photos if n < before]
    items = [
        {"id": f"p{n}", "alt": "", "who": "", "at": "", "to": "", "is_video": False, "is_mine": False}
        for n in left[:AT_ONCE]
    ]
    older = str(left[AT_ONCE - 1]) if len(left) > AT_ONCE else ""
    return {"months": [{"key": "2026-11", "name": "November", "items": items}], "older": older}


def shown(page: Page, photos: list[int]) -> None:
    page.evaluate("shown => care.show(shown)", {**page_of(photos), "total": len(photos)})


def answer(route: Route, photos: list[int]) -> None:
    before = int(parse_qs(urlsplit(route.request.url).query)["before"][0])
    route.fulfill(json=page_of(photos, before))


def test_no_photo_is_missing_where_some_came_while_others_were_fetched(page: Page, server: FakeServer) -> None:
    photos = list(range(9, 0, -1))
    after = [11, 10, *photos]
    held: list[Route] = []
    page.route("**/api/photos?*", lambda route: answer(route, after) if held else held.append(route))
    page.goto(server.url + "/?site=rose&form=photos")
    page.wait_for_function("!!window.care?.show")
    shown(page, photos)
    expect(page.get_by_role("button", name="Fetching")).to_be_visible()

    shown(page, after)
    answer(held[0], photos)

    everything = " ".join(f"p{n}" for n in after)
    wait_for(page, f"Promise.resolve({TILES} === '{everything}')")


def test_it_goes_on_where_a_busy_phone_tells_late_that_the_end_came_near(page: Page, server: FakeServer) -> None:
    """Far, then near, told at once."""
    page.add_init_script("""
      window.IntersectionObserver = class {
        constructor(hear) { this.hear = hear; }
        observe() { setTimeout(() => this.hear([{ isIntersecting: false }, { isIntersecting: true }])); }
        disconnect() {}
      };
    """)
    photos = list(range(9, 0, -1))
    page.route("**/api/photos?*", lambda route: answer(route, photos))
    page.goto(server.url + "/?site=rose&form=photos")
    page.wait_for_function("!!window.care?.show")
    shown(page, photos)

    everything = " ".join(f"p{n}" for n in photos)
    wait_for(page, f"Promise.resolve({TILES} === '{everything}')")
