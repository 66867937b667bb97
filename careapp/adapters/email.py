"""E-mail out of the house: by SMTP, or where no server is set, into a folder that the operator can read."""

import asyncio
import os
import ssl
from dataclasses import dataclass
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, formataddr
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from careapp.clock import now
from careapp.settings import settings

SECONDS = 30


@dataclass(frozen=True)
class Mail:
    """One message. `id` stays the same when it has to be sent again, so that mailboxes can drop the double.
    `unsubscribe` is an address where one POST ends letters of this kind (RFC 8058)."""

    id: str
    to: str
    subject: str
    text: str
    html: str
    unsubscribe: str = ""


def deliver(mail: Mail) -> None:
    """Hand the message over. Raises when the server is not there or does not take it."""
    message = _message(mail)
    if settings().smtp_url:
        asyncio.run(_send(message, urlsplit(settings().smtp_url)))
    else:
        _keep(message, mail.id)


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender()
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{mail.id}@{_host()}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


class _Whole(UnstructuredHeader, BaseHeader):
    """An address in one piece: the library would put a long one into an encoding that no mail program undoes there."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Whole)
_POLICY = SMTP.clone(header_factory=_HEADERS)


def sender() -> str:
    return settings().mail_from or formataddr(("Careapp", f"careapp@{_host()}"))


def _host() -> str:
    return urlsplit(settings().public_url).hostname or "localhost"


async def _send(message: EmailMessage, server: SplitResult) -> None:
    """smtps:// is TLS from the start; smtp:// turns it on, and must when there is a password to protect."""
    await aiosmtplib.send(
        message,
        hostname=server.hostname,
        port=server.port,
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=server.scheme == "smtps",
        start_tls=_start_tls(server),
        tls_context=ssl.create_default_context(),
        timeout=SECONDS,
    )


def _start_tls(server: SplitResult) -> bool | None:
    """None: when the server offers it."""
    if server.scheme == "smtps":
        return False
    return True if server.username and server.hostname not in ("localhost", "127.0.0.1") else None


def _keep(message: EmailMessage, name: str) -> None:
    """One file a message, there whole or not at all; sending it again writes the same file."""
    folder = settings().mail_folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f".{name}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / f"{name}.eml")
