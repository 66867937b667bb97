"""`make screenshots`: the pictures of the README and of the app's manifest, taken of the demo family."""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from careapp.demo.fill import PASSWORD
from tests.chromium import EXECUTABLE, FLAGS
from tests.e2e.conftest import ready
from tests.servers import running

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SHOTS = ROOT / "assets" / "screenshots"
NARROW = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}
SETTLE_MS = 2500
PAGES = (
    "today",
    "journal",
    "messages",
    "photos",
    "calendar",
    "help-wanted",
    "words",
    "sos",
    "notifications",
    "people",
    "write",
    "profile",
    "roles",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        environment = {**os.environ, "CAREAPP_DATA": str(data)}
        subprocess.run([sys.executable, "-m", "careapp", "demo"], cwd=ROOT, env=environment, check=True)
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=FLAGS)
        with running(data) as server:
            narrow = _signed_in(browser, server.url, NARROW)
            for name in PAGES:
                _keep(_seen(narrow, name), PICTURES / f"{name}.webp")
            today = _seen(narrow, "today")
            _keep(today, SHOTS / "today-narrow.png")
            _keep(today, SHOTS / "today-narrow.webp")
            _keep(_seen(_signed_in(browser, server.url, WIDE), "today"), SHOTS / "today-wide.png")
        browser.close()


def _signed_in(browser: Browser, url: str, size: dict[str, int]) -> Page:
    context = browser.new_context(base_url=url, viewport=size, device_scale_factor=1, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/sign-in")
    ready(page)
    page.get_by_label("E-mail address").fill("maya@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today**")
    return page


def _seen(page: Page, name: str) -> bytes:
    """The page as it looks once its pictures are there."""
    page.goto(f"/{name}")
    ready(page)
    page.wait_for_timeout(SETTLE_MS)
    return page.screenshot()


def _keep(shot: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    if path.suffix == ".png":
        picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    else:
        picture.save(path, quality=80, method=6)


if __name__ == "__main__":
    main()
