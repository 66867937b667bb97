"""A small HTTP server that speaks the door and tus, remembers what it was told, and can fail on demand."""

import base64
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

TYPES = {".js": "text/javascript", ".html": "text/html; charset=utf-8", ".css": "text/css", ".json": "application/json"}
Answer = tuple[int, dict[str, Any]]


class FakeServer:
    """Serves `files` by path. `refuse` may answer a command in place of success; `commands` is what took effect."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.kinds: dict[str, str] = {}
        self.lock = threading.Lock()
        self.commands: list[dict[str, Any]] = []
        self.arrivals: list[str] = []
        self.answers: dict[str, Answer] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self.views: dict[str, Answer] = {}
        self.view_reads: list[str] = []
        self.posted: list[tuple[str, Any]] = []
        self.refuse: Callable[[dict[str, Any]], Answer | None] = lambda command: None
        self.lose_answers = 0
        self.refuses_with: dict[str, str] = {}
        self.cut_uploads_at: list[int] = []
        self.until_cut: Callable[[], object] = lambda: None
        self.slow_patches = 0.0
        self.counter: int | None = 0
        self.gone = "not_found"
        self.unfollowed: Answer | None = None
        self.followed = 0
        self.connections: set[socket.socket] = set()
        self.port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self.http = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """As if the machine were gone: nothing listens any more."""
        self.http.shutdown()
        self.http.server_close()
        for connection in tuple(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def texts(self) -> list[str]:
        return [command["command"].get("text", "") for command in self.commands]

    def until(self, is_so: Callable[[], bool], seconds: float = 15) -> None:
        """Wait for a condition; fails with what has arrived so far."""
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, (self.commands, self.arrivals)
            time.sleep(0.02)

    def perform(self, operation: str, body: dict[str, Any]) -> Answer:
        with self.lock:
            self.arrivals.append(body["op_id"])
            if body["op_id"] in self.answers:
                return self.answers[body["op_id"]]
            refused = self.refuse({"operation": operation, **body})
            if refused:
                return refused
            self.commands.append({"operation": operation, **body})
            answer = (200, {"answer": {"id": f"made-{len(self.commands)}"}})
            self.answers[body["op_id"]] = answer
            return answer


def _kept(path: str) -> str:
    return "private, max-age=31536000, immutable" if path.startswith("/media/") else "no-cache"


def _handler(fake: FakeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            fake.connections.add(self.connection)

        def finish(self) -> None:
            fake.connections.discard(self.connection)
            with suppress(OSError):
                super().finish()

        def do_POST(self) -> None:
            body = self._body()
            if self.path == "/api/uploads":
                self._create()
            elif self.path.startswith("/api/do/"):
                self._do(json.loads(body))
            else:
                fake.posted.append((self.path, json.loads(body or b"null")))
                if self.path == "/api/forget":
                    self._plain(204, {"Clear-Site-Data": '"cache"'})
                else:
                    self._json(*fake.views.get(f"POST {self.path}", (404, {"code": "not_found"})))

        def _do(self, body: dict[str, Any]) -> None:
            status, answer = fake.perform(self.path.rpartition("/")[2], body)
            if fake.lose_answers and status == 200:
                fake.lose_answers -= 1
                self.close_connection = True
                return
            self._json(status, answer)

        def _create(self) -> None:
            pairs = dict(pair.split(" ") for pair in self.headers["Upload-Metadata"].split(","))
            told = {name: base64.b64decode(value).decode() for name, value in pairs.items()}
            length = int(self.headers["Upload-Length"])
            fake.uploads.setdefault(told["media"], {"told": told, "length": length, "bytes": b"", "is_gone": False})
            self._plain(201, {"Location": f"/api/uploads/{told['media']}"})

        def do_HEAD(self) -> None:
            if self.path.startswith("/media/"):
                return self._plain(200 if self.path in fake.files else 404, {})
            upload = fake.uploads[self.path.rpartition("/")[2]]
            return self._plain(200, {"Upload-Offset": str(len(upload["bytes"]))})

        def do_PATCH(self) -> None:
            upload = fake.uploads[self.path.rpartition("/")[2]]
            left, read = int(self.headers["Content-Length"]), b""
            limit = fake.cut_uploads_at[0] - len(upload["bytes"]) if fake.cut_uploads_at else left
            if fake.slow_patches:
                time.sleep(fake.slow_patches)
            while len(read) < min(left, limit):
                read += self.rfile.read(min(16384, min(left, limit) - len(read)))
            assert int(self.headers["Upload-Offset"]) == len(upload["bytes"])
            upload["bytes"] += read
            if limit < left:
                fake.cut_uploads_at.pop(0)
                fake.until_cut()
                self.close_connection = True
                self.connection.close()
                return
            self._plain(204, {"Upload-Offset": str(len(upload["bytes"]))})

        def do_DELETE(self) -> None:
            fake.uploads[self.path.rpartition("/")[2]]["is_gone"] = True
            self._plain(204, {})

        def do_GET(self) -> None:
            if self.path.endswith("/changes"):
                fake.followed += 1
                return self._json(*fake.unfollowed) if fake.unfollowed else self._follow()
            if self.path.startswith("/api/view/"):
                fake.view_reads.append(self.path)
                return self._json(*fake.views.get(self.path, (404, {"code": "not_found"})))
            path = self.path.partition("?")[0]
            found = fake.files.get(path) or fake.files.get(f"{path.rstrip('/')}/index.html")
            if found is None:
                return self._json(404, {"code": "not_found"})
            kind = fake.kinds.get(path) or TYPES.get(Path(path).suffix, TYPES[".html"])
            return self._plain(200, {"Content-Type": kind, "Cache-Control": _kept(path)}, found)

        def _follow(self) -> None:
            """Server-sent events, as long as somebody listens."""
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.close_connection = True
            told = -1
            with suppress(OSError):
                while self.connection in fake.connections:
                    if told != fake.counter:
                        told = fake.counter
                        event = "gone" if told is None else "changed"
                        data = {"code": fake.gone} if told is None else {"counter": told}
                        self.wfile.write(f"event: {event}\ndata: {json.dumps(data)}\n\n".encode())
                    self.wfile.write(b": beat\n\n")
                    time.sleep(0.02)

        def _body(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def _json(self, status: int, body: dict[str, Any]) -> None:
            more = fake.refuses_with if status >= 400 else {}
            self._plain(status, {"Content-Type": "application/json", **more}, json.dumps(body).encode())

        def _plain(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
            self.send_response(status)
            for name, value in {**headers, "Tus-Resumable": "1.0.0"}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler
