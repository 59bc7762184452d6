"""What a process may take of the machine, where the system can bound it (Windows cannot)."""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import signal
import sys
import time
from pathlib import Path

try:
    import resource
except ModuleNotFoundError:  # Windows
    resource = None  # type: ignore[assignment]

CORES = 2
"""Seconds of computing for each second of a task: SQL takes two cores."""
PR_SET_PDEATHSIG = 1


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


def not_without(parent: int) -> None:
    """End this process when its parent ends, even where it is in code that hears nothing (Linux)."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(0)


def memory() -> int:
    """Bytes that this process has in memory; 0 where that is not known."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


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
