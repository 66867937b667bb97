"""Without a network: what was seen opens at once, what is written waits, survives, and arrives once, in order."""

import logging
import os
import random
import re
import signal
import sqlite3
import struct
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, expect

from careapp.ids import new_id
from tests.chromium import EXECUTABLE, FLAGS
from tests.e2e.conftest import PHONE, ready, walk
from tests.films import film
from tests.phone import a_photo
from tests.servers import Running, free_port, is_answering, seed, start, stop, wait_until

log = logging.getLogger(__name__)

STARTS_SECONDS = 10.0  # one second is promised, and measured by the bench; here much else goes on beside it
ROOM = 30_000
COMES_BACK = 60.0
TEXT = "She walked to the window."
LIFE = 24 * 3600
LARGE = 26_000_000
A_SECOND = 4_000_000  # so many bytes go out, for what is looked at on their way

JOURNAL = "/api/view/journal?site=rose"
IS_KEPT = "view => caches.match(view).then(Boolean)"
KEPT = """async () => {
    const kept = { words: document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }), rows: {} };
    for (const name of await caches.keys()) {
        if (name.startsWith("shell-")) continue;
        const cache = await caches.open(name);
        const requests = await cache.keys();
        kept.rows[name] = requests.length;
        for (const request of requests) {
            const answer = await cache.match(request);
            kept.words += request.url + ((await answer?.text()) ?? "");
        }
    }
    for (const { name } of await indexedDB.databases()) {
        const db = await new Promise((done) => (indexedDB.open(name).onsuccess = ({ target }) => done(target.result)));
        for (const store of db.objectStoreNames) {
            const all = db.transaction(store).objectStore(store).getAll();
            const rows = await new Promise((done) => (all.onsuccess = () => done(all.result)));
            kept.rows[store] = rows.filter((row) => row !== "").length;
            kept.words += JSON.stringify(rows);
        }
        db.close();
    }
    return kept;
}"""


class Place:
    """A server that can go away and come back at the same address with what it had."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.server: Running | None = None
        self.url = f"http://localhost:{self.port}"

    def comes(self) -> None:
        self.server = start(self.data, self.port)
        wait_until(lambda: is_answering(self._running()), self.server)

    def goes(self) -> None:
        stop(self._running())

    def dies(self) -> None:
        """With everything that belongs to it, as when the power goes."""
        os.killpg(self._running().process.pid, signal.SIGKILL)
        self._running().process.wait(30)

    def arrived(self) -> float:
        """How much of a large file is here."""
        return sum(path.stat().st_size for path in (self.data / "uploads").glob("*")) / LARGE

    def do(self, who: str, operation: str, command: dict[str, Any]) -> Any:
        """A write by someone on another device."""
        headers = {"Origin": self.url, "Cookie": f"careapp=token-of-{who}"}
        body = {"op_id": new_id(), "site": "rose", "command": command}
        answer = httpx.post(f"{self.url}/api/do/{operation}", json=body, headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()["answer"]

    def sends(self, who: str, photo: bytes) -> str:
        """A photo by someone on another device; its id."""
        media_id = new_id()
        told = {"media": media_id, "site": "rose", "filename": "lake.jpg", "filetype": "image/jpeg"}
        metadata = ",".join(f"{name} {b64encode(said.encode()).decode()}" for name, said in told.items())
        theirs = {"Origin": self.url, "Cookie": f"careapp=token-of-{who}", "Tus-Resumable": "1.0.0"}
        begin = {"Upload-Length": str(len(photo)), "Upload-Metadata": metadata}
        httpx.post(f"{self.url}/api/uploads", headers=theirs | begin).raise_for_status()
        piece = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        way = f"{self.url}/api/uploads/{media_id}"
        httpx.patch(way, headers=theirs | piece, content=photo, timeout=60).raise_for_status()
        return media_id

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.data / 'careapp.sqlite'}?mode=ro", uri=True)) as database:
            return database.execute(statement).fetchall()

    def member(self, name: str) -> str:
        return str(self.rows(f"select id from member where name like '{name}%'")[0][0])

    def _running(self) -> Running:
        assert self.server
        return self.server


class Phone:
    """One person's browser with a profile on the disk, which can be closed and opened again."""

    def __init__(self, playwright: Playwright, profile: Path, url: str, name: str) -> None:
        self._playwright, self._profile, self._url, self._name = playwright, profile, url, name
        self.context: BrowserContext | None = None

    def opens(self, **options: Any) -> None:
        self.context = self._playwright.chromium.launch_persistent_context(
            self._profile, executable_path=EXECUTABLE, args=FLAGS, base_url=self._url, viewport=PHONE, has_touch=True,
            locale="en-US", timezone_id="America/New_York", **options,
        )  # fmt: skip

    def signs_in(self) -> None:
        cookie = {"name": "careapp", "value": f"token-of-{self._name}", "url": self._url, "httpOnly": True}
        self.browser.add_cookies([{**cookie, "expires": time.time() + LIFE}])

    def closes(self) -> None:
        if self.context:
            self.context.close()
        self.context = None

    @property
    def browser(self) -> BrowserContext:
        assert self.context
        return self.context

    def visits(self, path: str) -> Page:
        """Opens the page and leaves it open once the device has kept it."""
        page = self.browser.new_page()
        walk(page, path)
        wait_until(lambda: page.evaluate(IS_KEPT, f"/api/view{path}") is True)
        return page


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(seed(tmp_path / "data"))
    made.comes()
    yield made
    made.goes()


