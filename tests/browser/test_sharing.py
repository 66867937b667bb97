"""What other apps hand over: kept at once, until a composer has it for certain."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import kept
from tests.browser.fake_server import FakeServer
from tests.browser.test_views import build, tab, worked

__all__ = ["build", "tab", "worked"]

HAND_OVER = """async (files) => {
  const form = new FormData();
  for (const [name, type, size] of files)
    form.append("files", new File([new Uint8Array(size).fill(1)], name, { type }));
  await fetch("/share-target", { method: "POST", body: form, redirect: "manual" });
}"""
NO_ROOM = """{
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, key) {
    if (String(key).startsWith("@")) throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, arguments);
  };
}"""
SHARE = """() => care.store.write("drafts",
  { site: null, id: "s1", who: "", at: Date.now(), text: "From the train", files: [], left: [] }, "shared/s1")"""


def test_how_large_a_file_may_be_is_for_the_site_to_say(worked: Page) -> None:
    worked.evaluate(
        HAND_OVER,
        [["large.jpg", "image/jpeg", 45_000_000], ["a.svg", "image/svg+xml", 5], ["b.mov", "", 5], ["c.bmp", "", 5]],
    )

    (share,) = kept(worked, "drafts")
    assert [file["name"] for file in share["files"]] == ["large.jpg", "b.mov"]
    assert share["left"] == ["a.svg", "c.bmp"]


def test_of_a_text_that_is_too_long_the_rest_is_named_and_no_sign_is_split(worked: Page) -> None:
    worked.evaluate("""async () => {
      const form = new FormData();
      form.append("text", "a".repeat(99_999) + "🍲 and bread");
      await fetch("/share-target", { method: "POST", body: form, redirect: "manual" });
    }""")

    (share,) = kept(worked, "drafts")
    assert share["text"] == "a" * 99_999
    assert share["left"] == ["… 🍲 and bread"]


@pytest.mark.parametrize("has_room", [True, False])
def test_what_was_shared_stays_until_its_draft_is_kept(page: Page, server: FakeServer, has_room: bool) -> None:
    page.evaluate(SHARE)
    if not has_room:
        page.add_init_script(NO_ROOM)
    page.goto(page.url + "&shared=s1")
    expect(page.get_by_label("Text")).to_have_value("From the train")

    server.until(lambda: any("fields" in draft for draft in kept(page, "drafts")) or not has_room)
    page.reload()

    expect(page.get_by_label("Text")).to_have_value("From the train")
