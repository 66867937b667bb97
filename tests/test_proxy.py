"""Careapp behind Caddy with https, as docs/operating.md tells: pages, cookies, writes, websockets and live changes."""

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from careapp.ids import new_id
from tests.servers import free_port, running, seed, wait_until

pytestmark = [
    pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed"),
]
CADDYFILE = """
{{
    admin off
    storage file_system {folder}
    auto_https disable_redirects
    skip_install_trust
    grace_period 1s
}}
localhost:{port} {{
    tls internal
    reverse_proxy 127.0.0.1:{behind} {{
        flush_interval -1
    }}
}}
"""
COOKIE = "__Host-careapp=token-of-tom"


class Front:
    """The way in through Caddy, trusting only Caddy's own authority."""

    def __init__(self, port: int, authority: Path) -> None:
        self.url, self.port = f"https://localhost:{port}", port
        self.trust = ssl.create_default_context(cafile=str(authority))

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=20, context=self.trust)
        connection.request(method, path, body or None, {"Cookie": COOKIE, "Origin": self.url, **headers})
        return connection.getresponse()

    def write(self, text: str) -> http.client.HTTPResponse:
        body = {"op_id": new_id(), "site": "rose", "command": {"text": text}}
        return self.ask("POST", "/api/do/journal.post_update", json.dumps(body))


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("proxy")
    port, behind = free_port(), free_port()
    (folder / "Caddyfile").write_text(CADDYFILE.format(folder=folder / "caddy", port=port, behind=behind))
    with running(seed(folder / "data"), behind, CAREAPP_URL=f"https://localhost:{port}"):
        with (folder / "caddy.log").open("wb") as log:
            caddy = subprocess.Popen(["caddy", "run", "--config", folder / "Caddyfile"], stdout=log, stderr=log)
        try:
            authority = folder / "caddy/pki/authorities/local/root.crt"
            wait_until(authority.exists)
            front = Front(port, authority)
            wait_until(lambda: _is_up(front))
            yield front
        finally:
            caddy.terminate()
            caddy.wait(20)


def test_pages_come_with_rules_for_https(front: Front) -> None:
    answer = front.ask("GET", "/", Cookie="")

    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"]
    assert f"wss://localhost:{front.port}" in answer.headers["Content-Security-Policy"]


def test_a_write_is_known_by_the_https_cookie(front: Front) -> None:
    assert front.write("From behind the proxy.").status == 200
    assert front.ask("POST", "/api/do/journal.post_update", "{}", Cookie="careapp=token-of-tom").status in (401, 422)
    assert front.ask("POST", "/api/do/journal.post_update", "{}", Origin="https://evil.example").status == 403


def test_an_open_page_has_its_websocket(front: Front) -> None:
    """The handshake of RFC 6455 by hand, until the first frame says hello."""
    handshake = [
        f"GET /_event/?EIO=4&transport=websocket&token={new_id()} HTTP/1.1",
        f"Host: localhost:{front.port}",
        f"Origin: {front.url}",
        f"Cookie: {COOKIE}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    with socket.create_connection(("localhost", front.port), 10) as plain:
        line = front.trust.wrap_socket(plain, server_hostname="localhost")
        line.sendall("\r\n".join([*handshake, "", ""]).encode())
        said = line.recv(4096)
        while b'"sid"' not in said and (more := line.recv(4096)):
            said += more

    assert said.startswith(b"HTTP/1.1 101")
    assert b'"sid"' in said


def test_a_change_is_told_at_once(front: Front) -> None:
    stream = front.ask("GET", "/api/sites/rose/changes", Accept="text/event-stream")
    assert (stream.status, stream.headers["Content-Type"].split(";")[0]) == (200, "text/event-stream")
    before = _next_counter(stream)

    began = time.monotonic()
    assert front.write("Someone else's page shows this.").status == 200

    assert _next_counter(stream) > before
    assert time.monotonic() - began < 5
    stream.close()


def _next_counter(stream: http.client.HTTPResponse) -> int:
    while line := stream.readline():
        if line.startswith(b"data:"):
            return int(json.loads(line[5:])["counter"])
    raise AssertionError("The stream ended.")


def _is_up(front: Front) -> bool:
    try:
        return front.ask("GET", "/api/health").status == 200
    except OSError:
        return False
