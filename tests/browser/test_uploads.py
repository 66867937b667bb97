"""Photos go out in pieces, and a cut one goes on where it stopped."""

import base64
import hashlib
import re
import threading
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import kept, opened
from tests.browser.fake_server import FakeServer

SIZE = 3_000_001
POINTS = [0, SIZE // 100, SIZE // 2, SIZE * 99 // 100]
AT_ONCE = "() => void dispatchEvent(new Event('online'))"
MAKE = """async ([size]) => {
  const bytes = new Uint8Array(size).map((_, i) => (i * 31 + (i >> 8)) % 251);
  const id = care.store.newId();
  await care.store.keepFile(id, new Blob([bytes]));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const hex = Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
  return { file: { media_id: id, name: "Röschen.jpg", type: "image/jpeg", size }, hex };
}"""
POST = "(file) => care.outbox.send('journal.post_update', {site: 'rose', command: {text: 'look'}, files: [file]})"
BEGIN = f"(file) => void ({POST})(file)"


def picked(page: Page) -> tuple[dict[str, Any], str]:
    made = page.evaluate(MAKE, [SIZE])
    return made["file"], made["hex"]


def has_arrived(server: FakeServer, file: dict[str, Any], digest: str) -> bool:
    upload = server.uploads[file["media_id"]]
    return hashlib.sha256(upload["bytes"]).hexdigest() == digest


def test_a_photo_arrives_before_the_command_that_shows_it(page: Page, server: FakeServer) -> None:
    file, digest = picked(page)
    server.refuse = lambda asked: None if has_arrived(server, file, digest) else (422, {"code": "invalid"})

    assert page.evaluate(POST, file)["ok"]

    told = server.uploads[file["media_id"]]["told"]
    assert (told["filename"], told["filetype"], told["site"]) == ("Röschen.jpg", "image/jpeg", "rose")
    assert page.evaluate("care.store.readAll('files')") == []


def test_a_cut_upload_goes_on_where_it_stopped(page: Page, server: FakeServer) -> None:
    file, digest = picked(page)
    server.cut_uploads_at = list(POINTS)

    page.evaluate(POST, file)

    server.until(lambda: server.texts() == ["look"], seconds=30)
    assert has_arrived(server, file, digest)
    assert server.cut_uploads_at == []


def hold_at(server: FakeServer, point: int) -> threading.Event:
    """What is sent comes so far and no further, until told that it may end."""
    may_end = threading.Event()
    server.until_cut = may_end.wait
    server.cut_uploads_at = [point]
    return may_end


def has_come_to(server: FakeServer, file: dict[str, Any], point: int) -> None:
    server.until(lambda: not server.cut_uploads_at)
    assert len(server.uploads[file["media_id"]]["bytes"]) == point


def test_an_upload_goes_on_after_the_server_was_gone(page: Page, server: FakeServer) -> None:
    file, digest = picked(page)
    for point in POINTS:
        may_end = hold_at(server, point)
        if point == 0:
            page.evaluate(BEGIN, file)
        else:
            server.start()
            page.evaluate(AT_ONCE)
        has_come_to(server, file, point)
        server.stop()
        may_end.set()

    server.start()
    page.evaluate(AT_ONCE)
    server.until(lambda: server.texts() == ["look"])
    assert has_arrived(server, file, digest)


def test_an_upload_goes_on_after_the_browser_was_closed(
    browser: Callable[[], BrowserContext], server: FakeServer
) -> None:
    for point in POINTS:
        may_end = hold_at(server, point)
        page = opened(browser(), server)
        if point == 0:
            file, digest = picked(page)
            page.evaluate(BEGIN, file)
        has_come_to(server, file, point)
        page.context.close()
        may_end.set()

    opened(browser(), server)
    server.until(lambda: server.texts() == ["look"])
    assert has_arrived(server, file, digest)


def test_progress_is_shown_as_a_number(page: Page, server: FakeServer) -> None:
    file, _ = picked(page)
    server.slow_patches = 0.3
    page.evaluate(BEGIN, file)

    expect(page.get_by_role("list", name="Waiting")).to_contain_text(re.compile(r"Sending, [1-9]\d? %"))


def test_a_discarded_upload_is_ended_on_the_server_too(page: Page, server: FakeServer) -> None:
    file, _ = picked(page)
    server.slow_patches = 0.5
    page.evaluate(BEGIN, file)
    server.until(lambda: file["media_id"] in server.uploads)
    page.get_by_role("button", name="Discard").click()

    server.until(lambda: server.uploads[file["media_id"]]["is_gone"])
    assert kept(page) == []
    assert server.commands == []


def test_a_photo_that_only_seemed_to_be_sent_is_sent_again(page: Page, server: FakeServer) -> None:
    file, digest = picked(page)
    lost = (404, {"code": "not_found", "words": "A photo did not arrive."})
    server.refuse = lambda asked: None if file["media_id"] in server.uploads else lost

    page.evaluate(POST, {**file, "done": True})

    server.until(lambda: len(server.commands) == 1)
    assert has_arrived(server, file, digest)


def test_a_page_of_the_network_is_no_photo_that_arrived(page: Page, server: FakeServer) -> None:
    file, digest = picked(page)
    page.route("**/api/uploads", lambda route: route.fulfill(status=200, body="Welcome to our hotel"), times=1)

    page.evaluate(POST, file)

    server.until(lambda: len(server.commands) == 1)
    assert has_arrived(server, file, digest)


def test_what_is_refused_for_good_is_not_sent_for_ever(page: Page, server: FakeServer) -> None:
    file, _ = picked(page)
    server.refuse = lambda asked: (404, {"code": "not_found", "words": "Gone."})

    page.evaluate(POST, file)

    expect(page.get_by_role("list", name="Waiting")).to_contain_text("Gone.", timeout=15_000)


def test_of_several_files_the_one_that_is_refused_is_named(page: Page, server: FakeServer) -> None:
    (good, _), (bad, _) = picked(page), picked(page)
    refusal = {"code": "invalid", "words": "This is neither a photo nor a video."}
    name = base64.b64encode(b"plan.jpg").decode()

    def answer(route: Route) -> None:
        is_bad = name in route.request.headers["upload-metadata"]
        route.fulfill(status=422, json=refusal) if is_bad else route.continue_()

    page.route("**/api/uploads", answer)
    outcome = page.evaluate(POST.replace("[file]", "file"), [good, {**bad, "name": "plan.jpg"}])

    assert outcome["words"] == "plan.jpg: This is neither a photo nor a video."
    expect(page.get_by_role("list", name="Waiting")).to_contain_text("plan.jpg: This is")


def test_a_photo_that_the_device_has_lost_is_asked_for_again(page: Page, server: FakeServer) -> None:
    file, _ = picked(page)
    page.evaluate("(id) => care.store.dropFiles([id])", file["media_id"])

    outcome = page.evaluate(POST, file)

    assert outcome["code"] == "file_lost"
    expect(page.get_by_role("list", name="Waiting")).to_contain_text("Pick it again")
