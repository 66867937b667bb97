"""A short film: picked on one phone, seen being prepared on another, and played there."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit, ready
from tests.films import film

PLAYED = """async video => {
  while (!video.currentTime) await new Promise(requestAnimationFrame);
  return video.videoWidth;
}"""


def has_article(page: Page, words: str) -> Locator:
    return page.get_by_role("article").filter(has_text=words)


def test_a_film_is_posted_seen_being_prepared_and_played(visit: Visit, tmp_path: Path) -> None:
    heavy = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
    film(tmp_path, *heavy, seconds=5, size="1920x1080", name="garden.mp4")
    tom, ida = visit("tom", "/write?site=rose"), visit("ida", "/journal?site=rose")
    ready(ida)

    tom.get_by_label("How are things?").fill("In the garden")
    tom.locator("input[type=file]").set_input_files(tmp_path / "garden.mp4")
    expect(tom.get_by_label("What is in this video: garden.mp4")).to_be_visible()
    tom.get_by_role("button", name="Post").click()

    theirs = has_article(ida, "In the garden")
    expect(theirs.get_by_text("This video is being prepared", exact=False)).to_be_visible(timeout=60_000)
    expect(theirs.locator("figure img").first).to_be_visible(timeout=30_000)
    play = theirs.get_by_role("button", name="Play: Video by Tom Lind, 0:05")
    expect(play).to_be_visible(timeout=120_000)
    assert theirs.locator("video").count() == 0
    play.click()
    player = theirs.locator("video")
    assert player.evaluate(PLAYED) == 1280
    assert player.evaluate("video => [video.controls, video.playsInline, video.preload]") == [True, True, "none"]
    expect(player).to_have_attribute("aria-label", "Video by Tom Lind, 0:05")


def test_a_film_is_played_by_a_press_on_what_was_painted_first(visit: Visit) -> None:
    page = visit("maya", "/journal?site=rose")
    page.get_by_role("button", name="Play: Video by Tom Lind, 0:05").first.click()

    expect(page.locator("video")).to_be_visible()
    assert page.locator("video").evaluate(PLAYED) == 1280
