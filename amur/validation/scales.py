"""How far model and record lie apart where conditioning does not look: learnt from the same past.

A ratio of two fitted series is no evidence of its own, so that a posterior leaves the scale and the persistence of its
discrepancy at their priors. For a forecast of the ratio both are learnt from the record to the origin, each member by
its own history.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy import special

from amur.futures.shocks import stream
from amur.system import measurement
from amur.system.observables import FREEDOM, Observable
from amur.system.observe import linked
from amur.system.parameters import PARAMETERS, Parameters

SCALES, LASTING = np.linspace(-3, 3, 19), np.linspace(-2.4, 2.4, 9)
"""The scales and persistences that are weighed: where a normal prior of the same order would have them, in its deviations."""

type Numbers = NDArray[np.float64]


def learnt(made: Observable, shown: Numbers, predicted: Any, p: Parameters, seed: int) -> Parameters:
    """The parameters with scale and persistence of an observable drawn anew, given how far its record lay off.

    ``shown`` (periods to the origin), ``predicted`` (at least as many periods, members). The likelihood is that of
    the observable: Student-t shocks about an autoregression of order one, to the power of the gap over a gap.
    """
    there = np.flatnonzero(np.isfinite(shown))
    if not len(there):
        return p
    scales, lasting = _grid(made.scales[0], SCALES), _grid(made.lasting, LASTING)
    off = _off(made, shown, predicted, p, there)
    fit = np.empty((len(LASTING), len(SCALES), off.shape[1]))
    for row, kept in enumerate(lasting):
        fresh, width = _innovations(off, kept ** np.diff(there)[:, None])
        for column, scale in enumerate(scales):
            tails = np.log1p((fresh / scale) ** 2 / FREEDOM).sum(axis=0)
            prior = -(LASTING[row] ** 2 + SCALES[column] ** 2) / 2
            fit[row, column] = prior - (FREEDOM + 1) / 2 * tails - len(off) * np.log(scale) - width
    weights = np.exp(fit - fit.max(axis=(0, 1))).reshape(-1, off.shape[1])
    until = np.cumsum(weights, axis=0) / weights.sum(axis=0)
    drawn = stream(seed, 0, f"scale:{made.name}").random(off.shape[1])
    picked = np.minimum((until < drawn).sum(axis=0), len(until) - 1)
    new = {made.lasting: lasting[picked // len(SCALES)], made.scales[0]: scales[picked % len(SCALES)]}
    changed: Any = p
    return Parameters(
        **(changed._asdict() | {name: jnp.asarray(value, jnp.float32) for name, value in new.items()})
    )


def _grid(name: str, at: Numbers) -> Numbers:
    return np.asarray(PARAMETERS[name].prior.quantile(special.ndtr(at)), np.float64)


def _off(made: Observable, shown: Numbers, predicted: Any, p: Parameters, there: Any) -> Numbers:
    """How far each value known lies off, over how much rougher statistics were then than now: (values, members)."""
    rough = np.asarray(measurement.scale(made, p, len(shown)), np.float64) / np.asarray(
        getattr(p, made.scales[0])
    )
    record = np.asarray(linked(made, shown[there]), np.float64)[:, None]
    return np.asarray(
        (record - np.asarray(linked(made, np.asarray(predicted)[there]), np.float64)) / rough[there]
    )


def _innovations(off: Numbers, kept: Numbers) -> tuple[Numbers, float]:
    """What was new in each value, in units in which all are as wide as a shock, and the logs of what they were divided by."""
    left = np.sqrt(1 - kept**2)
    return np.concatenate([off[:1], (off[1:] - kept * off[:-1]) / left]), float(np.log(left).sum())
