"""POST /api/received: a device says that a notice has arrived. The proof came with the notice; a session is not needed,
but is kept alive."""

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from careapp.api.problems import answering
from careapp.cookies import credentials_of
from careapp.errors import Invalid
from careapp.perform import Asked, do
from careapp.threads import in_thread

LONGEST = 1000


async def _received(request: Request) -> Response:
    asked = Asked("notify.mark_received", _said(await request.body()))
    await in_thread("write", do, asked, credentials_of(request.headers.get("cookie", "")))
    return Response(status_code=204)


def _said(body: bytes) -> dict[str, str]:
    try:
        said = json.loads(body) if len(body) <= LONGEST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Invalid("This request cannot be read.")
    return said


routes = [Route("/api/received", answering(_received), methods=["POST"])]
