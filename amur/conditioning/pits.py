"""Where each observation fell in its predictive distribution: the probability integral transform, and coverage.

One step ahead: given what was seen of the same series before, as in :mod:`amur.conditioning.likelihood`. Where an
observation is a count or a code its distribution jumps, and the transform is a range; a uniform number picks in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from amur.conditioning.evidence import FITTED, YEARS, Evidence, link_of
from amur.conditioning.forward import parameters, predictions
from amur.conditioning.result import Conditioned
from amur.system import measurement
from amur.system.observables import FREEDOM, OBSERVABLES, Observable

type Numbers = NDArray[np.float64]


class Fall(NamedTuple):
    """The distribution function just below and at each observation, (periods,); NaN where there is none."""

    below: Numbers
    at: Numbers


def falls(made: Observable, values: Numbers, predicted: Numbers, p: Any, rows: Any = None) -> Fall:
    """Where each value (periods,) falls among members (predictions: (periods, members)), given those before it.

    ``rows`` are the periods wanted (all unless told).
    """
    there = np.isfinite(values)
    wanted = np.flatnonzero(there if rows is None else there & rows)
    below, at = np.full((2, len(values)), np.nan)
    if made.model == "count":
        found = _count(made, values, predicted, p, wanted)
    else:
        found = {place: _one(made, values, predicted, p, place) for place in wanted.tolist()}
    for place, (low, high) in found.items():
        below[place], at[place] = float(np.mean(low)), float(np.mean(high))
    return Fall(below, at)


def _one(made: Observable, values: Numbers, predicted: Numbers, p: Any, place: int) -> tuple[Numbers, Numbers]:
    if made.model == "ordered":
        first, apart = (np.asarray(getattr(p, name), float) for name in made.scales)
        code, top = values[place], int(made.unit.rpartition("-")[2])
        low = special.expit(first + apart * (code - 1) - predicted[place]) if code > 0 else np.zeros(1)
        high = special.expit(first + apart * code - predicted[place]) if code < top else np.ones(1)
        return low, high
    scale = np.asarray(measurement.scale(made, p, len(values)), float)
    kept = np.asarray(measurement.lasting(made, p), float)
    before = np.flatnonzero(np.isfinite(values[:place]))
    off = _off(made, values, predicted, place) / scale[place]
    left: Any = 1.0
    if before.size:
        kept = kept ** (place - before[-1])
        off = off - kept * _off(made, values, predicted, before[-1]) / scale[before[-1]]
        left = np.sqrt(1 - kept**2)
    reached = special.stdtr(FREEDOM, off / left)
    return reached, reached


def _off(made: Observable, values: Numbers, predicted: Numbers, place: int) -> Numbers:
    return link_of(made.name, values[place]) - link_of(made.name, predicted[place])


def _count(
    made: Observable, values: Numbers, predicted: Numbers, p: Any, wanted: NDArray[np.int64]
) -> dict[int, tuple[Numbers, Numbers]]:
    """The gamma factor is filtered through the counts before."""
    found: dict[int, tuple[Numbers, Numbers]] = {}
    now = measurement.Factor(*(np.asarray(each, float) for each in measurement.unseen(made, p)))
    last = int(wanted[-1]) if wanted.size else -1
    for place in range(last + 1):
        count, mean = values[place], np.clip(predicted[place], measurement.SMALL, measurement.MOST)
        if place in wanted:
            low, high = (measurement.at_most(made, each, mean, now) for each in (count - 1, count))
            found[place] = (low, high)
        if np.isfinite(count):
            now = measurement.seen(now, count, mean, made.regular)
        now = measurement.later(now, made, p)
    return found


def one_ahead(
    run: Conditioned, seen: Evidence, progress: Callable[[int, int], None] | None = None
) -> dict[str, Fall]:
    """Where each observation fell for a reading, each year with its members at the end of the year before.

    The run must have its members of every year (a published one has the last only). One run of the model a year;
    ``progress`` is told the years done and all.
    """
    whole = {name: Fall(*np.full((2, len(seen.shown[name])), np.nan)) for name in FITTED}
    for place, before in enumerate(run.posterior.years[: len(seen.years)]):
        p = parameters(run.posterior.coordinates(before), run.posterior.through)
        predicted = predictions(p, seen.quarters, 4 * place + 3)
        for name in FITTED:
            made = OBSERVABLES[name]
            per = 4 if made.frequency == "Q" else 1
            rows = np.arange(len(YEARS) * per) // per == place
            fall = falls(made, seen.shown[name], predicted[name], p, rows)
            for mine, new in zip(whole[name], fall, strict=True):
                mine[rows] = new[rows]
        if progress:
            progress(place + 1, len(seen.years))
    return whole


def mixed(
    parts: Mapping[str, Mapping[str, Fall]], weights: Numbers, readings: tuple[str, ...]
) -> dict[str, Fall]:
    """Where each observation fell in the mixture of the readings; ``weights`` (years, readings) before each year."""
    made = {}
    for name in FITTED:
        per = 4 if OBSERVABLES[name].frequency == "Q" else 1
        by_period = np.repeat(weights, per, axis=0)
        each = [np.stack([parts[reading][name][side] for reading in readings], axis=1) for side in (0, 1)]
        below, at = (np.full(len(side), np.nan) for side in each)
        many = len(by_period)
        below[:many] = np.sum(by_period * each[0][:many], axis=1)
        at[:many] = np.sum(by_period * each[1][:many], axis=1)
        made[name] = Fall(below, at)
    return made


def picked(fall: Fall, name: str, seed: int = 1) -> Numbers:
    """The transform of each observation that is there (values,), uniform if the forecasts were right."""
    there = np.isfinite(fall.at)
    chance = np.random.default_rng([seed, *name.encode()]).random(len(there))
    return np.asarray((fall.below + chance * (fall.at - fall.below))[there])


def inside(transforms: Numbers, share: float) -> float:
    """How many lie inside the middle ``share`` of their distributions; NaN for none."""
    return float(np.mean(np.abs(transforms - 0.5) <= share / 2)) if len(transforms) else float("nan")


def uniformity(transforms: Numbers) -> float:
    """The p-value of the Kolmogorov-Smirnov test that the transforms are uniform; NaN for fewer than five."""
    return float(stats.kstest(transforms, "uniform").pvalue) if len(transforms) >= 5 else float("nan")
