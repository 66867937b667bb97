"""Runs a program on input from strangers, with a ceiling on memory, processor time and patience.

This file is also the program that sets the ceilings: it starts first, limits itself, and becomes the other program.
Limits set between fork and exec would run Python in a copy of a process with threads, which can hang.
"""

import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """`memory` in bytes of address space, `cpu` in seconds of processor time, `patience` in seconds on the wall."""

    memory: int = 1024 * MEGABYTE
    cpu: int = 8
    patience: float = 60


class Exhausted(Exception):
    """The program reached its memory or processor ceiling, or crashed: the input is to blame, trying again is not
    going to help."""


class Interrupted(Exception):
    """The program was stopped from outside, or had no turn in time: worth trying again."""


def run(command: list[str], source: BinaryIO, limits: Limits) -> bytes:
    """What `command` prints, reading `source` as its standard input. It can write no file.

    Raises Exhausted or Interrupted. Secrets of this process are not in its environment.
    """
    ceilings = [str(limits.memory), str(limits.cpu)]
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-S", __file__, *ceilings, *command],
            stdin=source,
            capture_output=True,
            timeout=limits.patience,
            env={"MALLOC_ARENA_MAX": "2", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise Interrupted(f"no answer within {limits.patience} seconds") from None
    if done.returncode in (-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP):
        raise Interrupted(f"stopped by signal {-done.returncode}")
    if done.returncode:
        raise Exhausted(f"ended with {done.returncode}: {done.stderr[-500:].decode(errors='replace')}")
    return done.stdout


def _limit_and_become(memory: int, cpu: int, command: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    # macOS knows no limit on address space.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    _limit_and_become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
