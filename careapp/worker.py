"""Background work alone, for installations where several processes share PostgreSQL."""

import signal
import threading

from careapp import features, logs
from careapp.background import working


def work() -> int:
    """Work until told to stop; what is at hand is finished first."""
    logs.configure()
    features.load("jobs")
    stopped = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stopped.set())
    with working():
        print("Careapp's worker is ready  (Ctrl-C stops it)", flush=True)
        stopped.wait()
    return 0
