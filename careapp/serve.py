"""The runner: one supervisor that keeps the web workers alive and stops them gently."""

import atexit
import multiprocessing
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from reflex_base.environment import environment

from careapp import build, lock, logs
from careapp.drain import STOPPING, Drained
from careapp.migrate import migrate
from careapp.secret import secret_key, vapid_private_key
from careapp.settings import settings
from careapp.unsafe import refuse_a_port_in_use, refuse_what_is_unsafe

DRAIN_SECONDS = 10
DEATHS, WITHIN_SECONDS = 6, 60


def serve() -> int:
    """Run until told to stop. Raises unsafe.Unsafe, lock.Taken and build.BuildFailed before anything is served."""
    refuse_what_is_unsafe(settings())
    lock.make_data_folder()
    with lock.own_data():
        refuse_a_port_in_use(settings())
        pages = build.ensure()
        migrate()
        secret_key(), vapid_private_key()
        return _run(pages)


def web() -> Any:
    """What a worker serves: Reflex's app with everything around it."""
    logs.configure()
    _end_with_the_supervisor()
    _end_without_ceremony()
    from careapp.careapp import app

    return Drained(app())


def _run(pages: Path) -> int:
    logs.configure()
    os.environ.update(build.environment(), REFLEX_WEB_WORKDIR=str(pages))
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    multiprocessing.set_start_method("spawn", force=True)
    runner = Runner(
        target="careapp.serve:web",
        factory=True,
        address=settings().host,
        port=settings().port,
        interface=Interfaces.ASGI,
        workers=settings().workers,
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=_GRANIAN_LOGS,
    )
    threading.Thread(target=_say_when_ready, args=(runner,), daemon=True).start()
    runner.serve()
    return 1 if runner.has_given_up else 0


_GRANIAN_LOGS = {
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s granian: %(message)s"}},
    "handlers": {"plain": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"_granian": {"handlers": ["plain"], "propagate": False}},
}


class Runner(Server):  # type: ignore[misc, valid-type]
    """Granian, but a worker that dies is replaced; only workers that keep dying end the server."""

    has_given_up = False
    interrupt_children: list[int]

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        deaths: deque[float] = deque(maxlen=DEATHS)
        while True:
            self.main_loop_interrupt.wait()
            self.main_loop_interrupt.clear()
            if self.interrupt_signal:
                return
            dead, self.interrupt_children = sorted(set(self.interrupt_children)), []
            deaths.extend(time.monotonic() for _ in dead)
            if len(deaths) == DEATHS and deaths[-1] - deaths[0] < WITHIN_SECONDS:
                print(f"Careapp stops: its worker ended {DEATHS} times within a minute.", file=sys.stderr, flush=True)
                self.has_given_up = True
                return
            self._respawn_workers(dead, spawn_target, target_loader)

    def _stop_workers(self) -> None:
        for worker in self.wrks:
            if worker.is_alive():
                os.kill(worker.inner.pid, STOPPING)
        super()._stop_workers()


def _say_when_ready(runner: Runner) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings().host, settings().host)  # noqa: S104
    address = f"http://{f'[{host}]' if ':' in host and host[0] != '[' else host}:{settings().port}/api/health"
    while not runner.interrupt_signal:
        if _answers(address):
            print(f"Careapp is ready at {settings().public_url}  (Ctrl-C stops it)", flush=True)
            return
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _end_without_ceremony() -> None:
    """The server's own threads may still hold Python objects when the interpreter takes itself apart, which now and
    then ended in an abort. By then everything is stored and answered, so the process just stops."""
    atexit.register(os._exit, 0)


def _end_with_the_supervisor() -> None:
    """A worker must not outlive the supervisor that holds the data folder: another may start on it."""
    supervisor = multiprocessing.parent_process()

    def watch() -> None:
        if supervisor:
            supervisor.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
