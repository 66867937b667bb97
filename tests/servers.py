"""The real server, as `make run` starts it, on a port and data folder of its own."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from careapp import build

PATIENCE = 180.0


@dataclass
class Running:
    """A started server. `log` holds everything it printed."""

    url: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        return self.log.read_text()

    def workers(self) -> list[int]:
        """The process ids of the web workers, from the system's own table."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in children if "spawn_main" in _command_line(pid)]


@contextmanager
def running(data: Path, port: int = 0, **environment: str) -> Iterator[Running]:
    """Serve from the data folder while inside; ends gently."""
    build.ensure()
    server = start(data, port or free_port(), **environment)
    try:
        wait_until(lambda: is_answering(server), server)
        yield server
    finally:
        assert stop(server) in (0, -signal.SIGKILL), server.said()


def start(data: Path, port: int, **environment: str) -> Running:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CAREAPP_", "REFLEX_"))}
    log = data.parent / f"{data.name}.{port}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "careapp", "serve"],
            cwd=build.ROOT,
            env={**clean, "PORT": str(port), "CAREAPP_DATA": str(data), **environment},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    return Running(environment.get("CAREAPP_URL", f"http://localhost:{port}"), port, process, log)


def seed(data: Path) -> Path:
    """The folder, filled with Rose's site and its people, whose session tokens are `token-of-<name>`."""
    return Path(shutil.copytree(_seeded(), data))


@cache
def _seeded() -> Path:
    """Made once for all tests of this process; each gets a copy."""
    folder = Path(tempfile.mkdtemp(prefix="careapp-seed-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CAREAPP_")}
    told = {**clean, "CAREAPP_DATA": str(folder / "data")}
    subprocess.run([sys.executable, "-m", "tests.seed"], cwd=build.ROOT, env=told, check=True)
    return folder / "data"


def stop(server: Running) -> int:
    if server.process.poll() is None:
        server.process.terminate()
    return server.process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_answering(server: Running) -> bool:
    return status_of(f"http://127.0.0.1:{server.port}/api/health") == 200


def status_of(address: str) -> int:
    """The HTTP status; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_until(condition: Callable[[], bool], server: Running | None = None, seconds: float = PATIENCE) -> None:
    """Look again and again until it holds; fails with the server's log when it never does."""
    until = time.monotonic() + seconds
    while not condition():
        ended = server is not None and server.process.poll() is not None
        assert not ended, server.said() if server else ""
        assert time.monotonic() < until, server.said() if server else "It never came true."
        time.sleep(0.05)


def _command_line(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
