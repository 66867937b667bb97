"""/shared?link=…: what one shared link shows, to people without an account, and its photos. No script, nothing else.

Whatever a link does not show is answered alike: one that was never made, was taken back, has run out, or leads to
something that is gone or is meant for other people now. That is asked again for every photo.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from careapp import limits
from careapp.access import Credentials
from careapp.adapters.storage import origin, storage
from careapp.api.problems import answering
from careapp.api.shared_look import STYLE_HASH, document, heading, nothing, picture
from careapp.cookies import language_of
from careapp.db import reading
from careapp.errors import CareError, NotFound
from careapp.limits import Limit
from careapp.media.queries import Served
from careapp.operation import QUERIES
from careapp.perform import Asked, do, read
from careapp.said import mark
from careapp.settings import settings
from careapp.sharing.shared import shared_file
from careapp.sharing.views import SharedView
from careapp.threads import in_thread
from careapp.ui.el import Painting, el, fragment, painting
from careapp.ui.words import t

PATH = "/shared"
LOOKS = Limit("shared link", 240, timedelta(minutes=15))
WRONG = Limit("shared link wrong", 60, timedelta(minutes=15))
UNKNOWN = mark("This link has run out or was taken back, or is not complete. Please ask whoever sent it to you.")
PRIVATE = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
INERT = {**PRIVATE, "Content-Security-Policy": "default-src 'none'; sandbox"}


async def _look(request: Request) -> Response:
    secret, language = request.query_params.get("link", ""), language_of(request.headers)
    try:
        view = await in_thread("read", _view, secret, language, _address(request), _is_opened(request.headers))
    except CareError as refusal:
        words = UNKNOWN if refusal.status == NotFound.status else refusal.words
        status = refusal.status
        with painting(Painting(language)):
            return _answer(document(language, str(t("This link shows nothing")), "", nothing(words)), status)
    with painting(Painting(language, request.cookies.get("tz") or view.time_zone)):
        return _answer(document(language, heading(view), _card(view, secret), picture(view, _Addresses(secret))))


def _view(secret: str, language: str, address: str, is_opened: bool) -> SharedView:
    limits.take(LOOKS, address)
    view: SharedView = read(QUERIES["sharing.shared"], Credentials(), "", {"link": secret, "language": language})
    if is_opened:
        do(Asked("sharing.count_opening", {"link": secret}), Credentials())
    return view


def _is_opened(headers: Mapping[str, str]) -> bool:
    """A person's browser says so; what chats send ahead for their preview does not."""
    return headers.get("sec-fetch-dest") == "document" and "sec-purpose" not in headers


async def _serve(request: Request) -> Response:
    asked = request.path_params["media_id"], request.path_params["variant"]
    found = await in_thread("read", _found, request.query_params.get("link", ""), *asked, _address(request))
    served, place = found
    if not isinstance(place, Path):
        return RedirectResponse(place, 302, PRIVATE)
    return FileResponse(place, headers=INERT, media_type=served.content_type)


def _found(secret: str, media_id: str, variant: str, address: str) -> tuple[Served, Path | str]:
    try:
        with reading() as session:
            served = shared_file(session, secret, media_id, variant)
    except NotFound:
        limits.take(WRONG, address)
        raise
    return served, storage().place(served.key, served.link_works_for)


def _address(request: Request) -> str:
    return str(request.scope.get("careapp.address", ""))


class _Addresses:
    """Where the photos of a link lie."""

    def __init__(self, secret: str, start: str = "") -> None:
        self._query, self._start = urlencode({"link": secret}), start

    def __call__(self, media_id: str, variant: str) -> str:
        return f"{self._start}{PATH}/{media_id}/{variant}?{self._query}"


def _card(view: SharedView, secret: str) -> str:
    """What a chat shows beside the link: who shared it, and a photo only where they wanted that."""
    photo = _Addresses(secret, settings().public_url)(view.preview_id, "960") if view.preview_id else ""
    says = {
        "og:type": "article",
        "og:site_name": "Careapp",
        "og:title": t("{name} shared something with you", name=view.sharer),
        "og:description": t("Open the link to see it."),
        "og:image": photo or f"{settings().public_url}/icons/icon-512.png",
    }
    named = el.meta(name="twitter:card", content="summary_large_image" if photo else "summary")
    return str(
        fragment(*(el.meta(custom_attrs={"property": name}, content=str(said)) for name, said in says.items()), named)
    )


def _answer(page: str, status: int = 200) -> Response:
    media = f"'self' {origin()}".rstrip()
    policy = (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; img-src {media}; media-src {media}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(page, status, {**PRIVATE, "Content-Security-Policy": policy, "Vary": "Accept-Language, Cookie"})


routes = [
    Route(PATH, answering(_look), methods=["GET"]),
    Route(PATH + "/{media_id}/{variant}", answering(_serve), methods=["GET"]),
]
