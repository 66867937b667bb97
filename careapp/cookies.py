"""What the browser keeps for us, and how it is read back."""

from http.cookies import CookieError, SimpleCookie

from careapp.access import Credentials
from careapp.settings import settings


def session_cookie() -> str:
    """`__Host-` binds the cookie to this host over https; plain http on localhost cannot carry that prefix."""
    return "__Host-careapp" if settings().is_https else "careapp"


def visit_cookie() -> str:
    return "__Host-careapp-visit" if settings().is_https else "careapp-visit"


def credentials_of(header: str) -> Credentials:
    """What a Cookie header shows of who asks."""
    cookies = read_cookies(header)
    return Credentials(session=cookies.get(session_cookie(), ""), visit=cookies.get(visit_cookie(), ""))


def read_cookies(header: str) -> dict[str, str]:
    """Name to value; a header that cannot be read holds nothing."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
