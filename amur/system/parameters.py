"""Every parameter in one table: prior, unit, why, claims. Declared beside the mechanisms, gathered here."""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

import jax.numpy as jnp
import numpy as np

from amur.system import observables as _observables  # noqa: F401  so do the observables
from amur.system import step as _step  # noqa: F401  importing the step declares every parameter
from amur.system.declare import PARAMETERS, Parameter
from amur.system.priors import sample

# One order, by group and then as declared, whoever imported what first.
_ordered = {name: PARAMETERS[name] for name in sorted(PARAMETERS, key=lambda name: PARAMETERS[name].group)}
PARAMETERS.clear()
PARAMETERS.update(_ordered)

if TYPE_CHECKING:
    from amur.system.declare import Parameters
else:
    # Made after every mechanism is declared: one field per parameter.
    Parameters = namedtuple("Parameters", list(PARAMETERS))

NAMES = tuple(PARAMETERS)


def middle() -> dict[str, float]:
    """The median of every prior."""
    return {name: float(declared.prior.quantile(np.array(0.5))) for name, declared in PARAMETERS.items()}


def draw(members: int, seed: int, priors: dict[str, Any] | None = None, real: Any = jnp.float32) -> Parameters:
    """Independent draws of all parameters, each an array over members.

    Each parameter has a stream of its own, keyed by seed and name, so that a new parameter leaves the draws of the
    others alone. ``priors`` replaces priors by name (a reading).
    """
    values = {}
    for name, declared in PARAMETERS.items():
        prior = (priors or {}).get(name, declared.prior)
        generator = np.random.default_rng([seed, *name.encode()])
        values[name] = jnp.asarray(sample(prior, generator.random(members)), real)
    return Parameters(**values)


__all__ = ["NAMES", "PARAMETERS", "Parameter", "Parameters", "draw", "middle"]
