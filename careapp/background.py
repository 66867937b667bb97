"""The threads behind the pages: jobs, with lanes of their own for some, and the couriers of what people are told."""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from careapp import jobs
from careapp.notify import bell, courier

PATIENCE_SECONDS = 8


@contextmanager
def working() -> Iterator[None]:
    """Work goes on while inside. What is at hand at the end is finished, within a few seconds."""
    stopped = threading.Event()
    _leave_alone_what_stays()
    jobs.begin()
    courier.begin()
    threads = [threading.Thread(target=work, args=(stopped,), name=name, daemon=True) for name, work in WORK.items()]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        jobs.stop_waiting()
        bell.ring()
        until = time.monotonic() + PATIENCE_SECONDS
        for thread in threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))


def _leave_alone_what_stays() -> None:
    """Looking through all that was imported for what is no longer needed stops every request and every notice for a
    tenth of a second and more, again and again, and finds nothing."""
    gc.collect()
    gc.freeze()


WORK: dict[str, Callable[[threading.Event], None]] = {
    "jobs": lambda stopped: jobs.run_until(stopped),
    "urgent-jobs": lambda stopped: jobs.run_until(stopped, jobs.Lane.URGENT),
    "mail-jobs": lambda stopped: jobs.run_until(stopped, jobs.Lane.MAIL),
    "feed-jobs": lambda stopped: jobs.run_until(stopped, jobs.Lane.FEEDS),
    "photo-jobs-1": lambda stopped: jobs.run_until(stopped, jobs.Lane.PHOTOS),
    "photo-jobs-2": lambda stopped: jobs.run_until(stopped, jobs.Lane.PHOTOS),
    "patient-jobs": lambda stopped: jobs.run_until(stopped, jobs.Lane.PATIENT),
    "long-jobs-1": lambda stopped: jobs.run_until(stopped, jobs.Lane.LONG),
    "long-jobs-2": lambda stopped: jobs.run_until(stopped, jobs.Lane.LONG),
    "book-jobs": lambda stopped: jobs.run_until(stopped, jobs.Lane.BOOKS),
    "courier": lambda stopped: courier.run_until(stopped, courier.PUSH),
    "letters": lambda stopped: courier.run_until(stopped, courier.EMAIL),
    "text-messages": lambda stopped: courier.run_until(stopped, courier.SMS),
}
