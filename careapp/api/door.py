"""The one door for writes: POST /api/do/<operation>, and its description for other programs."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from careapp import limits
from careapp.access import Credentials, token_hash
from careapp.api import (
    auth,
    books,
    feeds,
    guests,
    health,
    live,
    media,
    operator,
    photos,
    received,
    share_target,
    shared,
    unsubscribe,
    uploads,
)
from careapp.api.openapi import openapi
from careapp.api.problems import answering
from careapp.cookies import credentials_of
from careapp.errors import Invalid, NotFound
from careapp.operation import OPERATIONS
from careapp.perform import Asked, do
from careapp.threads import in_thread

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
PLACES = ("/api/{rest:path}", "/auth/{rest:path}", "/media/{rest:path}", "/books/{rest:path}", "/s/{rest:path}")


class Envelope(BaseModel):
    """What is posted. `op_id` makes a repeated write one effect; `site` is an address or id. `age`: seconds since it
    was said, where it waited for a connection."""

    model_config = ConfigDict(extra="forbid", strict=True)

    op_id: str = Field(default="", max_length=64)
    site: str | None = Field(default=None, max_length=64, pattern=r"^[\w-]*$")
    command: dict[str, Any] = Field(default_factory=dict)
    age: int = Field(default=0, ge=0)


def api_routes() -> list[BaseRoute]:
    """Everything HTTP that is not a page, in the order in which it is matched."""
    return [
        Route("/api/do/{operation}", answering(_do), methods=["POST"]),
        Route("/api/openapi.json", answering(_openapi), methods=["GET"]),
        *(
            route
            for module in (
                auth,
                books,
                feeds,
                guests,
                live,
                health,
                operator,
                uploads,
                media,
                photos,
                received,
                share_target,
                shared,
                unsubscribe,
            )
            for route in module.routes
        ),
        *(Route(place, answering(_nothing), methods=METHODS) for place in PLACES),
    ]


async def _do(request: Request) -> Response:
    asked = _asked(request.path_params["operation"], await request.body())
    credentials = credentials_of(request.headers.get("cookie", ""))
    answer = await in_thread("write", _let_in, asked, credentials, request.scope.get("careapp.address", ""))
    return JSONResponse({"answer": answer})


def _asked(operation: str, body: bytes) -> Asked:
    registered = OPERATIONS.get(operation)
    if registered is None or not registered.is_at_door:
        raise NotFound
    try:
        envelope = Envelope.model_validate_json(body)
    except ValidationError:
        raise Invalid("This request cannot be read.") from None
    return Asked(operation, envelope.command, envelope.op_id, envelope.site or "", envelope.age)


def _let_in(asked: Asked, credentials: Credentials, address: str) -> Any:
    limit = OPERATIONS[asked.operation].limit
    if limit:
        limits.take(limit, asked.operation, token_hash(credentials.session) if credentials.session else address)
    return do(asked, credentials)


async def _openapi(request: Request) -> Response:
    return JSONResponse(openapi())


async def _nothing(request: Request) -> Response:
    raise NotFound
