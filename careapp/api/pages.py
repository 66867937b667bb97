"""The first paint: a page's answer already holds its member's rows, before any JavaScript.

The build holds a prerendered shell of every page. For each request the page's query is read once, and the same
picture that React will draw is drawn here as HTML into a declarative shadow root, which React leaves alone. The
state itself follows as JSON, so that the page works as soon as its script has run. The service worker keeps both
parts (`/api/view/…`) as what was last seen.
"""

import gzip
import json
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reflex.utils.format import json_dumps
from reflex_base.constants.state import FIELD_MARKER
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from careapp import recent
from careapp.accounts.queries import Viewer
from careapp.api.shell import Shell, load_shells
from careapp.clock import now
from careapp.cookies import credentials_of, keep_signed_in, language_of
from careapp.errors import NotFound, NotSignedIn
from careapp.operation import QUERIES
from careapp.perform import read
from careapp.threads import in_thread
from careapp.ui.el import Painting, painting
from careapp.ui.page import PAGES, Page, Refusal, ask, draw_page, sign_in_address
from careapp.ui.places import address

STATUS = {"not_found": 404, "not_allowed": 403, "not_signed_in": 401, "invalid": 422, "unexpected": 500}
PRIVATE = {"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language, Accept-Encoding"}
WELCOME = ("/", "/sign-in", "/register")


@dataclass(frozen=True)
class LastView:
    """One page as one person saw it at one moment: painted, and as state for the browser's store."""

    status: int
    painted: str
    state: Mapping[str, Any]
    language: str
    site: str
    who: str = ""

    def as_json(self, build: str) -> dict[str, Any]:
        at = now().isoformat()
        return {"build": build, "at": at, "site": self.site, "language": self.language, "state": self.state}


def first_paint(static: Path, build: str) -> Callable[[Any], Any]:
    """An ASGI middleware that answers the app's own pages and leaves the rest to the app."""

    def wrap(app: Any) -> Any:
        shells = load_shells(static, PAGES)

        async def answer(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
            route = _route(scope)
            if route not in shells:
                await app(scope, receive, send)
                return
            response = await in_thread("page", _page, Request(scope), PAGES[route], shells[route], build)
            await response(scope, receive, send)

        return answer

    return wrap


def view_route(build: str) -> Route:
    """GET /api/view/<page>?site=…: what the service worker keeps of a page."""

    async def answer(request: Request) -> Response:
        page = PAGES.get("/" + request.path_params["page"])
        if page is None or page.state is None:
            return JSONResponse({"code": NotFound.code}, NotFound.status, PRIVATE)
        return await in_thread("page", _kept_view, request, page, build)

    return Route("/api/view/{page:path}", answer)


def _kept_view(request: Request, page: Page, build: str) -> Response:
    view = _last_view(request, page)
    body = {**view.as_json(build), "painted": view.painted}
    return Response(json.dumps(body), view.status, PRIVATE, "application/json")


def _page(request: Request, page: Page, shell: Shell, build: str) -> Response:
    elsewhere = _elsewhere(request, page)
    if elsewhere:
        return RedirectResponse(elsewhere, 303, PRIVATE)
    view = _last_view(request, page)
    if view.status == NotSignedIn.status:
        return RedirectResponse(sign_in_address(page.route, dict(request.query_params)), 303, PRIVATE)
    text = shell.filled(view.painted, json.dumps(view.as_json(build)), view.language)
    response = _compressed(request, text, view.status)
    if view.who:
        keep_signed_in(response, credentials_of(request.headers.get("cookie", "")).session, view.who)
    return response


def _elsewhere(request: Request, page: Page) -> str:
    """Where someone belongs who asks for the welcome page while signed in, or for no site in particular."""
    is_welcome = page.route in WELCOME and "next" not in request.query_params
    if not is_welcome and not (page.is_of_a_site and not request.query_params.get("site")):
        return ""
    credentials = credentials_of(request.headers.get("cookie", ""))
    try:
        home = read(QUERIES["sites.home"], credentials, "", {})
    except NotSignedIn:
        return "" if is_welcome else sign_in_address(page.route, {})
    if not home.site:
        return "" if page.route == "/start" else "/start"
    return f"{page.route if page.is_of_a_site else '/today'}?site={home.site}"


def _last_view(request: Request, page: Page) -> LastView:
    params = dict(request.query_params)
    site = params.get("site", "")
    answer = None if page.state is None else ask(page, request.headers, params)
    view = answer.view if isinstance(answer, recent.Answer) else answer
    viewer = _viewer(request)
    whom = replace(_whom(request, viewer, site), address=address(page.route, "", params))
    with painting(whom):
        painted = first_photo_first(str(draw_page(page, view)))
    status = STATUS.get(view.code, 400) if isinstance(view, Refusal) else 200
    return LastView(status, painted, _state(page, view), whom.language, site, viewer.who)


def first_photo_first(painted: str) -> str:
    """The topmost photo is what the eye waits for: it goes before the scripts, the others wait to be scrolled to."""
    start = painted.find(" data-photo=")
    if start < 0:
        return painted
    return painted[:start] + painted[start:].replace(' loading="lazy"', ' loading="eager" fetchpriority="high"', 1)


def _viewer(request: Request) -> Viewer:
    credentials = credentials_of(request.headers.get("cookie", ""))
    viewer: Viewer = read(QUERIES["accounts.viewer"], credentials, "", {})
    return viewer


def _whom(request: Request, viewer: Viewer, site: str) -> Painting:
    """The signed-in account's language and zone, else what the browser asks for."""
    language = viewer.language or language_of(request.headers)
    return Painting(language, viewer.time_zone or request.cookies.get("tz", ""), site)


def _state(page: Page, view: Any) -> dict[str, Any]:
    """The delta that the browser's store applies, in Reflex's own spelling."""
    if page.state is None or isinstance(view, Refusal):
        return {}
    values = {"view": view, "is_loaded": True}
    delta = {page.state.get_full_name(): {name + FIELD_MARKER: value for name, value in values.items()}}
    return json.loads(json_dumps(delta))  # type: ignore[no-any-return]


def _compressed(request: Request, text: str, status: int) -> Response:
    body, headers = text.encode(), dict(PRIVATE)
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 5), "gzip"
    return Response(body, status, headers, "text/html; charset=utf-8")


def _route(scope: Mapping[str, Any]) -> str:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return ""
    return str(scope["path"]).rstrip("/") or "/"
