"""What the service worker is told of the pages by hand, next to what is registered."""

import re
from pathlib import Path

from careapp import features
from careapp.ui.page import PAGES

WORKER = Path(__file__).parents[1] / "assets" / "sw" / "pages.js"


def test_the_worker_adds_a_site_to_no_page_that_has_none() -> None:
    features.load()
    features.load_pages()
    [told] = re.findall(r'OF_NO_SITE = new Set\(\s*"([^"]+)"', WORKER.read_text())

    assert set(told.split()) == {route for route, page in PAGES.items() if not page.is_of_a_site}
