"""GET /api/feeds/<secret>.ics: a member's calendar for the calendar programs of phones and desks. The address is the
proof; no cookie is looked at.

Every address that leads to nothing is answered alike. What is allowed is asked anew at each fetch.
"""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from careapp import limits
from careapp.access import Credentials
from careapp.api.problems import answering
from careapp.errors import NotFound
from careapp.feeds.feed import Feed
from careapp.limits import Limit
from careapp.operation import QUERIES
from careapp.perform import Asked, do, read
from careapp.threads import in_thread

PATH = "/api/feeds/{secret}.ics"
LOOKS = Limit("calendar feed", 120, timedelta(hours=1))
WRONG = Limit("calendar feed wrong", 60, timedelta(minutes=15))
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Robots-Tag": "noindex",
    "Content-Disposition": 'inline; filename="careapp.ics"',
}


async def _feed(request: Request) -> Response:
    secret, address = request.path_params["secret"], str(request.scope.get("careapp.address", ""))
    found = await in_thread("read", _found, secret, _known(request), address)
    headers = {**HEADERS, "ETag": f'"{found.tag}"'}
    if found.is_unchanged:
        return Response(status_code=304, headers=headers)
    content = found.content.encode()
    answer = Response(content, headers=headers, media_type="text/calendar; charset=utf-8")
    if request.method == "HEAD":
        answer.body = b""
    return answer


def _known(request: Request) -> str:
    """The tag that the reader has; proxies mark it as weak when they pack what they pass on."""
    tags = (each.strip().removeprefix("W/").strip('"') for each in request.headers.get("if-none-match", "").split(","))
    return next((tag.removesuffix("-gzip") for tag in tags if tag), "")


def _found(secret: str, known: str, address: str) -> Feed:
    limits.take(LOOKS, secret)
    try:
        found: Feed = read(QUERIES["feeds.feed"], Credentials(), "", {"secret": secret, "known": known})
    except NotFound:
        limits.take(WRONG, address)
        raise
    if found.is_to_be_noted:
        do(Asked("feeds.note_fetch", {"secret": secret}), Credentials())
    return found


routes = [Route(PATH, answering(_feed), methods=["GET", "HEAD"])]
