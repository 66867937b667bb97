"""The ways in and out: plain forms, whose answer is a cookie and the address of the next page."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from careapp import limits
from careapp.access import Credentials
from careapp.accounts.codes import account_of, spend_a_try
from careapp.accounts.fields import normal_email
from careapp.accounts.operations import Register
from careapp.accounts.passwords import prove
from careapp.api.problems import answering, language_of, problem
from careapp.api.threads import in_thread
from careapp.cookies import credentials_of, session_cookie, visit_cookie
from careapp.db import reading
from careapp.errors import CareError, NotSignedIn
from careapp.ids import is_id
from careapp.limits import Limit
from careapp.perform import Asked, do, parse
from careapp.settings import settings

# Never by account alone: that would let anyone lock the owner out.
PAIR = Limit("sign-in pair", 10, timedelta(minutes=15))
PLACE = Limit("sign-in place", 100, timedelta(minutes=15))
ASK_PAIR = Limit("code pair", 5, timedelta(minutes=15))
ASK_PLACE = Limit("code place", 30, timedelta(minutes=15))
NEW_ACCOUNTS = Limit("register place", 60, timedelta(hours=1))

# Browsers keep no cookie longer; the session itself ends after 90 days without use.
COOKIE_DAYS = 400
ASKED_SECONDS = 600
FIELDS = 20


@dataclass(frozen=True)
class Visit:
    """One form, and what the browser and the network say of who sent it."""

    form: dict[str, str]
    address: str
    device: str
    language: str
    time_zone: str
    request: str
    credentials: Credentials

    @property
    def email(self) -> str:
        return normal_email(self.form.get("email", ""))

    def asked(self, *names: str, **more: str) -> dict[str, str]:
        """The command: these fields of the form, where they are there, and what else is known."""
        return {name: self.form[name] for name in names if name in self.form} | more


Answer = dict[str, Any]


def _register(visit: Visit) -> Answer:
    """Someone who has an account already, and types its password, is signed in."""
    command = visit.asked("email", "name", "password", language=visit.language, time_zone=visit.time_zone)
    limits.take(NEW_ACCOUNTS, visit.address)
    parse(Register, command)
    with reading() as session:
        is_known = account_of(session, visit.email) is not None
    return _sign_in(visit) if is_known else _do("register", command | {"device": visit.device})


def _sign_in(visit: Visit) -> Answer:
    limits.take(PLACE, visit.address)
    limits.take(PAIR, visit.email, visit.address)
    proof = prove(visit.email, visit.form.get("password", ""))
    command = {"email": visit.email, "proof": proof.stored, "renewed": proof.renewed, "device": visit.device}
    answer = _do("sign_in", command)
    limits.give_back(PLACE, visit.address)
    limits.give_back(PAIR, visit.email, visit.address)
    return answer


def _ask_code(visit: Visit) -> Answer:
    return _ask(visit, "ask_code")


def _forgot(visit: Visit) -> Answer:
    return _ask(visit, "forgot")


def _ask(visit: Visit, operation: str) -> Answer:
    limits.take(ASK_PLACE, visit.address)
    limits.take(ASK_PAIR, visit.email, visit.address)
    return _do(operation, visit.asked("email"))


def _sign_in_code(visit: Visit) -> Answer:
    return _try_code(visit, "sign_in_with_code", visit.asked("email", "code"))


def _reset(visit: Visit) -> Answer:
    return _try_code(visit, "reset_password", visit.asked("email", "code", "password"))


def _try_code(visit: Visit, operation: str, command: dict[str, str]) -> Answer:
    limits.take(PLACE, visit.address)
    spend_a_try(visit.request)
    return _do(operation, command | {"request": visit.request, "device": visit.device})


def _sign_out(visit: Visit) -> Answer:
    """Whoever is not signed in, or no longer, is out already."""
    with suppress(NotSignedIn):
        do(Asked("accounts.sign_out", {}), visit.credentials)
    return {}


def _do(operation: str, command: dict[str, str]) -> Answer:
    return do(Asked(f"accounts.{operation}", command), Credentials()) or {}


def _form_route(path: str, act: Callable[[Visit], Answer], page: str, following: str) -> Route:
    """`page` is where the form stands, `following` where it leads unless it says so itself."""

    async def answer(request: Request) -> Response:
        visit = await _visit(request)
        try:
            done = await in_thread("hash", act, visit)
        except CareError as refusal:
            return _refused(request, refusal, page)
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
        time_zone=form.get("time_zone") or request.cookies.get("tz", ""),
        request=_request_id(request),
        credentials=credentials_of(request.headers.get("cookie", "")),
    )


def _arrived(request: Request, visit: Visit, done: Answer, following: str) -> Response:
    response = _next(request, _following(visit, done, following))
    if "request" in done:
        _keep(response, _request_cookie(), done["request"], ASKED_SECONDS)
    elif "token" in done:
        _keep(response, session_cookie(), done["token"], COOKIE_DAYS * 86400)
        _keep(response, "who", done["who"], COOKIE_DAYS * 86400, is_for_script=True)
        _keep(response, "lang", done["language"], COOKIE_DAYS * 86400, is_for_script=True)
        _keep(response, "tz", done["time_zone"], COOKIE_DAYS * 86400, is_for_script=True)
        _drop(response, _request_cookie())
    else:
        _drop(response, session_cookie())
        _drop(response, visit_cookie())
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _following(visit: Visit, done: Answer, following: str) -> str:
    """On the way through a code, where one wanted to go is carried along."""
    wanted = own_path(visit.form.get("next", ""))
    if "request" in done:
        return f"{following}?{urlencode({'next': wanted})}" if wanted else following
    return wanted or following


def _next(request: Request, address: str) -> Response:
    return JSONResponse({"next": address}) if _wants_json(request) else RedirectResponse(address, 303)


def _refused(request: Request, refusal: CareError, page: str) -> Response:
    if _wants_json(request):
        return problem(refusal, language_of(request.headers))
    return RedirectResponse(f"{page}?{urlencode({'refused': refusal.code})}", 303)


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def own_path(wanted: str) -> str:
    """The path if it stays on this site, else nothing."""
    return wanted if re.fullmatch(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", wanted) else ""


def _keep(response: Response, name: str, value: str, seconds: int, *, is_for_script: bool = False) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=settings().is_https, httponly=not is_for_script, samesite="lax"
    )


def _drop(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=settings().is_https, httponly=True, samesite="lax")


def _request_id(request: Request) -> str:
    held = request.cookies.get(_request_cookie(), "")
    return held if is_id(held) else ""


def _request_cookie() -> str:
    return f"{session_cookie()}-code"


SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
# Most browsers claim to be others as well; the rarer name is the true one.
BROWSERS = {
    "Edg": "Edge",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "OPR": "Opera",
}
BROWSERS |= {"CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"}


def device_of(user_agent: str) -> str:
    """A browser and a device as people call them, such as "Chrome, Android"; empty when neither is known."""
    browser = next((name for mark, name in BROWSERS.items() if f"{mark}/" in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    return ", ".join(part for part in (browser, {"Macintosh": "Mac", "CrOS": "Chromebook"}.get(system, system)) if part)


routes = [
    _form_route("register", _register, "/register", "/start"),
    _form_route("sign-in", _sign_in, "/sign-in", "/today"),
    _form_route("ask-code", _ask_code, "/code", "/code-sent"),
    _form_route("sign-in-code", _sign_in_code, "/code-sent", "/today"),
    _form_route("forgot", _forgot, "/forgot", "/new-password"),
    _form_route("reset", _reset, "/new-password", "/today"),
    _form_route("sign-out", _sign_out, "/", "/"),
]
