"""The baselines of counts: whole numbers from zero up, a few a year.

Normal errors on a logarithm do not fit a series of noughts and ones. Each forecaster here draws a mean and then a
Poisson count about it (that the mean is unsure makes the counts negative binomial), or forecasts on the square-root
scale, where counts scatter alike whatever their mean, and rounds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amur.validation.baselines_numbers import Forecaster, filled, regression

type Numbers = NDArray[np.float64]

PRIOR = 0.5
"""Jeffreys' prior of a Poisson mean: half a count in no time."""
COUNTED = 3
"""Counts that make the mean of the recent past. Of 2, 3, 4, 5 and 7, three forecast the record's counts best."""
TREND = 15
"""Counts that the trend of their drift is taken from."""


def persistence(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """Poisson about the mean of the last values, which is known as well as so many counts tell: negative binomial."""
    return _poisson(rng, np.broadcast_to(_level(past, samples, rng), (horizons, samples)))


def drift(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """The mean of the last values moves on along the straight line through more of them; both are unsure."""
    there = np.flatnonzero(np.isfinite(past))
    longer, middle = there[-TREND:], there[-COUNTED:].mean()
    _, slope, _ = regression(rng, longer.astype(np.float64), past[longer], samples)
    ahead = len(past) - 1 - middle + np.arange(1, horizons + 1)[:, None]
    return _poisson(rng, np.maximum(_level(past, samples, rng) + slope * ahead, 0.0))


def ar1(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """Poisson with a mean on a straight line over the last count, by least squares with unsure parameters."""
    values = filled(past)
    base, slope, _ = regression(rng, values[:-1], values[1:], samples)
    centre = values[:-1].mean()
    base, slope = base + slope * centre, np.clip(slope, 0.0, 1.0)
    drawn, now = np.empty((horizons, samples)), np.full(samples, values[-1])
    for ahead in range(horizons):
        now = _poisson(rng, np.maximum(base + slope * (now - centre), 0.0))
        drawn[ahead] = now
    return drawn


def on_roots(forecaster: Forecaster) -> Forecaster:
    """A forecaster of numbers put to counts: on twice the root of the count and three eighths (Anscombe), rounded."""

    def forecast(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
        roots = forecaster(2 * np.sqrt(past + 0.375), horizons, samples, rng)
        return np.maximum(np.round(np.maximum(roots, 0.0) ** 2 / 4 - 0.375), 0.0)

    return forecast


def _level(past: Numbers, samples: int, rng: np.random.Generator) -> Numbers:
    """Draws of the mean of the last values, given their sum."""
    recent = past[np.isfinite(past)][-COUNTED:]
    return rng.gamma(PRIOR + recent.sum(), 1 / len(recent), samples)


def _poisson(rng: np.random.Generator, mean: Numbers) -> Numbers:
    """Counts about the means, as floats; a mean beyond ten thousand counts as that."""
    return rng.poisson(np.minimum(mean, 1e4)).astype(np.float64)
