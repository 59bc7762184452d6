"""From members of an ensemble to a number with its spread, its Monte Carlo error and what each reading says.

Members are weighted by their reading. A parameter set is run with several lucks (rounds), so that of a probability the
part that is not known (which parameters, which reading) is told from the part that is luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from amur.questions.answer import Number
from amur.questions.mixture import Mixture
from amur.questions.share import moved

type Numbers = NDArray[np.floating[Any]]

LEVELS = (0.5, 0.25, 0.75, 0.05, 0.95)
BATCHES = 8
"""Groups of parameter sets whose results, compared, give the Monte Carlo error (batch means)."""
GRID = (np.arange(64) + 0.5) / 64
"""Levels at which the chances of the parameter sets of a reading are laid out."""


def quantiles(values: Numbers, weights: Numbers, levels: tuple[float, ...] = LEVELS) -> NDArray[np.float64]:
    """Weighted quantiles of (members,) or along the last axis of (..., members); not-a-number counts for nothing."""
    values, weights = np.asarray(values, np.float64), np.asarray(weights, np.float64)
    if values.ndim > 1:
        flat = values.reshape(-1, values.shape[-1])
        return np.stack([quantiles(row, weights, levels) for row in flat], -1).reshape(
            len(levels), *values.shape[:-1]
        )
    there = np.isfinite(values) & (weights > 0)
    if not there.any():
        return np.full(len(levels), np.nan)
    order = np.argsort(values[there], kind="stable")
    mass = weights[there][order]
    middle = (np.cumsum(mass) - mass / 2) / mass.sum()
    return np.interp(levels, middle, values[there][order])


def quantity(
    name: str,
    about: str,
    unit: str,
    values: Numbers,
    of: Mixture,
    before: Numbers | None = None,
    prior: Mixture | None = None,
    keys: Mapping[str, str] | None = None,
) -> Number:
    """The number of a quantity: its median over the members, (members,), and its spread.

    ``before`` are the same under the priors of the readings, over the members of ``prior``; they give the data share.
    """
    values = np.asarray(values, np.float64)
    middle, low50, high50, low90, high90 = quantiles(values, of.weights)
    told = {
        name_: float(quantiles(values, of.weights * (of.reading == place) + 0.0, (0.5,))[0])
        if of.share[name_] > 0
        else float(np.median(values[of.reading == place]))
        for place, name_ in enumerate(of.readings)
    }
    parts = [quantiles(values, of.weights * (of.batch(BATCHES) == each), (0.5,))[0] for each in range(BATCHES)]
    share = None
    if before is not None and prior is not None:
        share = moved(values, of.weights, np.asarray(before, np.float64), prior.weights)
    return Number(
        name, about, unit, float(middle), float(low50), float(high50), float(low90), float(high90),
        _of_parts(parts), share, told, dict(keys or {}),
    )  # fmt: skip


def mean(
    name: str,
    about: str,
    unit: str,
    values: Numbers,
    of: Mixture,
    before: Numbers | None = None,
    prior: Mixture | None = None,
    keys: Mapping[str, str] | None = None,
) -> Number:
    """As :func:`quantity`, but the value is the mean: for differences of twins that are mostly nothing.

    Its interval is that of the parameter sets' own means, over the lucks they were run with.
    """
    values = np.asarray(values, np.float64)
    own = of.means(values)
    made = quantity(name, about, unit, own, of, None if before is None or prior is None else prior.means(np.asarray(before, np.float64)), prior, keys)  # fmt: skip
    parts = [np.average(values, weights=of.weights * (of.batch(BATCHES) == each)) for each in range(BATCHES)]
    told = {name_: float(values[of.reading == place].mean()) for place, name_ in enumerate(of.readings)}
    return replace(
        made, value=float(np.average(values, weights=of.weights)), error=_of_parts(parts), by_reading=told
    )


def chance(
    name: str,
    about: str,
    hits: NDArray[Any],
    of: Mixture,
    before: NDArray[Any] | None = None,
    prior: Mixture | None = None,
    keys: Mapping[str, str] | None = None,
) -> Number:
    """The probability of something that did or did not come about in each member, (members,) of 0 and 1.

    Its interval is over parameter sets: within each reading their chances are taken as beta distributed, with the mean
    and variance found (that between sets, less what luck alone would give).
    """
    hits = np.asarray(hits, np.float64)
    value = float(np.average(hits, weights=of.weights))
    chances, weights = laid_out(hits, of)
    low90, low50, high50, high90 = (
        float(quantiles(chances, weights, (level,))[0]) for level in (0.05, 0.25, 0.75, 0.95)
    )
    share = None
    if before is not None and prior is not None:
        share = moved(chances, weights, *laid_out(np.asarray(before, np.float64), prior))
    many = of.effective
    told = min(max(value, 0.5 / many), 1 - 0.5 / many)
    error = float(np.sqrt(told * (1 - told) / many))
    by_reading = {name_: float(hits[of.reading == place].mean()) for place, name_ in enumerate(of.readings)}
    return Number(
        name, about, "probability", value, low50, high50, low90, high90, error, share, by_reading,
        dict(keys or {}), "probability",
    )  # fmt: skip


def laid_out(hits: NDArray[np.float64], of: Mixture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Chances of parameter sets and their weights: (readings * levels,) each."""
    chances, weights = [], []
    for place, name in enumerate(of.readings):
        own = of.table(hits, place)
        chances.append(_beta(own))
        weights.append(np.full(len(GRID), of.share[name] / len(GRID)))
    return np.concatenate(chances), np.concatenate(weights)


def _beta(own: NDArray[np.float64]) -> NDArray[np.float64]:
    """Levels of the chances of parameter sets, from their hits (sets, rounds)."""
    sets, rounds = own.shape
    # Half a hit more on either side: what has not come about in so many futures may still.
    mean = (own.sum() + 0.5) / (own.size + 1)
    rates = own.mean(axis=1)
    luck = mean * (1 - mean) / rounds
    between = max(float(rates.var(ddof=1)) - luck, 0.0) if rounds > 1 and sets > 1 else 0.0
    # The mean itself is known only so well; that is part of what is not known.
    between = min(between + mean * (1 - mean) / own.size, 0.95 * mean * (1 - mean))
    weight = mean * (1 - mean) / between - 1
    return np.asarray(stats.beta.ppf(GRID, mean * weight, (1 - mean) * weight))


def _of_parts(parts: list[Any]) -> float:
    found = np.asarray(parts, np.float64)
    return float(np.nanstd(found, ddof=1) / np.sqrt(len(found))) if np.isfinite(found).sum() > 1 else 0.0
