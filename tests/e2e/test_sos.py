"""An SOS from phone to phone: raised by holding, seen, answered, stood down, and raised without a network."""

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from careapp.ids import new_id
from tests.e2e.conftest import PHONE, Visit, found_by_axe, walk
from tests.servers import Running, wait_until

AT_ONCE_MS = 2000
ALERT = re.compile(r"/alert\?.*alert=")
IS_KEPT = "() => caches.match('/api/view/sos?site=rose').then(Boolean)"


@pytest.fixture(autouse=True)
def _all_clear(server: Running) -> None:
    """No test leaves an SOS open for the next."""
    for alert_id in _open_alerts(server):
        _do(server, "maya", "sos.stand_down", {"alert_id": alert_id})


def test_an_sos_is_raised_by_holding_seen_answered_and_stood_down(visit: Visit) -> None:
    maya, tom = visit("maya", "/sos?site=rose"), visit("tom", "/journal?site=rose")
    _hold(maya, "SOS")

    maya.wait_for_url(ALERT)
    bar = tom.get_by_role("link", name="SOS: Rose needs help now.")
    expect(bar).to_be_visible(timeout=AT_ONCE_MS)
    expect(maya.get_by_text("Nobody is coming yet.")).to_be_visible()

    bar.click()
    tom.wait_for_url(ALERT)
    expect(maya.get_by_text("1 person has seen it")).to_be_visible()
    maya.get_by_role("button", name="A fall").click()
    expect(tom.get_by_role("heading", name="A fall")).to_be_visible()

    tom.get_by_role("button", name="15 minutes").click()
    expect(maya.get_by_text("Tom Lind is on the way, there about")).to_be_visible()
    expect(tom.get_by_role("button", name="I'm on my way · your answer")).to_be_visible()
    ida = visit("ida", "/today?site=rose")
    expect(ida.get_by_role("link", name="SOS: Rose has fallen. Tom Lind is on the way.")).to_be_visible()

    _give_all_clear(maya, "She is fine.")
    for page in (maya, tom):
        expect(page.get_by_text("Maya Lind gave the all-clear,")).to_be_visible()
        expect(page.get_by_text("She is fine.")).to_be_visible()
    expect(ida.get_by_role("link", name="SOS: Rose")).to_have_count(0)


def test_the_record_takes_notes_from_everyone_afterwards(visit: Visit, server: Running) -> None:
    alert_id = _raise(server, "maya", kind="fall")
    _do(server, "maya", "sos.stand_down", {"alert_id": alert_id})
    tom, maya = (visit(name, f"/alert?site=rose&alert={alert_id}") for name in ("tom", "maya"))

    tom.get_by_label("Add a note").fill("The rug is gone now.")
    tom.get_by_role("button", name="Add the note").click()

    expect(maya.locator("[data-what=note]")).to_contain_text("The rug is gone now.")
    expect(maya.locator("[data-what=raised]")).to_contain_text("Maya Lind raised the SOS")


def test_a_slip_of_the_finger_raises_nothing(visit: Visit, server: Running) -> None:
    maya = visit("maya", "/sos?site=rose")
    x, y = _middle(maya, "SOS")

    maya.mouse.move(x, y)
    maya.mouse.down()
    expect(_button(maya, "SOS")).to_have_attribute("data-phase", "held")
    maya.mouse.move(x, y + 400)
    expect(_button(maya, "SOS")).to_have_attribute("data-phase", "rest")
    maya.mouse.up()
    maya.mouse.click(x, y)
    expect(maya.get_by_role("button", name="Yes, raise the SOS")).to_be_visible()
    maya.get_by_role("button", name="No, go back").click()

    expect(_button(maya, "SOS")).to_have_attribute("data-phase", "rest")
    assert _open_alerts(server) == []


def test_a_key_that_is_held_raises_it(visit: Visit) -> None:
    maya = visit("maya", "/sos?site=rose")

    _button(maya, "SOS").focus()
    maya.keyboard.down("Space")

    maya.wait_for_url(ALERT)


