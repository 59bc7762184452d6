"""What members of a posterior give for every observable, run once through history: for checks, not for sampling."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.conditioning.coordinates import Coordinates, as_parameters
from amur.conditioning.evidence import QUARTERS
from amur.system.observables import KEEP
from amur.system.observe import predict
from amur.system.parameters import Parameters
from amur.system.run import Setting, keep_compiled, run
from amur.system.start import initial
from amur.system.step import Quarter

type Numbers = NDArray[np.float64]

SETTING = Setting(keep=KEEP, motives=False)


def parameters(points: Any, through: Coordinates) -> Parameters:
    """Parameter sets at points in a reading's coordinates, (parameters, members)."""
    return as_parameters(jnp.asarray(points, jnp.float32), through)


def predictions(p: Parameters, quarters: Quarter, upto: int | None = None) -> dict[str, Numbers]:
    """Predictions by observable, (periods, members), in its unit; decisions are those of the quarters.

    Quarters after the number ``upto`` (the last unless told) are not run, and what is given for them means nothing.
    """
    keep_compiled()
    quarters = jax.tree.map(jnp.asarray, quarters)
    last = jnp.int32(len(QUARTERS) - 1 if upto is None else upto)
    path = run(SETTING, _start(p), p, quarters, upto=last)
    return {name: np.asarray(each, np.float64) for name, each in _predicted(path.kept, p, QUARTERS).items()}


_start = jax.jit(initial)
_predicted = jax.jit(predict, static_argnums=2)
