"""Data share: how far the record moved an answer.

One less the overlap of what the answer was before the record (the readings' priors, all readings alike) and what it is
after it (their posteriors, weighed): 0 where the record changed nothing, 1 where the two have nothing in common. The
overlap is measured in ten classes that hold equal parts of both together; what two samples of one distribution would
seem to differ by chance is taken off.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.floating[Any]]

CLASSES = 10


def moved(after: Numbers, weights: Numbers, before: Numbers, weights_before: Numbers) -> float:
    """The data share, 0 to 1, of weighted samples after and before; not-a-number counts as a value of its own."""
    now, then = _normal(weights), _normal(weights_before)
    there, was = np.isfinite(after), np.isfinite(before)
    whole = np.concatenate([after[there], before[was]])
    mass = np.concatenate([now[there], then[was]])
    if not whole.size:
        return 0.0
    order = np.argsort(whole, kind="stable")
    cuts = np.interp(np.arange(1, CLASSES) / CLASSES, np.cumsum(mass[order]) / mass.sum(), whole[order])
    cuts = np.unique(cuts)
    first, second = _classes(after, now, there, cuts), _classes(before, then, was, cuts)
    apart = 0.5 * float(np.abs(first - second).sum())
    by_chance = _by_chance((first + second) / 2, 1 / float((now**2).sum()), 1 / float((then**2).sum()))
    return float(np.clip((apart - by_chance) / (1 - by_chance), 0.0, 1.0))


def _classes(values: Numbers, weights: Numbers, there: NDArray[np.bool_], cuts: Numbers) -> Numbers:
    """The mass in each class, and last that without a value. A value on a cut belongs to the class below."""
    place = np.searchsorted(cuts, values[there], side="left")
    return np.append(np.bincount(place, weights=weights[there], minlength=len(cuts) + 1), weights[~there].sum())


def _by_chance(mass: Numbers, after: float, before: float) -> float:
    """The mean of half the sum of absolute differences between two samples of one distribution, of those sizes."""
    spread = np.sqrt(np.maximum(mass * (1 - mass), 0.0) * (1 / after + 1 / before))
    return min(float(0.5 * np.sqrt(2 / np.pi) * spread.sum()), 0.9)


def _normal(weights: Numbers) -> NDArray[np.float64]:
    told = np.asarray(weights, np.float64)
    return np.asarray(told / told.sum())