def test_a_screen_reader_is_asked_once_more(visit: Visit) -> None:
    maya = visit("maya", "/sos?site=rose")

    _button(maya, "SOS").dispatch_event("click")
    yes = maya.get_by_role("button", name="Yes, raise the SOS")
    expect(yes).to_be_focused()
    yes.press("Enter")

    maya.wait_for_url(ALERT)


def test_a_drill_is_marked_as_one_everywhere(visit: Visit) -> None:
    maya, tom = visit("maya", "/sos?site=rose"), visit("tom", "/today?site=rose")
    maya.get_by_text("Try it with a drill").click()
    _hold(maya, "Drill")

    maya.wait_for_url(ALERT)
    expect(maya.locator("main header").get_by_text("Drill", exact=True)).to_be_visible()
    tom.get_by_role("link", name="Drill: Rose needs help now.").click()
    expect(tom.get_by_text("This is only a drill.")).to_be_visible()
    _give_all_clear(maya)
    maya.get_by_role("link", name="SOS", exact=True).click()
    expect(maya.get_by_role("link", name="Drill Help needed").first).to_be_visible()


def test_an_answer_that_a_notification_asked_for_comes_first(visit: Visit, server: Running) -> None:
    alert_id = _raise(server, "maya")
    tom = visit("tom", f"/alert?site=rose&alert={alert_id}&answer=can_call")

    tops = [tom.locator(f"[data-answer={answer}]").bounding_box() for answer in ("can_call", "on_my_way", "cannot")]
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
    tom.get_by_role("button", name="I can call").click()

    expect(tom.get_by_text("Tom Lind can call")).to_be_visible()


@pytest.mark.parametrize("who", ["maya", "tom"])
def test_axe_finds_nothing_while_one_is_open(visit: Visit, server: Running, who: str) -> None:
    alert_id = _raise(server, "maya", kind="fall", words="In the kitchen", latitude=1.5, longitude=2.5)
    page = visit(who, "/today?site=rose", bypass_csp=True, service_workers="block")
    for path in ("/today?site=rose", f"/alert?site=rose&alert={alert_id}", "/sos?site=rose"):
        walk(page, path)

        assert found_by_axe(page) == [], path


@pytest.mark.parametrize("who", ["maya", "tom"])
def test_it_fits_the_narrowest_phone_with_large_text(visit: Visit, server: Running, who: str) -> None:
    alert_id = _raise(server, "maya", kind="relief", words="Wolfeschlegelsteinhausenbergerdorff " * 5)
    page = visit(who, f"/alert?site=rose&alert={alert_id}", viewport={"width": 320, "height": 640})
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, size


def test_where_one_is_is_asked_only_when_it_is_added(phone: Callable[..., BrowserContext], server: Running) -> None:
    place = {"latitude": 40.71281, "longitude": -74.00602, "accuracy": 24}
    context = phone("maya", geolocation=place, permissions=["geolocation"])
    alert_id = _raise(server, "maya")
    maya = context.new_page()
    walk(maya, f"/alert?site=rose&alert={alert_id}")
    expect(maya.get_by_role("link", name="On the map")).to_have_count(0)

    maya.get_by_role("button", name="Add where I am").click()

    shown = maya.get_by_role("link", name="On the map: 40.71281, -74.00602 (within 24 m)")
    expect(shown).to_have_attribute("href", re.compile("openstreetmap.org/.*mlat=40.71281&mlon=-74.00602"))
    assert maya.locator("iframe").count() == 0


