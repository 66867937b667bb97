"""Wakes the courier of this process when there is something to send."""

import threading

_rung = threading.Event()


def ring() -> None:
    _rung.set()


def wait(seconds: float) -> bool:
    """Sleep until the bell is rung, or for so long; whether it was."""
    rung = _rung.wait(seconds)
    _rung.clear()
    return rung
