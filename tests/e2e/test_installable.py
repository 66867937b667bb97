"""The app on the home screen: the browser finds nothing in the way."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.needs_worker


def worker_is_ready(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(ready => ready.active.state)")


def test_nothing_stands_in_the_way_of_installing(visit: Visit) -> None:
    page = visit("tom", "/today?site=rose")
    worker_is_ready(page)
    devtools = page.context.new_cdp_session(page)

    found = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A test's phone is a private window, which is the one thing that may stand in the way.
    assert [error["errorId"] for error in found if error["errorId"] != "in-incognito"] == []


def test_the_manifest_says_what_a_phone_wants_to_know(visit: Visit) -> None:
    page = visit("", "/")
    address = page.locator("link[rel=manifest]").get_attribute("href")

    manifest = page.request.get(address or "").json()

    assert (manifest["id"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert manifest["start_url"].startswith("/today")
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} >= {"any", "maskable", "monochrome"}
    assert {shortcut["url"].split("?")[0] for shortcut in manifest["shortcuts"]} == {"/sos", "/write", "/today"}
    assert {shot["form_factor"] for shot in manifest["screenshots"]} == {"narrow", "wide"}
    for picture in [*manifest["icons"], *manifest["screenshots"]]:
        assert page.request.get(picture["src"]).headers["content-type"].startswith("image/"), picture


def test_the_iphone_guide_stands_on_a_page_of_its_own(visit: Visit) -> None:
    page = visit("", "/install")

    expect(page.get_by_role("heading", name="On an iPhone or iPad")).to_be_visible()
