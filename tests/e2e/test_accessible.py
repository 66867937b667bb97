"""axe finds nothing on any page there is, light and dark, and nothing is wider than the narrowest phone."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from careapp import features
from careapp.ids import new_id
from careapp.ui.page import PAGES
from tests.e2e.conftest import PHONE, Visit, found_by_axe, walk
from tests.servers import Running

ANYONE = [
    "/",
    "/sign-in",
    "/register",
    "/code",
    "/code-sent",
    "/forgot",
    "/new-password",
    "/invited",
    "/install",
    "/start",
    "/join?invitation=wrong",
    "/join?invitation={secret}",
    "/received",
    "/video-check",
]
MEMBER = [
    "/today",
    "/journal",
    "/update?update={update}",
    "/share?update={update}",
    "/photos",
    "/book",
    "/messages",
    "/message?message={message}",
    "/write",
    "/links",
    "/write-message",
    "/visit-outcome",
    "/status",
    "/drafts",
    "/people",
    "/member?member={member}",
    "/invitation?invitation={invitation}",
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
    "/responsibility?responsibility={responsibility}",
    "/calendar",
    "/calendar-week",
    "/calendar-month",
    "/appointment?appointment={appointment}",
    "/edit-appointment",
    "/taken-away",
    "/kick-off",
    "/calendars",
    "/import-calendar",
    "/help-wanted",
    "/help-request?request={request}",
    "/ask-for-help",
    "/guests?request={request}",
    "/meals",
    "/on-duty",
    "/plan-shifts",
    "/hand-over",
    "/handovers",
    "/availability",
    "/who-can",
    "/start?step=3",
    "/start?step=4",
    "/start?step=4&invitation={invitation}",
    "/welcome",
]
OWN = ["/account", "/notifications", "/sites", "/start?step=2"]
LOOKS = [
    *(("", path) for path in ANYONE),
    *(("maya", path + ("&" if "?" in path else "?") + "site=rose") for path in MEMBER),
    *(("rose", f"{path}?site=rose") for path in ("/today", "/journal", "/people")),
    *(("maya", path) for path in OWN),
    *(("sam", path) for path in ("/door?address=ben", "/join?invitation={secret}")),
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


@pytest.fixture(scope="module")
def rows(server: Running) -> dict[str, str]:
    """A row of each kind that has a page of its own, and a site to ask for entrance."""
    headers = {"Origin": server.url, "Cookie": "careapp=token-of-maya"}

    def do(operation: str, site: str | None = "rose", **command: object) -> Any:
        body = {"op_id": new_id(), "site": site, "command": command}
        answer = httpx.post(f"{server.url}/api/do/{operation}", json=body, headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()["answer"]

    def found(pattern: str, view: str) -> str:
        text = httpx.get(f"{server.url}/api/view/{view}", headers=headers, timeout=60).text
        return re.findall(pattern, text)[0]

    soon = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"
    rows = {kind: new_id() for kind in ("update", "message", "appointment", "request", "responsibility", "invitation")}
    gone = new_id()
    do("journal.post_update", id=rows["update"], text="A quiet **night**.\n\n- Soup\n- Sleep", milestone="Home again")
    do("journal.comment", update_id=rows["update"], text="How good.")
    do("journal.react", update_id=rows["update"], kind="heart")
    do("messages.post_message", id=rows["message"], text="I think of you.")
    do("messages.reply_to_message", message_id=rows["message"], text="Thank you.")
    for appointment in (rows["appointment"], gone):
        said = {"title": "Dr Meyer", "starts_on": soon, "starts": "10:00", "ends": "11:00", "zone": "UTC"}
        do("schedule.add_appointment", id=appointment, **said)
    do("schedule.cancel_appointment", appointment_id=gone)
    do("helping.ask_for_help", id=rows["request"], kind="meals", title="Dinner", times=[{"on": soon}], zone="UTC")
    do("guests.make_guest_link", request_id=rows["request"], days=14)
    do("duties.add_responsibility", id=rows["responsibility"], title="The garden", words="The roses most of all.")
    do("sites.invite", invitation_id=rows["invitation"], role="friend", name="Pat")
    do("sites.start_site", None, person_name="Ben", address="ben", privacy="ask")
    card = f"invitation?site=rose&invitation={rows['invitation']}"
    secret = found(r"/join\?invitation=([^\"\\&]+)", card)
    return {**rows, "secret": secret, "member": found(r'"member_id": ?"([^"]+)"', "people?site=rose")}


@pytest.fixture
def page(name: str, path: str, phone_of: Callable[[str], BrowserContext], rows: dict[str, str]) -> Iterator[Page]:
    page = phone_of(name).new_page()  # axe styles what it measures, so the page's own policy is off
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    address = path.format(**rows)
    walk(page, address)
    assert page.url.endswith(address), "it is another page"
    yield page
    page.close()
    assert errors == []


def test_no_page_is_left_out() -> None:
    features.load()
    features.load_pages()

    assert {urlsplit(path).path for _, path in LOOKS} == set(PAGES)


@pytest.mark.parametrize(("name", "path"), LOOKS)
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
    page = visit("maya", "/today?site=rose", as_painted=True, java_script_enabled=False)

    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.get_by_role("link", name="Journal").first).to_be_visible()
    expect(page.locator(".card").first).not_to_have_css("border-radius", "0px")
