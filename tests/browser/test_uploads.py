"""Photos go out in pieces, and a cut one goes on where it stopped."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import kept, opened
from tests.browser.fake_server import FakeServer

SIZE = 3_000_001
MAKE = """async ([size]) => {
  const bytes = new Uint8Array(size).map((_, i) => (i * 31 + (i >> 8)) % 251);
  const id = care.store.newId();
  await care.store.keepFile(id, new Blob([bytes]));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const hex = Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
  return { file: { media_id: id, name: "Röschen.jpg", type: "image/jpeg", size }, hex };
}"""
POST = "(file) => care.outbox.send('journal.post_update', {site: 'rose', command: {text: 'look'}, files: [file]})"


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


@pytest.mark.parametrize("cuts", [[1], [300_000, 300_001, 2_000_000], [SIZE - 1]])
def test_a_cut_upload_goes_on_where_it_stopped(page: Page, server: FakeServer, cuts: list[int]) -> None:
    file, digest = picked(page)
    server.cut_uploads_at = list(cuts)

    page.evaluate(POST, file)

    server.until(lambda: server.texts() == ["look"], seconds=30)
    assert has_arrived(server, file, digest)
    assert server.cut_uploads_at == []


def test_an_upload_goes_on_after_the_browser_was_closed(
    browser: Callable[[], BrowserContext], server: FakeServer
) -> None:
    context = browser()
    page = opened(context, server)
    file, digest = picked(page)
    server.slow_patches = 0.2
    page.evaluate(f"(file) => void ({POST})(file)", file)
    server.until(lambda: len(server.uploads.get(file["media_id"], {}).get("bytes", b"")) > 0)
    context.close()
    already = len(server.uploads[file["media_id"]]["bytes"])
    assert 0 < already < SIZE

    server.slow_patches = 0
    opened(browser(), server)

    server.until(lambda: server.texts() == ["look"])
    assert has_arrived(server, file, digest)


def test_progress_is_shown_as_a_number(page: Page, server: FakeServer) -> None:
    file, _ = picked(page)
    server.slow_patches = 0.3
    page.evaluate(f"(file) => void ({POST})(file)", file)

    expect(page.get_by_role("list", name="Waiting")).to_contain_text("Sending, 26 %")


def test_a_discarded_upload_is_ended_on_the_server_too(page: Page, server: FakeServer) -> None:
    file, _ = picked(page)
    server.slow_patches = 0.5
    page.evaluate(f"(file) => void ({POST})(file)", file)
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


def test_a_photo_that_the_device_has_lost_is_asked_for_again(page: Page, server: FakeServer) -> None:
    file, _ = picked(page)
    page.evaluate("(id) => care.store.dropFiles([id])", file["media_id"])

    outcome = page.evaluate(POST, file)

    assert outcome["code"] == "file_lost"
    expect(page.get_by_role("list", name="Waiting")).to_contain_text("Pick it again")
