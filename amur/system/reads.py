"""What each mechanism reads, found by calling its function once and taking down every name it touches."""

from __future__ import annotations

from functools import cache
from typing import Any

import jax
import jax.numpy as jnp

from amur.system.decisions import Decisions
from amur.system.declare import MECHANISMS, PARAMETERS, Mechanism, Reads
from amur.system.flows import Pulls
from amur.system.forcings import Forcings
from amur.system.lines import lines
from amur.system.state import QUANTITIES


class _Recorder:
    """Stands in for a table of quantities and takes down which of its names are asked for, in order."""

    def __init__(self, values: dict[str, Any], what: str) -> None:
        self._values, self._what = values, what
        self.read: dict[str, None] = {}

    def __getattr__(self, name: str) -> Any:
        if name not in self._values:
            raise AttributeError(f"there is no {self._what} named '{name}'")
        if not isinstance(self._values[name], _Recorder):
            self.read[name] = None
        return self._values[name]


def every() -> tuple[Mechanism, ...]:
    """Every mechanism declared and each of its rivals, in order."""
    from amur.system import mechanisms as _declared  # noqa: F401  importing declares them

    return tuple(each for made in MECHANISMS.values() for each in (made, *made.rivals.values()))


def reads(mechanism: Mechanism) -> Reads:
    """The names that a mechanism reads, by table, in the order in which it first does."""
    return _reads(mechanism.function, mechanism.stage)


@cache
def _reads(function: Any, stage: str) -> Reads:
    found: list[Reads] = []

    def call(number: jax.Array, code: jax.Array, vector: jax.Array) -> Any:
        was = _Recorder(dict.fromkeys(Decisions._fields, code), "decision")
        now = _Recorder({n: vector if q.kind == "lines" else number for n, q in QUANTITIES.items()}, "quantity")
        now._values["was"] = was
        chosen = _Recorder(dict.fromkeys(Decisions._fields, code), "decision")
        outside = _Recorder(dict.fromkeys(Forcings._fields, number), "forcing")
        p = _Recorder(dict.fromkeys(PARAMETERS, number), "parameter")
        pulls = _Recorder({n: vector if n == "pull_lines" else number for n in Pulls._fields}, "pull")
        given = {
            "motive": (now, outside, p),
            "change": (now, chosen, outside, p),
            "settle": (now, chosen, outside, p, pulls),
        }
        change = function(*given[stage])
        found.append(Reads(*(tuple(each.read) for each in (now, chosen, outside, p, was, pulls))))
        return dict(change)

    jax.eval_shape(call, jnp.ones(1), jnp.ones(1, jnp.int32), jnp.ones((len(lines().names), 1)))
    return found[0]


__all__ = ["every", "reads"]
