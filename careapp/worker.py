"""Background work alone, for installations where several processes share PostgreSQL."""

import signal
import threading

from careapp import features, jobs, logs


def work() -> int:
    """Do jobs until told to stop; the job at hand is finished first."""
    logs.configure()
    features.load("jobs")
    stopped = threading.Event()

    def stop(*_: object) -> None:
        stopped.set()
        jobs.stop_waiting()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print("Careapp's worker is ready  (Ctrl-C stops it)", flush=True)
    jobs.run_until(stopped)
    return 0
