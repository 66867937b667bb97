"""Fetching an address that somebody typed: what lies on the open internet, bounded, never anything of this network."""

import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from careapp.adapters import fetch as fetching
from careapp.adapters.fetch import MOST_BYTES, Fetched, Way, fetch, is_fetchable
from careapp.clock import now

CALENDAR = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
asked: list[str] = []


class Theirs(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked.append(self.path)
        match self.path.split("?")[0]:
            case "/calendar" if self.headers.get("If-None-Match") == '"1"':
                self._say(304)
            case "/calendar":
                self._say(200, CALENDAR.encode(), ETag='"1"')
            case "/moved":
                self._say(302, Location="/calendar")
            case "/inside":
                self._say(302, Location="https://127.0.0.1:1/secret")
            case "/plain":
                self._say(302, Location="http://localhost/secret")
            case "/round":
                self._say(302, Location="/round")
            case "/large":
                self._say(200, b"x" * (MOST_BYTES + 1))
            case "/packed":
                self._say(200, b"x", **{"Content-Encoding": "gzip"})
            case "/slow":
                threading.Event().wait(5)
            case "/private":
                self._say(401)
            case _:
                self._say(404)

    def _say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Way]]:
    """Somebody's server: its start of addresses, and a way on which it counts as public and its certificate is good."""
    paper = certificate(tmp_path_factory.mktemp("paper"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Theirs)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    trusting = ssl.create_default_context(cafile=str(paper))
    yield f"https://localhost:{server.server_port}", Way(lambda host: host == "localhost", trusting)
    server.shutdown()


def certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    raw = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "paper.pem").write_bytes(raw + made.public_bytes(serialization.Encoding.PEM))
    return folder / "paper.pem"


def test_a_calendar_is_fetched_also_where_it_moved_to_and_not_again_while_it_is_the_same(
    theirs: tuple[str, Way],
) -> None:
    start, way = theirs

    assert fetch(f"{start}/calendar", way=way) == Fetched(CALENDAR, '"1"')
    assert fetch(f"{start}/moved", way=way).text == CALENDAR
    assert fetch(f"{start}/calendar", '"1"', way) == Fetched(is_unchanged=True)


@pytest.mark.parametrize("path", ["/inside", "/plain", "/round", "/large", "/packed", "/private", "/nowhere"])
def test_what_cannot_be_had_is_said_in_words(theirs: tuple[str, Way], path: str) -> None:
    start, way = theirs
    asked.clear()

    found = fetch(f"{start}{path}", way=way)

    assert (found.text, bool(found.problem)) == ("", True)
    assert "/secret" not in asked
    assert len(asked) == (4 if path == "/round" else 1)


def test_whoever_answers_too_slowly_is_left(theirs: tuple[str, Way], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "ALL_SECONDS", 0.5)

    assert "too long" in (fetch(f"{theirs[0]}/slow", way=theirs[1]).problem or "")


def test_a_name_that_resolves_into_this_network_is_not_asked(theirs: tuple[str, Way]) -> None:
    start, way = theirs
    asked.clear()

    found = fetch(f"{start}/calendar", way=Way(context=way.context))

    assert found.problem
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.ics",
        "file:///etc/passwd",
        "https://",
        "https://tom:secret@example.org/a.ics",
        "https://127.0.0.1/a.ics",
        "https://10.0.0.1/a.ics",
        "https://169.254.169.254/latest",
        "https://[::1]/a.ics",
        "https://[::ffff:10.0.0.1]/a.ics",
        "https://[fe80::1%25eth0]/a.ics",
        "https://[broken/a.ics",
    ],
)
def test_addresses_that_are_never_asked(address: str) -> None:
    assert not is_fetchable(address)
    assert fetch(address).problem


@pytest.mark.parametrize("address", ["https://2130706433/", "https://127.1/", "https://0x7f.1/", "https://0/"])
def test_numbers_in_other_clothes_lead_nowhere_either(address: str) -> None:
    assert fetch(address).problem


def test_addresses_of_calendars_are_asked() -> None:
    assert is_fetchable("https://calendar.google.com/calendar/ical/x/private-1/basic.ics")
