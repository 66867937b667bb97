"""A push service in a process of its own that takes everything and remembers when. It speaks https, as all do.

It decrypts nothing, so that it costs the machine little; that what is sent is right, the tests show.
"""

import asyncio
import ipaddress
import json
import os
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from careapp.clock import now

TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nLocation: /message\r\n\r\n"
TIMES = "/times"


@dataclass(frozen=True)
class Endpoint:
    """The service as others see it. Times are of the clock that all processes share (CLOCK_MONOTONIC)."""

    url: str

    def times(self) -> list[float]:
        """When each message since the last asking had arrived whole, in order."""
        with urllib.request.urlopen(self.url + TIMES, timeout=10) as answer:
            return sorted(json.loads(answer.read()))

    def await_messages(self, count: int, patience: float = 120) -> list[float]:
        found: list[float] = []
        until = time.monotonic() + patience
        while len(found) < count:
            if time.monotonic() > until:
                raise RuntimeError(f"{len(found)} of {count} messages have arrived.")
            time.sleep(0.02)
            found += self.times()
        return sorted(found)


@contextmanager
def endpoint(folder: Path) -> Iterator[Endpoint]:
    """Serve while inside; this process and those it starts trust its certificate."""
    certificate = folder / "push.pem"
    certificate.write_bytes(_certificate())
    os.environ["SSL_CERT_FILE"] = os.environ["REQUESTS_CA_BUNDLE"] = str(certificate)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.push_endpoint", certificate], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        yield Endpoint(f"https://127.0.0.1:{int(process.stdout.readline())}")
    finally:
        process.terminate()
        process.wait(10)


def _certificate() -> bytes:
    """The key and what it signs of itself, for a day."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bench")])
    places = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(hours=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(places, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + signed.public_bytes(Encoding.PEM)


class _Connection(asyncio.Protocol):
    times: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.read = transport, b""

    def data_received(self, data: bytes) -> None:
        self.read += data
        while b"\r\n\r\n" in self.read:
            head, _, rest = self.read.partition(b"\r\n\r\n")
            length = _length(head)
            if len(rest) < length:
                return
            self.read = rest[length:]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        if not head.startswith(f"GET {TIMES}".encode()):
            _Connection.times.append(time.monotonic())
            self.transport.write(TAKEN)  # type: ignore[attr-defined]
            return
        said, _Connection.times = json.dumps(_Connection.times).encode(), []
        length = f"Content-Length: {len(said)}".encode()
        self.transport.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + length + b"\r\n\r\n" + said)  # type: ignore[attr-defined]


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


async def _serve(certificate: str) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", 0, backlog=512, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
