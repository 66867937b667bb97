"""What the browser keeps for us, and how it is read back."""

import re
from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import cookie_parser
from starlette.responses import Response

from careapp.access import Credentials
from careapp.catalogue import LANGUAGES, best_language
from careapp.settings import settings

# Browsers keep no cookie longer; the session itself ends after 90 days without use.
KEPT_SECONDS = 400 * 86400


def session_cookie() -> str:
    """`__Host-` binds the cookie to this host over https; plain http on localhost cannot carry that prefix."""
    return "__Host-careapp" if settings().is_https else "careapp"


def visit_cookie() -> str:
    return "__Host-careapp-visit" if settings().is_https else "careapp-visit"


def guest_cookie(link_id: str) -> str:
    """Each guest link has its own, as one phone may have several."""
    return f"{session_cookie()}-guest-{link_id}"


def keep(
    response: Response, name: str, value: str, seconds: int = KEPT_SECONDS, *, is_for_script: bool = False
) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=settings().is_https, httponly=not is_for_script, samesite="lax"
    )


def keep_signed_in(response: Response, session: str, who: str) -> None:
    """`who` is for the page's script: by it a device knows whose words it keeps."""
    keep(response, session_cookie(), session)
    keep(response, "who", who, is_for_script=True)


def credentials_of(header: str) -> Credentials:
    """What a Cookie header shows of who asks."""
    cookies = read_cookies(header)
    session, visit = cookies.get(session_cookie(), ""), cookies.get(visit_cookie(), "")
    return Credentials(_plain(session), _plain(visit))


def reader_of(headers: Mapping[str, str]) -> Credentials:
    """The same of who reads a page, and in which language."""
    return replace(credentials_of(headers.get("cookie", "")), language=language_of(headers))


def language_of(headers: Mapping[str, str]) -> str:
    """What the person chose, as their browser remembers it, else what the browser asks for."""
    chosen = read_cookies(headers.get("cookie", "")).get("lang", "")
    return chosen if chosen in LANGUAGES else best_language(headers.get("accept-language", ""))


def read_cookies(header: str) -> dict[str, str]:
    """Name to value, pair by pair: what another program left under this host cannot hide ours."""
    return cookie_parser(header)


def _plain(value: str) -> str:
    """What we gave out has only such signs; anything else is not ours, and some of it would not survive comparing."""
    return value if re.fullmatch(r"[\w.-]{1,128}", value, re.ASCII) else ""
