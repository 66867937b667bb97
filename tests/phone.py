"""A phone that sends photos: the tus protocol as a browser speaks it, against the real routes behind the real gate."""

import asyncio
import io
import random
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from httpx import Response
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from careapp import features, jobs
from careapp.api import media, uploads
from careapp.api.security import Security
from careapp.cookies import session_cookie
from careapp.ids import new_id

ORIGIN = "http://localhost:8000"
TUS = {"Tus-Resumable": "1.0.0", "Origin": ORIGIN}
BYTES = "application/offset+octet-stream"

features.load()


def make_app() -> Security:
    return Security(Starlette(routes=[*uploads.routes, *media.routes]))


def a_photo(width: int = 400, height: int = 300, seed: int = 1) -> bytes:
    """A JPEG of about 60 kB; another seed is another photo."""
    noise = Image.frombytes("RGB", (width, height), random.Random(seed).randbytes(width * height * 3))
    out = io.BytesIO()
    noise.save(out, "JPEG")
    return out.getvalue()


@dataclass
class Phone:
    """What one person's browser does. `name` is empty for someone who is not signed in."""

    name: str = "tom"
    site: str = "rose"
    app: Any = field(default_factory=make_app)

    @property
    def cookies(self) -> dict[str, str]:
        return {"Cookie": f"{session_cookie()}=token-of-{self.name}"} if self.name else {}

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, content: bytes = b"") -> Response:
        client = TestClient(self.app, base_url=ORIGIN, follow_redirects=False)
        return client.request(method, path, headers={**self.cookies, **(headers or {})}, content=content)

    def create(self, length: int, media_id: str = "", name: str = "garden.jpg", **headers: str) -> Response:
        told = {"filename": name, "filetype": "image/jpeg", "site": self.site, "media": media_id or new_id()}
        metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in told.items())
        return self.ask(
            "POST", "/api/uploads", {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata, **headers}
        )

    def head(self, media_id: str) -> Response:
        return self.ask("HEAD", f"/api/uploads/{media_id}", TUS)

    def offset(self, media_id: str) -> int:
        return int(self.head(media_id).headers["Upload-Offset"])

    def patch(self, media_id: str, offset: int, content: bytes, **headers: str) -> Response:
        asked = {**TUS, "Upload-Offset": str(offset), "Content-Type": BYTES, **headers}
        return self.ask("PATCH", f"/api/uploads/{media_id}", asked, content)

    def discard(self, media_id: str) -> Response:
        return self.ask("DELETE", f"/api/uploads/{media_id}", TUS)

    def send(self, content: bytes, media_id: str = "", name: str = "garden.jpg") -> str:
        """Send all of a file; its media id."""
        media_id = media_id or new_id()
        assert self.create(len(content), media_id, name).status_code == 201
        answer = self.patch(media_id, 0, content)
        assert answer.status_code == 204, answer.text
        return media_id

    def get(self, media_id: str, variant: str = "320", **headers: str) -> Response:
        return self.ask("GET", f"/media/{media_id}/{variant}", headers)

    def patch_in_parts(self, media_id: str, offset: int, parts: AsyncIterator[bytes | None]) -> "asyncio.Task[int]":
        """A PATCH whose bytes come as the test hands them over, None for a lost line. The task gives the status."""
        told = {**TUS, **self.cookies, "Upload-Offset": str(offset), "Content-Type": BYTES, "Host": "localhost:8000"}
        return asyncio.create_task(_drive(self.app, f"/api/uploads/{media_id}", told, parts))


async def _drive(app: Any, path: str, headers: dict[str, str], parts: AsyncIterator[bytes | None]) -> int:
    status = 0

    async def receive() -> dict[str, Any]:
        try:
            part = await anext(parts)
        except StopAsyncIteration:
            return {"type": "http.request", "body": b"", "more_body": False}
        if part is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "PATCH",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 5000),
        "server": ("localhost", 8000),
    }
    await app(scope, receive, send)
    return status


def do_jobs() -> None:
    """Do all work that is due."""
    while jobs.run_next():
        pass
