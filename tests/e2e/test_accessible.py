"""axe finds nothing on any page, light and dark, and nothing is wider than the narrowest phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import Visit, ready

ANYONE = ["/", "/sign-in", "/register", "/code", "/forgot", "/invited", "/install", "/start", "/join?invitation=wrong"]
MEMBER = [
    "/today",
    "/journal",
    "/write",
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
]
OWN = ["/account", "/notifications", "/sites"]
PAGES = [
    *(("", path) for path in ANYONE),
    *(("maya", f"{path}?site=rose") for path in MEMBER),
    *(("maya", path) for path in OWN),
]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(("name", "path"), PAGES)
def test_axe_finds_nothing(visit: Visit, name: str, path: str, colours: str) -> None:
    page = visit(name, path, color_scheme=colours, bypass_csp=True)  # axe styles what it measures
    ready(page)

    found = Axe().run(page).response["violations"]

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_a_page_fits_the_narrowest_phone_with_large_text(visit: Visit, name: str, path: str) -> None:
    page = visit(name, path, viewport={"width": 320, "height": 640})
    ready(page)

    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, size


def test_the_first_paint_is_accessible_before_any_script(visit: Visit) -> None:
    page = visit("maya", "/today?site=rose", java_script_enabled=False)

    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.get_by_role("link", name="Journal").first).to_be_visible()
