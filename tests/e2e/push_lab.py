"""Real browsers with real push subscriptions on one machine without the internet, and a desktop that shows what comes.

The push service, the desktop and the browsers' drivers belong to a kit that is not part of this project. It lies where
CAREAPP_PUSH_LAB says; where it is missing, or a browser or D-Bus is, these tests are skipped.
"""

import importlib
import json
import os
import shutil
import sqlite3
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from careapp import build
from careapp.ids import new_id
from tests.servers import Running, running, seed

LAB = Path(os.environ.get("CAREAPP_PUSH_LAB") or build.ROOT.parent / "shared" / "tools" / "push")
PATIENCE = 20.0


def lab() -> Any:
    """The kit's modules, or a skip that says what is missing."""
    if not (LAB / "harness.py").exists():
        pytest.skip(f"There is no push lab at {LAB} (CAREAPP_PUSH_LAB)")
    if not shutil.which("dbus-daemon"):
        pytest.skip("dbus-daemon is not installed")
    sys.path.append(str(LAB))
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    try:
        return {name: importlib.import_module(name) for name in ("harness", "notifyd", "pushservice")}
    except ImportError as missing:
        pytest.skip(f"The push lab needs {missing.name}")
    finally:
        sys.dont_write_bytecode = before


class Site:
    """Careapp serving Rose's site, and what a test asks of it beside the browsers: acts of others, and its rows."""

    def __init__(self, server: Running, data: Path, push: Any) -> None:
        self.server, self.url, self.push = server, server.url, push
        self._file = data / "careapp.sqlite"
        self._rows = f"file:{self._file}?mode=ro"

    def do(self, who: str, operation: str, command: dict[str, Any], site: str | None = "rose") -> Any:
        """What someone does on a phone of their own."""
        body = json.dumps({"op_id": new_id(), "site": site, "command": command}).encode()
        headers = {"Content-Type": "application/json", "Origin": self.url, "Cookie": f"careapp=token-of-{who}"}
        request = urllib.request.Request(f"{self.url}/api/do/{operation}", body, headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())["answer"]

    def raise_sos(self, who: str = "maya") -> str:
        alert_id = new_id()
        self.do(who, "sos.raise_alert", {"alert_id": alert_id, "kind": "", "words": ""})
        return alert_id

    def rows(self, statement: str, *values: str) -> list[Any]:
        rows = sqlite3.connect(self._rows, uri=True)
        try:
            return rows.execute(statement, values).fetchall()
        finally:
            rows.close()

    def change(self, statement: str) -> None:
        """What no person does: work that is to come is due at once, or forgotten."""
        rows = sqlite3.connect(self._file, timeout=PATIENCE, isolation_level=None)
        try:
            rows.execute(statement)
        finally:
            rows.close()

    def devices(self, who: str = "tom") -> list[Any]:
        """Their ids and addresses."""
        mine = "SELECT device.id, endpoint FROM device JOIN account ON account.id = account_id WHERE email = ?"
        return self.rows(mine, f"{who}@example.org")

    def endpoints(self) -> list[str]:
        return [endpoint for _, endpoint in self.devices()]

    def on_the_way(self) -> int:
        return int(self.rows("SELECT count(*) FROM delivery WHERE state IN ('waiting', 'leased')")[0][0])

    def answer_of(self, alert_id: str) -> str:
        told = "SELECT answer FROM responder WHERE alert_id = ? AND answer != ''"
        return "".join(answer for (answer,) in self.rows(told, alert_id))

    def reached(self, alert_id: str) -> int:
        told = (
            "SELECT count(*) FROM delivery JOIN notice ON notice.id = notice_id WHERE alert_id = ? AND reached_at != ''"
        )
        return int(self.rows(told, alert_id)[0][0])


@contextmanager
def site(data: Path, push: Any) -> Iterator[Site]:
    """The real server, whose way to the push services ends in the lab."""
    environment = {**push.app_env(), "CAREAPP_PUSH_HOSTS": push.base_url, "CAREAPP_CONTACT": "care@careapp.example.org"}
    with running(seed(data), **environment) as server:
        yield Site(server, data, push)


def until(is_so: Callable[[], Any], wait: Callable[[float], None] = time.sleep, seconds: float = PATIENCE) -> Any:
    """Look again until it is so; `wait` lets a browser's driver hear its events meanwhile."""
    end = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < end, is_so
        wait(0.05)
    return found
