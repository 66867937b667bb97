"""axe finds nothing on any page, light and dark, and nothing is wider than the narrowest phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, ready

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
]
OWN = ["/account", "/notifications", "/sites"]
PAGES = [
    *(("", path) for path in ANYONE),
    *(("maya", f"{path}?site=rose") for path in MEMBER),
    *(("maya", path) for path in OWN),
]


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_a_page_is_for_everyone(visit: Visit, name: str, path: str) -> None:
    """Light and dark, then as narrow as phones are, with the text as large as people set it."""
    page = visit(name, path, color_scheme="light", bypass_csp=True)  # axe styles what it measures
    ready(page)
    assert _found_by_axe(page) == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_class("dark")
    assert _found_by_axe(page) == []

    page.set_viewport_size({"width": 320, "height": 640})
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, size


def _found_by_axe(page: Page) -> list[tuple[str, list[str]]]:
    """Colours are judged when they have arrived."""
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    violations = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations]


def test_the_first_paint_is_accessible_before_any_script(visit: Visit) -> None:
    page = visit("maya", "/today?site=rose", java_script_enabled=False)

    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.get_by_role("link", name="Journal").first).to_be_visible()
    expect(page.locator(".card").first).not_to_have_css("border-radius", "0px")
