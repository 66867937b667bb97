"""An S3 server for tests, with the few calls that Careapp's storage makes. It keeps everything in memory."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

BUCKET = "photos"
MOMENT = "2026-03-02T09:00:00.000Z"


class FakeS3(ThreadingHTTPServer):
    """`objects` maps a key to its bytes and headers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.objects: dict[str, tuple[bytes, dict[str, str]]] = {}

    @property
    def url(self) -> str:
        """As CAREAPP_STORAGE_URL names it."""
        return f"s3://{BUCKET}/careapp?endpoint=http://127.0.0.1:{self.server_port}&region=us-east-1"


@contextmanager
def running() -> Iterator[FakeS3]:
    server = FakeS3()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeS3

    def do_PUT(self) -> None:
        kept = {name: self.headers[name] for name in ("Content-Type", "Content-Disposition") if name in self.headers}
        self.server.objects[self._key()] = (self._body(), kept)
        self._answer(200)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        if "list-type" in self.path:
            self._answer(200, self._listing())
            return
        if self._key() not in self.server.objects:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        content, headers = self.server.objects[self._key()]
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not asked:
            self._answer(200, content, headers)
            return
        first, last = int(asked[1]), min(int(asked[2]), len(content) - 1)
        headers = {**headers, "Content-Range": f"bytes {first}-{last}/{len(content)}"}
        self._answer(206, content[first : last + 1], headers)

    def do_POST(self) -> None:
        """Deletes a list of keys, the only use Careapp makes of POST for files below 5 MB."""
        keys = re.findall(r"<Key>(.*?)</Key>", self._body().decode())
        for key in keys:
            self.server.objects.pop(unquote(key), None)
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}/")

    def _listing(self) -> bytes:
        prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
        found = [(key, len(content)) for key, (content, _) in self.server.objects.items() if key.startswith(prefix)]
        rows = "".join(
            f"<Contents><Key>{key}</Key><LastModified>{MOMENT}</LastModified><Size>{size}</Size></Contents>"
            for key, size in sorted(found)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Last-Modified": "Mon, 02 Mar 2026 09:00:00 GMT", "ETag": '"1"', **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
