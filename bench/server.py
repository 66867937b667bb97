"""The production build, served from the measured folder on a free port, as `make run` serves it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from careapp import build, db

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """What is measured: where it is, and the process that started it."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


@contextmanager
def serving(data: Path) -> Iterator[Server]:
    """Serve while inside. Raises RuntimeError with the server's words when it does not start."""
    build.ensure()
    db.dispose()
    port, log = free_port(), data.parent / "server.log"
    # All pages of the load test belong to a few people, who would be told to slow down.
    told = {"PORT": str(port), "CAREAPP_MAX_REQUESTS_PER_MINUTE": "1000000"}
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "careapp", "serve"],
            cwd=build.ROOT,
            env={**os.environ, **told},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        server = Server(port, process.pid)
        _wait_for(server, process, log)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"The server did not start.\n{log.read_text()[-3000:]}")
        time.sleep(0.1)


def _answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/api/health", timeout=5):
            return True
    except OSError:
        return False
