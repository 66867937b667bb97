"""The ways in and out: plain forms, whose answer is a cookie and the address of the next page."""

import re
from collections.abc import Callable
from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from careapp.api import ways_in
from careapp.api.devices import device_of
from careapp.api.problems import answering, problem
from careapp.api.ways_in import Answer, Visit
from careapp.cookies import credentials_of, keep, keep_signed_in, language_of, session_cookie, visit_cookie
from careapp.errors import CareError
from careapp.ids import is_id
from careapp.settings import settings
from careapp.threads import in_thread

ASKED_SECONDS = 600
FIELDS = 20


def _form_route(path: str, step: Callable[[Visit], Answer], page: str, following: str) -> Route:
    """`page` is where the form stands, `following` where it leads unless it says so itself."""

    async def answer(request: Request) -> Response:
        visit = await _visit(request)
        try:
            done = await in_thread("hash", step, visit)
        except CareError as refusal:
            return _refused(request, visit, refusal, page)
        return _arrived(request, visit, done, following)

    return Route(f"/auth/{path}", answering(answer), methods=["POST"])


async def _visit(request: Request) -> Visit:
    async with request.form(max_files=0, max_fields=FIELDS, max_part_size=4096) as sent:
        form = {name: value for name, value in sent.items() if isinstance(value, str)}
    return Visit(
        form=form,
        address=request.scope.get("careapp.address", ""),
        device=device_of(request.headers.get("user-agent", "")),
        language=form.get("language") or language_of(request.headers),
        time_zone=form.get("time_zone") or unquote(request.cookies.get("tz", "")),
        request=_request_id(request),
        credentials=credentials_of(request.headers.get("cookie", "")),
    )


def _arrived(request: Request, visit: Visit, done: Answer, following: str) -> Response:
    response = _next(request, _following(visit, done, following))
    if "request" in done:
        keep(response, _request_cookie(), done["request"], ASKED_SECONDS)
    elif "token" in done:
        keep_signed_in(response, done["token"], done["who"])
        keep(response, "lang", done["language"], is_for_script=True)
        keep(response, "tz", done["time_zone"], is_for_script=True)
        _drop(response, _request_cookie())
    else:
        for name in (session_cookie(), visit_cookie(), "who"):
            _drop(response, name)
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _following(visit: Visit, done: Answer, following: str) -> str:
    """On the way through a code, where one wanted to go is carried along, and whether mail goes out at all."""
    wanted = own_path(visit.form.get("next", ""))
    if "request" in done:
        told = {"next": wanted, "mail": "" if settings().smtp_url else "none"}
        query = urlencode({name: value for name, value in told.items() if value})
        return f"{following}?{query}" if query else following
    return wanted or following


def _next(request: Request, address: str) -> Response:
    return JSONResponse({"next": address}) if _wants_json(request) else RedirectResponse(address, 303)


def _refused(request: Request, visit: Visit, refusal: CareError, page: str) -> Response:
    if _wants_json(request):
        return problem(refusal, language_of(request.headers))
    told = {"refused": refusal.code, "next": own_path(visit.form.get("next", ""))}
    return RedirectResponse(f"{page}?{urlencode({name: value for name, value in told.items() if value})}", 303)


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def own_path(wanted: str) -> str:
    """The path if it stays on this site, else nothing."""
    return wanted if re.fullmatch(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", wanted) else ""


def _drop(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=settings().is_https, httponly=True, samesite="lax")


def _request_id(request: Request) -> str:
    held = request.cookies.get(_request_cookie(), "")
    return held if is_id(held) else ""


def _request_cookie() -> str:
    return f"{session_cookie()}-code"


routes = [
    _form_route("register", ways_in.register, "/register", "/start"),
    _form_route("sign-in", ways_in.sign_in, "/sign-in", "/today"),
    _form_route("ask-code", ways_in.ask_code, "/code", "/code-sent"),
    _form_route("sign-in-code", ways_in.sign_in_code, "/code-sent", "/today"),
    _form_route("forgot", ways_in.forgot, "/forgot", "/new-password"),
    _form_route("reset", ways_in.reset, "/new-password", "/today"),
    _form_route("sign-out", ways_in.sign_out, "/", "/"),
]
