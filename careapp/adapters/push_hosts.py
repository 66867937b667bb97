"""Which push services may be spoken to: those of the browsers, and those that the operator adds."""

import ipaddress
import os
from functools import cache
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from careapp.settings import settings

KNOWN = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "updates.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
PROXY_VARIABLES = tuple(
    name for each in ("https_proxy", "http_proxy", "all_proxy", "no_proxy") for name in (each, each.upper())
)
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_known(endpoint: str) -> bool:
    """Whether a message may be sent there: https on the usual port of a known service, or as the operator wrote it."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or not endpoint.isascii():
        return False
    if _origin(parts) in _added_origins(settings().push_hosts):
        return True
    names = (*KNOWN, *_added_names(settings().push_hosts))
    return parts.scheme == "https" and port in (None, 443) and any(_fits(host, name) for name in names)


def is_operators(host: str) -> bool:
    """Whether this host may be in our own network: the operator named it, or it is the proxy that all goes through."""
    added = {urlsplit(each).hostname for each in _added_origins(settings().push_hosts)}
    proxies = {urlsplit(each if "//" in each else f"//{each}").hostname for each in getproxies().values()}
    return host in added | proxies or any(_fits(host, name) for name in _added_names(settings().push_hosts))


def proxy_for(endpoint: str) -> str | None:
    """The proxy that the environment names for this address (HTTPS_PROXY, HTTP_PROXY, NO_PROXY)."""
    parts = urlsplit(endpoint)
    return _proxy(parts.scheme, parts.netloc, tuple(os.environ.get(name) for name in PROXY_VARIABLES))


@cache
def _proxy(scheme: str, place: str, _environment: tuple[str | None, ...]) -> str | None:
    proxies = getproxies()
    found = proxies.get(scheme) or proxies.get("all")
    if not found or proxy_bypass(place):
        return None
    return found if "://" in found else f"http://{found}"


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet, also where IPv6 wraps an IPv4 address."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped or parsed in NAT64:
            return is_public(str(ipaddress.IPv4Address(parsed.packed[-4:])))
        if parsed.sixtofour or parsed.teredo:
            return False
    return parsed.is_global and not parsed.is_multicast


def strange(listed: str) -> list[str]:
    """The entries of CAREAPP_PUSH_HOSTS that mean nothing."""
    return [each for each in _split(listed) if each not in _added_origins(listed) and each not in _added_names(listed)]


@cache
def _added_origins(listed: str) -> frozenset[str]:
    """Those written with http:// or https://: this scheme and port, and no other."""
    parts = [urlsplit(each) for each in _split(listed)]
    return frozenset(_origin(each) for each in parts if each.scheme in ("http", "https") and each.hostname)


@cache
def _added_names(listed: str) -> tuple[str, ...]:
    """Those written as a bare name, https alone; `*.` in front means every name below it."""
    return tuple(each for each in _split(listed) if ":" not in each and "/" not in each and each.strip("*."))


def _split(listed: str) -> list[str]:
    return [each.rstrip("/") for each in listed.replace(",", " ").lower().split()]


def _fits(host: str, name: str) -> bool:
    return host.endswith(name[1:]) if name.startswith("*.") else host == name


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}".lower()