@pytest.fixture
def tom(playwright: Playwright, place: Place, tmp_path: Path) -> Iterator[Phone]:
    yield from _phone(playwright, place, tmp_path, "tom")


@pytest.fixture
def maya(playwright: Playwright, place: Place, tmp_path: Path) -> Iterator[Phone]:
    yield from _phone(playwright, place, tmp_path, "maya")


def _phone(playwright: Playwright, place: Place, tmp_path: Path, name: str) -> Iterator[Phone]:
    phone = Phone(playwright, tmp_path / name, place.url, name)
    phone.opens()
    phone.signs_in()
    yield phone
    phone.closes()


def cold_start(phone: Phone, path: str) -> tuple[Page, float]:
    """The page as it opens from the device, and the seconds until something stood there to read."""
    page = phone.browser.new_page()
    began = time.monotonic()
    page.goto(path, wait_until="commit")
    page.locator("#painted h1, #painted h2, #page h1, #page h2").first.wait_for()
    took = time.monotonic() - began
    log.info("cold start of %s: %.2f s", path, took)
    assert took < STARTS_SECONDS, path
    return page, took


def shown(page: Page) -> list[str]:
    """The words of the page, without how long ago things were and without what says that there is no connection."""
    text = page.locator("#page").inner_text()
    lines = [re.sub(r"\d+ \w+ ago|just now", "", line).strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("No connection.")]


def says_since_when(page: Page) -> None:
    bar = page.get_by_role("status").filter(has_text="No connection.")
    expect(bar).to_contain_text(re.compile(r"You see what was here at \d+:\d\d"), timeout=ROOM)


def test_pages_that_were_opened_open_without_a_server(place: Place, maya: Phone) -> None:
    update = place.do("maya", "journal.post_update", {"id": new_id(), "text": TEXT})["id"]
    pages = ["today", "journal", "calendar", "people", "write"]
    paths = [f"/{page}?site=rose" for page in pages] + ["/account"]
    paths += [f"/member?member={place.member('Tom')}&site=rose", f"/update?site=rose&update={update}"]
    seen = {}
    for path in paths:
        page = maya.visits(path)
        seen[path] = shown(page)
        page.close()
    maya.closes()
    place.goes()

    maya.opens()
    for path in paths:
        page, _ = cold_start(maya, path)
        ready(page)
        assert shown(page) == seen[path], path
        says_since_when(page)
        page.close()
    place.comes()


def test_a_phone_in_a_tunnel_shows_what_it_saw_and_says_since_when(place: Place, tom: Phone) -> None:
    place.do("maya", "journal.post_update", {"id": new_id(), "text": TEXT})
    page = tom.visits("/journal?site=rose")
    wait_until(lambda: page.evaluate(IS_KEPT, "/api/view/write?site=rose") is True)
    page.close()

    tom.browser.set_offline(True)
    page, _ = cold_start(tom, "/journal?site=rose")

    expect(page.get_by_text(TEXT)).to_be_visible()
    says_since_when(page)
    ready(page)
    page.get_by_role("button", name="Add").click()
    page.get_by_role("dialog").get_by_role("link", name="Photo").click()
    page.get_by_label("How are things?").fill("Nobody opened this page here before.")
    tom.browser.set_offline(False)
    expect(page.get_by_text("No connection.")).to_have_count(0, timeout=ROOM)


