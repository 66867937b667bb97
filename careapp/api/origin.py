"""Whether a request comes from our own pages, and not from another website in the same browser."""

import ipaddress
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from careapp.settings import settings

HARMLESS = ("GET", "HEAD", "OPTIONS")


def is_own_request(method: str, headers: Mapping[str, str]) -> bool:
    """A request that changes something says where it comes from: by Origin, or where there is none, Sec-Fetch-Site."""
    if method in HARMLESS:
        return True
    if "origin" in headers:
        return is_own_origin(headers["origin"], headers.get("host", ""))
    return headers.get("sec-fetch-site") == "same-origin"


def is_own_origin(origin: str, host: str) -> bool:
    """Ours is the public address; with CAREAPP_ALLOW_HTTP_LAN also the private address that the phone typed."""
    if origin in own_origins(settings().public_url):
        return True
    return settings().allow_http_lan and origin == f"http://{host}" and _is_private(host)


@cache
def own_origins(public_url: str) -> tuple[str, ...]:
    """The public address, and where that is this machine's localhost, its other spellings."""
    url = urlsplit(public_url)
    if url.hostname != "localhost":
        return (public_url,)
    return tuple(public_url.replace("localhost", name, 1) for name in ("localhost", "127.0.0.1", "[::1]"))


def _is_private(host: str) -> bool:
    """Only numbers of a private network and .local names: other names could be pointed here by anyone."""
    name = urlsplit(f"//{host}").hostname or ""
    if name.endswith(".local"):
        return True
    try:
        return ipaddress.ip_address(name).is_private
    except ValueError:
        return False
