"""Videos on the phone: looked at before they are sent, kept piece by piece, and never in the way of small things."""

import hashlib
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import kept, wait_for
from tests.browser.fake_server import FakeServer
from tests.browser.test_forms import pick
from tests.films import film

WEBM = ("-c:v", "libvpx", "-c:a", "libopus", "-deadline", "realtime", "-cpu-used", "8")
LARGE = 24_000_001
MAKE = """async ([size]) => {
  const bytes = new Uint8Array(size).map((_, i) => (i * 31 + (i >> 8)) % 251);
  const id = care.store.newId();
  await care.store.keepFile(id, new Blob([bytes]));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [{ media_id: id, name: "garden.mov", type: "video/quicktime", size },
    Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("")];
}"""
SHARE = """async ([films, others]) => {
  const files = [];
  for (const [name, content] of Object.entries(films)) {
    const blob = await (await fetch("data:video/webm;base64," + content)).blob();
    const file = { media_id: care.store.newId(), name, type: "video/webm", size: blob.size, alt: "", preview: "" };
    await care.store.keepFile(file.media_id, blob);
    files.push(file);
  }
  for (const [name, size] of others) files.push({ media_id: care.store.newId(), name, type: "", size, alt: "" });
  const share = { site: null, id: "s1", who: "", at: Date.now(), text: "", files, left: [] };
  await care.store.write("drafts", share, "shared/s1");
}"""
SEND = "([text, files, id]) => void care.outbox.send('journal.post_update', {site: 'rose', command: {id, text}, files})"


def a_film(folder: Path, seconds: float = 2) -> dict[str, Any]:
    content = film(folder, *WEBM, seconds=seconds, size="160x90", rate=5, name="film.webm")
    return {"name": "film.webm", "mimeType": "video/webm", "buffer": content}


def test_a_video_is_seen_when_it_is_picked_and_sent_when_it_is_posted(
    page: Page, server: FakeServer, tmp_path: Path
) -> None:
    clip = a_film(tmp_path)
    pick(page, clip)

    expect(page.get_by_text("Video", exact=True)).to_be_visible()
    assert page.locator("li img").get_attribute("src").startswith("data:image/jpeg;base64,")
    page.get_by_label("What is in this video: film.webm").fill("The garden")
    page.get_by_role("button", name="Post").click()

    server.until(lambda: len(server.commands) == 1)
    (upload,) = server.uploads.values()
    assert upload["bytes"] == clip["buffer"]
    assert [photo["alt"] for photo in server.commands[0]["command"]["photos"]] == ["The garden"]


def test_a_video_picked_just_before_sending_goes_along(page: Page, server: FakeServer, tmp_path: Path) -> None:
    limits: list[Route] = []
    page.route("**/api/uploads?site=*", lambda route: limits.append(route))
    clip = a_film(tmp_path)
    pick(page, clip)
    page.get_by_label("Text").fill("the garden")
    page.get_by_role("button", name="Post").click()
    expect(page.locator("form[aria-busy]")).to_have_count(1)

    limits[0].fulfill(json={})

    server.until(lambda: server.texts() == ["the garden"])
    [shown] = server.commands[0]["command"]["photos"]
    assert server.uploads[shown["media_id"]]["bytes"] == clip["buffer"]


def test_a_video_that_is_too_long_is_refused_before_anything_is_sent(
    page: Page, server: FakeServer, tmp_path: Path
) -> None:
    pick(page, a_film(tmp_path, seconds=70))

    expect(page.get_by_text("film.webm is longer than 1 minutes.")).to_be_visible()
    assert page.locator("li").count() == 0
    server.until(lambda: kept(page, "files") == [])


@pytest.mark.parametrize("how", [(), ("-movflags", "+faststart")])
def test_one_that_the_browser_cannot_open_says_its_length_itself(page: Page, tmp_path: Path, how: tuple[str]) -> None:
    for seconds in (50, 70):
        old = film(
            tmp_path, "-c:v", "mpeg4", *how, seconds=seconds, size="160x90", rate=5, name="old.mov", has_sound=False
        )
        pick(page, {"name": f"{seconds}.mov", "mimeType": "video/quicktime", "buffer": old})

    expect(page.get_by_text("70.mov is longer than 1 minutes.")).to_be_visible()
    expect(page.get_by_label("What is in this video: 50.mov")).to_be_visible()
    expect(page.locator("li")).to_have_count(1)
    assert page.locator("li img").count() == 0, "the browser can open it"


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [("large.mov", 20_000_001, "large.mov is too large."), ("empty.mov", 0, "empty.mov is not a photo.")],
)
def test_a_video_that_cannot_be_sent_is_refused_in_words(page: Page, name: str, size: int, words: str) -> None:
    pick(page, {"name": name, "mimeType": "video/quicktime", "buffer": b"x" * size})

    expect(page.get_by_text(words)).to_be_visible()


def test_the_room_a_site_has_left_is_asked_before(page: Page, server: FakeServer) -> None:
    page.route("**/api/uploads?site=*", lambda route: route.fulfill(json={"room": 1000}))
    pick(page, {"name": "clip.mov", "mimeType": "video/quicktime", "buffer": b"x" * 1001})

    expect(page.get_by_text("No room there for clip.mov.")).to_be_visible()


def test_what_is_shared_and_cannot_be_sent_is_left_out_by_name(page: Page, tmp_path: Path) -> None:
    films = {"short.webm": a_film(tmp_path), "long.webm": a_film(tmp_path, seconds=70)}
    sent = {name: b64encode(film["buffer"]).decode() for name, film in films.items()}
    page.evaluate(SHARE, [sent, [["huge.mov", 20_000_001]]])
    page.goto(page.url + "&shared=s1")

    expect(page.get_by_role("alert")).to_have_text("Left out: long.webm, huge.mov")
    expect(page.get_by_label("What is in this video: short.webm")).to_be_visible()
    expect(page.locator("li img")).to_have_count(1)
    wait_for(page, "care.store.readAll('drafts').then(([one]) => one.files.length === 1)")
    short = -(-len(films["short.webm"]["buffer"]) // (256 * 1024))
    wait_for(page, f"care.store.readAll('files').then((all) => all.length === {short})")


def test_small_things_go_before_a_video_that_is_on_its_way(page: Page, server: FakeServer) -> None:
    server.slow_patches = 0.4
    file, digest = page.evaluate(MAKE, [LARGE])
    page.evaluate(SEND, ["the film", [file], "11111111-1111-7111-8111-111111111111"])
    server.until(lambda: bool(server.uploads) and len(server.uploads[file["media_id"]]["bytes"]) > 0)
    page.evaluate(SEND, ["a word", [], "22222222-2222-7222-8222-222222222222"])
    page.evaluate(SEND, ["about the film", [], "11111111-1111-7111-8111-111111111111"])

    server.until(lambda: len(server.commands) == 3, seconds=60)
    assert server.texts() == ["a word", "the film", "about the film"]
    assert hashlib.sha256(server.uploads[file["media_id"]]["bytes"]).hexdigest() == digest
    server.until(lambda: kept(page, "outbox") == [])  # each goes when its answer is here
