"""Guests at phone size: a link and its PIN made on one phone, and a time taken on another that knows nobody here."""

import re
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, found_by_axe


def look(page: Page, colours: Literal["light", "dark"]) -> None:
    """It is for everyone; every target is large enough for any thumb."""
    page.emulate_media(color_scheme=colours)
    assert [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]] == []
    targets = page.locator("button:visible, .button:visible, summary:visible, .slot:visible, input[type=text]:visible")
    assert all(box["height"] >= 48 for each in targets.all() if (box := each.bounding_box()))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_guest_takes_a_time_with_the_pin_and_lets_it_go(visit: Visit) -> None:
    maya = visit("maya", "/ask-for-help?site=rose")
    maya.get_by_text("A ride", exact=True).click()  # in the first paint or after it
    maya.get_by_text("Whenever it suits", exact=True).click()
    maya.get_by_label("In a few words").fill("To the eye clinic")
    maya.get_by_role("button", name="Ask for help").click()
    maya.get_by_role("link", name=re.compile("To the eye clinic")).last.click()
    maya.get_by_role("link", name="Guests without an account").click()
    maya.get_by_role("button", name="Make the link").click()
    expect(maya.get_by_role("img", name="The link as a code to scan")).to_be_visible()
    assert found_by_axe(maya) == []
    pin = maya.get_by_text(re.compile(r"^\d{6}$")).inner_text()
    address = maya.get_by_text(re.compile(r"/guest\?link=")).inner_text()

    gerda = visit("", address[address.index("/guest?") :])
    gerda.get_by_label("PIN").fill("12")
    gerda.get_by_role("button", name="Open").click()
    expect(gerda.get_by_role("alert")).to_have_text(re.compile("not the PIN"))
    gerda.get_by_label("PIN").fill(f"{pin[:3]} {pin[3:]}")
    gerda.get_by_role("button", name="Open").click()
    expect(gerda.get_by_role("heading", name="To the eye clinic")).to_be_visible()
    look(gerda, "light")
    gerda.get_by_label("Your name").first.fill("Gerda Holm")
    gerda.get_by_label("Your phone number or e-mail address").first.fill("+46 70 123 45 67")
    gerda.get_by_role("button", name="I can do this").click()
    expect(gerda.get_by_text("Thank you, Gerda Holm. You have taken this on:")).to_be_visible()
    look(gerda, "dark")
    expect(maya.get_by_role("link", name="+46 70 123 45 67")).to_be_visible()

    gerda.get_by_text("I cannot after all").click()
    gerda.get_by_role("button", name="Let go of it").click()
    expect(gerda.get_by_text("When can you?")).to_be_visible()
    expect(maya.get_by_text("has let go again")).to_be_visible()
