"""The calendar without a connection: an edit that others overtook is shown beside theirs; the check before a video
visit needs no network and asks for the camera only when it is told to."""

from datetime import date, timedelta

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from careapp.ids import new_id
from tests.e2e.conftest import Visit, ready
from tests.servers import Running, wait_until

pytestmark = pytest.mark.needs_worker

IN_CHARGE = "navigator.serviceWorker.controller !== null"
IS_KEPT = (
    """async () => (await (await caches.open("seen")).keys()).some(({ url }) => url.includes("/api/view/calendar"))"""
)
CAMERA = """() => {
  window.asked = 0;
  navigator.mediaDevices.getUserMedia = async () => {
    if (++window.asked === 1) throw new DOMException("no", "NotAllowedError");
    const [canvas, sound] = [document.createElement("canvas"), new AudioContext()];
    const [tone, out] = [new OscillatorNode(sound), sound.createMediaStreamDestination()];
    canvas.getContext("2d").fillRect(0, 0, 9, 9);
    tone.connect(out);
    tone.start();
    window.stream = new MediaStream([...canvas.captureStream(5).getTracks(), ...out.stream.getTracks()]);
    return window.stream;
  };
}"""


def test_an_edit_that_was_overtaken_is_shown_beside_what_others_wrote(visit: Visit, server: Running) -> None:
    id_ = new_id()
    told = {"starts_on": str(date.today() + timedelta(days=2)), "starts": "10:00", "zone": "America/New_York"}
    _do(server, "schedule.add_appointment", {"id": id_, "title": "Eye clinic", **told})
    page = visit("maya", f"/edit-appointment?site=rose&appointment={id_}")
    page.get_by_label("What is it?").fill("Eye clinic, second floor")
    _in_charge(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/calendar?**")
    change = {"appointment_id": id_, "version": 2, "title": "Eye clinic", "notes": "Park behind the house"}
    _do(server, "schedule.change_appointment", {**change, **told})

    page.context.set_offline(False)
    expect(page.get_by_text("Someone changed this appointment in the meantime.")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_label("What is it?")).to_have_value("Eye clinic, second floor")
    expect(page.get_by_role("alert").filter(has_text="Park behind the house")).to_be_visible()
    page.get_by_role("button", name="Go on with my text").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/calendar?**")
    expect(page.get_by_role("link", name="Eye clinic, second floor")).to_be_visible()
    expect(page.get_by_text("Someone changed this appointment")).to_have_count(0)


def test_an_appointment_never_opened_shows_without_a_connection_what_the_agenda_told(
    visit: Visit, server: Running
) -> None:
    """The next few are kept whole; those behind them open in brief, and fully once there is a connection."""
    begins = {"starts": "10:00", "zone": "America/New_York"}
    for day in range(20, 26):
        told = {"title": f"Dentist {day}", "place": "Main Street 4", "notes": "Bring the old bridge", **begins}
        command = {"id": new_id(), "starts_on": str(date.today() + timedelta(days=day)), **told}
        _do(server, "schedule.add_appointment", command)
    page = visit("maya", "/calendar?site=rose")
    _in_charge(page)
    page.reload()
    ready(page)
    wait_until(lambda: page.evaluate(IS_KEPT) is True)
    page.context.set_offline(True)
    page.get_by_role("link", name="Dentist 25").click()
    expect(page.get_by_role("heading", name="Dentist 25")).to_be_visible()
    page.reload()

    expect(page.get_by_role("heading", name="Dentist 25")).to_be_visible()
    expect(page.get_by_text("Main Street 4")).to_be_visible()
    expect(page.get_by_text("come with the connection")).to_be_visible()
    expect(page.get_by_text("not opened on this device")).to_have_count(0)
    page.context.set_offline(False)
    expect(page.get_by_text("Bring the old bridge")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("come with the connection")).to_have_count(0)


def test_camera_and_microphone_are_tried_without_a_network_and_only_when_asked(phone: BrowserContext) -> None:
    context = phone("maya")
    page = context.new_page()
    page.add_init_script(f"({CAMERA})()")
    answer = page.goto("/video-check?site=rose&appointment=a")
    assert answer and "camera=(self), microphone=(self)" in answer.headers["permissions-policy"]
    ready(page)
    _in_charge(page)
    context.set_offline(True)
    page.reload()
    ready(page)

    start = page.get_by_role("button", name="Try camera and microphone")
    expect(start).to_be_visible()
    assert page.evaluate("asked") == 0
    start.click()
    expect(page.get_by_text("This browser does not let Careapp use the camera")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Your camera works.")).to_be_visible()
    expect(page.get_by_text("Your microphone works.")).to_be_visible()
    page.get_by_role("button", name="Switch them off again").click()
    assert page.evaluate("stream.getTracks().every((track) => track.readyState === 'ended')")


def _in_charge(page: Page) -> None:
    """The worker comes when somebody reaches for the page, and keeps the whole build first."""
    for n in range(150):
        page.mouse.move(3 + n % 2, 3)
        if page.evaluate(IN_CHARGE):
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing keeps the pages")


def _do(server: Running, operation: str, command: dict[str, object]) -> None:
    body = {"op_id": new_id(), "site": "rose", "command": command}
    headers = {"Origin": server.url, "Cookie": "careapp=token-of-tom"}
    answer = httpx.post(f"{server.url}/api/do/{operation}", json=body, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
