"""Calendars elsewhere, on a phone: an address of one's own, and a file that is looked at before it is taken over."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.e2e.conftest import walk

pytestmark = pytest.mark.e2e
Visit = Callable[..., Page]

FILE = """BEGIN:VCALENDAR
X-WR-CALNAME:Clinic
BEGIN:VEVENT
UID:a@clinic
SUMMARY:Blood test
DTSTART;TZID=Europe/Berlin:20400320T090000
DTEND;TZID=Europe/Berlin:20400320T093000
END:VEVENT
BEGIN:VEVENT
UID:b@clinic
SUMMARY:Nobody knows when
END:VEVENT
END:VCALENDAR
"""


def test_an_address_is_made_followed_and_taken_back(visit: Visit) -> None:
    page = visit("tom", "/edit-appointment?site=rose")
    page.get_by_label("What is it?").fill("Eye clinic")
    page.get_by_label("Day", exact=True).fill((date.today() + timedelta(days=9)).isoformat())
    page.get_by_label(re.compile("^From")).fill("10:00")
    page.get_by_label("Who goes along?").select_option("Tom Lind")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/calendar?**")
    walk(page, "/calendars?site=rose")
    page.get_by_text("What I go along to").click()
    page.get_by_role("button", name="Make my address").click()
    expect(page.get_by_text("Your address is ready.")).to_be_visible()

    opens = page.get_by_role("link", name="Open in my calendar").get_attribute("href") or ""
    address = opens.replace("webcal://", "http://")
    followed = page.request.get(address)
    assert opens.startswith("webcal://")
    assert followed.headers["content-type"].startswith("text/calendar")
    (visit_there,) = Calendar.from_ical(followed.text()).walk("VEVENT")
    assert (visit_there["SUMMARY"], f"{visit_there.start:%d %H:%M}") == (
        "Eye clinic",
        f"{date.today() + timedelta(days=9):%d} 10:00",
    )

    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("button", name="Yes, do it").click()
    expect(page.get_by_role("button", name="Make my address")).to_be_visible()
    assert page.request.get(address).status == 404


def test_a_file_is_looked_at_taken_over_and_removed(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "clinic.ics"
    file.write_text(FILE)
    page = visit("tom", "/calendars?site=rose")
    expect(page.get_by_role("button", name="Choose a calendar file")).to_be_visible()
    page.locator("input[type=file]").set_input_files(file)

    expect(page.get_by_role("heading", name="1 appointment can be taken over")).to_be_visible()
    expect(page.get_by_text("Blood test")).to_be_visible()
    expect(page.get_by_text("This appointment does not say when it begins.")).to_be_visible()
    page.get_by_role("button", name="Take over 1 appointment").click()

    expect(page.get_by_text("1 to come")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Yes, do it").click()
    expect(page.get_by_text("1 to come")).to_have_count(0)
