"""What is written on a device arrives once, in order, whatever happens to the network, the browser or the server."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import NOTHING_WAITS, kept, opened, wait_for
from tests.browser.fake_server import FakeServer

ALERT = "{site: 'rose', command: {alert_id: 'a1'}}"
SEND_PHOTO = """async () => {
    const media_id = care.store.newId();
    await care.store.keepFile(media_id, new Blob([new Uint8Array(3_000_000)]));
    const file = { media_id, name: "garden.jpg", type: "image/jpeg", size: 3_000_000, alt: "" };
    care.outbox.send("journal.post_update", { site: "rose", command: { text: "" }, files: [file] });
}"""
SEND = "([text, site]) => care.outbox.send('journal.comment', {site, command: {text}})"


def write(page: Page, text: str, site: str = "rose") -> dict:
    return page.evaluate(SEND, [text, site])


def test_a_command_is_answered_and_leaves_nothing_behind(page: Page, server: FakeServer) -> None:
    outcome = write(page, "Good night")

    assert outcome["ok"]
    assert outcome["answer"] == {"id": "made-1"}
    assert server.texts() == ["Good night"]
    assert kept(page) == []


def test_what_is_written_without_a_server_waits_and_arrives_in_order(page: Page, server: FakeServer) -> None:
    server.stop()
    assert [write(page, text)["waiting"] for text in ("one", "two", "three")] == [True] * 3
    assert [entry["command"]["text"] for entry in kept(page)] == ["one", "two", "three"]

    server.start()
    page.evaluate("dispatchEvent(new Event('online'))")

    server.until(lambda: server.texts() == ["one", "two", "three"])


def test_it_is_sent_again_by_itself(page: Page, server: FakeServer) -> None:
    server.stop()
    write(page, "patience")
    server.start()

    server.until(lambda: server.texts() == ["patience"])


def test_it_survives_closing_the_browser(browser: Callable[[], BrowserContext], server: FakeServer) -> None:
    context = browser()
    page = opened(context, server)
    server.stop()
    write(page, "kept")
    context.close()

    server.start()
    opened(browser(), server)

    server.until(lambda: server.texts() == ["kept"])


def test_a_lost_answer_has_one_effect(page: Page, server: FakeServer) -> None:
    server.lose_answers = 100  # Chromium itself tries a few times more
    assert write(page, "only once")["waiting"]
    server.lose_answers = 0
    page.evaluate("care.outbox.flush()")

    wait_for(page, NOTHING_WAITS)
    assert len(server.arrivals) >= 2
    assert server.texts() == ["only once"]


def test_two_tabs_and_the_worker_send_each_entry_once(
    browser: Callable[[], BrowserContext], server: FakeServer
) -> None:
    context = browser()
    first, second = opened(context, server), opened(context, server)
    first.evaluate("care.worker.startWorker()")
    first.wait_for_function("navigator.serviceWorker.controller")
    context.set_offline(True)
    for n in range(6):
        (first if n % 2 else second).evaluate(
            "(text) => care.outbox.keep('journal.comment', {site: 'rose', command: {text}})", str(n)
        )
    context.set_offline(False)
    for page in (first, second):
        page.evaluate("() => { for (let i = 0; i < 5; i++) care.outbox.flush(); }")

    server.until(lambda: len(server.commands) == 6)
    wait_for(page, NOTHING_WAITS)
    assert server.texts() == ["0", "1", "2", "3", "4", "5"]
    assert len(server.arrivals) == 6


def test_the_worker_sends_when_no_page_is_open(browser: Callable[[], BrowserContext], server: FakeServer) -> None:
    context = browser()
    page = opened(context, server)
    page.evaluate("care.worker.startWorker()")
    page.wait_for_function("navigator.serviceWorker.controller")
    context.set_offline(True)
    write(page, "in the background")
    page.goto("about:blank")

    context.set_offline(False)

    server.until(lambda: server.texts() == ["in the background"], seconds=30)


def test_a_refusal_stays_with_its_words_and_does_not_hold_up_the_rest(page: Page, server: FakeServer) -> None:
    problem = {"code": "invalid", "words": "Too long.", "fields": {"text": "At most 10."}}
    server.refuse = lambda asked: (422, problem) if asked["command"]["text"] == "long" else None

    refused = write(page, "long")
    write(page, "short")

    assert refused["refused"]
    assert refused["words"] == "Too long."
    assert server.texts() == ["short"]
    [entry] = kept(page)
    assert (entry["state"], entry["fields"]) == ("refused", {"text": "At most 10."})


@pytest.mark.parametrize("status", [502, 507, 520])
def test_what_a_full_disk_or_a_server_that_is_away_cannot_take_is_kept_for_as_long_as_it_takes(
    page: Page, server: FakeServer, status: int
) -> None:
    server.refuse = lambda asked: (status, {"words": "Yours is kept and sent later."})

    assert write(page, "patient")["waiting"]
    page.evaluate("async () => { for (let n = 0; n < 9; n++) await care.outbox.flush().catch(() => {}); }")
    assert len(server.arrivals) > 8
    assert [entry["state"] for entry in kept(page)] == ["waiting"]

    server.refuse = lambda asked: None
    page.evaluate("care.outbox.flush()")
    assert server.texts() == ["patient"]


def test_a_proxys_refusal_is_not_the_servers(page: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: (403, {"message": "blocked"})
    assert write(page, "patient")["waiting"]

    server.refuse = lambda asked: None

    server.until(lambda: server.texts() == ["patient"])


def test_trouble_on_one_site_does_not_hold_up_another(page: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: (503, {"code": "away"}) if asked["site"] == "rose" else None

    assert write(page, "held")["waiting"]
    assert write(page, "behind it")["waiting"]
    assert write(page, "free", site="bill")["ok"]

    server.refuse = lambda asked: None
    server.until(lambda: server.texts() == ["free", "held", "behind it"])


def test_signed_out_keeps_everything_until_one_signs_in_again(page: Page, server: FakeServer) -> None:
    server.refuse = lambda asked: (401, {"code": "not_signed_in"})
    assert write(page, "later")["waiting"]
    expect(page.get_by_role("list", name="Waiting")).to_contain_text("Sign in again")

    server.refuse = lambda asked: None
    page.reload()

    server.until(lambda: server.texts() == ["later"])


def test_what_one_account_wrote_is_not_sent_by_another(page: Page, server: FakeServer) -> None:
    page.evaluate("care.who.belongsTo('maya')")
    server.stop()
    write(page, "by Maya")
    server.start()
    page.evaluate("care.who.belongsTo('tom').then(() => care.outbox.flush())")
    write(page, "by Tom")

    assert server.texts() == ["by Tom"]
    expect(page.get_by_role("list", name="Waiting").get_by_text("by Maya")).to_have_count(0)
    page.evaluate("care.who.belongsTo('maya').then(() => care.outbox.flush())")
    server.until(lambda: server.texts() == ["by Tom", "by Maya"])


def test_a_clock_that_is_wrong_by_a_day_changes_nothing(page: Page, server: FakeServer) -> None:
    server.stop()
    write(page, "first")
    page.evaluate("() => { const real = Date.now; Date.now = () => real() - 86400000; }")
    write(page, "second")
    server.start()

    server.until(lambda: server.texts() == ["first", "second"])


def test_what_waited_says_how_long(page: Page, server: FakeServer) -> None:
    server.stop()
    write(page, "from the tunnel")
    page.evaluate("() => { const real = Date.now; Date.now = () => real() + 7200000; }")
    server.start()

    server.until(lambda: len(server.commands) == 1)
    assert 7200 <= server.commands[0]["age"] < 7300
    assert page.evaluate("care.outbox.sendNow('sites.invite', {})")["ok"]
    assert server.commands[1]["age"] == 0


def test_moments_are_told_by_the_servers_clock(page: Page, server: FakeServer) -> None:
    page.evaluate("() => { const real = Date.now; Date.now = () => real() + 86400000; }")
    now = datetime.now(UTC).isoformat()
    assert page.evaluate("(iso) => care.words.sayWhen(iso, 'ago')", now) == "1 day ago"

    write(page, "hello")
    server.until(lambda: len(server.commands) == 1)
    wait_for(page, f"care.words.sayWhen('{now}', 'ago') === 'just now'")
    page.evaluate("localStorage.removeItem('clock')")


def test_a_login_page_of_a_hotel_is_no_answer(page: Page, server: FakeServer) -> None:
    server.stop()
    page.route("**/api/do/**", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Welcome"))
    assert write(page, "not lost")["waiting"]
    page.unroute_all()
    server.start()

    server.until(lambda: server.texts() == ["not lost"])


def test_discarded_is_not_sent(page: Page, server: FakeServer) -> None:
    server.stop()
    write(page, "wrong words")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("button", name="Discard")).to_have_count(0)
    server.start()
    write(page, "right words")

    assert server.texts() == ["right words"]


def test_forgetting_a_site_leaves_the_other(page: Page, server: FakeServer) -> None:
    server.stop()
    write(page, "rose's")
    write(page, "bill's", site="bill")

    page.evaluate("care.worker.wipe('rose')")
    assert [entry["site"] for entry in kept(page)] == ["bill"]

    page.evaluate("care.worker.wipe()")
    assert kept(page) == []


def test_every_open_page_shows_what_waits(browser: Callable[[], BrowserContext], server: FakeServer) -> None:
    context = browser()
    first, second = opened(context, server), opened(context, server)
    server.stop()

    write(first, "seen by both")

    for page in (first, second):
        expect(page.get_by_role("list", name="Waiting")).to_contain_text(re.compile("seen by both.*Waiting"))


def test_an_sos_goes_before_everything_that_waits(page: Page, server: FakeServer) -> None:
    server.stop()
    assert [write(page, text)["waiting"] for text in ("one", "two")] == [True, True]
    assert page.evaluate(f"care.outbox.sendFirst('sos.raise_alert', {ALERT})")["waiting"]
    page.evaluate(f"care.outbox.send('sos.say_more', {ALERT})")

    server.start()
    page.evaluate("dispatchEvent(new Event('online'))")

    wait_for(page, NOTHING_WAITS)
    done = [command["operation"] for command in server.commands]
    assert done == ["sos.raise_alert", "sos.say_more", "journal.comment", "journal.comment"]


def test_an_sos_does_not_wait_for_a_photo_that_is_being_sent(page: Page, server: FakeServer) -> None:
    server.slow_patches = 0.5
    page.evaluate(SEND_PHOTO)
    server.until(lambda: any(upload["bytes"] for upload in server.uploads.values()))

    outcome = page.evaluate(f"care.outbox.sendFirst('sos.raise_alert', {ALERT})")

    assert outcome["ok"]
    assert [command["operation"] for command in server.commands] == ["sos.raise_alert"]
    server.slow_patches = 0.0
    wait_for(page, NOTHING_WAITS, 20)
    assert [command["operation"] for command in server.commands] == ["sos.raise_alert", "journal.post_update"]
    (upload,) = server.uploads.values()
    assert (len(upload["bytes"]), upload["is_gone"]) == (3_000_000, False)


def test_an_sos_is_raised_beside_a_page_that_holds_the_queue(
    browser: Callable[[], BrowserContext], server: FakeServer
) -> None:
    context = browser()
    stuck, page = opened(context, server), opened(context, server)
    stuck.evaluate("() => void navigator.locks.request('outbox', () => new Promise(() => {}))")
    wait_for(stuck, "navigator.locks.query().then(({held}) => held.length)")

    assert page.evaluate(f"care.outbox.sendFirst('sos.raise_alert', {ALERT})")["ok"]

    assert [command["operation"] for command in server.commands] == ["sos.raise_alert"]
    assert kept(page) == []


def test_an_sos_that_is_taken_back_too_late_is_told_of_all_the_same(page: Page, server: FakeServer) -> None:
    let_go = threading.Event()
    server.refuse = lambda command: let_go.wait(10) and None
    page.evaluate("() => void (window.heard = [], care.outbox.onAnswer((message) => heard.push(message)))")
    page.evaluate(f"() => void (window.told = care.outbox.sendFirst('sos.raise_alert', {ALERT}))")
    server.until(lambda: bool(server.arrivals))
    page.evaluate("care.store.readAll('outbox').then(([entry]) => care.outbox.discard(entry.seq))")
    assert page.evaluate("told")["discarded"]
    let_go.set()

    wait_for(page, "heard.some(({outcome, entry}) => outcome.ok && entry.command.alert_id === 'a1')")


def test_a_site_that_is_asked_to_wait_still_gets_its_sos(page: Page, server: FakeServer) -> None:
    later = (429, {"code": "too_many"})
    server.refuses_with = {"Retry-After": "60"}
    server.refuse = lambda command: None if command["operation"].startswith("sos.") else later
    assert write(page, "patience")["waiting"]

    assert page.evaluate(f"care.outbox.send('sos.say_more', {ALERT})")["ok"]

    assert len(server.arrivals) == 2
