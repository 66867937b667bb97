"""The calendar on a phone: write down what repeats, change one of it, and go along."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.e2e.conftest import Visit, walk


def test_a_visit_that_repeats_is_written_down_and_one_of_it_changed(visit: Visit) -> None:
    page = visit("maya", "/edit-appointment?site=rose")
    tomorrow = date.today() + timedelta(days=1)
    page.get_by_label("What is it?").fill("Physiotherapy")
    page.get_by_label("Kind").select_option("therapy")
    page.get_by_label("Day", exact=True).fill(tomorrow.isoformat())
    page.get_by_label(re.compile("^From")).fill("10:00")
    page.get_by_label("How often?").select_option("daily")
    page.get_by_label("Or how many times?").fill("3")
    referral = {"name": "Referral.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 Dear colleague"}
    page.locator("#photos input[type=file]").set_input_files(files=[referral])
    expect(page.locator("#photos").get_by_text("Referral.pdf")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/calendar?**")
    rows = page.get_by_role("link", name="Physiotherapy")
    expect(rows).to_have_count(3)

    rows.nth(1).click()
    page.get_by_role("link", name="Change").click()
    page.get_by_label("What is it?").fill("Physiotherapy at home")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/calendar?**")
    expect(page.get_by_role("link", name="Physiotherapy at home")).to_have_count(1)
    expect(page.get_by_role("link", name="Physiotherapy")).to_have_count(3)

    walk(page, f"/calendar-month?site=rose&begins={tomorrow}")
    planned = page.get_by_role("link", name=re.compile("[1-9] planned"))
    expect(planned.first).to_be_visible()
    page.get_by_label("Kind").select_option("doctor")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("link", name="Show everything")).to_be_visible()
    expect(planned).to_have_count(0)
    page.get_by_role("link", name="Week", exact=True).click()
    expect(page.get_by_role("heading", name="Calendar")).to_be_visible()
    page.wait_for_url("**/calendar-week?**kind=doctor**")
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.get_by_role("link", name="Show everything").click()
    expect(rows).to_have_count(3)

    page.get_by_role("link", name="Physiotherapy at home").click()
    letter = page.get_by_role("link", name="Referral.pdf")
    with page.expect_download() as saved:
        letter.click()
    assert saved.value.suggested_filename == "Referral.pdf"
    assert saved.value.path().read_bytes() == referral["buffer"]
    page.get_by_role("button", name="I go along").click()
    expect(page.get_by_role("button", name="I cannot go along after all")).to_be_visible()
