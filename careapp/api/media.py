"""Photos and videos on their way out: GET /media/<id>/<320|960|2048|video|original>, in the parts that are asked for.

Who may look is asked every time. What a browser keeps it does not ask for again, until POST /api/forget.
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from careapp.access import Credentials
from careapp.adapters.storage import attachment, storage
from careapp.api.problems import answering
from careapp.cookies import credentials_of
from careapp.db import reading
from careapp.media import queries
from careapp.media.queries import Served
from careapp.threads import in_thread

# The bytes behind an address never change. A browser that someone else signs in on asks again, by Vary. For a file that
# is saved it asks each time.
KEPT = {"Cache-Control": "private, max-age=31536000, immutable", "Vary": "Cookie"}
ASKED_AGAIN = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
FORGOTTEN = {"Clear-Site-Data": '"cache"', "Cache-Control": "no-store"}
LINK_KEPT = {"Cache-Control": "private, max-age=120", "Vary": "Cookie"}


async def _serve(request: Request) -> Response:
    credentials = credentials_of(request.headers.get("cookie", ""))
    media_id, variant = request.path_params["media_id"], request.path_params["variant"]
    served, place = await in_thread("read", _found, credentials, media_id, variant)
    if not isinstance(place, Path):
        return RedirectResponse(place, 302, LINK_KEPT)
    kept = ASKED_AGAIN if served.file_name else KEPT
    headers = {**kept, **INERT, **_download(served), "ETag": served.etag}
    if served.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(place, headers=headers, media_type=served.content_type)


async def _forget(request: Request) -> Response:
    """Has the browser throw away what it kept of us. Who lost access asks for it, so nobody is asked who they are."""
    return Response(status_code=204, headers=FORGOTTEN)


def _found(credentials: Credentials, media_id: str, variant: str) -> tuple[Served, Path | str]:
    with reading() as session:
        served = queries.served(session, credentials, media_id, variant)
    return served, storage().place(served.key, served.link_works_for)


def _download(served: Served) -> dict[str, str]:
    """An original is saved under its own name, never opened in place."""
    return {"Content-Disposition": attachment(served.file_name)} if served.file_name else {}


routes = [
    Route("/media/{media_id}/{variant}", answering(_serve), methods=["GET"]),
    Route("/api/forget", _forget, methods=["POST"]),
]
