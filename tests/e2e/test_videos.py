"""A short film: picked on one phone, seen being prepared on another, and played there."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit, found_by_axe, ready, walk
from tests.films import film
from tests.phone import a_photo

PLAYED = """async video => {
  while (!video.currentTime) await new Promise(requestAnimationFrame);
  return video.videoWidth;
}"""


def has_article(page: Page, words: str) -> Locator:
    return page.get_by_role("article").filter(has_text=words)


def newest(page: Page) -> str:
    """The id of the newest update in the journal."""
    view = page.request.get("/api/view/journal?site=rose").json()
    (state,) = view["state"].values()
    return str(state["view_rx_state_"]["updates"][0]["id"])


def test_a_film_is_posted_seen_being_prepared_and_played(visit: Visit, tmp_path: Path) -> None:
    heavy = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
    film(tmp_path, *heavy, seconds=5, size="1920x1080", name="garden.mp4")
    (tmp_path / "gate.jpg").write_bytes(a_photo())
    tom, ida = visit("tom", "/write?site=rose"), visit("ida", "/journal?site=rose", as_painted=True, bypass_csp=True)
    ready(ida)

    tom.get_by_label("How are things?").fill("In the garden")
    tom.locator("input[type=file]").set_input_files([tmp_path / "gate.jpg", tmp_path / "garden.mp4"])
    expect(tom.get_by_label("What is in this video: garden.mp4")).to_be_visible()
    tom.get_by_role("button", name="Post").click()

    theirs = has_article(ida, "In the garden")
    expect(theirs.get_by_text("This video is being prepared", exact=False)).to_be_visible(timeout=60_000)
    walk(ida, f"/update?site=rose&update={newest(ida)}")
    ida.locator("#page [data-photo]").click(timeout=30_000)
    whole_screen = ida.locator("#viewer")
    expect(whole_screen).to_have_attribute("open", "")
    ida.keyboard.press("ArrowRight")
    expect(whole_screen.get_by_text("This video is being prepared", exact=False)).to_be_visible()
    expect(whole_screen.locator("[data-count]")).to_have_text("2 / 2")
    large = whole_screen.locator("video")
    expect(large).to_be_visible(timeout=120_000)
    expect(whole_screen.locator("[data-track]")).to_be_focused()
    ida.keyboard.press(" ")
    assert large.evaluate(PLAYED) == 1280
    assert large.evaluate("video => [video.controls, video.playsInline, video.preload]") == [True, True, "none"]
    assert found_by_axe(ida) == []

    ida.keyboard.press("Escape")
    expect(whole_screen).not_to_have_attribute("open", "")
    assert ida.locator("#page video").count() == 0
    play = ida.get_by_role("button", name="Play: Video by Tom Lind, 0:05")
    expect(play).to_be_focused()
    play.press("Enter")
    player = ida.locator("#page video")
    assert player.evaluate(PLAYED) == 1280
    assert player.evaluate("video => [video.controls, video.playsInline, video.preload]") == [True, True, "none"]
    expect(player).to_have_attribute("aria-label", "Video by Tom Lind, 0:05")
    assert found_by_axe(ida) == []


def test_a_film_is_played_by_a_press_on_what_was_painted_first_and_from_the_gallery(visit: Visit) -> None:
    page = visit("maya", "/journal?site=rose", as_painted=True, bypass_csp=True)
    page.get_by_role("button", name="Play: Video by Tom Lind, 0:05").first.click()

    expect(page.locator("video")).to_be_visible()
    assert page.locator("video").evaluate(PLAYED) == 1280
    assert found_by_axe(page) == []

    walk(page, "/photos?site=rose")
    assert found_by_axe(page) == []
    page.locator("#page [data-video=yes]").click()
    large = page.locator("#viewer video")
    expect(large).to_have_attribute("aria-label", "Video by Tom Lind")
    assert str(large.get_attribute("poster")).endswith("/960")
    page.keyboard.press(" ")
    assert large.evaluate(PLAYED) == 1280