def test_what_is_written_without_a_server_waits_survives_and_arrives_once_in_order(place: Place, tom: Phone) -> None:
    place.do("maya", "journal.post_update", {"id": new_id(), "text": TEXT})
    for name in ("today", "write", "status", "journal"):
        page = tom.visits(f"/{name}?site=rose")
    place.goes()

    _writes_everything(page)
    _shows_what_waits(page)
    tom.closes()
    tom.opens()
    page = tom.browser.new_page()
    walk(page, "/journal?site=rose")
    _shows_what_waits(page)

    before = place.rows("select count(*) from audit_entry")[0][0]
    place.comes()
    done = f"select operation from audit_entry order by id limit 9 offset {before}"
    wait_until(lambda: len(place.rows(done)) >= 4, seconds=COMES_BACK)
    expect(page.get_by_text("waits to be sent")).to_have_count(0, timeout=ROOM)
    expect(page.get_by_text("wait to be sent")).to_have_count(0, timeout=ROOM)
    wait_until(lambda: page.evaluate(KEPT)["rows"]["outbox"] == 0)
    order = ["journal.comment", "journal.react", "journal.set_status", "journal.post_update"]
    assert [operation for (operation,) in place.rows(done)] == order
    assert place.rows("select text from comment") == [("So glad",)]
    assert place.rows("select kind from reaction") == [("heart",)]
    assert place.rows("select place, words from status") == [("At home", "Tired and content")]
    mine = 'select text from update_media join "update" on update_id = "update".id'
    assert place.rows(mine) == [("From the train",)]


