"""Notifications in real browsers: switched on as a person does, shown with the app closed, answered, lost and renewed.

Chromium and Firefox hold real subscriptions; what they show is clicked on a desktop. See tests/e2e/push_lab.py.
"""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from careapp.ids import new_id
from tests.e2e.push_lab import Site, lab, site, until

SWITCH_ON, IS_ON, TEST = "Switch on notifications", "On for this device", "A test from Careapp"
ON_MY_WAY = "I'm on my way"


@pytest.fixture(scope="module")
def kit() -> Any:
    return lab()


@pytest.fixture(scope="module")
def push(kit: Any) -> Iterator[Any]:
    with kit["pushservice"].PushServiceThread() as service:
        yield service


@pytest.fixture(scope="module")
def desk(kit: Any) -> Iterator[Any]:
    with kit["notifyd"].NotificationDaemon() as daemon:
        yield daemon


@pytest.fixture(scope="module")
def rose(push: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("push") / "data", push) as served:
        yield served


class Chromium:
    """Tom's phone. `open` and `urls` are what any browser of these tests can do."""

    def __init__(self, browser: Any, rose: Site) -> None:
        self.browser, self.rose = browser, rose
        cookie = {"name": "careapp", "value": "token-of-tom", "url": rose.url}
        browser.ctx.add_cookies([cookie])

    @property
    def page(self) -> Page:
        return self.browser.page

    def wait(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * 1000)

    def open(self, path: str) -> None:
        self.page.goto(self.rose.url + path)

    def switch_on(self) -> None:
        self.open("/notifications")
        self.page.get_by_role("button", name=SWITCH_ON).click()
        expect(self.page.get_by_text(IS_ON)).to_be_visible(timeout=20_000)

    def close_app(self) -> None:
        """No page of it is open, and its worker has ended."""
        for page in self.browser.ctx.pages[1:]:
            page.close()
        self.page.goto("about:blank")
        until(self._is_stopped, self.wait)

    def _is_stopped(self) -> bool:
        self.browser.stop_workers()
        return not self.browser.raw.targets("service_worker")

    def urls(self) -> list[str]:
        return [page.url for page in self.browser.ctx.pages]

    def shows(self, words: str) -> bool:
        return any(page.get_by_text(words).first.is_visible() for page in self.browser.ctx.pages)

    def lose_subscription(self) -> None:
        """Refused in the browser's settings, and allowed again: Chromium makes a new one by itself."""
        self.browser.site_setting(self.rose.url, "block")
        self.browser.site_setting(self.rose.url, "allow")


class Firefox:
    """The same in Firefox, through Marionette."""

    def __init__(self, browser: Any, rose: Site) -> None:
        self.browser, self.rose = browser, rose
        browser.m.navigate(f"{rose.url}/api/health")
        browser.m.add_cookie({"name": "careapp", "value": "token-of-tom", "path": "/"})

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def open(self, path: str) -> None:
        self.browser.m.navigate(self.rose.url + path)

    def switch_on(self) -> None:
        self.open("/notifications")
        button = f"//div[@data-state]//button[contains(., '{SWITCH_ON}')]"
        until(lambda: self.browser.m.find_elements("xpath", button), self.wait)[0].click()
        until(lambda: self.shows(IS_ON), self.wait)

    def close_app(self) -> None:
        tabs = "while (gBrowser.tabs.length > 1) gBrowser.removeTab(gBrowser.tabs[gBrowser.tabs.length - 1])"
        self.browser.chrome(tabs)
        self.browser.m.switch_to_window(self.browser.m.window_handles[0])
        self.browser.m.navigate("about:blank")
        with self.browser.m.using_context("chrome"):
            self.browser.m.execute_async_script(
                """const done = arguments[arguments.length - 1];
                const all = Cc["@mozilla.org/serviceworkers/manager;1"].getService(Ci.nsIServiceWorkerManager);
                const first = all.getAllRegistrations().queryElementAt(0, Ci.nsIServiceWorkerRegistrationInfo);
                first.activeWorker.terminateWorker();
                setTimeout(done, 200);"""
            )

    def urls(self) -> list[str]:
        return self.browser.urls()

    def shows(self, words: str) -> bool:
        for handle in self.browser.m.window_handles:
            self.browser.m.switch_to_window(handle)
            if self.browser.m.execute_script("return document.body?.innerText.includes(arguments[0])", [words]):
                return True
        return False

    def lose_subscription(self) -> None:
        """The push service forgets it; Firefox learns so when it connects again."""
        self.rose.push.forget(self.rose.endpoints()[0])


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def phone(request: pytest.FixtureRequest, kit: Any, push: Any, desk: Any, rose: Site) -> Iterator[Any]:
    harness, looks = kit["harness"], {"viewport": {"width": 390, "height": 844}}
    if request.param == "firefox":
        if not Path(harness.FIREFOX).exists():
            pytest.skip("Firefox is not installed")
        with harness.Firefox(push.firefox_prefs(), desk.env()) as browser:
            yield Firefox(browser, rose)
    else:
        playwright: Playwright = request.getfixturevalue("playwright")
        with harness.Chromium(playwright, push.chromium_args(), desk.env(), **looks) as browser:
            yield Chromium(browser, rose)
    for device_id, _ in rose.devices():
        rose.do("tom", "notify.remove_device", {"device_id": device_id}, None)


