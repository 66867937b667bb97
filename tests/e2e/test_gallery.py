"""All photos on one page: further ones come as one scrolls, and each opens on the whole screen."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import insert
from sqlmodel import Session

from careapp import db
from careapp.adapters.storage import Disk
from careapp.clock import now
from careapp.ids import new_id
from careapp.journal.commands import WriteComment
from careapp.journal.operations import comment
from careapp.media import places
from careapp.models import Media, Update, UpdateMedia
from tests.cast import Cast
from tests.e2e.conftest import Visit, ready
from tests.phone import a_photo
from tests.servers import Running, running, seed, wait_until

PHOTOS = 2000
SLOWER, FAR = 4, 18_000

TRACK = "document.querySelector('#viewer [data-track]')"
# As by a finger that comes down before anything has moved.
STEP_THAT_IS_STOPPED = """() => {
  const [dialog, track] = ["#viewer", "#viewer [data-track]"].map((name) => document.querySelector(name));
  dialog.querySelector("[data-step='-1']").click();
  track.scrollTo({ left: track.clientWidth, behavior: "instant" });
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Rose's site, where Tom has shown 2,000 photos, two of them at once."""
    data = seed(tmp_path_factory.mktemp("site") / "data")
    _show_photos(data)
    with running(data) as server:
        yield server


def _show_photos(data: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAREAPP_DATA", str(data))
        db.settings.cache_clear()
        with db.unit_of_work() as session:
            _write(session, Cast(session), Disk(data / "files"))
        db.dispose()
    db.settings.cache_clear()


def _write(session: Session, cast: Cast, disk: Disk) -> None:
    tom = cast.tom
    stored, content = new_id(), _webp()
    for side in places.SIZES:
        disk.put(places.key(tom.site_id, stored, side), content, places.SHOWN_AS)
    by = {"site_id": tom.site_id, "uploader_id": tom.member_id, "state": "ready", "stored_id": stored}
    updates, photos, shown = [], [], []
    for n in range(PHOTOS):
        at = now() - timedelta(hours=9 * n)
        update = Update(site_id=tom.site_id, author_id=tom.member_id, text=f"Day {n}.", published_at=at)
        updates.append(update)
        for m in range(2 if n == 0 else 1):
            photo = Media(id=new_id(), sha256=f"{n}", size=1, width=400, height=300, created_at=at, **by)
            photos.append(photo)
            shown.append(UpdateMedia(update_id=update.id, media_id=photo.id, position=m, alt=f"Photo {n}.{m}"))
    for table, rows in ((Update, updates), (Media, photos), (UpdateMedia, shown)):
        session.execute(insert(table), [row.model_dump() for row in rows])
    comment(session, cast.maya, WriteComment(update_id=updates[0].id, text="Two lovely ones."))


def _webp() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(a_photo())) as photo:
        photo.save(out, "WEBP")
    return out.getvalue()


def viewer(page: Page) -> dict[str, str]:
    """What the open viewer says."""
    say = "name => document.querySelector(`#viewer [data-${name}]`).textContent"
    return {name: page.evaluate(say, name) for name in ("count", "words", "by")}


def test_further_photos_come_as_one_scrolls_and_by_a_button(visit: Visit) -> None:
    page = visit("ida", "/photos?site=rose")
    tiles = page.locator("#page [data-photo]")
    expect(tiles).to_have_count(60)

    # Pressed where it is: on its way to it the page would fetch them already.
    page.get_by_role("button", name="Older photos").evaluate("button => button.click()")
    expect(tiles).to_have_count(120)
    page.mouse.wheel(0, 6000)
    expect(tiles).to_have_count(180)

    page.get_by_role("button", name="Go to a month").click()
    page.get_by_role("dialog", name="Go to a month").get_by_role("link").last.click()
    page.wait_for_url("**month=**")
    expect(page.get_by_role("link", name="The newest photos")).to_be_visible()


def test_a_gallery_with_2000_photos_scrolls_under_a_thumb_on_a_slow_phone(visit: Visit) -> None:
    page = visit("ida", "/photos?site=rose")
    phone = page.context.new_cdp_session(page)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    swipe = {"x": 195, "y": 420, "yDistance": -6000, "speed": 8000, "gestureSourceType": "mouse"}
    while page.evaluate("scrollY") < FAR:  # as often as it takes until what follows has come
        phone.send("Input.synthesizeScrollGesture", swipe)

    tiles = page.locator("#page [data-photo]")
    shown = tiles.evaluate_all("all => all.map(({ dataset }) => dataset.photo)")
    assert len(set(shown)) == len(shown) > 400
    laid_out = (
        "all => all.filter(({ firstChild }) => firstChild.checkVisibility({ contentVisibilityAuto: true })).length"
    )
    assert tiles.evaluate_all(laid_out) < 200, "what is far off is laid out"


def test_the_viewer_is_walked_by_keys_closed_by_going_back_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit("tom", "/photos?site=rose")
    page.locator("#page [data-photo]").nth(2).focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#viewer")
    expect(dialog).to_have_attribute("open", "")
    expect(dialog.locator("[data-count]")).to_have_text(f"3 / {PHOTOS + 1}")

    page.keyboard.press("ArrowRight")
    expect(dialog.locator("[data-words]")).to_have_text("Photo 2.0")
    assert "Tom Lind · " in viewer(page)["by"]
    expect(dialog.get_by_role("link", name="Download the original")).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement.closest('#viewer') !== null || document.activeElement === document.body"
        )
    page.keyboard.press("+")
    expect(dialog.locator("figure[data-zoomed]")).to_have_count(1)
    page.keyboard.press("-")
    expect(dialog.locator("figure[data-zoomed]")).to_have_count(0)

    looked_at = viewer(page)["words"]
    page.go_back()
    expect(dialog).not_to_have_attribute("open", "")
    assert page.url.endswith("/photos?site=rose")
    wait_until(lambda: page.evaluate("document.activeElement.querySelector('img')?.alt") == looked_at, seconds=10)
    page.keyboard.press("Enter")
    expect(dialog).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(dialog).not_to_have_attribute("open", "")
    wait_until(lambda: page.evaluate("!history.state?.viewer") is True)


