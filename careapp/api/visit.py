"""/s/<address>: the address people give each other, which leads to wherever they may go."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from careapp.cookies import credentials_of, visit_cookie
from careapp.errors import NotFound
from careapp.operation import QUERIES
from careapp.perform import read
from careapp.settings import settings
from careapp.threads import in_thread
from careapp.ui.places import address

VISIT_SECONDS = 30 * 24 * 3600
NO_STORE = {"Cache-Control": "no-store"}


async def _visit(request: Request) -> Response:
    """Members go home; who holds an open site's link may look; everyone else comes to the door."""
    asked = {"address": request.path_params["address"], "key": request.query_params.get("key", "")}
    credentials = credentials_of(request.headers.get("cookie", ""))
    try:
        door = await in_thread("read", read, QUERIES["sites.door"], credentials, "", asked)
    except NotFound:
        door = None
    if door is None or not (door.is_member or door.is_open):
        return RedirectResponse(address("/door", "", {"address": asked["address"]}), 303, NO_STORE)
    answer = RedirectResponse(address("/today", door.site, {}), 303, NO_STORE)
    if door.is_open:
        _admit(answer, asked["key"])
    return answer


def _admit(answer: Response, key: str) -> None:
    answer.set_cookie(
        visit_cookie(), key, VISIT_SECONDS, path="/", secure=settings().is_https, httponly=True, samesite="lax"
    )


routes = [Route("/s/{address}", _visit, methods=["GET"])]
