"""What a process may take of the machine, where the system can bound it (Windows cannot)."""

from __future__ import annotations

import contextlib
import math
import os
import time

try:
    import resource
except ModuleNotFoundError:  # Windows
    resource = None  # type: ignore[assignment]

CORES = 2
"""Seconds of computing for each second of a task: SQL takes two cores."""


def bound(seconds: float, memory: int) -> None:
    """Bound what this process computes from now on to so many seconds, its addresses to so many bytes. 0: no bound.

    Past the first it is ended by a signal (SIGXCPU), past the second it has a MemoryError.
    """
    if resource is None:
        return
    if seconds:
        _lower(resource.RLIMIT_CPU, math.ceil(time.process_time() + CORES * seconds))
    if memory:
        _lower(resource.RLIMIT_AS, memory)
    if seconds or memory:
        # A core file of a process that was ended on purpose helps nobody.
        _lower(resource.RLIMIT_CORE, 0)


def stand_back(nice: int) -> None:
    """Let others go first, by so many steps of niceness."""
    if nice and hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(nice)


def _lower(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (wanted, hard))
