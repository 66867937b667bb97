"""Runs a program on input from strangers, with a ceiling on memory, processor time and patience.

This file is also the program that sets the ceilings: it starts first, limits itself, and becomes the other program.
Limits set between fork and exec would run Python in a copy of a process with threads, which can hang.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, cast

MEGABYTE = 1024 * 1024
# How a stop from outside looks. The ceiling on processor time may look the same: ffmpeg takes its signal and says 255.
# Whom that signal ends has reached the ceiling, whatever was used: the kernel counts whole ticks there.
_STOPPED = (255, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP, -signal.SIGKILL)
_NEARLY = 0.9
SAID_KEPT = 64 * 1024
_ENDS_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


@dataclass(frozen=True)
class Limits:
    """`memory` in bytes of address space, `cpu` in seconds of processor time, `patience` in seconds on the wall. `file`
    is how many bytes it may write into a file; `is_patient`: everything else on this machine goes first."""

    memory: int = 1024 * MEGABYTE
    cpu: int = 8
    patience: float = 60
    file: int = 0
    is_patient: bool = False


class Exhausted(Exception):
    """The program reached its memory or processor ceiling, or crashed, or gave up: the input is to blame, trying again
    is not going to help. `said` is what it complained of last, `code` how it ended."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"ended with {code}: {said[-500:]}")
        self.code, self.said = code, said


class Interrupted(Exception):
    """The program was stopped from outside, or had no turn in time: worth trying again."""


def run(command: list[str], source: BinaryIO, limits: Limits) -> bytes:
    """What `command` prints, reading `source` as its standard input.

    Raises Exhausted or Interrupted. Secrets of this process are not in its environment.
    """
    pieces: list[bytes] = []
    _follow(command, source, limits, lambda out: pieces.extend(iter(lambda: out.read(MEGABYTE), b"")))
    return b"".join(pieces)


def follow(command: list[str], source: BinaryIO, limits: Limits, hear: Callable[[str], None]) -> None:
    """The same, handing over each line as it is printed. What `hear` raises ends the program."""

    def listen(out: BinaryIO) -> None:
        for line in out:
            hear(line.decode(errors="replace").strip())

    _follow(command, source, limits, listen)


def _follow(command: list[str], source: BinaryIO, limits: Limits, listen: Callable[[BinaryIO], None]) -> None:
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", __file__, *_ceilings(limits), *command],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"MALLOC_ARENA_MAX": "2", "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    is_late = threading.Event()
    late = threading.Timer(limits.patience, _end, (child, is_late))
    complaints = _Complaints(cast("BinaryIO", child.stderr))
    late.start()
    try:
        with cast("BinaryIO", child.stdout) as out:
            listen(out)
        used = _used_by(child)
    finally:
        late.cancel()
        child.kill()
        child.wait()
        complaints.join()
    if is_late.is_set():
        raise Interrupted(f"no answer within {limits.patience} seconds")
    _judge(child.returncode, complaints.said, is_spent=used > _NEARLY * limits.cpu)


def _end(child: subprocess.Popen[bytes], is_late: threading.Event) -> None:
    is_late.set()
    if child.returncode is None:
        os.kill(child.pid, signal.SIGKILL)  # not `child.kill`, which would take the end away from `_used_by`


def _used_by(child: subprocess.Popen[bytes]) -> float:
    """Waits for its end; the seconds of processor time it took."""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime


def _judge(code: int, said: bytes, is_spent: bool) -> None:
    """Whoever is refused for good loses their file, so a stop is taken for the input's fault only where the processor
    time was used up. The machine, out of memory, kills as well."""
    if code in _STOPPED and not is_spent:
        raise Interrupted(f"stopped with {code}")
    if code:
        raise Exhausted(code, said.decode(errors="replace"))


class _Complaints(threading.Thread):
    """Reads what a program complains of, so that it never waits for a reader, and keeps the last of it."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__(daemon=True)
        self._source, self.said = source, b""
        self.start()

    def run(self) -> None:
        with self._source:
            while piece := self._source.read1(SAID_KEPT):  # type: ignore[attr-defined]
                self.said = (self.said + piece)[-SAID_KEPT:]


def _ceilings(limits: Limits) -> list[str]:
    figures = (limits.memory, limits.cpu, limits.file, int(limits.is_patient), os.getpid())
    return [str(figure) for figure in figures]


def _limit_and_become(memory: int, cpu: int, file: int, is_patient: int, parent: int, command: list[str]) -> None:
    _end_with(parent)
    if is_patient:
        os.nice(19)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    # macOS knows no limit on address space.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.execv(command[0], command)  # noqa: S606


def _end_with(parent: int) -> None:
    """Work for a process that was killed is for nobody. Linux alone can be asked for this."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_ENDS_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


if __name__ == "__main__":
    memory, cpu, file, is_patient, parent = map(int, sys.argv[1:6])
    _limit_and_become(memory, cpu, file, is_patient, parent, sys.argv[6:])