@pytest.fixture
def on(phone: Any, rose: Site, push: Any) -> Iterator[Any]:
    """The phone with notifications switched on, whatever the test before did to it."""
    push.clear_faults()
    if not rose.endpoints():
        phone.switch_on()
    yield phone
    for (alert_id,) in rose.rows("SELECT id FROM alert WHERE ended_at IS NULL"):
        rose.do("maya", "sos.stand_down", {"alert_id": alert_id, "words": ""})
    until(lambda: not rose.on_the_way(), phone.wait)


def sos_on(desk: Any, since: float) -> Any:
    return desk.wait(lambda shown: shown.summary.startswith("SOS from Maya"), since=since)


def test_switched_on_by_a_tap_and_confirmed_by_answering_the_test(phone: Any, rose: Site, desk: Any) -> None:
    since = time.time()
    phone.switch_on()

    shown = desk.wait(lambda one: one.summary == TEST, since=since)
    assert rose.rows("SELECT confirmed_at FROM device") == [(None,)]
    desk.click(shown, "It works")

    until(lambda: phone.shows("Confirmed"), phone.wait)
    until(lambda: rose.rows("SELECT name FROM device WHERE confirmed_at != '' AND reached_at != ''"), phone.wait)


def test_an_sos_comes_with_the_app_closed_and_is_answered_without_opening_it(on: Any, rose: Site, desk: Any) -> None:
    on.close_app()
    since = time.time()
    alert_id = rose.raise_sos()

    shown = sos_on(desk, since)
    until(lambda: rose.reached(alert_id), on.wait)
    desk.click(shown, ON_MY_WAY)

    until(lambda: rose.answer_of(alert_id) == "on_my_way", on.wait)
    desk.wait(lambda one: "you are on your way" in one.body, since=since)
    assert not [url for url in on.urls() if "/alert" in url]


def test_help_that_is_wanted_is_taken_on_from_the_notification(on: Any, rose: Site, desk: Any) -> None:
    on.close_app()
    since = time.time()
    next_week = (date.today() + timedelta(days=7)).isoformat()
    dinner = {"kind": "meals", "title": "Dinner", "times": [{"on": next_week, "starts": "17:00"}]}
    rose.do("maya", "helping.ask_for_help", dinner)

    shown = desk.wait(lambda one: "help is wanted" in one.summary, since=since)
    desk.click(shown, "I can do this")

    taken = (
        "SELECT member.name FROM help_slot JOIN member ON member.id = taken_by_id ORDER BY help_slot.id DESC LIMIT 1"
    )
    until(lambda: rose.rows(taken) == [("Tom Lind",)], on.wait)
    assert not [url for url in on.urls() if "/help" in url]


