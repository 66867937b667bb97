"""axe finds nothing on any page, light and dark, and nothing is wider than the narrowest phone."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import PHONE, Visit, found_by_axe, ready
from tests.servers import Running

ANYONE = [
    "/",
    "/sign-in",
    "/register",
    "/code",
    "/forgot",
    "/invited",
    "/install",
    "/start",
    "/join?invitation=wrong",
    "/received",
]
MEMBER = [
    "/today",
    "/journal",
    "/photos",
    "/book",
    "/messages",
    "/write",
    "/links",
    "/write-message",
    "/visit-outcome",
    "/status",
    "/drafts",
    "/people",
    "/me",
    "/more",
    "/profile",
    "/roles",
    "/settings",
    "/sos",
    "/alert",
    "/ladder",
    "/words",
    "/guides",
    "/responsibilities",
    "/calendar",
    "/calendar-week",
    "/calendar-month",
    "/edit-appointment",
    "/kick-off",
    "/calendars",
    "/import-calendar",
    "/help-wanted",
    "/ask-for-help",
    "/meals",
    "/on-duty",
    "/plan-shifts",
    "/hand-over",
    "/handovers",
    "/availability",
    "/who-can",
]
OWN = ["/account", "/notifications", "/sites"]
PAGES = [
    *(("", path) for path in ANYONE),
    *(("maya", f"{path}?site=rose") for path in MEMBER),
    *(("rose", f"{path}?site=rose") for path in ("/today", "/journal", "/people")),
    *(("maya", path) for path in OWN),
]


@pytest.fixture(scope="module")
def phone_of(chromium: Browser, server: Running) -> Iterator[Callable[[str], BrowserContext]]:
    """One phone a person for all pages. Nothing of this needs the worker, which would load every page there is."""

    @cache
    def phone_of(name: str) -> BrowserContext:
        looks: dict[str, Any] = {"color_scheme": "light", "viewport": PHONE, "has_touch": True, "locale": "en-US"}
        context = chromium.new_context(base_url=server.url, service_workers="block", bypass_csp=True, **looks)
        if name:
            context.add_cookies([{"name": "careapp", "value": f"token-of-{name}", "url": server.url}])
        return context

    return phone_of


@pytest.fixture
def page(name: str, path: str, phone_of: Callable[[str], BrowserContext]) -> Iterator[Page]:
    page = phone_of(name).new_page()  # axe styles what it measures, so the page's own policy is off
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path)
    ready(page)
    yield page
    page.close()
    assert errors == []


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_a_page_is_for_everyone(page: Page) -> None:
    """It opens; light and dark, then as narrow as phones are, with the text as large as people set it."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.get_by_text("This page does not exist")).to_have_count(0)
    assert found_by_axe(page) == []

    page.set_viewport_size({"width": 320, "height": 640})
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, size


def test_the_first_paint_is_accessible_before_any_script(visit: Visit) -> None:
    page = visit("maya", "/today?site=rose", java_script_enabled=False)

    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.get_by_role("link", name="Journal").first).to_be_visible()
    expect(page.locator(".card").first).not_to_have_css("border-radius", "0px")
