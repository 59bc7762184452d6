"""What can be asked of the worker processes: kinds of tasks, the lanes they run in, and the key of a task."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HERE = "amur.web.work.doing"


@dataclass(frozen=True)
class Kind:
    """A kind of task: the function that does it (``module:name``), its lane, and its limits.

    ``seconds`` is how long a task may run; ``memory`` how many bytes of addresses its process may have (small lane);
    ``unwatched`` how long it goes on with nobody looking, where that is longer than :class:`~.limits.Limits` says.
    """

    doing: str
    lane: str
    seconds: float = 600.0
    memory: int = 0
    unwatched: float = 0.0


@dataclass(frozen=True)
class Lane:
    """Processes for tasks that are alike.

    ``slots`` tasks run at once. A ``lasting`` process does one task after the other; else each has a process of its own.
    ``spares`` processes are kept ready, having run ``warm`` (``module:name``, told how far it is). ``nice`` is how much
    they stand back. A ``lasting`` process that has come to hold so many bytes of ``memory`` is replaced by a new one.
    ``queue`` is how many may wait, where that is fewer than :class:`~.limits.Limits` says.
    """

    slots: int = 1
    lasting: bool = False
    spares: int = 0
    warm: str = ""
    nice: int = 0
    memory: int = 0
    queue: int | None = None


LANES: Mapping[str, Lane] = {
    "model": Lane(lasting=True, spares=1, warm=f"{HERE}.warming:model", memory=6 * 2**30),
    "small": Lane(slots=2, spares=1, warm=f"{HERE}.warming:small", nice=2),
    "long": Lane(nice=10, queue=8),
}
"""model: the model itself, warm. small: SQL and files from outside, limited, without the model. long: minutes of work."""

KINDS: Mapping[str, Kind] = {
    "ask": Kind(f"{HERE}.asking:ask", "model"),
    "argue": Kind(f"{HERE}.asking:argue", "model"),
    "sql": Kind(f"{HERE}.sql:sql", "small", seconds=20, memory=4 * 2**30),
    "scenario_file": Kind(f"{HERE}.scenario_file:scenario_file", "small", seconds=60, memory=4 * 2**30),
    "reading_file": Kind(f"{HERE}.reading_file:reading_file", "small", seconds=60, memory=4 * 2**30),
    "reading_check": Kind(f"{HERE}.reading_file:reading_check", "model", seconds=60),
    "ledger": Kind(f"{HERE}.forecasts:ledger", "model", seconds=60),
    "own_reading": Kind(f"{HERE}.own_reading:own_reading", "long", seconds=3600, unwatched=120),
}
"""Kinds by name. Their functions take what is told and ``progress(what, done, of)``, and give what JSON can say."""


@dataclass(frozen=True)
class Task:
    """Something to be done: its kind and what it is told, which must be what JSON can say."""

    kind: str
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The task as JSON; the same for the same task."""
        return json.dumps([self.kind, self.told], sort_keys=True, ensure_ascii=False, allow_nan=False)

    @property
    def key(self) -> str:
        """What tells it from others: the same task asked twice has one key."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
