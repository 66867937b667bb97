"""What the server paints, as it leaves for the browser."""

import html
from types import SimpleNamespace

from starlette.requests import Request
from starlette.responses import Response

from careapp import features
from careapp.api.pages import _page, first_photo_first
from careapp.sites.join_page import join_page
from careapp.sites.visits import InvitationView
from careapp.ui.el import Painting, painting
from careapp.ui.page import PAGES, draw_page
from careapp.ui.places import address
from tests.cast import Cast

features.load()
features.load_pages()

FACE = '<img src="/media/face/320" loading="lazy">'
ONWARD = '/join?invitation=a&b="c"'
CARRIED = "next=%2Fjoin%3Finvitation%3Da%26b%3D%22c%22"


def photo(name: str, loading: str = 'loading="lazy"') -> str:
    return f'<a data-photo="{name}"><img src="/media/{name}/960" {loading}></a>'


def painted(path: str, **asked: str) -> str:
    """One of the ways in, as it is before any script has run."""
    with painting(Painting(address=address(path, "", asked))):
        return str(draw_page(PAGES[path], None))


def test_only_the_topmost_photo_goes_first() -> None:
    hurried = 'loading="eager" fetchpriority="high"'

    assert first_photo_first(FACE + photo("tea") + photo("cat")) == FACE + photo("tea", hurried) + photo("cat")


def test_a_page_without_photos_stays_as_it_is() -> None:
    assert first_photo_first(FACE) == FACE


def test_the_ways_in_know_where_one_was_going_before_any_script_has_run() -> None:
    shown = painted("/sign-in", next=ONWARD)

    assert f'value="{html.escape(ONWARD)}"' in shown
    assert [way for way in ("/code", "/forgot", "/register") if f'href="{way}?{CARRIED}"' in shown] == [
        "/code",
        "/forgot",
        "/register",
    ]
    assert 'role="alert"' not in shown


def test_an_invitation_leads_through_the_account_and_back() -> None:
    with painting(Painting(address=ONWARD)):
        shown = str(join_page(InvitationView(is_open=True)))

    assert f'value="{html.escape(ONWARD)}"' in shown
    assert f'href="/sign-in?{CARRIED}"' in shown


def test_a_form_that_was_refused_before_any_script_had_run_says_so() -> None:
    assert "Please look at what you typed" in painted("/sign-in", refused="invalid")
    assert "tried too often" in painted("/code-sent", refused="too_many")
    assert "No mail goes out" in painted("/code-sent", mail="none")


def answer(cookie: str) -> Response:
    scope = {"type": "http", "path": "/notifications", "query_string": b"", "headers": [(b"cookie", cookie.encode())]}
    shell = SimpleNamespace(filled=lambda painted, state, language: painted)
    return _page(Request(scope), PAGES["/notifications"], shell, "build")  # type: ignore[arg-type]


def test_who_is_signed_in_stays_so_also_where_the_browser_has_lost_one_of_the_cookies(stored_site: Cast) -> None:
    told = answer("careapp=token-of-tom").headers.getlist("set-cookie")

    assert [each.partition("=")[0] for each in told] == ["careapp", "who"]
    assert told[0].startswith("careapp=token-of-tom; HttpOnly; Max-Age=34560000")
    assert answer("").headers.getlist("set-cookie") == []
    assert answer("careapp=token-of-nobody").headers.getlist("set-cookie") == []


def test_the_guide_for_iphone_and_ipad_has_a_picture_of_each_step() -> None:
    shown = painted("/install")

    assert shown.count('class="drawing') == 3
    assert "on an iPad at the top right" in shown
