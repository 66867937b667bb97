"""What is pushed is always shown, said to have arrived, and answered without a page; and a device keeps its place."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import NOTHING_WAITS, opened, wait_for
from tests.browser.fake_server import FakeServer

SHOWN = """navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.map((n) => ({
    title: n.title, body: n.body, tag: n.tag, lang: n.lang, renotify: n.renotify, stays: n.requireInteraction,
    silent: n.silent, actions: n.actions.map((a) => a.action), path: n.data?.navigate, pending: !!n.data?.pending,
})))"""
CLICK = """async (action) => {
    const [notification] = await self.registration.getNotifications();
    self.clients.openWindow = async (url) => void (self.openedAt = url);
    WindowClient.prototype.focus = async function () { return this; };
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
}"""
SUBSCRIPTIONS = """() => {
    const make = (n) => ({
        endpoint: `https://push.example/${n}`,
        options: { applicationServerKey: null },
        toJSON: () => ({ endpoint: `https://push.example/${n}`, keys: { p256dh: "p", auth: "a" } }),
        unsubscribe: async () => ((window.held = null), window.ended.push(n), true),
    });
    window.ended = [];
    window.count = 0;
    PushManager.prototype.getSubscription = async () => window.held ?? null;
    PushManager.prototype.subscribe = async () => (window.held = make(++window.count));
    window.hold = (n) => (window.held = make(n));
    document.cookie = "who=tom;path=/";
    care.who.belongsTo("tom");
}"""
KEPT = {"who": "tom", "key": "server-key", "name": "Chrome, Linux", "endpoint": "https://push.example/old", "id": "d1"}


def pushed(**changes: Any) -> str:
    data = {"delivery": "d-1", "proof": "p-1", "kind": "sos", "site": "rose", "alert": "a1", "path": "/alert?alert=a1"}
    actions = [
        {"action": key, "title": key, "navigate": f"https://elsewhere.example/alert?alert=a1&do={key}"}
        for key in ("on_my_way", "can_call", "cannot")
    ]
    notification = {
        "title": "SOS for Rose", "body": "Please answer", "navigate": "https://elsewhere.example/alert?alert=a1",
        "tag": "alert-a1", "lang": "en", "dir": "auto", "icon": "https://elsewhere.example/icons/icon-192.png",
        "silent": False, "actions": actions, "data": data,
    }  # fmt: skip
    return json.dumps({"web_push": 8030, "app_badge": 3, "notification": {**notification, **changes}})


class Phone:
    """One page of a browser whose worker runs and may notify."""

    def __init__(self, context: BrowserContext, server: FakeServer) -> None:
        context.grant_permissions(["notifications"], origin=server.url)
        self.context, self.server = context, server
        self.page = opened(context, server)
        self.page.evaluate("care.worker.startWorker()")
        self.page.wait_for_function("navigator.serviceWorker.controller?.state === 'activated'")
        self.registrations: dict[str, str] = {}
        self.cdp = context.new_cdp_session(self.page)
        self.cdp.on("ServiceWorker.workerRegistrationUpdated", self._known)
        self.cdp.send("ServiceWorker.enable")
        self.displayed, self.looked_at = 0, 0
        self.cdp.on("BackgroundService.backgroundServiceEventReceived", self._happened)
        self.cdp.send("BackgroundService.startObserving", {"service": "notifications"})
        self.cdp.send("BackgroundService.setRecording", {"shouldRecord": True, "service": "notifications"})
        self._wait(lambda: bool(self.registrations))

    def _known(self, event: dict[str, Any]) -> None:
        self.registrations.update({each["scopeURL"]: each["registrationId"] for each in event["registrations"]})

    def _happened(self, event: dict[str, Any]) -> None:
        self.displayed += event["backgroundServiceEvent"]["eventName"] == "Notification displayed"

    def _wait(self, is_so: Callable[[], bool], seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, self.shown()
            self.page.wait_for_timeout(20)  # so that what the browser says is heard

    def push(self, data: str) -> None:
        registration = self.registrations[f"{self.server.url}/"]
        message = {"origin": self.server.url, "registrationId": registration, "data": data}
        self.cdp.send("ServiceWorker.deliverPushMessage", message)

    def shown(self) -> list[dict[str, Any]]:
        return self.page.evaluate(SHOWN)

    def next(self) -> dict[str, Any]:
        """The notification on the screen, once another one was put there. To ask for them earlier is no harmless
        question: Chromium forgets what it keeps of one that it is just about to show."""
        self._wait(lambda: self.displayed > self.looked_at)
        self.looked_at = self.displayed
        self._wait(lambda: len(self.shown()) == 1)  # the one before it may still be closing
        return self.shown()[0]

    def tap(self, action: str = "") -> None:
        self.worker().evaluate(CLICK, action)

    def worker(self) -> Any:
        return self.context.service_workers[-1]


@pytest.fixture
def phone(browser: Callable[[], BrowserContext], server: FakeServer) -> Phone:
    server.views["POST /api/received"] = (200, {})
    return Phone(browser(), server)


def test_an_sos_stays_on_the_screen_with_its_answers_and_its_page(phone: Phone) -> None:
    phone.push(pushed())

    assert phone.next() == {
        "title": "SOS for Rose",
        "body": "Please answer",
        "tag": "alert-a1",
        "lang": "en",
        "renotify": True,
        "stays": True,
        "silent": False,
        "actions": ["on_my_way", "can_call"],  # Chromium shows two
        "path": "/alert?alert=a1",
        "pending": False,
    }


def test_the_server_hears_that_it_has_arrived_also_when_it_was_away_for_a_moment(
    phone: Phone, server: FakeServer
) -> None:
    server.views["POST /api/received"] = (502, {})
    phone.push(pushed())
    server.until(lambda: len(server.posted) == 1)
    server.views["POST /api/received"] = (200, {})

    server.until(lambda: len(server.posted) == 2)
    assert server.posted[1] == ("/api/received", {"delivery": "d-1", "proof": "p-1"})


def test_what_could_not_be_shown_is_not_said_to_have_arrived(phone: Phone, server: FakeServer) -> None:
    phone.worker().evaluate(
        """() => {
            self.tries = 0;
            const real = ServiceWorkerRegistration.prototype.showNotification;
            self.showAgain = () => (ServiceWorkerRegistration.prototype.showNotification = real);
            ServiceWorkerRegistration.prototype.showNotification = async () => {
                self.tries++;
                throw new TypeError("not allowed");
            };
        }"""
    )
    phone.push(pushed())
    _until_in(phone, phone.worker(), "self.tries === 2")
    phone.worker().evaluate("void self.showAgain()")
    phone.push(pushed(data={"delivery": "d-2", "proof": "p-2", "kind": "sos"}))

    server.until(lambda: len(server.posted) > 0)
    phone.next()
    assert server.posted == [("/api/received", {"delivery": "d-2", "proof": "p-2"})]


@pytest.mark.parametrize(
    ("data", "title", "body"),
    [
        ("plain words", "Careapp", "plain words"),
        ("", "Careapp", "Something is new. Open Careapp to see it."),
        ('{"web_push": 1, "notification": {"title": "x"}}', "Careapp", None),
        (pushed(tag="", actions=[]), "SOS for Rose", "Please answer"),
        (pushed(dir="sideways"), "SOS for Rose", "Please answer"),
    ],
    ids=["text", "nothing", "another format", "no tag", "what no browser knows"],
)
def test_whatever_comes_is_shown(phone: Phone, data: str, title: str, body: str | None) -> None:
    phone.push(data)

    shown = phone.next()
    assert (shown["title"], shown["body"]) == (title, body or data)


def test_where_the_browser_shows_it_by_itself_the_worker_only_says_that_it_has_arrived(
    phone: Phone, server: FakeServer
) -> None:
    phone.worker().evaluate(
        """() => {
            const event = new PushEvent("push");
            const data = { delivery: "d-5", proof: "p-5" };
            Object.defineProperty(event, "notification", { value: { title: "SOS", data } });
            self.dispatchEvent(event);
        }"""
    )

    server.until(lambda: server.posted == [("/api/received", {"delivery": "d-5", "proof": "p-5"})])
    assert phone.shown() == []


def test_an_answer_from_the_notification_reaches_the_server_and_is_confirmed(phone: Phone, server: FakeServer) -> None:
    phone.push(pushed())
    phone.next()
    phone.tap("on_my_way")

    confirmed = phone.next()
    assert (confirmed["tag"], confirmed["body"]) == (
        "alert-a1",
        "Everyone who was told can see that you are on your way.",
    )
    (command,) = server.commands
    assert (command["operation"], command["site"]) == ("sos.answer_alert", "rose")
    assert command["command"] == {"alert_id": "a1", "answer": "on_my_way", "minutes": None}
    assert not phone.worker().evaluate("self.openedAt")


def test_an_answer_without_a_connection_is_kept_said_to_be_and_sent_later(phone: Phone, server: FakeServer) -> None:
    phone.push(pushed())
    phone.next()
    phone.page.goto("about:blank")
    phone.page.goto(f"{server.url}/?site=rose&idle")
    server.stop()
    phone.tap("can_call")
    assert phone.next()["body"].startswith("Not sent yet")

    server.start()

    server.until(lambda: len(server.commands) == 1)
    assert server.commands[0]["command"]["answer"] == "can_call"
    assert phone.next()["body"] == "Everyone who was told can see that you can call."
    wait_for(phone.page, NOTHING_WAITS)


def test_an_answer_on_a_dead_line_is_said_to_be_kept_within_seconds(phone: Phone, server: FakeServer) -> None:
    let_go = threading.Event()
    server.refuse = lambda command: let_go.wait(20) and None
    phone.push(pushed())
    phone.next()
    phone.tap("can_call")
    tapped = time.monotonic()

    assert phone.next()["body"].startswith("Not sent yet")
    assert time.monotonic() - tapped < 8
    let_go.set()

    assert phone.next()["body"] == "Everyone who was told can see that you can call."


def test_an_answer_of_whoever_must_sign_in_again_says_so_and_leads_there(phone: Phone, server: FakeServer) -> None:
    server.refuse = lambda command: (401, {"code": "not_signed_in"})
    phone.push(pushed())
    phone.next()
    phone.tap("on_my_way")
    asking = phone.next()
    assert (asking["body"], asking["path"]) == (
        "Not sent yet: please sign in. Tap to open it.",
        "/sign-in?next=%2Falert%3Falert%3Da1",
    )

    server.refuse = lambda command: None
    phone.page.evaluate("care.outbox.flush()")

    done = phone.next()
    assert (done["body"], done["path"]) == (
        "Everyone who was told can see that you are on your way.",
        "/alert?alert=a1",
    )


def test_a_refused_answer_says_why(phone: Phone, server: FakeServer) -> None:
    server.refuse = lambda command: (409, {"code": "conflict", "words": "This SOS is over."})
    phone.push(pushed())
    phone.next()
    phone.tap("on_my_way")

    assert phone.next()["body"] == "This SOS is over."


def test_the_answer_to_a_test_confirms_the_device(phone: Phone, server: FakeServer) -> None:
    data = {"delivery": "d-9", "proof": "p-9", "kind": "test", "site": "", "alert": "", "path": "/notifications"}
    phone.push(pushed(data=data, actions=[{"action": "works", "title": "It works", "navigate": "https://x.example/"}]))
    shown = phone.next()
    assert (shown["renotify"], shown["stays"]) == (False, False)
    phone.tap("works")

    phone.next()
    (command,) = server.commands
    assert (command["operation"], command["site"]) == ("notify.confirm_device", None)
    assert command["command"] == {"delivery": "d-9", "proof": "p-9"}


def test_a_tap_opens_the_page_where_no_window_is(phone: Phone, server: FakeServer) -> None:
    phone.push(pushed())
    phone.next()
    worker = phone.worker()
    phone.page.goto("about:blank")
    phone.tap()

    _until_in(phone, worker, "self.openedAt === '/alert?alert=a1'")


def test_what_was_pushed_leaves_the_screen_when_the_site_is_left(phone: Phone) -> None:
    phone.push(pushed())
    phone.next()
    phone.page.evaluate("navigator.serviceWorker.controller.postMessage({wipe: 'ben'})")
    phone.page.evaluate("navigator.serviceWorker.controller.postMessage({wipe: 'rose'})")

    wait_for(phone.page, f"{SHOWN}.then((all) => all.length === 0)")


# --- the device's place with the server ---


@pytest.fixture
def holder(phone: Phone, server: FakeServer) -> Page:
    """A page whose push subscriptions the test makes."""
    phone.page.evaluate(SUBSCRIPTIONS)
    devices(server, ["d1"])
    return phone.page


def devices(server: FakeServer, ids: list[str], key: str = "server-key") -> None:
    view = {"vapid_public_key": key, "devices": [{"id": each} for each in ids]}
    state = {"state.notifications": {"view_rx_state_": view}}
    server.views["/api/view/notifications"] = (200, {"state": state})


def answering(server: FakeServer, **answers: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What the server is told, in order; each operation has its answer."""
    told: list[tuple[str, dict[str, Any]]] = []

    def answer(command: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        name = command["operation"].removeprefix("notify.")
        told.append((name, command["command"]))
        return 200, {"answer": answers[name]}

    server.refuse = answer
    return told


def check(page: Page, kept: dict[str, Any] = KEPT, held: str | None = "old") -> Any:
    page.evaluate("([kept, held]) => (held && hold(held), care.store.write('marks', kept, 'device'))", [kept, held])
    page.evaluate("care.push.check()")
    return page.evaluate("care.store.read('marks', 'device')")


def test_what_holds_is_left_alone(holder: Page, server: FakeServer) -> None:
    told = answering(server)

    assert check(holder) == KEPT
    assert told == []


def test_a_lost_cookie_takes_no_subscription_away(holder: Page, server: FakeServer) -> None:
    told = answering(server)
    holder.evaluate("document.cookie = 'who=; max-age=0; path=/'")

    assert check(holder) == KEPT
    assert told == []


def test_a_subscription_that_is_gone_is_made_anew(holder: Page, server: FakeServer) -> None:
    told = answering(server, replace_device={"device_id": "d1"})

    kept = check(holder, held=None)

    assert kept["endpoint"] == "https://push.example/1"
    ((name, command),) = told
    assert name == "replace_device"
    assert (command["old_endpoint"], command["endpoint"]) == ("https://push.example/old", "https://push.example/1")


def test_where_nothing_arrived_any_more_another_address_is_taken(holder: Page, server: FakeServer) -> None:
    devices(server, [])
    told = answering(
        server, register_device={"device_id": "d2", "is_removed": False}, replace_device={"device_id": "d2"}
    )

    kept = check(holder)

    assert holder.evaluate("ended") == ["old"]
    assert (kept["id"], kept["endpoint"]) == ("d2", "https://push.example/1")
    assert [name for name, _ in told] == ["register_device", "replace_device"]
    assert told[0][1]["device_id"] == "d1"


def test_a_renewed_subscription_is_not_taken_for_known_before_the_server_knows_it(
    phone: Phone, holder: Page, server: FakeServer
) -> None:
    holder.evaluate("(kept) => care.store.write('marks', kept, 'device')", KEPT)
    server.stop()
    phone.worker().evaluate(
        """() => {
            const toJSON = () => ({ endpoint: "https://push.example/new", keys: { p256dh: "p", auth: "a" } });
            const newSubscription = { endpoint: "https://push.example/new", options: {}, toJSON };
            self.dispatchEvent(Object.assign(new ExtendableEvent("pushsubscriptionchange"), { newSubscription }));
        }"""
    )

    wait_for(holder, "care.store.readAll('outbox').then(([entry]) => entry?.operation === 'notify.replace_device')")
    assert holder.evaluate("care.store.read('marks', 'device')") == KEPT


def test_a_device_taken_away_elsewhere_stays_away(holder: Page, server: FakeServer) -> None:
    devices(server, [])
    answering(server, register_device={"device_id": "", "is_removed": True})

    assert check(holder) is None
    assert holder.evaluate("ended") == ["old"]


def test_a_browser_that_someone_else_used_tells_them_nothing_more(holder: Page, server: FakeServer) -> None:
    told = answering(server)

    assert check(holder, {**KEPT, "who": "maya"}) is None
    assert (told, holder.evaluate("ended")) == ([], ["old"])


def test_switching_on_registers_the_device_under_a_name_its_owner_knows(holder: Page, server: FakeServer) -> None:
    told = answering(server, register_device={"device_id": "d7", "is_removed": False})

    assert holder.evaluate("care.push.switchOn('server-key')")["ok"]

    ((name, command),) = told
    assert (name, command["name"], command["device_id"]) == ("register_device", "Chrome, Linux", "")
    assert holder.evaluate("care.push.deviceState()") == "on"


def _until_in(phone: Phone, worker: Any, script: str) -> None:
    for _ in range(200):
        if worker.evaluate(script):
            return
        worker.evaluate("new Promise((resolve) => setTimeout(resolve, 25))")
    raise AssertionError(script)


HELP = {
    "data": {
        "delivery": "d-7", "proof": "p-7", "kind": "help", "site": "rose", "alert": "",
        "path": "/help-request?site=rose&request=r1&slot=s1",
    },
    "tag": "help-r1",
    "actions": [{"action": "can_do", "title": "I can do this", "navigate": "https://x.example/"}],
}  # fmt: skip


def test_help_is_taken_from_the_notification_itself(phone: Phone, server: FakeServer) -> None:
    phone.push(pushed(**HELP))
    phone.next()
    phone.tap("can_do")

    assert phone.next()["body"] == "It is yours now. Thank you for helping."
    (command,) = server.commands
    assert (command["operation"], command["site"]) == ("helping.take_slot", "rose")
    assert command["command"] == {"slot_id": "s1"}


SWAP = {
    "data": {**HELP["data"], "path": "/help-request?site=rose&request=r1&slot=s1&swap=w1"},
    "tag": "help-swap-s1",
    "actions": [
        {"action": "take_over", "title": "I take it over", "navigate": "https://x.example/"},
        {"action": "cannot_take_over", "title": "I cannot", "navigate": "https://x.example/"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "accepts", "words"),
    [
        ("take_over", True, "You take it over now. Thank you."),
        ("cannot_take_over", False, "They hear that you cannot."),
    ],
)
def test_who_is_asked_to_take_over_answers_from_the_notification(
    phone: Phone, server: FakeServer, key: str, accepts: bool, words: str
) -> None:
    phone.push(pushed(**SWAP))
    phone.next()
    phone.tap(key)

    assert phone.next()["body"] == words
    (command,) = server.commands
    assert (command["operation"], command["command"]) == ("helping.answer_swap", {"swap_id": "w1", "accepts": accepts})


VISIT = {
    "data": {**HELP["data"], "kind": "schedule", "path": "/appointment?site=rose&appointment=a1&at=2026-03-06T10%3A00"},
    "tag": "appointment-a1",
    "actions": [
        {"action": "comes", "title": "Yes, I come", "navigate": "https://x.example/"},
        {"action": "cannot_come", "title": "No, I can't", "navigate": "https://x.example/"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "comes", "words"),
    [
        ("comes", True, "Thank you. The others can see that you come."),
        ("cannot_come", False, "The others can see that you cannot come."),
    ],
)
def test_who_goes_along_says_so_from_the_notification(
    phone: Phone, server: FakeServer, key: str, comes: bool, words: str
) -> None:
    phone.push(pushed(**VISIT))
    phone.next()
    phone.tap(key)

    assert phone.next()["body"] == words
    (command,) = server.commands
    assert command["operation"] == "schedule.answer_appointment"
    assert command["command"] == {"appointment_id": "a1", "at": "2026-03-06T10:00", "comes": comes}


def test_from_the_notification_too_it_is_said_kindly_that_someone_was_quicker(phone: Phone, server: FakeServer) -> None:
    quicker = "Tom was quicker. Thank you for offering."
    server.refuse = lambda command: (409, {"code": "conflict", "words": quicker})
    phone.push(pushed(**HELP))
    phone.next()
    phone.tap("can_do")

    assert phone.next()["body"] == quicker
