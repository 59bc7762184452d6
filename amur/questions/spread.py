"""From members of an ensemble to a number with its spread, its Monte Carlo error and what each reading says.

Members are weighted by their reading. A parameter set is run with several lucks (rounds), so that of a probability the
part that is not known (which parameters, which reading) is told from the part that is luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

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
    told = dict(zip(of.readings, map(float, _middles(of.parted(values))), strict=True))
    batch = of.batch(BATCHES)
    parts = [
        quantiles(values[here], of.weights[here], (0.5,))[0]
        for here in (batch == each for each in range(BATCHES))
    ]
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
    _, low50, high50, low90, high90 = map(float, quantiles(own, of.weights))
    share = None
    if before is not None and prior is not None:
        share = moved(own, of.weights, prior.means(np.asarray(before, np.float64)), prior.weights)
    batch = of.batch(BATCHES)
    parts = np.bincount(batch, of.weights * values, BATCHES) / np.bincount(batch, of.weights, BATCHES)
    told = dict(zip(of.readings, map(float, of.parted(values).mean(axis=-1)), strict=True))
    return Number(
        name, about, unit, float(values @ of.weights), low50, high50, low90, high90, _of_parts(list(parts)), share,
        told, dict(keys or {}),
    )  # fmt: skip


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
    low90, low50, high50, high90 = map(float, quantiles(chances, weights, (0.05, 0.25, 0.75, 0.95)))
    share = None
    if before is not None and prior is not None:
        share = moved(chances, weights, *laid_out(np.asarray(before, np.float64), prior))
    by_reading = dict(zip(of.readings, map(float, of.parted(hits).mean(axis=-1)), strict=True))
    return Number(
        name, about, "probability", value, low50, high50, low90, high90, _error(hits, of), share, by_reading,
        dict(keys or {}), "probability",
    )  # fmt: skip


def shift(
    name: str,
    about: str,
    changes: NDArray[Any],
    of: Mixture,
    before: NDArray[Any] | None = None,
    prior: Mixture | None = None,
    keys: Mapping[str, str] | None = None,
) -> Number:
    """By how many percentage points a probability is another among twins: changes (members,) are -1, 0 or 1.

    Its interval is over parameter sets: within each reading their own shifts are taken as normally distributed, with the
    mean found and the variance that the lucks of one set have in common.
    """
    changes = 100 * np.asarray(changes, np.float64)
    levels, weights = _shifts(changes, of)
    low90, low50, high50, high90 = map(float, quantiles(levels, weights, (0.05, 0.25, 0.75, 0.95)))
    share = None
    if before is not None and prior is not None:
        share = moved(levels, weights, *_shifts(100 * np.asarray(before, np.float64), prior))
    told = dict(zip(of.readings, map(float, of.parted(changes).mean(axis=-1)), strict=True))
    value = float(changes @ of.weights)
    error = float(np.sqrt(np.sum(of.weights**2 * (changes - value) ** 2)))
    return Number(
        name,
        about,
        "percentage points",
        value,
        low50,
        high50,
        low90,
        high90,
        error,
        share,
        told,
        dict(keys or {}),
    )


def _shifts(changes: NDArray[np.float64], of: Mixture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shifts of the parameter sets and their weights: (readings * levels,) each."""
    own = changes.reshape(of.rounds, len(of.readings), of.sets)
    mean, whole = own.mean(axis=(0, 2)), own.var(axis=(0, 2)) / (of.rounds * of.sets)
    apart = own - mean[None, :, None]
    common = (apart.sum(axis=0) ** 2 - (apart**2).sum(axis=0)).mean(axis=-1)
    between = np.maximum(common / max(of.rounds * (of.rounds - 1), 1), 0.0)
    wide = np.sqrt(between + whole)
    levels = np.clip(mean[:, None] + wide[:, None] * ndtri(GRID), -100, 100)
    weights = np.repeat([of.share[name] / len(GRID) for name in of.readings], len(GRID))
    return levels.ravel(), weights


def _error(hits: NDArray[np.float64], of: Mixture) -> float:
    """The standard error of a probability: from how the chances of parameter sets differ, never less than luck alone gives."""
    rates = of.means(hits)
    apart = (
        of.parted(rates)
        .reshape(len(of.readings), of.rounds, of.sets)[:, 0]
        .var(axis=1, ddof=min(of.sets - 1, 1))
    )
    mean = (of.parted(hits).sum(axis=-1) + 0.5) / (of.sets * of.rounds + 1)
    share = np.array([of.share[name] for name in of.readings])
    return float(np.sqrt(np.sum(share**2 * np.maximum(apart, mean * (1 - mean) / of.rounds) / of.sets)))


def laid_out(hits: NDArray[np.float64], of: Mixture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Chances of parameter sets and their weights: (readings * levels,) each."""
    own = np.asarray(hits).reshape(of.rounds, len(of.readings), of.sets).transpose(1, 2, 0)
    weights = np.repeat([of.share[name] / len(GRID) for name in of.readings], len(GRID))
    return _beta(own).ravel(), weights


def _beta(own: NDArray[np.float64]) -> NDArray[np.float64]:
    """Levels of the chances of parameter sets, (readings, levels), from their hits (readings, sets, rounds)."""
    readings, sets, rounds = own.shape
    size = sets * rounds
    # Half a hit more on either side: what has not come about in so many futures may still.
    mean = (own.sum(axis=(1, 2)) + 0.5) / (size + 1)
    luck = mean * (1 - mean) / rounds
    between = np.zeros(readings)
    if rounds > 1 and sets > 1:
        # A set's luck is less than that of the mean by what sets differ: hence the division.
        between = np.maximum(own.mean(axis=2).var(axis=1, ddof=1) - luck, 0.0) / (1 - 1 / rounds)
    # The mean itself is known only so well; that is part of what is not known.
    between = np.minimum(between + mean * (1 - mean) / size, 0.95 * mean * (1 - mean))
    weight = mean * (1 - mean) / between - 1
    return np.asarray(betaincinv((mean * weight)[:, None], ((1 - mean) * weight)[:, None], GRID))


def _middles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Medians along the last axis; not-a-number counts for nothing."""
    if np.isfinite(values).all():
        return np.asarray(np.median(values, axis=-1))
    return np.array([np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else np.nan for row in values])


def _of_parts(parts: list[Any]) -> float:
    found = np.asarray(parts, np.float64)
    return float(np.nanstd(found, ddof=1) / np.sqrt(len(found))) if np.isfinite(found).sum() > 1 else 0.0
