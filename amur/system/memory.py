"""Memory that one run of the model frees is kept for the next, where the C library is glibc.

A run asks for some 70 MB and frees them. By default the C library gives so large a piece back to the system at once and asks for
it anew each time, and the system clears every page of it: a fifth of a run's time, and more when two run at once.
"""

from __future__ import annotations

import ctypes
import sys

TRIM_THRESHOLD, TOP_PAD, MMAP_MAX, ARENA_MAX = -1, -2, -4, -8
"""Settings of mallopt(3), as glibc numbers them."""
KEPT = 1 << 30
"""Bytes of freed memory that are kept; what is more goes back to the system."""
MORE = 1 << 26
"""Bytes to ask for at once."""


def keep_freed() -> bool:
    """Have freed memory kept by this process; whether its C library can.

    All memory then comes from one growing heap: pieces of their own would be given back.
    """
    if sys.platform != "linux":
        return False
    try:
        set_option = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    wanted = {MMAP_MAX: 0, ARENA_MAX: 1, TRIM_THRESHOLD: KEPT, TOP_PAD: MORE}
    return all(set_option(option, value) for option, value in wanted.items())


__all__ = ["keep_freed"]
