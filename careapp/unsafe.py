"""Ways to start that would put people's data at risk, and what to set instead."""

import ipaddress
import socket
from urllib.parse import urlsplit

from reflex_base.config import get_config

from careapp.settings import Settings


class Unsafe(Exception):
    """Careapp does not start like this; the words say what to set instead."""


def refuse_what_is_unsafe(asked: Settings) -> None:
    _refuse_a_strange_url(asked)
    _refuse_plain_http_outside(asked)
    _refuse_other_origins()
    if asked.workers > 1 and (asked.is_embedded or not asked.redis_url):
        raise Unsafe(
            "CAREAPP_WORKERS above 1 needs CAREAPP_DATABASE_URL (PostgreSQL) and CAREAPP_REDIS_URL: "
            "SQLite belongs to one process, and pages must find their state in every worker."
        )


def refuse_a_port_in_use(asked: Settings) -> None:
    """Workers share their port with each other, so the system alone would let a second server in quietly."""
    family = socket.AF_INET6 if ":" in asked.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((asked.host, asked.port))
        except OSError as error:
            raise Unsafe(f"Port {asked.port} cannot be used ({error.strerror}). Try: make run PORT=8001") from None


def _refuse_a_strange_url(asked: Settings) -> None:
    url = urlsplit(asked.public_url)
    if url.scheme not in ("http", "https") or not url.hostname or "*" in url.netloc or url.path or url.query:
        raise Unsafe(f"CAREAPP_URL must be an address such as https://care.example.org, not {asked.url!r}.")


def _refuse_plain_http_outside(asked: Settings) -> None:
    is_open = not (_is_loopback(asked.host) and _is_loopback(urlsplit(asked.public_url).hostname or ""))
    if is_open and not asked.is_https and not asked.allow_http_lan:
        raise Unsafe(
            f"Serving {asked.public_url} from {asked.host} without https would send passwords and health data in the "
            "clear. Set CAREAPP_URL to an https address (docs/operating.md shows Caddy), or CAREAPP_ALLOW_HTTP_LAN=1 "
            "to try it with a phone in your own network."
        )
    if not _is_loopback(asked.host) and _is_loopback(urlsplit(asked.public_url).hostname or ""):
        raise Unsafe(
            "Set CAREAPP_URL to the address that phones will type, such as http://192.168.1.20:8000: "
            "pages opened at any other address are refused as another website's."
        )


def _refuse_other_origins() -> None:
    if "*" in get_config().cors_allowed_origins:
        raise Unsafe("Any website could act for a signed-in person: remove * from REFLEX_CORS_ALLOWED_ORIGINS.")


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
