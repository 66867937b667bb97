"""A browser at the front: the real routes behind the real security, without a network between."""

import json
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient

from careapp import features
from careapp.api.door import api_routes
from careapp.api.security import Security
from careapp.ids import new_id

HOME = "http://localhost:8000"


class Browser(TestClient):
    """Sends what a browser would from our own page. `who` is signed in already; cookies are kept as browsers do."""

    def __init__(self, who: str = "", app: Any = None, address: str = "127.0.0.1", **more: Any) -> None:
        super().__init__(app or front(), base_url=HOME, follow_redirects=False, client=(address, 50000), **more)
        self.headers["Origin"] = HOME
        self.headers["Accept"] = "application/json"
        if who:
            self.cookies.set("careapp", f"token-of-{who}")

    def write(
        self, operation: str, command: Any, site: str | None = "rose", op_id: str = "", **more: Any
    ) -> httpx.Response:
        body = {"op_id": op_id or new_id(), "site": site, "command": command}
        return self.post(f"/api/do/{operation}", content=json.dumps(body), **more)

    def submit(self, way: str, **form: str) -> httpx.Response:
        return self.post(f"/auth/{way}", data=form)


def front() -> Any:
    features.load()
    return Security(Starlette(routes=api_routes()))
