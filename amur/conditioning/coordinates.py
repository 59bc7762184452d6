"""Coordinates in which a reading's prior is standard: samplers move there, the model gets the parameters.

A normal or lognormal prior is exactly standard normal in its coordinate. A beta prior is laid on its log-odds, centred
and scaled by their own mean and standard deviation, so that it is nearly so; its exact density is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy import special

from amur.system.declare import Array
from amur.system.parameters import NAMES, PARAMETERS, Parameters
from amur.system.priors import Beta, LogNormal, Normal, Prior

type Numbers = NDArray[np.float64]

NORMAL, LOGNORMAL, BETA = range(3)


class Coordinates(NamedTuple):
    """The priors of all parameters as arrays over parameters, in the order of their table.

    ``where`` and ``scale`` take a coordinate to the real line; ``low``, ``width``, ``a`` and ``b`` are those of a beta.
    """

    kind: Array
    where: Array
    scale: Array
    low: Array
    width: Array
    a: Array
    b: Array


def coordinates(priors: Mapping[str, Prior] | None = None, width: float = 1.0) -> Coordinates:
    """The coordinates of a reading's priors; ``width`` multiplies the spread of every one (for sensitivity)."""
    rows = [_row((priors or {}).get(name, PARAMETERS[name].prior), width) for name in NAMES]
    columns = list(zip(*rows, strict=True))
    return Coordinates(
        jnp.asarray(columns[0], jnp.int32), *(jnp.asarray(each, jnp.float32) for each in columns[1:])
    )


def _row(prior: Prior, width: float) -> tuple[float, ...]:
    match prior:
        case Normal():
            return NORMAL, prior.middle, prior.spread * width, 0.0, 1.0, 1.0, 1.0
        case LogNormal():
            return LOGNORMAL, np.log(prior.median), np.log(prior.factor) * width, 0.0, 1.0, 1.0, 1.0
        case Beta():
            weight = prior.weight / width**2
            a, b = prior.mean * weight, (1 - prior.mean) * weight
            middle = special.digamma(a) - special.digamma(b)
            spread = np.sqrt(special.polygamma(1, a) + special.polygamma(1, b))
            return BETA, float(middle), float(spread), prior.low, prior.high - prior.low, a, b
    raise TypeError(f"no coordinates for {prior!r}")


def values(at: Array, through: Coordinates) -> Array:
    """Parameters, (parameters, members), at points in coordinates."""
    kind = through.kind[:, None]
    real = through.where[:, None] + through.scale[:, None] * at
    share = jax.nn.sigmoid(real)
    return jnp.select(
        [kind == NORMAL, kind == LOGNORMAL],
        [real, jnp.exp(jnp.where(kind == LOGNORMAL, real, 0.0))],
        through.low[:, None] + through.width[:, None] * share,
    )


def as_parameters(at: Array, through: Coordinates) -> Parameters:
    """The named parameters at points in coordinates."""
    return Parameters(*values(at, through))


def log_prior(at: Array, through: Coordinates) -> Array:
    """Log density of the prior in coordinates up to a constant, by member."""
    kind = through.kind[:, None]
    real = through.where[:, None] + through.scale[:, None] * at
    beta = through.a[:, None] * jax.nn.log_sigmoid(real) + through.b[:, None] * jax.nn.log_sigmoid(-real)
    return jnp.sum(jnp.where(kind == BETA, beta, -0.5 * at**2), axis=0)


def draws(members: int, seed: int, through: Coordinates) -> Numbers:
    """Independent draws of the prior in coordinates, (parameters, members); each parameter has a stream of its own."""
    kind, a, b = (np.asarray(each) for each in (through.kind, through.a, through.b))
    made: Any = np.empty((len(NAMES), members))
    for place, name in enumerate(NAMES):
        uniform = np.random.default_rng([seed, *name.encode()]).random(members)
        if kind[place] == BETA:
            share = special.betaincinv(a[place], b[place], uniform)
            share = np.clip(share, 1e-7, 1 - 1e-7)
            made[place] = (special.logit(share) - float(through.where[place])) / float(through.scale[place])
        else:
            made[place] = special.ndtri(uniform)
    return np.asarray(made)
