"""A service for text messages of the tests' own, and what it was asked to send."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Service:
    """What it was asked to send: numbers and words. `status` is what it answers."""

    url: str = ""
    status: int = 200
    taken: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def sms_service() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.taken.append((self.path, json.loads(body)))
            self.send_response(service.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    service.url = f"json://127.0.0.1:{server.server_address[1]}/{{phone}}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
