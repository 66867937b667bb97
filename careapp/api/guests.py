"""/guest?link=…: one request for help, for people without an account who know the PIN. Plain forms, no script.

A link that was never made, was taken back or has run out is answered alike. A device that had the PIN right keeps a
signed cookie, by which it is the same guest again.
"""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from careapp import limits
from careapp.access import Credentials
from careapp.api.guests_look import Sent, picture, title_of_page
from careapp.api.guests_style import GUEST_STYLE, GUEST_STYLE_HASH
from careapp.api.problems import answering
from careapp.api.shared_look import document, nothing
from careapp.catalogue import translate
from careapp.cookies import guest_cookie, language_of, read_cookies
from careapp.errors import CareError, Invalid, NotFound, TooMany
from careapp.guests.links import PATH
from careapp.guests.views import GuestView
from careapp.limits import Limit
from careapp.operation import QUERIES
from careapp.perform import Asked, do, read
from careapp.said import mark
from careapp.secret import id_in
from careapp.settings import settings
from careapp.threads import in_thread
from careapp.ui.el import Painting, painting
from careapp.ui.words import t

LOOKS = Limit("guest page", 240, timedelta(minutes=15))
ACTS = Limit("guest acts", 30, timedelta(hours=1))
# Six digits are guessed by chance once in 50,000 days of this.
PINS_HERE = Limit("guest pin here", 5, timedelta(minutes=15))
PINS = Limit("guest pin", 20, timedelta(days=1))
UNKNOWN = mark("This link has run out or was taken back, or is not complete. Please ask whoever sent it to you.")
TOO_OFTEN = mark("The PIN was wrong too often. Please wait a quarter of an hour and ask whoever sent you the link.")
LOCKED = mark("The PIN was wrong so often that this link is locked until tomorrow. Please ask whoever sent it to you.")
KEPT_SECONDS = 180 * 86400
FIELDS = {
    "take": ("take_as_guest", ("slot_id", "name", "contact")),
    "release": ("release_as_guest", ("why",)),
    "write": ("write_as_guest", ("name", "contact", "words")),
}
# Where our own forms come from must be told to ourselves, or they are refused as another website's; nobody else hears.
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language, Cookie",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{GUEST_STYLE_HASH}'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}


async def _look(request: Request) -> Response:
    return await _shown(request, Sent(request.query_params.get("link", "")))


async def _act(request: Request) -> Response:
    step = request.path_params["step"]
    async with request.form(max_files=0, max_fields=8, max_part_size=8192) as sent:
        form = {name: value for name, value in sent.items() if isinstance(value, str)}
    secret = form.pop("link", "")
    key = _key(request, secret)
    try:
        new_key = await in_thread("write", _done, step, secret, key, form, _address(request))
    except NotFound:
        return _back(secret)  # there it says what there is to say
    except CareError as refusal:
        return await _shown(
            request, _refused(refusal, secret, step, form, language_of(request.headers)), refusal.status
        )
    answer = _back(secret)
    if new_key:
        name, is_https = guest_cookie(id_in(secret)), settings().is_https
        answer.set_cookie(name, new_key, max_age=KEPT_SECONDS, path="/", secure=is_https, httponly=True, samesite="lax")
    return answer


def _done(step: str, secret: str, key: str, form: Mapping[str, str], address: str) -> str:
    """Do what a form asks for; what the device keeps from now on, where that is new."""
    limits.take(LOOKS, address)
    if step == "pin":
        return _let_in(secret, form.get("pin", ""), address)
    if step not in FIELDS or not key:
        raise NotFound
    limits.take(ACTS, address)
    operation, names = FIELDS[step]
    said = {name: form[name] for name in names if name in form}
    do(Asked(f"guests.{operation}", {"link": secret, "key": key, **said}), Credentials())
    return ""


def _let_in(secret: str, pin: str, address: str) -> str:
    """Every try counts, from one place and for the link as a whole, but those that are right."""
    link_id = id_in(secret)
    _count(PINS_HERE, TOO_OFTEN, link_id, address)
    _count(PINS, LOCKED, link_id)
    key: str = do(Asked("guests.enter_pin", {"link": secret, "pin": pin[:20]}), Credentials())["key"]
    limits.give_back(PINS_HERE, link_id, address)
    limits.give_back(PINS, link_id)
    return key


def _count(limit: Limit, words: str, *whom: str) -> None:
    try:
        limits.take(limit, *whom)
    except TooMany as reached:
        raise TooMany(words, reached.retry_after) from None


def _refused(refusal: CareError, secret: str, step: str, form: Mapping[str, str], language: str) -> Sent:
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    words = "" if fields else translate(language, refusal.words, **refusal.params)
    return Sent(secret, step, form, words, {name: translate(language, each) for name, each in fields.items()})


async def _shown(request: Request, sent: Sent, status: int = 200) -> Response:
    language = language_of(request.headers)
    try:
        view = await in_thread("read", _view, sent.secret, _key(request, sent.secret), language, _address(request))
    except CareError as refusal:
        words = UNKNOWN if refusal.status == NotFound.status else refusal.words
        with painting(Painting(language)):
            page = document(language, str(t("This link shows nothing")), "", nothing(words), GUEST_STYLE)
        return HTMLResponse(page, refusal.status, HEADERS)
    with painting(Painting(language, request.cookies.get("tz", ""))):
        page = document(language, title_of_page(view), "", picture(view, sent), GUEST_STYLE)
    return HTMLResponse(page, status, HEADERS)


def _view(secret: str, key: str, language: str, address: str) -> GuestView:
    limits.take(LOOKS, address)
    asked = {"link": secret, "key": key, "language": language}
    view: GuestView = read(QUERIES["guests.guest"], Credentials(), "", asked)
    return view


def _back(secret: str) -> Response:
    return RedirectResponse(f"{PATH}?{urlencode({'link': secret})}", 303, HEADERS)


def _key(request: Request, secret: str) -> str:
    link_id = id_in(secret)
    return read_cookies(request.headers.get("cookie", "")).get(guest_cookie(link_id), "") if link_id else ""


def _address(request: Request) -> str:
    return str(request.scope.get("careapp.address", ""))


routes = [
    Route(PATH, answering(_look), methods=["GET"]),
    Route(PATH + "/{step}", answering(_act), methods=["POST"]),
]