@pytest.mark.needs_worker
def test_without_a_network_it_is_kept_and_raised_once_when_there_is_one(
    phone: Callable[..., BrowserContext], visit: Visit, server: Running
) -> None:
    context, maya = phone("tom"), visit("maya", "/today?site=rose")
    tom = context.new_page()
    walk(tom, "/today?site=rose")
    _wait_until_kept(tom)
    context.set_offline(True)
    tom.get_by_role("link", name="SOS call for help").click()
    expect(tom.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")

    _hold(tom, "SOS")
    expect(tom.get_by_text("This has not gone out yet.")).to_be_visible()
    tom.get_by_role("button", name="Chest pain").click()
    assert _open_alerts(server) == []
    context.set_offline(False)

    tom.wait_for_url(ALERT)
    expect(maya.get_by_role("link", name="SOS: Rose has chest pain.")).to_be_visible()
    assert len(_open_alerts(server)) == 1


@pytest.mark.needs_worker
def test_the_shortcut_opens_the_page_without_a_network(phone: Callable[..., BrowserContext]) -> None:
    context = phone("tom")
    page = context.new_page()
    walk(page, "/today?site=rose")
    _wait_until_kept(page)
    context.set_offline(True)

    page.goto("/sos?source=shortcut")

    expect(page.get_by_role("link", name="Call 911")).to_be_visible()


def test_a_coordinator_arranges_who_is_told_and_can_go_back(visit: Visit) -> None:
    maya = visit("maya", "/ladder?site=rose")
    steps = maya.locator("form ol > li")
    expect(steps).to_have_count(3)

    steps.nth(2).get_by_role("button", name="Take this step away").click()
    second = steps.nth(1)
    second.get_by_label("When").select_option("300")
    second.get_by_label("Who is told").select_option("named")
    expect(second.get_by_text("This step reaches nobody.")).to_be_visible()
    second.get_by_label("Ida Berg").check()
    expect(second.get_by_text("This step reaches nobody.")).to_have_count(0)
    maya.get_by_role("button", name="Save").click()
    expect(maya.get_by_text("Saved")).to_be_visible()

    ida = visit("ida", "/ladder?site=rose")
    expect(ida.get_by_text("5 minutes after the step before")).to_be_visible()
    expect(ida.get_by_role("button", name="Save")).to_have_count(0)
    maya.get_by_role("button", name="Back to the standard steps").click()
    maya.get_by_role("button", name="Yes, do it").click()
    expect(steps).to_have_count(3)


def test_the_way_to_an_sos_is_large_and_always_in_the_same_corner(visit: Visit) -> None:
    page = visit("ida", "/today?site=rose")
    corners = []
    for path in ("/today", "/journal", "/people", "/more", "/me", "/write", "/sos", "/ladder"):
        walk(page, f"{path}?site=rose")
        box = page.get_by_role("link", name="SOS call for help").bounding_box()
        assert box and box["width"] >= 64 and box["height"] >= 64, path
        corners.append((round(box["x"] + box["width"]), box["y"] < 16))

    assert set(corners) == {(corners[0][0], True)}
    assert corners[0][0] > PHONE["width"] - 24


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{name} ?for .+Hold"))


def _middle(page: Page, name: str) -> tuple[float, float]:
    button = _button(page, name)
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _hold(page: Page, name: str) -> None:
    """With the finger down until it has acted."""
    page.mouse.move(*_middle(page, name))
    page.mouse.down()
    expect(_button(page, name).and_(page.locator("[data-phase=held]"))).to_have_count(0, timeout=10_000)
    page.mouse.up()


def _wait_until_kept(page: Page) -> None:
    """Until the device has the SOS page, which nobody has opened on it."""
    wait_until(lambda: page.evaluate(IS_KEPT) is True)


def _give_all_clear(page: Page, words: str = "") -> None:
    page.get_by_role("button", name="It is over: give the all-clear").click()
    page.get_by_label("A word to everyone").fill(words)
    page.get_by_role("button", name="All clear").click()


def _do(server: Running, who: str, operation: str, command: dict[str, object]) -> None:
    headers = {"Origin": server.url, "Cookie": f"careapp=token-of-{who}"}
    body = {"op_id": new_id(), "site": "rose", "command": command}
    answer = httpx.post(f"{server.url}/api/do/{operation}", json=body, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text


def _raise(server: Running, who: str, **command: object) -> str:
    alert_id = new_id()
    _do(server, who, "sos.raise_alert", {"alert_id": alert_id, **command})
    return alert_id


def _open_alerts(server: Running) -> list[str]:
    cookie = {"Cookie": "careapp=token-of-maya"}
    view = httpx.get(f"{server.url}/api/view/sos?site=rose", headers=cookie, timeout=60).json()
    (state,) = view["state"].values()
    return [alert["id"] for alert in state["view_rx_state_"]["open_alerts"]]
