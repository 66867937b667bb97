"""A large file whose way is cut, by a lost connection and by a restarted server: it goes on, and arrives as it was."""

import http.client
import os
import random
import signal
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest

from careapp import build
from careapp.ids import new_id
from tests.servers import Running, free_port, is_answering, seed, start, stop, wait_until

SIZE = 12_000_001
CUTS = (0, SIZE // 100, SIZE // 2, SIZE * 99 // 100)
PIECE = 64 * 1024


def a_file() -> bytes:
    """It begins as a video does; the rest is noise."""
    return b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + random.Random(4).randbytes(SIZE - 20)


@dataclass
class Sender:
    """Tom's phone, over real connections."""

    server: Running
    media_id: str
    content: bytes

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": "careapp=token-of-tom", "Tus-Resumable": "1.0.0", "Origin": self.server.url}

    def create(self) -> None:
        told = {"filename": "garden.mov", "media": self.media_id, "site": "rose"}
        metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in told.items())
        asked = {"Upload-Length": str(len(self.content)), "Upload-Metadata": metadata}
        assert self._ask("POST", "/api/uploads", asked)[0] == 201

    def offset(self) -> int:
        status, headers = self._ask("HEAD", f"/api/uploads/{self.media_id}", {})
        assert status == 200
        return int(headers["Upload-Offset"])

    def send(self, until: int, cut: Callable[[], None] | None = None) -> int:
        """Send from where the server is; at the byte `until` the way is cut. The status of a whole answer, else 0."""
        at = self.offset()
        connection = self._connected()
        connection.putrequest("PATCH", f"/api/uploads/{self.media_id}")
        asked = {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
        for name, value in {**self.headers, **asked, "Content-Length": str(len(self.content) - at)}.items():
            connection.putheader(name, value)
        connection.endheaders()
        try:
            while at < until:
                connection.send(self.content[at : min(at + PIECE, until)])
                at = min(at + PIECE, until)
        except (BrokenPipeError, ConnectionResetError):
            return HTTPStatus.LOCKED  # the server has not let go of the attempt before
        if cut is None:
            return connection.getresponse().status
        cut()
        connection.close()
        return 0

    def _ask(self, method: str, path: str, headers: dict[str, str]) -> tuple[int, http.client.HTTPMessage]:
        connection = self._connected()
        connection.request(method, path, headers={**self.headers, **headers})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers

    def _connected(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)


def started(data: Path, port: int) -> Running:
    server = start(data, port)
    wait_until(lambda: is_answering(server), server)
    return server


def arrived(data: Path, media_id: str) -> bytes:
    """What lies in the storage of it."""
    (stored,) = data.glob(f"**/{media_id}/original")
    return stored.read_bytes()


@pytest.mark.parametrize("way", ["a lost connection", "a restart"])
def test_a_cut_upload_goes_on_and_arrives_as_it_was(tmp_path: Path, way: str) -> None:
    data, content, media_id = seed(tmp_path / "data"), a_file(), new_id()
    build.ensure()
    sender = Sender(started(data, free_port()), media_id, content)

    def restart() -> None:
        os.killpg(sender.server.process.pid, signal.SIGKILL)
        sender.server.process.wait(30)
        sender.server = started(data, sender.server.port)

    try:
        sender.create()
        for cut in CUTS:
            before = sender.offset()
            wait_until(lambda cut=cut: sender.send(cut, restart if way == "a restart" else lambda: None) == 0)
            assert before <= sender.offset() <= cut
        wait_until(lambda: sender.offset() > CUTS[2])  # what had come is kept
        wait_until(lambda: sender.send(len(content)) == 204)
        assert arrived(data, media_id) == content
    finally:
        stop(sender.server)
