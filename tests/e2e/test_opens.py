"""Every page opens: rows painted by the server, taken over by the browser, without a fault."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit


@pytest.mark.parametrize("path", ["/", "/sign-in", "/start"])
def test_a_page_for_anyone_opens(visit: Visit, path: str) -> None:
    page = visit("", path)

    expect(page.get_by_role("heading", level=1).first).to_be_visible()


@pytest.mark.parametrize("path", ["/today", "/journal", "/more", "/people"])
@pytest.mark.parametrize("name", ["maya", "rose"])
def test_a_members_page_opens(visit: Visit, path: str, name: str) -> None:
    page = visit(name, f"{path}?site=rose")

    expect(page.get_by_text("Rose").first).to_be_visible()
    expect(page.get_by_text("This page does not exist")).to_have_count(0)
