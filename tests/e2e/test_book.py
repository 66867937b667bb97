"""The journal becomes a book that opens."""

import io
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.conftest import Visit, walk


def test_a_book_is_made_saved_and_removed(visit: Visit, tmp_path: Path) -> None:
    page = visit("tom", "/write?site=rose")
    page.get_by_label("How are things?").fill("She walked to the **window**. #eval(1)")
    page.get_by_role("button", name="Post").click()
    page.wait_for_url("**/journal**")
    walk(page, "/book?site=rose")

    page.get_by_label("Title").fill("A year with Rose")
    page.get_by_role("button", name="Make the book").click()
    with page.expect_download(timeout=60_000) as saved:
        page.get_by_role("link", name="Save the book").click(timeout=60_000)
    saved.value.save_as(tmp_path / "book.pdf")

    pdf = PdfReader(io.BytesIO((tmp_path / "book.pdf").read_bytes()))
    assert saved.value.suggested_filename == "A year with Rose.pdf"
    assert len(pdf.pages) == 3
    assert "She walked to the window. #eval(1)" in " ".join(pdf.pages[2].extract_text().split())
    expect(page.get_by_text("3 pages")).to_be_visible()

    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("link", name="Save the book")).to_have_count(0)
