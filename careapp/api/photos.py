"""GET /api/photos?site=…&before=…: what follows in a gallery that is open already."""

import gzip
import json

from pydantic_core import to_jsonable_python
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from careapp.api.problems import answering
from careapp.cookies import reader_of
from careapp.operation import QUERIES
from careapp.perform import read
from careapp.threads import in_thread

PRIVATE = {"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language, Accept-Encoding"}


async def _more(request: Request) -> Response:
    credentials = reader_of(request.headers)
    site, place = request.query_params.get("site", ""), {"before": request.query_params.get("before", "")}
    found = await in_thread("read", read, QUERIES["gallery.more_photos"], credentials, site, place)
    body, headers = json.dumps(to_jsonable_python(found)).encode(), dict(PRIVATE)
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 5), "gzip"
    return Response(body, headers=headers, media_type="application/json")


routes = [Route("/api/photos", answering(_more), methods=["GET"])]
