"""A push service on this machine (RFC 8030) that believes nobody: it decrypts what it is sent with the device's own
keys (RFC 8291), checks who signed it (RFC 8292), and answers what a test tells it to."""

import base64
import json
import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import http_ece
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from careapp.clock import now

LARGEST = 4096
BASE64URL = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@dataclass(frozen=True)
class Keys:
    """A browser's side of a subscription; `told` is what it sends to Careapp."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    def told(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": _base64url(point), "auth": _base64url(self.auth)}


@dataclass(frozen=True)
class Message:
    """What arrived at a device."""

    device: str
    text: str
    headers: dict[str, str]
    claims: dict[str, Any]
    at: float

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def notification(self) -> Any:
        return self.json["notification"]


@dataclass
class Fault:
    """What is answered instead, `times` times. `status` 0 cuts the connection. `gate` holds the answer back."""

    status: int
    times: int = 1_000_000
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    gate: threading.Event | None = None


@dataclass
class PushService:
    """`messages` are those that it took, `refused` why it refused others, `asked` every request's path in order."""

    url: str = ""
    keys: dict[str, Keys] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)
    connections: int = 0
    signers: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def subscribe(self, device: str) -> dict[str, str]:
        """A new subscription under this name, as the browser tells it."""
        self.keys[device] = Keys()
        return {"endpoint": f"{self.url}/push/{device}", **self.keys[device].told()}

    def answers(self, device: str, status: int, times: int = 1_000_000, **more: Any) -> Fault:
        """From now on, to messages for this device. "*" is every device."""
        self.faults[device] = Fault(status, times, **more)
        return self.faults[device]

    def works(self, device: str = "*") -> None:
        self.faults.pop(device, None)

    def to(self, device: str) -> list[Message]:
        return [message for message in self.messages if message.device == device]

    def take(self) -> list[Message]:
        """What has arrived since this was asked before."""
        with self.lock:
            taken, self.messages = self.messages, []
        return taken


@contextmanager
def push_service() -> Iterator[PushService]:
    service = PushService()

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Connections that a test cuts are no errors."""

    class Handler(_Handler):
        pass

    Handler.service = service
    server = Server(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    service: PushService

    def setup(self) -> None:
        with self.service.lock:
            self.service.connections += 1
        super().setup()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        device = self.path.removeprefix("/push/")
        with self.service.lock:
            self.service.asked.append(self.path)
        fault = _next_fault(self.service, device)
        if fault and fault.gate:
            fault.gate.wait(30)
        if fault and fault.status == 0:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
        elif fault and fault.status != 201:
            self._answer(fault.status, fault.body, fault.headers)
        else:
            self._take(device, body)

    def do_GET(self) -> None:
        self.do_POST()

    def _take(self, device: str, body: bytes) -> None:
        try:
            message = _read(self.service, device, dict(self.headers.items()), body)
        except Refused as refused:
            self.service.refused.append(refused.why)
            self._answer(refused.status, refused.why.encode())
            return
        with self.service.lock:
            self.service.messages.append(message)
        self._answer(201, b"", {"Location": f"{self.service.url}/message/1"})

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Refused(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


def _next_fault(service: PushService, device: str) -> Fault | None:
    with service.lock:
        for name in (device, "*"):
            fault = service.faults.get(name)
            if fault and fault.times > 0:
                fault.times -= 1
                return fault
    return None


def _read(service: PushService, device: str, headers: dict[str, str], body: bytes) -> Message:
    said = {name.lower(): value for name, value in headers.items()}
    if device not in service.keys:
        raise Refused(404, "no such subscription")
    if len(body) > LARGEST:
        raise Refused(413, "too large")
    _check_headers(said)
    claims = _check_signature(service, device, said.get("authorization", ""))
    return Message(device, _decrypted(service.keys[device], body), said, claims, time.perf_counter())


def _check_headers(said: dict[str, str]) -> None:
    if not said.get("ttl", "").isdigit():
        raise Refused(400, "TTL is missing")
    if said.get("urgency", "normal") not in ("very-low", "low", "normal", "high"):
        raise Refused(400, "Urgency means nothing")
    topic = said.get("topic", "")
    if len(topic) > 32 or not set(topic) <= BASE64URL:
        raise Refused(400, "Topic is no base64url of at most 32 characters")
    if said.get("content-encoding") != "aes128gcm":
        raise Refused(415, "not aes128gcm")


def _check_signature(service: PushService, device: str, authorization: str) -> dict[str, Any]:
    """A device belongs to the first key that is seen for it, as a subscription belongs to its applicationServerKey."""
    if not authorization.lower().startswith("vapid "):
        raise Refused(401, "not signed")
    parts = dict(part.strip().split("=", 1) for part in authorization[6:].split(","))
    if service.signers.setdefault(device, parts["k"]) != parts["k"]:
        raise Refused(403, "signed by another")
    content, _, signature = parts["t"].rpartition(".")
    raw = _raw(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _raw(parts["k"]))
    try:
        numbers = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        key.verify(encode_dss_signature(*numbers), content.encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise Refused(403, "the signature is wrong") from None
    head, claims = (json.loads(_raw(part)) for part in content.split("."))
    _check_claims(service, head, claims)
    return dict(claims)


def _check_claims(service: PushService, head: dict[str, str], claims: dict[str, Any]) -> None:
    if head.get("alg") != "ES256":
        raise Refused(403, "not ES256")
    if claims.get("aud") != service.url:
        raise Refused(403, "meant for another service")
    left = claims.get("exp", 0) - now().timestamp()
    if not 0 < left <= 86400:
        raise Refused(403, "valid too long or no more")
    subject = urlsplit(str(claims.get("sub", "")))
    if subject.scheme not in ("mailto", "https"):
        raise Refused(403, "nobody to reach")


def _decrypted(keys: Keys, body: bytes) -> str:
    try:
        text: bytes = http_ece.decrypt(body, private_key=keys.private, auth_secret=keys.auth, version="aes128gcm")
    except Exception as error:
        raise Refused(400, f"cannot be decrypted: {error}") from None
    return text.decode()


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
