"""What each route over HTTP asks of whoever comes. A new one has to say it here, and is held to it."""

import httpx
import pytest
from starlette.routing import Route

from careapp import features
from careapp.api.door import PLACES, api_routes
from tests.client import Browser

pytestmark = pytest.mark.usefixtures("stored_site")

features.load()
REGISTRY, WAY_IN, SESSION, SECRET, EVERYONE, NOTHING = "registry", "way in", "session", "secret", "everyone", "nothing"
CHECKS = {
    "/api/do/{operation}": REGISTRY,  # see test_access.py
    "/auth/register": WAY_IN,  # see test_accounts.py
    "/auth/sign-in": WAY_IN,
    "/auth/ask-code": WAY_IN,
    "/auth/sign-in-code": WAY_IN,
    "/auth/forgot": WAY_IN,
    "/auth/reset": WAY_IN,
    "/auth/sign-out": WAY_IN,
    "/api/openapi.json": EVERYONE,
    "/api/health": EVERYONE,
    "/api/health/live": EVERYONE,
    "/api/forget": EVERYONE,
    "/api/sites/{address}/changes": SESSION,
    "/api/uploads": SESSION,
    "/api/uploads/{upload_id}": SESSION,
    "/api/photos": SESSION,
    "/media/{media_id}/{variant}": SESSION,
    "/books/{book_id}": SESSION,
    "/share-target": SESSION,
    "/api/feeds/{secret}.ics": SECRET,
    "/api/received": SECRET,
    "/api/unsubscribe": SECRET,
    "/admin/health": SECRET,
    "/guest": SECRET,
    "/guest/{step}": SECRET,
    "/shared": SECRET,
    "/shared/{media_id}/{variant}": SECRET,
    **dict.fromkeys(PLACES, NOTHING),
}
SOME = "01890000-0000-7000-8000-000000000000"
NAMES = {
    "address": "rose",
    "book_id": SOME,
    "upload_id": SOME,
    "media_id": SOME,
    "variant": "320",
    "step": "pin",
    "secret": "s" * 43,
    "rest:path": "no/such/thing",
}


UPLOAD = {
    "Tus-Resumable": "1.0.0",
    "Upload-Length": "1",
    "Upload-Offset": "0",
    "Content-Type": "application/offset+octet-stream",
}


def asked(kind: str) -> list[tuple[str, str]]:
    """Every method and address of the routes of a kind."""
    found = []
    for route in _routes():
        if CHECKS.get(route.path) == kind:
            path = route.path
            for name, value in NAMES.items():
                path = path.replace(f"{{{name}}}", value)
            found.extend((method, path) for method in sorted((route.methods or set()) - {"OPTIONS"}))
    return found


def _routes() -> list[Route]:
    return [route for route in api_routes() if isinstance(route, Route)]


def answer(who: str, method: str, path: str) -> httpx.Response:
    return Browser(who).request(method, path, headers=UPLOAD)


def test_every_route_says_what_it_checks() -> None:
    assert {route.path for route in _routes()} == CHECKS.keys()
    assert len(_routes()) == len(api_routes())


@pytest.mark.parametrize(("method", "path"), asked(SESSION))
def test_what_is_of_a_session_is_refused_without_one(method: str, path: str) -> None:
    refused = answer("", method, path)

    assert refused.status_code == 401 or refused.headers.get("location") == "/received?problem=signed_out"


@pytest.mark.parametrize(("method", "path"), asked(SECRET))
def test_what_is_opened_by_a_secret_opens_to_nobody_without_it(method: str, path: str) -> None:
    for who in ("", "maya"):
        refused = answer(who, method, path)
        assert refused.status_code in (404, 422) or refused.headers.get("location") == "/guest?link="


@pytest.mark.parametrize(("method", "path"), asked(EVERYONE))
def test_what_is_for_everyone_says_the_same_to_everyone(method: str, path: str) -> None:
    theirs, mayas = (answer(who, method, path) for who in ("", "maya"))

    assert theirs.is_success
    assert theirs.content == mayas.content


@pytest.mark.parametrize(("method", "path"), asked(NOTHING))
def test_nothing_is_nothing(method: str, path: str) -> None:
    assert answer("maya", method, path).status_code in (401, 404)
