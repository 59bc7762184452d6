"""Weights of readings at a year's end, and how sure they are: pure functions of log evidence by year.

Two errors are kept apart. The *interval* is over a Bayesian bootstrap of the years (Rubin 1981): each year is counted a
random number of times, one on average, so that it says how much the weights hang on which years came. The *Monte Carlo
error* is how far a weight would move if the readings were conditioned again with another seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from amur.conditioning.weights import stack

type Numbers = NDArray[np.float64]

DRAWS = 400
"""Draws of the bootstrap: the 5th percentile of so many is good to about a tenth of the interval."""
AGAIN = 100
"""Draws of the runs."""
LEVELS = (0.05, 0.25, 0.75, 0.95)


class Weighed(NamedTuple):
    """Weights (readings,); the same over a bootstrap of the years and over runs with other seeds, (draws, readings) each.

    ``small`` corrects the spread over runs for their small number. Where one seed only is published there are no runs.
    """

    values: Numbers
    drawn: Numbers
    again: Numbers
    small: float

    @property
    def quantiles(self) -> Numbers:
        """The bounds of the middle 90% and 50% over the bootstrap: 5th, 25th, 75th, 95th percentile, (4, readings)."""
        return np.asarray(np.quantile(self.drawn, LEVELS, axis=0))

    @property
    def errors(self) -> Numbers:
        """The Monte Carlo error of each weight, (readings,); not a number where it is not known."""
        if not len(self.again):
            return np.full(len(self.values), np.nan)
        return np.asarray(np.std(self.again, axis=0) * self.small)


def weigh(
    kind: str, increments: Mapping[str, Numbers], again: Mapping[str, Numbers], years: int, seed: int = 1
) -> Weighed:
    """The weights after the first ``years`` years, which alone are looked at.

    ``again`` holds the increments of all seeds by reading, (seeds, all years); empty where there is one seed only.
    """
    scores = np.stack([np.asarray(each, np.float64)[:years] for each in increments.values()], axis=1)
    values = weights_of(kind, scores)
    rng = np.random.default_rng([seed, 23])
    drawn = [weights_of(kind, scores, years * rng.dirichlet(np.ones(years)), values) for _ in range(DRAWS)]
    return Weighed(values, np.stack(drawn), *_again(kind, again, tuple(increments), years, values, seed))


def weights_of(
    kind: str, scores: Numbers, often: Numbers | None = None, guess: Numbers | None = None
) -> Numbers:
    """Weights from log evidence (years, readings), each year counted ``often`` times; all readings alike before."""
    counted = np.ones(len(scores)) if often is None else often
    if kind == "prequential":
        return np.asarray(special.softmax(counted @ scores))
    even = np.full(scores.shape[1], 1 / scores.shape[1])
    return stack(scores, even, guess=guess, often=counted)


def _again(
    kind: str, again: Mapping[str, Numbers], readings: tuple[str, ...], years: int, guess: Numbers, seed: int
) -> tuple[Numbers, float]:
    """Weights over runs that might have been published: of each reading, one drawn of its seeds."""
    seeds = min((len(each) for each in again.values()), default=0)
    if seeds < 2 or set(again) != set(readings):
        return np.empty((0, len(readings))), 1.0
    runs = np.stack([np.asarray(again[name])[:seeds, :years] for name in readings], axis=1)
    rng = np.random.default_rng([seed, 29])
    every = np.arange(len(readings))
    drawn = [
        weights_of(kind, runs[rng.integers(seeds, size=len(readings)), every].T, None, guess)
        for _ in range(AGAIN)
    ]
    return np.stack(drawn), float(np.sqrt(seeds / (seeds - 1)))


def moved(weights: Numbers) -> float:
    """How far the record moved the weights: one less their overlap with even ones (their total variation distance)."""
    return float(np.abs(weights - 1 / len(weights)).sum() / 2)


def counting(weights: Numbers) -> float:
    """As how many equal readings the weighted ones count (the inverse of the sum of squares)."""
    return float(1 / np.sum(weights**2))
