"""Who we are to push services (RFC 8292): a signed statement for each of them, and an address where we are reached."""

import ipaddress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from py_vapid import Vapid02

from careapp.clock import now
from careapp.secret import vapid_private_key
from careapp.settings import settings

VALID = timedelta(hours=12)
REST = timedelta(hours=1)
NOT_REACHABLE = ("localhost", "local", "internal", "lan", "home", "test", "invalid", "example")


@dataclass
class Signature:
    """Signs once for each push service and keeps that while it holds; a change of the contact makes it anew."""

    _kept: dict[tuple[str, str], tuple[datetime, str]] = field(default_factory=dict)

    def header(self, endpoint: str) -> dict[str, str]:
        parts = urlsplit(endpoint)
        audience, subject = f"{parts.scheme}://{parts.netloc}", contact()
        until, said = self._kept.get((audience, subject), (now(), ""))
        if until - now() < REST or until - now() > VALID:
            until, said = now() + VALID, _signed(audience, subject, now() + VALID)
            self._kept[audience, subject] = until, said
        return {"Authorization": said}


def _signed(audience: str, subject: str, until: datetime) -> str:
    claims = {"aud": audience, "sub": subject, "exp": int(until.timestamp())}
    return str(Vapid02(vapid_private_key()).sign(claims)["Authorization"])


def contact() -> str:
    """Where a push service reaches who runs this: what the operator set, else the public address, as an address of mail
    or of the web."""
    said = settings().contact.strip() or parseaddr(settings().mail_from)[1]
    if not said:
        return settings().public_url if settings().is_https else f"mailto:careapp@{_host(settings().public_url)}"
    return said if said.startswith(("https://", "mailto:")) else f"mailto:{said}"


def contact_problem() -> str:
    """Why a push service may refuse us by this address, and what to set; empty when it will not. Apple checks it."""
    said = contact()
    address = said.removeprefix("mailto:")
    is_mail = said.startswith("mailto:")
    if is_mail and (parseaddr(address)[1] != address or address.count("@") != 1 or " " in address):
        return f"{address!r} is no plain e-mail address. Set CAREAPP_CONTACT to one, such as you@example.org"
    host = address.rpartition("@")[2] if is_mail else _host(said)
    if not _is_reachable(host):
        return (
            f"{host} cannot be reached from outside, and Apple refuses that. Set CAREAPP_CONTACT to your e-mail address"
        )
    return ""


def _is_reachable(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and host.rpartition(".")[2] not in NOT_REACHABLE


def _host(url: str) -> str:
    return urlsplit(url).hostname or "localhost"
