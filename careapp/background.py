"""The threads that work behind the pages: they do jobs, and urgent jobs beside them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from careapp import jobs

PATIENCE_SECONDS = 8


@contextmanager
def working() -> Iterator[None]:
    """Work goes on while inside. What is at hand at the end is finished, within a few seconds."""
    stopped = threading.Event()
    jobs.begin()
    threads = [threading.Thread(target=work, args=(stopped,), name=name, daemon=True) for name, work in WORK.items()]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        jobs.stop_waiting()
        for thread in threads:
            thread.join(timeout=PATIENCE_SECONDS)


WORK: dict[str, Callable[[threading.Event], None]] = {
    "jobs": lambda stopped: jobs.run_until(stopped),
    "urgent-jobs": lambda stopped: jobs.run_until(stopped, is_urgent=True),
}
