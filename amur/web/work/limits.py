"""How much work the desk takes on, and how long it waits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of the desk; times are seconds.

    ``queue`` jobs may wait in a lane; the last ``spared`` places are for clients that have none waiting there.
    ``unwatched`` is how long a job goes on with nobody looking. ``patience`` is how long a job that was cancelled may
    take to notice while others wait, before its process is ended; ``stuck`` the same while nobody waits.
    Finished jobs are kept for ``kept`` seconds, at most ``most`` of them with ``room`` bytes of results together; a
    problem that may pass (a crash) for ``passing`` seconds only, so that it can be tried again.
    """

    queue: int = 64
    spared: int = 8
    unwatched: float = 6.0
    patience: float = 20.0
    stuck: float = 60.0
    kept: float = 300.0
    passing: float = 30.0
    most: int = 256
    room: int = 64 * 2**20
    answer: int = 32 * 2**20
    """Bytes that one result may have."""
    told: int = 2**20
    """Bytes of what one task may be told."""
