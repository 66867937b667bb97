"""Messages of support and outcomes of appointments, from a phone that may have no connection."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import IS_SAVED, Visit, ready
from tests.e2e.test_words_to_say import IS_KEPT, IS_READY, LINE, ROOM, toms_words
from tests.servers import wait_until

WALL = "/messages?site=rose"


def kept(page: Page, *pages: str) -> None:
    """Wait until the phone has these pages for when there is no connection."""
    page.wait_for_function(IS_READY)
    for name in pages:
        wait_until(lambda name=name: page.evaluate(IS_KEPT, f"/api/view/{name}?site=rose") is True)


@pytest.mark.needs_worker
def test_a_message_found_and_posted_without_a_connection_arrives_on_the_wall(visit: Visit) -> None:
    page = visit("ida", WALL)
    kept(page, "words", "write-message")
    page.context.set_offline(True)

    page.get_by_role("main").get_by_role("link", name="Write the first message").click()
    page.get_by_role("link", name="What to say").click()
    toms_words(page)
    page.get_by_role("button", name=LINE).click()
    page.get_by_role("button", name="Post as a message").click()

    page.wait_for_url(f"**{WALL}")
    expect(page.get_by_text(LINE)).to_be_visible()
    expect(page.get_by_text("Waiting to be sent")).to_be_visible(timeout=ROOM)
    page.context.set_offline(False)
    expect(page.get_by_text("Waiting to be sent")).to_have_count(0, timeout=ROOM)
    expect(page.get_by_role("article").get_by_text(LINE)).to_be_visible(timeout=ROOM)

    maya = visit("maya", WALL)
    maya.get_by_role("button", name="Thank you").click()
    expect(page.get_by_text("Thanks from Maya Lind")).to_be_visible(timeout=ROOM)
    maya.get_by_role("button", name="Write a reply").click()
    maya.get_by_label("Your reply").fill("That helps **a lot**.")
    maya.get_by_role("button", name="Send reply").click()
    expect(page.get_by_role("article").get_by_role("strong")).to_have_text("a lot", timeout=ROOM)


def test_an_outcome_is_told_part_by_part_and_corrected(visit: Visit) -> None:
    page = visit("tom", "/visit-outcome?site=rose")
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    expect(page.get_by_label("When was it?")).to_have_value(today)
    expect(page.get_by_role("radio", name="Family Without friends and the care team")).to_be_checked()
    page.get_by_label("With whom?").fill("Dr Meyer")
    page.get_by_label("Medicines").fill("- Ramipril 5 mg\n- no more aspirin")
    page.get_by_label("On which day?").fill("2031-05-06")
    wait_until(lambda: page.evaluate(IS_SAVED, "2031-05-06") is True)
    page.reload()
    ready(page)
    expect(page.get_by_label("With whom?")).to_have_value("Dr Meyer")
    page.get_by_role("button", name="Post").click()

    page.wait_for_url("**/journal?site=rose")
    card = page.get_by_role("article").filter(has_text="After the appointment on")
    expect(card.get_by_role("listitem").filter(has_text="no more aspirin")).to_be_visible(timeout=ROOM)
    expect(card.get_by_text("Tuesday, 6 May 2031")).to_be_visible()

    card.get_by_label("More about this update").click()
    card.get_by_role("link", name="Edit").click()
    page.get_by_label("Medicines").fill("None")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/journal?site=rose")
    expect(card.get_by_text("no more aspirin")).to_have_count(0, timeout=ROOM)
