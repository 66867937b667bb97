"""Refusals as HTTP: problem JSON with words in the reader's language. The only translator besides the pages' own."""

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from careapp.catalogue import translate
from careapp.cookies import language_of
from careapp.errors import CareError, Invalid, TooMany
from careapp.logs import incident

log = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]


def answering(endpoint: Endpoint) -> Endpoint:
    """The endpoint, with every refusal and every fault turned into an answer."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except CareError as refusal:
            return problem(refusal, language_of(request.headers))
        except HTTPException:
            return problem(Invalid("This request cannot be read."), language_of(request.headers))
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:
            return unexpected(request.url.path, request.headers)

    return answer


def problem(refusal: CareError, language: str) -> Response:
    """The same refusal in the same language is the same bytes, whatever it was that could not be had."""
    body: dict[str, Any] = {"code": refusal.code, "words": translate(language, refusal.words, **refusal.params)}
    if isinstance(refusal, Invalid) and refusal.fields:
        body["fields"] = {name: translate(language, words) for name, words in refusal.fields.items()}
    headers = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, TooMany) else {}
    return JSONResponse(body, refusal.status, headers)


def unexpected(where: str, headers: Any) -> Response:
    """Answer the exception being handled: an incident id that the log knows, and nothing else about it."""
    number = incident(log, where)
    words = translate(language_of(headers), CareError.default_words)
    return JSONResponse({"code": CareError.code, "words": words, "incident": number}, CareError.status)
