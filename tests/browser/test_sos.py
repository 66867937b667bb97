"""A call for help that cannot go out at once: it is never given up, and never said to be more or less than is known."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NOTHING_WAITS, kept, wait_for
from tests.browser.fake_server import FakeServer

FLUSH = "async () => { for (let n = 0; n < 10; n++) await care.outbox.flush().catch(() => {}); }"
CLOCK_SET = "() => { const real = Date.now; Date.now = () => real() + 61_000; }"
LATER = """() => {
    const [clock, watch] = [Date.now, performance.now.bind(performance)];
    Date.now = () => clock() + 61_000;
    performance.now = () => watch() + 61_000;
}"""
A_DAY = "25 * 3_600_000"


def hold(page: Page) -> None:
    """What a screen reader's click does, and a yes."""
    page.evaluate("care.navigate('/sos?site=rose')")
    page.get_by_role("button", name="SOS").dispatch_event("click")
    page.get_by_role("button", name="Yes, raise it").click()


def done(server: FakeServer) -> list[str]:
    return [command["operation"] for command in server.commands]


@pytest.mark.parametrize("status", [403, 404, 413, 500, 502, 521])
def test_no_trouble_of_a_server_or_a_proxy_ends_it(page: Page, server: FakeServer, status: int) -> None:
    server.refuse = lambda asked: (status, {})
    hold(page)
    server.until(lambda: bool(server.arrivals))
    page.evaluate(FLUSH)
    assert len(server.arrivals) > 8
    assert [entry["state"] for entry in kept(page)] == ["waiting"]

    server.refuse = lambda asked: None

    server.until(lambda: done(server) == ["sos.raise_alert"], seconds=5)


def test_a_server_that_asks_for_a_minute_is_asked_again_within_seconds(page: Page, server: FakeServer) -> None:
    server.refuses_with = {"Retry-After": "60"}
    server.refuse = lambda asked: (429, {"code": "too_many"})
    hold(page)
    server.until(lambda: len(server.arrivals) >= 2)

    server.refuse = lambda asked: None

    server.until(lambda: done(server) == ["sos.raise_alert"], seconds=8)


def test_every_page_says_that_nobody_knows(page: Page, server: FakeServer) -> None:
    bar = page.locator("[data-sos-bar]")
    page.context.set_offline(True)
    hold(page)
    expect(page.get_by_text("Nobody knows.")).to_be_visible()
    expect(bar).to_have_count(0)

    page.evaluate("care.navigate('/elsewhere?site=bill')")
    expect(bar).to_have_text("SOS: nobody knows.")
    bar.click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    page.evaluate("care.navigate('/elsewhere?site=bill')")
    page.context.set_offline(False)

    server.until(lambda: done(server) == ["sos.raise_alert"])
    expect(bar).to_have_count(0)


def test_every_page_says_that_it_was_refused(page: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: (403, {"code": "not_allowed", "words": "Not here."})
    hold(page)
    expect(page.get_by_text("Not here.")).to_be_visible()

    page.evaluate("care.navigate('/elsewhere?site=rose')")

    expect(page.locator("[data-sos-bar]")).to_have_text("SOS: refused.")
    server.refuse = lambda asked: None
    hold(page)
    server.until(lambda: done(server) == ["sos.raise_alert"])
    server.until(lambda: [entry["state"] for entry in kept(page)] == ["refused"])


def test_taken_back_before_it_could_leave_it_never_was(page: Page, server: FakeServer) -> None:
    page.context.set_offline(True)
    hold(page)
    page.get_by_role("button", name="A fall").click()
    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_role("button", name="Take it back")).to_have_count(0)
    assert kept(page) == []
    page.context.set_offline(False)


def test_taken_back_after_a_lost_answer_it_is_ended(page: Page, server: FakeServer) -> None:
    server.lose_answers = 1000
    hold(page)
    expect(page.get_by_text("We do not know.")).to_be_visible()
    [raised] = [command["command"]["alert_id"] for command in server.commands]
    page.get_by_role("button", name="A fall").click()
    page.get_by_role("button", name="Take it back").click()
    page.evaluate("care.navigate('/elsewhere?site=rose')")
    expect(page.locator("[data-sos-bar]")).to_have_text("SOS: taken back?")

    server.lose_answers = 0

    wait_for(page, NOTHING_WAITS)
    last = server.commands[-1]
    assert (last["operation"], last["command"]) == ("sos.stand_down", {"alert_id": raised})
    expect(page.locator("[data-sos-bar]")).to_have_count(0)


def test_taken_back_and_never_arrived_it_needs_no_end(page: Page, server: FakeServer) -> None:
    server.stop()
    hold(page)
    page.get_by_role("button", name="Take it back").click()
    wait_for(page, "care.store.readAll('outbox').then(([entry]) => entry.operation === 'sos.stand_down')")
    server.refuse = lambda asked: (404, {"code": "not_found"})
    server.start()
    server.until(lambda: len(server.arrivals) >= 2)
    assert [entry["state"] for entry in kept(page)] == ["waiting"]  # what it ends may still be under way

    page.evaluate(LATER)

    wait_for(page, NOTHING_WAITS)
    assert server.commands == []


def test_what_could_not_go_out_for_a_day_is_sent_only_when_it_is_still_needed(page: Page, server: FakeServer) -> None:
    server.stop()
    hold(page)
    page.get_by_role("button", name="A fall").click()
    expect(page.get_by_text("It is sent later.")).to_be_visible()
    page.evaluate(LATER.replace("61_000", A_DAY))
    page.evaluate(FLUSH)  # what had begun before that is over
    server.start()
    page.evaluate(FLUSH)
    expect(page.get_by_text("Still needed?")).to_be_visible()
    assert server.arrivals == []
    expect(page.get_by_role("button", name="SOS", exact=True)).not_to_have_attribute("aria-disabled", "true")

    page.get_by_role("button", name="Send it now").click()

    server.until(lambda: done(server) == ["sos.raise_alert", "sos.say_more"])


def test_a_clock_that_is_put_right_makes_it_no_older(page: Page, server: FakeServer) -> None:
    server.stop()
    hold(page)
    expect(page.get_by_text("It is sent later.")).to_be_visible()
    page.evaluate(CLOCK_SET.replace("61_000", A_DAY))
    server.start()

    server.until(lambda: done(server) == ["sos.raise_alert"])
    assert server.commands[0]["age"] < 60


@pytest.mark.parametrize("status", [429, 500, 503])
def test_that_it_was_seen_is_told_until_the_server_takes_it(page: Page, server: FakeServer, status: int) -> None:
    server.refuse = lambda asked: (status, {"code": "later"})
    page.evaluate("care.navigate('/seen?site=rose')")
    server.until(lambda: bool(server.arrivals))

    server.refuse = lambda asked: None

    server.until(lambda: done(server) == ["sos.mark_alert_seen"], seconds=8)
