"""Where the relationship stood in 1992-Q1: the state that history starts from."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Kremlin, Zhongnanhai
from amur.system.declare import Array, Parameters
from amur.system.lines import lines
from amur.system.state import QUANTITIES, State


def initial(p: Parameters) -> State:
    """The state of 1992-Q1 for every member of the parameters; starts that are unsure are parameters."""
    like = p.trust_gain
    values: dict[str, Array] = {}
    for name, declared in QUANTITIES.items():
        start = getattr(p, declared.start) if isinstance(declared.start, str) else declared.start
        shape = (len(lines().names), *like.shape) if declared.kind == "lines" else like.shape
        values[name] = jnp.broadcast_to(jnp.asarray(start, like.dtype), shape)
    none = jnp.zeros(like.shape, jnp.int32)
    was = Decisions(*(none for _ in Decisions._fields))
    was = was._replace(kremlin=none + Kremlin.WESTERN, zhongnanhai=none + Zhongnanhai.CAREFUL)
    return State(**values, was=was)  # type: ignore[call-arg]
