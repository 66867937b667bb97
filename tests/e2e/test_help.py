"""Help at phone size: asked for by one, taken by another, and who was quicker without a connection between."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visit, ready

QUICKER = "Tom Lind was quicker. Thank you for offering."


def test_help_is_asked_for_on_one_phone_and_taken_on_another_by_whoever_is_quicker(visit: Visit) -> None:
    maya = visit("maya", "/ask-for-help?site=rose")
    expect(maya.get_by_label("In a few words")).to_be_hidden()
    maya.get_by_text("A ride", exact=True).click()  # in the first paint or after it
    maya.get_by_text("Whenever it suits", exact=True).click()
    maya.get_by_label("In a few words").fill("To the eye clinic and back")
    maya.get_by_role("button", name="Ask for help").click()
    expect(maya.get_by_role("link", name=re.compile("To the eye clinic")).first).to_be_visible()

    ida, tom = (visit(name, "/help-wanted?site=rose") for name in ("ida", "tom"))
    for page in (ida, tom):
        ready(page)
    ida.context.set_offline(True)
    ida.get_by_role("button", name="I can do this").click()
    expect(ida.get_by_role("button", name="Yours, once it is sent")).to_be_visible()
    tom.get_by_role("button", name="I can do this").click()
    expect(tom.get_by_role("heading", name="You have taken this on")).to_be_visible()

    ida.context.set_offline(False)
    expect(ida.get_by_text(QUICKER)).to_be_visible(timeout=15_000)
    ida.get_by_role("button", name="All right").click()
    expect(ida.get_by_text(QUICKER)).to_have_count(0)
    expect(ida.get_by_role("heading", name="You have taken this on")).to_have_count(0)


def test_what_was_written_offline_and_overtaken_is_within_reach_on_the_page_it_led_to(visit: Visit) -> None:
    slow, fast = (visit("maya", "/help-wanted?site=rose") for _ in range(2))
    for page in (slow, fast):
        page.get_by_role("link", name=re.compile("To the eye clinic")).first.click()
        page.get_by_role("link", name="Change what it says").click()
        ready(page)
    slow.context.set_offline(True)
    for page, words in ((slow, "The key is under the mat."), (fast, "Ring twice.")):
        page.get_by_label("What should they know?").fill(words)
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/help-request?**")

    slow.context.set_offline(False)
    kept = slow.get_by_role("listitem").filter(has_text="It now says: Ring twice.")
    expect(kept).to_contain_text("The key is under the mat.")
    kept.get_by_role("button", name="Edit").click()
    expect(slow.get_by_label("What should they know?")).to_have_value("The key is under the mat.")
