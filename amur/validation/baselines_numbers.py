"""The baselines of numbers: flows, shares and prices on their scale of comparison.

Each takes values that begin and end with a number (:mod:`amur.validation.baselines` says what becomes of gaps), horizons,
samples and a generator, and gives (horizons, samples).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]
type Forecaster = Callable[[Numbers, int, int, np.random.Generator], Numbers]
"""From values that begin and end with a number, horizons and samples to (horizons, samples)."""

ENOUGH = 10
"""Values that a fitted model needs."""
RECENT = 5
"""Values that conflictology draws from at least."""


class UnfitError(Exception):
    """A model that cannot be fitted to this history; the forecast falls back to drift."""


def filled(past: Numbers) -> Numbers:
    """Gaps filled by straight lines. Raises :class:`UnfitError` where there are too few values, or only one size."""
    there = np.isfinite(past)
    if there.sum() < ENOUGH or np.ptp(past[there]) == 0:
        raise UnfitError
    along = np.arange(len(past))
    return np.interp(along, along[there], past[there])


def wandering(rng: np.random.Generator, spread: Numbers, freedom: float, samples: int) -> Numbers:
    """Student-t draws (horizons, samples) of the given spreads, joined over horizons as a random walk is."""
    steps = np.arange(1, len(spread) + 1)[:, None]
    walk = np.cumsum(rng.standard_normal((len(spread), samples)), axis=0) / np.sqrt(steps)
    return spread[:, None] * walk / np.sqrt(rng.chisquare(freedom, samples) / freedom)


def regression(
    rng: np.random.Generator, x: Numbers, y: Numbers, samples: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Draws of intercept, slope and residual spread of a straight line, under the usual flat prior."""
    design = np.column_stack([np.ones_like(x), x])
    if len(y) < 4 or np.ptp(x) == 0:
        raise UnfitError
    inverse = np.linalg.inv(design.T @ design)
    best = inverse @ design.T @ y
    freedom = len(y) - 2
    spread = np.sqrt(np.sum((y - design @ best) ** 2) / rng.chisquare(freedom, samples))
    drawn = best[:, None] + np.linalg.cholesky(inverse) @ rng.standard_normal((2, samples)) * spread
    return drawn[0], drawn[1], spread


def persistence(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """The last value, as far off as past values were from those so many periods before them."""
    there = np.flatnonzero(np.isfinite(past))
    gaps, changes = np.diff(there), np.diff(past[there])
    one = np.sqrt(np.mean(changes**2 / gaps))
    spread = np.empty(horizons)
    for ahead in range(1, horizons + 1):
        apart = past[ahead:] - past[:-ahead]
        apart = apart[np.isfinite(apart)]
        # With few pairs so far apart the spread of a random walk says more than they do.
        spread[ahead - 1] = np.sqrt(np.mean(apart**2) if len(apart) >= ENOUGH else ahead * one**2)
    spread = np.maximum.accumulate(spread)
    return np.asarray(past[-1] + wandering(rng, spread, len(changes), samples))


def drift(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """A random walk whose mean step is that of the past; step and spread are as unsure as the past leaves them."""
    there = np.flatnonzero(np.isfinite(past))
    gaps, changes = np.diff(there), np.diff(past[there])
    span, freedom = gaps.sum(), len(changes) - 1
    step = changes.sum() / span
    spread = np.sqrt(np.sum((changes - step * gaps) ** 2 / gaps) / rng.chisquare(freedom, samples))
    steps = step + spread / np.sqrt(span) * rng.standard_normal(samples)
    walk = np.cumsum(steps + spread * rng.standard_normal((horizons, samples)), axis=0)
    return np.asarray(past[-1] + walk)


def conflictology(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """Draws from the last values themselves: as many as the horizon is long, and at least :data:`RECENT`."""
    recent = past[np.isfinite(past)][-max(horizons, RECENT) :]
    return rng.choice(recent, (horizons, samples))


def ar1(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """Each value pulled from the one before towards a mean, by least squares with unsure parameters."""
    values = filled(past)
    base, slope, spread = regression(rng, values[:-1], values[1:], samples)
    # A slope beyond one would explode; drawn so, it becomes a random walk about the centre of the past.
    centre = values[:-1].mean()
    base, slope = base + slope * centre, np.clip(slope, -1.0, 1.0)
    drawn, now = np.empty((horizons, samples)), np.full(samples, values[-1])
    for ahead in range(horizons):
        now = base + slope * (now - centre) + spread * rng.standard_normal(samples)
        drawn[ahead] = now
    return drawn


def ets(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """Exponential smoothing with or without a trend, additive errors, chosen by AICc (statsforecast's AutoETS)."""
    from statsforecast.models import AutoETS

    return _fitted(AutoETS(season_length=1, model="AZN"), past, horizons, samples, rng)


def arima(past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """ARIMA of orders up to two, by maximum likelihood, chosen by AICc (statsforecast's AutoARIMA)."""
    from statsforecast.models import AutoARIMA

    model = AutoARIMA(seasonal=False, method="ML", max_p=2, max_q=2, start_p=1, start_q=1)
    return _fitted(model, past, horizons, samples, rng)


SURE = 80
"""The interval (percent) that a fitted model's spread is read from; it is normal, so any would do."""
SURE_WIDE = 1.2815515655446004  # the standard normal's quantile at 90 percent


def _fitted(model: Any, past: Numbers, horizons: int, samples: int, rng: np.random.Generator) -> Numbers:
    """Samples about the mean that a model of statsforecast gives, as wide as its interval.

    The interval takes the spread of the errors as known; Student-t draws put back that it is estimated.
    """
    values = filled(past)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            told = model.forecast(y=values, h=horizons, level=[SURE])
    except Exception as failed:  # the library raises bare Exceptions, LinAlgError, ZeroDivisionError …
        raise UnfitError from failed
    high, low = (np.asarray(told[f"{side}-{SURE}"], np.float64) for side in ("hi", "lo"))
    spread = (high - low) / (2 * SURE_WIDE)
    if not (spread > 0).all():
        raise UnfitError
    return np.asarray(told["mean"], np.float64)[:, None] + wandering(rng, spread, len(values) - 3, samples)
