"""A family starts: a site in four steps, an iPhone photo, an invitation, a second phone, and news live on both."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import IS_SAVED, Visit, ready, walk
from tests.phone import a_photo
from tests.servers import wait_until

SAMPLES = Path(os.environ.get("CAREAPP_SAMPLES", "../shared/data"))
HEIC = SAMPLES / "media" / "IMG_2682.heic"
PASSWORD = "three red apples fall"


def register(page: Page, name: str, email: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def start_a_site(page: Page, name: str, email: str) -> str:
    """From the first step to the last, once back and on again; the address of the site."""
    register(page, name, email)
    page.wait_for_url("**/start?step=2")
    ready(page)
    page.get_by_label("Their name").fill("Edith Falk")
    page.get_by_label("What they like to be called").fill("Edie")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**step=3")
    site = page.url.split("site=")[1].split("&")[0]
    page.go_back()
    expect(page.get_by_label("Their name")).to_have_value("Edith Falk")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**site={site}&step=3")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**step=4**")
    return site


def test_a_family_starts_and_sees_each_others_news_live(visit: Visit, tmp_path: Path) -> None:
    nora = visit("", "/start")
    site = start_a_site(nora, "Nora Falk", "nora@example.org")

    nora.get_by_label("How are things?").fill("Edie came home today.")
    nora.get_by_role("button", name="Post").click()
    expect(nora.get_by_text("The first news is written.")).to_be_visible()
    nora.get_by_role("button", name="Make an invitation for family").click()
    nora.wait_for_url(re.compile(r"invitation=\w"))
    invitation = nora.url.split("invitation=")[1]
    walk(nora, f"/invitation?site={site}&invitation={invitation}")
    link = nora.get_by_text("/join?invitation=").inner_text()

    olaf = visit("", link)
    expect(olaf.get_by_role("heading", name="Nora Falk invites you")).to_be_visible()
    register(olaf, "Olaf Falk", "olaf@example.org")
    olaf.get_by_role("button", name="Join").click()
    olaf.wait_for_url("**/welcome?site=**")
    olaf.get_by_role("link", name="Go to the site").click()
    expect(olaf.get_by_text("Edie came home today.").first).to_be_visible()

    walk(nora, f"/write?site={site}")
    photo = HEIC if HEIC.exists() else _jpeg(tmp_path)
    nora.get_by_label("How are things?").fill("Her bicycle is still there.")
    nora.locator("input[type=file]").set_input_files(photo)
    nora.get_by_role("button", name="Post").click()

    walk(olaf, f"/journal?site={site}")
    update = olaf.get_by_role("article").filter(has_text="Her bicycle is still there.")
    shown = update.locator("img[src^='/media/']").first
    expect(shown).to_be_visible(timeout=45_000)
    assert shown.evaluate("async img => { await img.decode(); return img.naturalWidth }") > 0

    walk(nora, f"/journal?site={site}")
    update.get_by_role("button", name="Write a comment").click()
    update.get_by_role("textbox").fill("So glad")
    update.get_by_role("button", name="Send").click()
    expect(nora.get_by_text("So glad").first).to_be_visible(timeout=15_000)


def test_site_person_and_oneself_are_made_ones_own(visit: Visit, tmp_path: Path) -> None:
    page = visit("", "/start")
    site = start_a_site(page, "Pia Falk", "pia@example.org")
    cover = page.locator("#page main img[src$='/960']")

    walk(page, f"/settings?site={site}")
    look = page.locator("form").filter(has=page.locator("input[name=cover_media_id]"))
    look.locator("input[type=file]").set_input_files(_jpeg(tmp_path))
    look.get_by_label("Name of the site").fill("Around Edie")
    look.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Around Edie").first).to_be_visible()
    walk(page, f"/today?site={site}")
    expect(cover).to_be_visible(timeout=45_000)
    walk(page, f"/settings?site={site}")
    look.get_by_role("button", name="Take away: The present photo").click()
    look.get_by_role("button", name="Save").click()
    expect(look.get_by_role("button", name="Take away: The present photo")).to_have_count(0)
    walk(page, f"/today?site={site}")
    expect(page.get_by_role("heading", name="Edie").first).to_be_visible()
    expect(cover).to_have_count(0)

    walk(page, f"/profile?site={site}")
    page.get_by_text("Edit", exact=True).click()
    page.locator("input[type=file]").set_input_files(_jpeg(tmp_path))
    page.get_by_label("Food and drink").fill("No fish. Tea with milk.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("definition").filter(has_text="No fish.")).to_be_visible()

    walk(page, f"/me?site={site}")
    page.locator("input[type=file]").set_input_files(_jpeg(tmp_path))
    page.get_by_label("Telephone").fill("+46 70 123 45 67")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/people**")
    expect(page.locator("#page li img[src^='/media/']").first).to_be_visible(timeout=45_000)

    walk(page, "/account")
    page.get_by_label("Language").select_option("es")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Tu cuenta").first).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "es"


def test_a_reload_in_the_middle_of_starting_loses_nothing(visit: Visit) -> None:
    page = visit("ida", "/start")
    page.get_by_label("Their name").fill("Karl")
    ready(page)
    expect(page.get_by_label("Their name")).to_have_value("Karl")
    wait_until(lambda: page.evaluate(IS_SAVED, "Karl") is True)
    page.reload()
    ready(page)

    expect(page.get_by_label("Their name")).to_have_value("Karl")


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script> & <b>bold</b>", "شكرا لكم 👩‍👩‍👧 e\u0301", "zero\u200bwidth \u202eright to left"],
    ids=["html", "arabic and emoji", "invisible"],
)
def test_what_people_write_is_shown_as_they_wrote_it(visit: Visit, text: str) -> None:
    page = visit("tom", "/write?site=rose")
    page.get_by_label("How are things?").fill(text)
    page.get_by_role("button", name="Post").click()
    page.wait_for_url("**/journal**")

    shown = page.get_by_role("article").filter(has_text=text).first
    expect(shown).to_be_visible()
    assert page.evaluate("document.querySelectorAll('article script, article b').length") == 0


def test_an_update_that_is_too_long_is_refused_and_kept(visit: Visit) -> None:
    page = visit("tom", "/write?site=rose")
    page.get_by_label("How are things?").fill("a" * 100_001)
    page.get_by_role("button", name="Post").click()

    expect(page.get_by_text("at most 100000 characters", exact=False).first).to_be_visible()
    walk(page, "/write?site=rose")
    expect(page.get_by_label("How are things?")).to_have_value(re.compile(r"^a{100001}$"))


def _jpeg(folder: Path) -> Path:
    path = folder / "garden.jpg"
    path.write_bytes(a_photo())
    return path


def test_a_button_pressed_before_the_script_has_run_is_not_lost(phone: Callable[..., BrowserContext]) -> None:
    page = phone("tom").new_page()
    page.context.route("**/assets/*.js", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.goto("/write?site=rose", wait_until="commit")
    page.locator("#painted").get_by_label("How are things?").fill("Written in a hurry")
    page.locator("#painted").get_by_role("button", name="Post").click()

    page.wait_for_url("**/journal**")
    expect(page.get_by_text("Written in a hurry").first).to_be_visible()
