"""One middleware around everything that is served, Reflex's own routes and every error included.

It refuses what comes from other websites, what is too large or too often, and what Reflex would leave open; it binds
page state to its session; and it puts the security headers on every answer.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from careapp.api.floods import Ceiling, Paced
from careapp.api.headers import Policies, add_headers
from careapp.api.origin import is_own_origin, is_own_request
from careapp.api.problems import problem, unexpected
from careapp.api.shell import inline_scripts, inline_styles
from careapp.cookies import credentials_of, language_of
from careapp.errors import CareError, NotAllowed, NotFound, TooLarge
from careapp.limits import address_of
from careapp.secret import signature
from careapp.settings import settings

log = logging.getLogger(__name__)

# What Reflex serves to anyone: uploads without limit, all routes, its platform's sign-in, the state of its parts.
HIDDEN = ("/_upload", "/_all_routes", "/auth-codespace", "/_health")
SOCKET = "/_event"
SHARE_TARGET = "/share-target"
# Mail programs post to the first; what they prove stands in the address, and no cookie is looked at. The phone's share
# menu posts to the second, which looks for itself whether it was that.
FROM_ANYWHERE = ("/api/unsubscribe", SHARE_TARGET)
ADDRESS = "careapp.address"


def secured(static: Path) -> Callable[[ASGIApp], ASGIApp]:
    """The middleware for a build. `static` is the folder of its pages, whose inline scripts may run."""
    return lambda app: Security(app, Policies(inline_scripts(static), inline_styles(static)))


class Security:
    """Without `policies` no page runs an inline script."""

    def __init__(self, app: ASGIApp, policies: Policies | None = None) -> None:
        self._app = app
        self._policies = policies or Policies({})
        self._ceiling = Ceiling()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = _Answer(scope, send, self._policies)
        try:
            self._look(scope, headers)
            if scope["type"] == "websocket":
                paced = Paced(receive, answer.send, lambda: self._count(scope, headers))
                await self._app(scope, paced.receive, paced.send)
            else:
                await self._app(scope, _capped(scope, receive), answer.send)
        except CareError as refusal:
            if answer.has_begun:
                raise
            await answer.instead(problem(refusal, language_of(headers)))
        except Exception:
            response = unexpected(scope["path"], headers)
            if answer.has_begun:
                raise
            await answer.instead(response)

    def _look(self, scope: Scope, headers: Headers) -> None:
        """Raise the refusal that applies. A websocket is let in, and its token bound, only here."""
        credentials = credentials_of(headers.get("cookie", ""))
        scope[ADDRESS] = address_of((scope.get("client") or ("",))[0], headers.get("x-forwarded-for", ""))
        if scope["path"].startswith(HIDDEN):
            raise NotFound
        self._count(scope, headers)
        if scope["type"] == "websocket":
            _look_at_socket(scope, headers)
            _bind_page(scope, credentials.session + credentials.visit)
        elif scope["path"] not in FROM_ANYWHERE and not is_own_request(scope["method"], headers):
            raise NotAllowed("This came from another website, so nothing was changed.")

    def _count(self, scope: Scope, headers: Headers) -> None:
        session = credentials_of(headers.get("cookie", "")).session
        self._ceiling.count(scope["path"], scope[ADDRESS], session)


def _look_at_socket(scope: Scope, headers: Headers) -> None:
    if not is_own_origin(headers.get("origin", ""), headers.get("host", "")):
        raise NotAllowed("This came from another website, so nothing was changed.")
    if not scope["path"].startswith(SOCKET):
        raise NotFound


def _bind_page(scope: Scope, secret: str) -> None:
    """Reflex finds a page's state by a token that the browser made and that travels in the address. What it is given
    here is made from that token and the session, so the token alone, in another browser, finds nothing."""
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    bound = [(name, signature("page", value, secret) if name == "token" else value) for name, value in query]
    scope["query_string"] = urlencode(bound).encode("latin-1")


def _capped(scope: Scope, receive: Receive) -> Receive:
    """The request's body, refused beyond the limit, whether its length was announced or not."""
    if scope["type"] != "http" or _is_upload(scope):
        return receive
    most, arrived = settings().max_body_bytes, 0
    if int(Headers(scope=scope).get("content-length") or 0) > most:
        raise TooLarge

    async def capped() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > most:
            raise TooLarge
        return message

    return capped


def _is_upload(scope: Scope) -> bool:
    """Uploads have limits of their own."""
    is_piece = scope["method"] == "PATCH" and scope["path"].startswith("/api/uploads/")
    return bool(is_piece or (scope["method"] == "POST" and scope["path"] == SHARE_TARGET))


class _Answer:
    """The way back: adds the headers, and can put a refusal in place of an answer that has not begun."""

    def __init__(self, scope: Scope, send: Send, policies: Policies) -> None:
        self._scope, self._send, self._policies = scope, send, policies
        self.has_begun = False

    async def send(self, message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            add_headers(headers, self._scope["path"], message["status"], self._policies)
            message["headers"] = headers.raw
        self.has_begun = True
        await self._send(message)

    async def instead(self, response: Response) -> None:
        if self._scope["type"] == "websocket" and "websocket.http.response" not in self._scope.get("extensions", {}):
            await self._send({"type": "websocket.close", "code": 1008})
            return
        await response(self._scope, _nothing_more, self.send)


async def _nothing_more() -> Any:
    return {"type": "http.disconnect"}