def test_a_tap_in_the_first_paint_opens_the_viewer_and_fingers_zoom_and_swipe(visit: Visit) -> None:
    page = visit("ida", "/journal?site=rose", as_painted=True)
    wait_until(lambda: page.evaluate("!!window.__reactRouterVersion"))  # before its script has run a page hears nothing
    page.locator("[data-photo]").first.tap()
    dialog = page.locator("#viewer[open]")
    expect(dialog).to_be_visible()
    expect(page.locator("#painted")).to_have_count(0, timeout=20_000)
    expect(dialog.locator("[data-words]")).to_have_text("Photo 0.0")
    assert viewer(page)["count"] == "1 / 2"
    assert viewer(page)["by"].startswith("Tom Lind · ")
    expect(dialog.get_by_role("link", name="Download the original")).to_be_hidden()

    _pinch(page)
    expect(dialog.locator("figure[data-zoomed]")).to_have_count(1)
    page.locator("#viewer [data-step='1']").tap()
    expect(dialog.locator("[data-words]")).to_have_text("Photo 0.1")
    _come_to_rest(page, 1)
    _swipe(page, 1)
    expect(dialog.locator("[data-words]")).to_have_text("Photo 0.0")
    assert viewer(page)["count"] == "1 / 2"
    _come_to_rest(page, 0)
    _swipe(page, -1)
    expect(dialog.locator("[data-words]")).to_have_text("Photo 0.1")

    page.evaluate(STEP_THAT_IS_STOPPED)
    dialog.locator("[data-track]").tap()
    expect(dialog.locator("[data-words]")).to_have_text("Photo 0.1")


def test_a_tap_whose_first_paint_is_gone_before_the_viewer_has_come_still_opens_it(visit: Visit) -> None:
    page = visit("ida", "/journal?site=rose", as_painted=True)
    held: list[Route] = []
    page.route("**/*viewer*.js", lambda route: held.append(route))
    wait_until(lambda: page.evaluate("!!window.__reactRouterVersion"))
    page.locator("[data-photo]").first.tap()
    ready(page)
    for route in held:
        route.continue_()

    expect(page.locator("#viewer[open] [data-words]")).to_have_text("Photo 0.0")


def _come_to_rest(page: Page, index: int) -> None:
    """Nobody swipes what has not come into sight yet."""
    is_there = f"(({{ scrollLeft, clientWidth }}) => Math.abs(scrollLeft - {index} * clientWidth) < 1)({TRACK})"
    wait_until(lambda: page.evaluate(is_there) is True)


def _swipe(page: Page, way: int) -> None:
    """One finger moves by most of the screen and lets go; the browser's snapping does the rest."""
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *at: int) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 420} for x in at]})

    begins = 195 - way * 160
    touch("touchStart", begins)
    for moved in range(20, 321, 20):
        touch("touchMove", begins + way * moved)
    touch("touchEnd")


def _pinch(page: Page) -> None:
    """Two fingers move apart."""
    context: BrowserContext = page.context
    fingers = context.new_cdp_session(page)

    def touch(kind: str, apart: int) -> None:
        points = (
            [] if kind == "touchEnd" else [{"x": 195 - apart, "y": 420, "id": 1}, {"x": 195 + apart, "y": 420, "id": 2}]
        )
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 20)
    for apart in (30, 45, 60, 80):
        touch("touchMove", apart)
    touch("touchEnd", 0)
