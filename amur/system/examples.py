"""Random points of everything that a mechanism may be given: states inside their bounds, choices, forcings, priors.

For the generated tests and for the signs on the causal map. Bounded quantities reach their bounds now and then;
those over several orders of magnitude are drawn on a log scale.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.system.decisions import OPTIONS
from amur.system.declare import Quantity, table
from amur.system.flows import Pulls
from amur.system.forcings import Forcings
from amur.system.lines import STAGES, lines
from amur.system.parameters import PARAMETERS
from amur.system.priors import sample
from amur.system.state import QUANTITIES

type Numbers = NDArray[np.float64]


class Points(NamedTuple):
    """Values by name, an array over points each (over lines and points where a quantity is one of the lines)."""

    state: dict[str, Numbers]
    was: dict[str, Numbers]
    chosen: dict[str, Numbers]
    outside: dict[str, Numbers]
    p: dict[str, Numbers]
    pulls: dict[str, Numbers]

    def by_name(self) -> dict[str, Any]:
        """All values by the names that equations use."""
        was = {f"was.{name}": value for name, value in self.was.items()}
        return {**self.state, **was, **self.chosen, **self.outside, **self.p, **self.pulls}


def points(many: int, seed: int = 0, edges: float = 0.1) -> Points:
    """Random points; a share ``edges`` of the bounded quantities stands on a bound."""
    generator = np.random.default_rng(seed)
    state = {name: _draw(declared, many, generator, edges) for name, declared in QUANTITIES.items()}
    _close(state)
    codes = {name: len(options) for name, options in OPTIONS.items()}
    was = {name: generator.integers(0, most, many).astype(float) for name, most in codes.items()}
    chosen = {name: generator.integers(0, most, many).astype(float) for name, most in codes.items()}
    outside = {name: _draw(declared, many, generator, 0.0) for name, declared in table(Forcings).items()}
    p = {name: sample(declared.prior, generator.random(many)) for name, declared in PARAMETERS.items()}
    pulls = {name: generator.normal(0, 1, _shape(declared, many)) for name, declared in table(Pulls).items()}
    return Points(state, was, chosen, outside, p, pulls)


def _shape(declared: Quantity, many: int) -> tuple[int, ...]:
    return (len(lines().names), many) if declared.kind == "lines" else (many,)


def _draw(declared: Quantity, many: int, generator: np.random.Generator, edges: float) -> Numbers:
    shape = _shape(declared, many)
    low, high = declared.low, declared.high
    u = generator.random(shape)
    if declared.name == "line_stage":
        return generator.integers(0, len(STAGES), shape).astype(float)
    if low > 0 and high / low > 50:
        drawn = low * (high / low) ** u
    elif low == 0 and high > 50:
        drawn = min(high, 5000.0) * u**3
    else:
        drawn = low + (high - low) * u
        edge = generator.random(shape)
        drawn = np.where(edge < edges / 2, low, np.where(edge > 1 - edges / 2, high, drawn))
    return np.asarray(drawn, np.float32).astype(float)


def _close(state: dict[str, Numbers]) -> None:
    """Shares to China and to the West together are at most one."""
    for name in [name for name in state if name.startswith("share_") and name.endswith("_wst")]:
        partner = name.replace("_wst", "_chn")
        over = np.maximum(state[name] + state[partner], 1.0)
        state[name], state[partner] = state[name] / over, state[partner] / over


def arguments(points: Points) -> dict[str, tuple[Any, ...]]:
    """What the functions of each stage are called with at these points, in single precision."""
    import jax.numpy as jnp

    from amur.system.decisions import Decisions
    from amur.system.parameters import Parameters
    from amur.system.state import State

    def real(values: dict[str, Numbers]) -> dict[str, Any]:
        return {name: jnp.asarray(value, jnp.float32) for name, value in values.items()}

    def codes(values: dict[str, Numbers]) -> Decisions:
        return Decisions(**{name: jnp.asarray(value, jnp.int32) for name, value in values.items()})

    now = State(**real(points.state), was=codes(points.was))  # type: ignore[call-arg]
    outside, p = Forcings(**real(points.outside)), Parameters(**real(points.p))
    change = (now, codes(points.chosen), outside, p)
    return {"motive": (now, outside, p), "change": change, "settle": (*change, Pulls(**real(points.pulls)))}
