"""Books on their way out: GET /books/<id>, for the one they were made for. Who asks is looked at every time."""

from datetime import timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from careapp.access import Credentials
from careapp.adapters.storage import attachment, storage
from careapp.api.problems import answering
from careapp.book.queries import Kept, kept_book
from careapp.cookies import credentials_of
from careapp.db import reading
from careapp.threads import in_thread

PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Cookie", "X-Content-Type-Options": "nosniff"}
LINK_WORKS_FOR = timedelta(minutes=5)


async def _serve(request: Request) -> Response:
    credentials = credentials_of(request.headers.get("cookie", ""))
    kept, place = await in_thread("read", _found, credentials, request.path_params["book_id"])
    if not isinstance(place, Path):
        return RedirectResponse(place, 302, PRIVATE)
    named = {"Content-Disposition": attachment(kept.file_name)}
    return FileResponse(place, headers={**PRIVATE, **named}, media_type="application/pdf")


def _found(credentials: Credentials, book_id: str) -> tuple[Kept, Path | str]:
    with reading() as session:
        kept = kept_book(session, credentials, book_id)
    return kept, storage().place(kept.key, LINK_WORKS_FOR)


routes = [Route("/books/{book_id}", answering(_serve), methods=["GET"])]
