"""/api/unsubscribe: the link in letters that ends them. A person is asked first; a mail program's POST does it at once
(RFC 8058). Neither signs in: the link itself is the proof."""

import base64
import hashlib
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from careapp.access import Credentials
from careapp.api.problems import answering
from careapp.catalogue import translate
from careapp.cookies import language_of
from careapp.errors import Invalid, NotFound
from careapp.notify.stopping import STOPPED, is_good
from careapp.perform import Asked, do
from careapp.said import Said, mark
from careapp.settings import settings
from careapp.threads import in_thread

PATH = "/api/unsubscribe"
STYLE = (
    "body{font:18px/1.5 system-ui,sans-serif;color:#1e2a2e;background:#fbf8f3;margin:0 auto;padding:32px 24px;"
    "max-width:34rem}h1{font-size:26px;line-height:1.25}a{color:#0e5a5a}button{font:inherit;min-height:48px;"
    "padding:12px 24px;border:0;border-radius:14px;background:#0e5a5a;color:#fff;cursor:pointer}"
    "@media(prefers-color-scheme:dark){body{color:#ece7df;background:#14191b}a{color:#8fd0c8}"
    "button{background:#8fd0c8;color:#102a2a}}"
)
HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


async def _ask(request: Request) -> Response:
    """Looking changes nothing: mail programs open links on their own."""
    asked = request.query_params
    what = asked.get("what", "")
    if not is_good(asked.get("account", ""), what, asked.get("proof", "")):
        return _broken(request)
    return _page(
        request,
        mark("No more of these letters?"),
        Said("Careapp writes to you about this: {what}. One tap ends these letters.", what=_what(request, what)),
        button=mark("Stop these letters"),
    )


async def _stop(request: Request) -> Response:
    command = {name: request.query_params.get(name, "") for name in ("account", "what", "proof")}
    try:
        await in_thread("write", do, Asked("notify.unsubscribe", command), Credentials())
    except (NotFound, Invalid):
        return _broken(request)
    return _page(
        request,
        mark("Done"),
        Said("You get no more letters about this: {what}.", what=_what(request, command["what"])),
    )


def _what(request: Request, what: str) -> str:
    return translate(language_of(request.headers), STOPPED[what])


def _broken(request: Request) -> Response:
    words = mark("This link is not complete. In Careapp you can choose which letters you get.")
    return _page(request, mark("This link does not work"), words, status=404)


def _page(request: Request, title: str, words: str, *, button: str = "", status: int = 200) -> Response:
    """One page without a script and without anything from elsewhere, as it is opened from anywhere."""
    language = language_of(request.headers)
    heading, text, more = (escape(translate(language, each)) for each in (title, words, _MORE))
    action = escape(f"{PATH}?{request.url.query}")
    press = f'<form method="post" action="{action}"><button>{escape(translate(language, button))}</button></form>'
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{heading}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body><main>'
        f"<h1>{heading}</h1><p>{text}</p>{press if button else ''}"
        f'<p><a href="{escape(settings().public_url)}/notifications">{more}</a></p></main></body></html>',
        status,
        {"Content-Security-Policy": POLICY, "Cache-Control": "private, no-store"},
    )


_MORE = mark("Choose in Careapp what you are told")

routes = [
    Route(PATH, answering(_ask), methods=["GET"]),
    Route(PATH, answering(_stop), methods=["POST"]),
]
