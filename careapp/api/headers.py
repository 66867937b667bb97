"""What every answer says to the browser about how it may be used."""

from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders

from careapp.adapters import storage
from careapp.api.origin import own_origins
from careapp.settings import settings

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), browsing-topics=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
# The one page that shows a picture of the camera. Files are picked, or taken by the phone's own camera, without this.
CAMERA = "/video-check"
WITH_CAMERA = ALWAYS["Permissions-Policy"].replace("camera=(), microphone=()", "camera=(self), microphone=(self)")
HSTS = "max-age=63072000"
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

# Files other than pages: the service worker is one, and may fetch.
FILE_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"

PRIVATE = ("/api/", "/auth/", "/media/", "/_event")
# The page that is shown where there is none.
NO_PAGE = "/404"
# Their names change with their content.
HASHED = ("/assets/", "/fonts/")


def page_policy(scripts: Iterable[str], styles: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of pages. `scripts` and `styles` are the sources of what stands inline in them."""
    parts = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *sorted(scripts)]),
        "style-src": " ".join(["'self'", *sorted(styles)]),
        "img-src": f"'self' blob: data: {storage.origin()}".rstrip(),
        "media-src": f"'self' blob: {storage.origin()}".rstrip(),
        "connect-src": " ".join(["'self'", *_sockets()]),
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in parts.items())


class Policies:
    """Which Content-Security-Policy goes with which answer. Each page allows its own inline scripts only."""

    def __init__(self, scripts: Mapping[str, Iterable[str]], styles: Collection[str] = ()) -> None:
        self._pages = {route: page_policy(sources, styles) for route, sources in scripts.items()}
        self._other = self._pages.get(NO_PAGE) or page_policy(())

    def of(self, path: str, content_type: str) -> str:
        if path.startswith(PRIVATE):
            return DATA_POLICY
        if content_type.startswith("text/html"):
            return self._pages.get(path.removesuffix("index.html").rstrip("/") or "/", self._other)
        return FILE_POLICY


def add_headers(headers: MutableHeaders, path: str, status: int, policies: Policies) -> None:
    """What an answer already says about itself stays, so that a route can be stricter."""
    if path.removesuffix("index.html").rstrip("/") == CAMERA:
        headers.setdefault("Permissions-Policy", WITH_CAMERA)
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    if settings().is_https:
        headers.setdefault("Strict-Transport-Security", HSTS)
    headers.setdefault("Content-Security-Policy", policies.of(path, headers.get("content-type", "")))
    headers.setdefault("Cache-Control", _caching(path, status))


def _caching(path: str, status: int) -> str:
    if path.startswith(PRIVATE):
        return "private, no-store"
    if path.startswith(HASHED) and status in (200, 206, 304):
        return "public, max-age=31536000, immutable"
    return "no-cache"


def _sockets() -> list[str]:
    """The websocket's addresses in full, as not every browser counts them as 'self'. CSP has no words for IPv6."""
    if settings().allow_http_lan:
        return ["ws:"]
    origins = [origin for origin in own_origins(settings().public_url) if "[" not in origin]
    return [urlsplit(origin)._replace(scheme=_socket_scheme()).geturl() for origin in origins]


def _socket_scheme() -> str:
    return "wss" if settings().is_https else "ws"
