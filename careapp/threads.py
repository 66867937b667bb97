"""Where blocking work runs: never on the event loop, and never so much of one kind that another kind starves."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync

P = ParamSpec("P")
A = TypeVar("A")

# Writers queue for one connection on SQLite, and a password costs a whole processor and 19 MiB while it is hashed.
# Pages reckon more than they wait: of more at once none would be there earlier, and an SOS would stand behind them.
AT_ONCE = {"page": 3, "read": 12, "write": 8, "disk": 6, "hash": 2, "follow": 4}

_limiters: RunVar[dict[str, CapacityLimiter]] = RunVar("limiters")


async def in_thread(kind: str, function: Callable[P, A], *args: P.args, **kwargs: P.kwargs) -> A:
    """Call a blocking function in a thread. `kind` is a key of AT_ONCE; work of one kind waits for its turn."""
    return await run_sync(lambda: function(*args, **kwargs), limiter=_limiter(kind))


def _limiter(kind: str) -> CapacityLimiter:
    try:
        limiters = _limiters.get()
    except LookupError:
        limiters = {name: CapacityLimiter(most) for name, most in AT_ONCE.items()}
        _limiters.set(limiters)
    return limiters[kind]