def test_a_change_of_the_calendar_is_shown_and_answered(on: Any, rose: Site, desk: Any) -> None:
    on.close_app()
    since, id_ = time.time(), new_id()
    ((tom,),) = rose.rows("SELECT id FROM member WHERE name = 'Tom Lind'")
    on_a_day = {"starts_on": (date.today() + timedelta(days=9)).isoformat(), "zone": "America/New_York"}
    clinic = {"title": "Eye clinic", "companion_id": tom, "starts": "10:00", **on_a_day}
    rose.do("maya", "schedule.add_appointment", {"id": id_, **clinic})
    rose.change("DELETE FROM job WHERE kind = 'schedule.tell_change'")
    rose.do("maya", "schedule.change_appointment", {"appointment_id": id_, "version": 2, **clinic, "starts": "11:00"})
    rose.change("UPDATE job SET run_at = datetime('now') WHERE kind = 'schedule.tell_change'")
    rose.do("maya", "schedule.add_appointment", {"title": "Visit", "starts": "10:00", **on_a_day})  # it looks again

    shown = desk.wait(lambda one: "an appointment was changed" in one.summary, since=since)
    desk.click(shown, "Yes, I come")

    until(lambda: rose.rows("SELECT comes FROM appointment_answer WHERE appointment_id = ?", id_) == [(1,)], on.wait)
    assert not [url for url in on.urls() if "/appointment" in url]


def test_a_tap_opens_the_alert_from_a_cold_start(on: Any, rose: Site, desk: Any) -> None:
    on.close_app()
    since = time.time()
    alert_id = rose.raise_sos()
    desk.click(sos_on(desk, since))

    until(lambda: [url for url in on.urls() if f"/alert?site=rose&alert={alert_id}" in url], on.wait)
    until(lambda: on.shows(ON_MY_WAY), on.wait)


def test_a_tap_leads_the_open_app_to_the_alert(on: Any, rose: Site, desk: Any) -> None:
    on.close_app()
    on.open("/journal?site=rose")
    until(lambda: on.shows("Journal"), on.wait)
    since = time.time()
    alert_id = rose.raise_sos()
    desk.click(sos_on(desk, since))

    until(lambda: [url for url in on.urls() if f"alert={alert_id}" in url], on.wait)
    assert len(on.urls()) == 1


def test_a_lost_subscription_is_replaced_while_the_app_is_closed(on: Any, rose: Site, desk: Any) -> None:
    on.close_app()
    (before,) = rose.endpoints()
    on.lose_subscription()

    until(lambda: rose.endpoints() and rose.endpoints() != [before], on.wait)
    assert len(rose.endpoints()) == 1
    since = time.time()
    rose.raise_sos()
    sos_on(desk, since)


def test_a_push_service_that_asks_for_time_gets_it(on: Any, rose: Site, desk: Any, push: Any) -> None:
    (endpoint,) = rose.endpoints()
    push.set_fault(endpoint, 429, retry_after=2, count=1)
    since = time.time()
    rose.raise_sos()

    shown = sos_on(desk, since)
    tried = [request for request in push.requests if request.at > since]
    assert [request.status for request in tried][:2] == [429, 201]
    assert tried[1].at - tried[0].at >= 2
    assert shown.shown_at - since < 10


def test_a_device_that_is_gone_is_removed_and_comes_back_by_itself(on: Any, rose: Site, desk: Any, push: Any) -> None:
    (before,) = rose.endpoints()
    push.set_fault(before, 410)
    rose.raise_sos()
    until(lambda: rose.endpoints() == [], on.wait)

    on.open("/today?site=rose")

    until(lambda: len(rose.endpoints()) == 1 and rose.endpoints() != [before], on.wait)
    since = time.time()
    rose.raise_sos()
    sos_on(desk, since)


def test_what_an_iphone_is_sent_it_can_show_by_itself(rose: Site, kit: Any, push: Any) -> None:
    apple = push.create_stub(None, "https://web.push.apple.com")
    device = {"endpoint": apple["endpoint"], **apple["keys"], "name": "iPhone"}
    registered = rose.do("maya", "notify.register_device", device, None)
    rose.do("maya", "notify.test_device", {"device_id": registered["device_id"]}, None)
    rose.raise_sos("tom")

    sent = push.wait_push(apple["endpoint"], n=2)

    assert [kit["harness"].declarative_errors(message.text) for message in sent[:2]] == [[], []]
    assert "&answer=on_my_way" in sent[1].text