def _writes_everything(page: Page) -> None:
    """A comment, a reaction, a status and an update with a photo, in this order."""
    update = page.get_by_role("article").filter(has_text=TEXT)
    update.get_by_role("button", name="Write a comment").click()
    update.get_by_role("textbox").fill("So glad")
    update.get_by_role("button", name="Send").click()
    expect(page.get_by_text("So glad")).to_be_visible(timeout=ROOM)
    update.get_by_role("group", name="Reactions").get_by_role("button").first.click()
    _waiting(page, 2)
    walk(page, "/status?site=rose")
    page.get_by_label("Where are they?").fill("At home")
    page.get_by_label("In a few words").fill("Tired and content")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/today**")
    walk(page, "/write?site=rose")
    page.get_by_label("How are things?").fill("From the train")
    photo = {"name": "train.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    page.locator("input[type=file]").set_input_files(files=[photo])
    expect(page.locator("#photos img").first).to_be_visible(timeout=ROOM)
    page.get_by_role("button", name="Post").click()
    page.wait_for_url("**/journal**")


def _shows_what_waits(page: Page) -> None:
    _waiting(page, 4)
    for text in ("So glad", "From the train"):
        one = page.locator("li[data-state=waiting], li[data-state=sending]").filter(has_text=text)
        expect(one).to_have_count(1, timeout=ROOM)
    update = page.get_by_role("article").filter(has_text=TEXT)
    expect(update.get_by_role("group", name="Reactions").get_by_role("button", pressed=True)).to_have_count(1)
    photo = page.locator("li[data-state]").filter(has_text="From the train").locator("img")
    expect(photo).to_be_visible(timeout=ROOM)


def _waiting(page: Page, count: int) -> None:
    expect(page.get_by_text(f"{count} things wait to be sent.")).to_be_visible(timeout=ROOM)


def test_a_film_arrives_whole_though_line_browser_and_server_fail_it(place: Place, tom: Phone, tmp_path: Path) -> None:
    """The line goes at the beginning, the browser is closed in the middle, and the server dies near the end. Each of
    them at each point: tests/browser/test_uploads.py."""
    clip = tmp_path / "lake.mp4"
    content = film(tmp_path, size="160x90", name="lake.mp4")
    content += struct.pack(">I4s", LARGE - len(content), b"free")
    clip.write_bytes(content + random.Random(1).randbytes(LARGE - len(content)))
    tom.closes()
    tom.opens(service_workers="block")  # a worker's line cannot be slowed
    page, line = _slowly(tom, "/write?site=rose")
    page.get_by_label("How are things?").fill("The lake")
    page.locator("#photos input[type=file]").set_input_files(clip)
    page.get_by_role("button", name="Post").click()

    wait_until(lambda: place.arrived() > 0.009)
    _throttle(line, is_offline=True)
    expect(page.get_by_text("1 thing waits to be sent.")).to_be_visible(timeout=ROOM)
    assert place.arrived() < 0.3
    _throttle(line)
    wait_until(lambda: place.arrived() > 0.5)
    tom.closes()
    assert place.arrived() < 0.9
    tom.opens(service_workers="block")
    _slowly(tom, "/journal?site=rose")
    wait_until(lambda: place.arrived() > 0.97)
    place.dies()
    assert 0.97 < place.arrived() < 1
    place.comes()

    wait_until(lambda: place.rows('select text from "update"') == [("The lake",)])
    [kept] = (place.data / "files").rglob("original")
    assert kept.read_bytes() == clip.read_bytes()


def _slowly(phone: Phone, path: str) -> tuple[Page, CDPSession]:
    page = phone.browser.new_page()
    line = phone.browser.new_cdp_session(page)
    _throttle(line)
    walk(page, path)
    return page, line


def _throttle(line: CDPSession, is_offline: bool = False) -> None:
    told = {"offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": A_SECOND}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", told)


def test_signing_out_leaves_nothing_on_the_device(place: Place, tom: Phone) -> None:
    page = _has_much(place, tom)
    walk(page, "/more?site=rose")

    page.get_by_role("button", name="Sign out").click()
    question = page.get_by_role("dialog").filter(has_text="1 thing is not sent yet")
    question.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{place.url}/")

    _nothing_is_kept(page)


def test_a_removed_members_open_phone_keeps_nothing_of_the_site(place: Place, tom: Phone) -> None:
    page = _has_much(place, tom)

    place.do("maya", "sites.remove_member", {"member_id": place.member("Tom")})
    page.wait_for_url("**/sites**", wait_until="commit")

    _nothing_is_kept(page)


def test_a_phone_that_was_off_when_its_member_was_removed_erases_the_site_at_its_next_start(
    place: Place, tom: Phone
) -> None:
    _has_much(place, tom)
    tom.closes()
    place.do("maya", "sites.remove_member", {"member_id": place.member("Tom")})

    tom.opens()
    page = tom.browser.new_page()
    page.goto("/today?site=rose")

    page.wait_for_url(lambda url: "rose" not in url)
    _nothing_is_kept(page)


def test_photos_of_an_update_that_is_not_for_tom_any_more_leave_his_phone(place: Place, tom: Phone) -> None:
    photo = place.sends("maya", a_photo())
    said = {"text": TEXT, "photos": [{"media_id": photo, "alt": ""}]}
    update = place.do("maya", "journal.post_update", said)["id"]
    small, large = f"/media/{photo}/960", f"/media/{photo}/2048"
    wait_until(lambda: place.rows("select state from media") == [("ready",)])
    page = tom.visits("/journal?site=rose")
    seen = "way => fetch(way).then((answer) => answer.status)"
    assert [page.evaluate(seen, way) for way in (small, large)] == [200, 200]
    wait_until(lambda: page.evaluate(IS_KEPT, small) is True)
    wait_until(lambda: photo in page.evaluate("view => caches.match(view).then((it) => it?.text())", JOURNAL))

    [(version,)] = place.rows('select version from "update"')
    place.do("maya", "journal.edit_update", said | {"update_id": update, "version": version, "audience": "care_team"})

    expect(page.get_by_text(TEXT)).to_have_count(0, timeout=ROOM)
    wait_until(lambda: page.evaluate(IS_KEPT, small) is False, seconds=30)
    wait_until(lambda: [page.evaluate(seen, way) for way in (small, large)] == [404, 404], seconds=30)


def test_a_half_written_comment_stands_in_its_place_again(place: Place, tom: Phone) -> None:
    page = _has_much(place, tom)
    page.reload()
    ready(page)

    expect(page.get_by_role("article").get_by_role("textbox")).to_have_value("Half a thought", timeout=ROOM)


def _has_much(place: Place, phone: Phone) -> Page:
    """Pages seen, and a comment half written."""
    place.do("maya", "journal.post_update", {"id": new_id(), "text": TEXT})
    phone.visits("/today?site=rose").close()
    page = phone.visits("/journal?site=rose")
    page.get_by_role("article").get_by_role("button", name="Write a comment").click()
    page.get_by_role("article").get_by_role("textbox").fill("Half a thought")
    wait_until(lambda: page.evaluate(KEPT)["rows"]["drafts"] == 1)
    words = page.evaluate(KEPT)["words"]
    assert TEXT in words
    assert "Half a thought" in words
    return page


def _nothing_is_kept(page: Page) -> None:
    def is_gone() -> bool:
        page.wait_for_load_state()
        kept = page.evaluate(KEPT)
        log.info("kept: %s", kept["rows"])
        of_the_site = (TEXT, "Half a thought", "Rose", "site=rose")
        return not any(words in kept["words"] for words in of_the_site) and not kept["rows"].get("outbox")

    wait_until(is_gone, seconds=30)
    expect(page.get_by_text(TEXT)).to_have_count(0)
