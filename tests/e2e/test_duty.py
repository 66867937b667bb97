"""Who can when, and who is on duty, at phone size: hours tapped, answered offline beside a form, and a hand-over."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, found_by_axe, walk


def _in_a_week() -> str:
    """A day that is a Thursday, a week from now or later."""
    day = datetime.now(UTC) + timedelta(days=7)
    return f"{day + timedelta(days=(3 - day.weekday()) % 7):%Y-%m-%d}"


def test_hours_are_tapped_and_a_form_says_who_can_without_a_connection(visit: Visit) -> None:
    tom = visit("tom", "/availability?site=rose")
    tom.get_by_text("Thursday", exact=True).click()
    thursday = tom.locator("details", has=tom.get_by_text("Thursday", exact=True))
    thursday.get_by_role("button", name=re.compile("Afternoon")).click()
    thursday.get_by_text("6 PM – 7 PM").click()
    expect(thursday.locator("summary")).to_contain_text("12 PM – 7 PM")
    assert found_by_axe(tom) == []
    tom.get_by_role("button", name="Save").click()
    expect(tom.get_by_text("Saved")).to_be_visible()

    maya = visit("maya", "/ask-for-help?site=rose")
    maya.get_by_text("A ride", exact=True).click()
    maya.locator("input[type=date]").first.fill(_in_a_week())
    maya.get_by_label("From (optional)").fill("20:00")
    expect(maya.get_by_text("Nobody has said that they can then.")).to_be_visible()
    maya.context.set_offline(True)
    maya.get_by_label("From (optional)").fill("15:00")
    expect(maya.get_by_text("Can then: Tom Lind")).to_be_visible()


def _plan(page: Page, who: str, starts: datetime, ends: datetime) -> None:
    walk(page, "/plan-shifts?site=rose")
    page.locator("input[type=date]").first.fill(f"{starts:%Y-%m-%d}")
    page.locator("input[type=time]").first.fill(f"{starts:%H:%M}")
    page.locator("input[type=time]").nth(1).fill(f"{ends:%H:%M}")
    page.get_by_label("Who is on duty?").select_option(label=who)
    page.get_by_role("button", name="Plan it").click()
    expect(page).to_have_url(re.compile("/on-duty"))


def test_who_goes_off_duty_hands_over_and_the_next_one_takes_over(visit: Visit) -> None:
    maya = visit("maya", "/today?site=rose", timezone_id="UTC")
    hour = datetime.now(UTC).replace(minute=0)
    _plan(maya, "Tom Lind", hour, hour + timedelta(hours=2))
    _plan(maya, "Ida Berg", hour + timedelta(hours=2), hour + timedelta(hours=5))
    expect(maya.get_by_text(re.compile("On duty now: Tom Lind until"))).to_be_visible()
    assert found_by_axe(maya) == []

    tom = visit("tom", "/on-duty?site=rose", timezone_id="UTC")
    tom.get_by_role("link", name="Hand over").click()
    tom.get_by_label("Medicines given").fill("Ramipril 5 mg at eight")
    tom.get_by_role("button", name="Hand over").click()

    ida = visit("ida", "/on-duty?site=rose", timezone_id="UTC")
    expect(ida.get_by_text("Ramipril 5 mg at eight")).to_be_visible()
    ida.get_by_role("button", name="Read and taken over").click()
    expect(ida.get_by_text(re.compile("Read and taken over by Ida Berg"))).to_be_visible()
    walk(maya, "/today?site=rose")
    expect(maya.get_by_text(re.compile("On duty now: Tom Lind until"))).to_be_visible()


def test_who_takes_a_time_on_duty_offline_and_too_late_reads_that_another_was_quicker(visit: Visit) -> None:
    maya = visit("maya", "/today?site=rose", timezone_id="UTC")
    night = datetime.now(UTC).replace(hour=20, minute=0) + timedelta(days=9)
    _plan(maya, "Nobody yet", night, night + timedelta(hours=2))
    ida, tom = (visit(name, "/on-duty?site=rose", timezone_id="UTC") for name in ("ida", "tom"))
    ida.context.set_offline(True)
    ida.get_by_role("button", name="I can do this").click()
    expect(ida.get_by_role("button", name="Yours, once it is sent")).to_be_visible()
    his = tom.get_by_role("listitem").filter(has_text="8:00 PM – 10:00 PM")
    his.get_by_role("button", name="I can do this").click()
    expect(his.get_by_role("button", name="I cannot after all")).to_be_visible()

    ida.context.set_offline(False)
    lost = ida.get_by_role("listitem").filter(has_text="Tom Lind was quicker. Thank you for offering.")
    expect(lost).to_contain_text("8:00 PM – 10:00 PM", timeout=15_000)
    lost.get_by_role("button", name="All right").click()
    expect(lost).to_have_count(0)
