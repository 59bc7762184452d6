"""Three habits that need no structure: a level that stays about where it was, a slow rate of events, a code that stays.

Each is an exact sequential forecaster. ``score`` gives the log density of every value given all before it, ``draw``
continues a series by its own predictive distribution. What is unknown about a habit (how large changes are, how much
of a change lasts, how likely a code is to stay) lies on a grid whose weights are learnt by Bayes' rule, value after value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import special

from amur.system.observables import FREEDOM

type Numbers = NDArray[np.float64]

SMOOTHING = np.arange(1, 21) / 20
"""How much of a change lasts: 1 is a random walk, near 0 a mean of all that was seen."""
RANDOM_WALK = 0.5
"""Prior probability that everything lasts; the rest is spread evenly over the smaller values."""
STILL = 10.0
"""A drift is the mean change so far, as if this many periods without any change had been seen besides."""
DISCOUNTS = np.linspace(0.3, 1.0, 15)
"""What past counts are worth a period later."""
RATE = (0.5, 0.25)
"""Prior shape and rate of the mean of a count: about two a period, and no more sure than a quarter of a period seen."""
STAYING = (0.5, 0.7, 0.85, 0.95, 0.98)
"""Prior means of the probability that a code stays."""
SURENESS = (2.0, 8.0, 32.0)
"""How many transitions the prior mean of staying is worth."""
ANY = 0.5
"""Prior count of each option to go to (Jeffreys)."""


class Habit(Protocol):
    """A forecaster of one series from its own past."""

    def score(self, values: Numbers) -> Numbers:
        """Log density of each value given those before, (periods,); NaN at the first and where there is none."""
        ...

    def draw(self, values: Numbers, ahead: int, members: int, rng: np.random.Generator) -> Numbers:
        """Continuations beyond the end of ``values``, (ahead, members)."""
        ...


CONSTANT = float(
    special.gammaln((FREEDOM + 1) / 2) - special.gammaln(FREEDOM / 2) - np.log(FREEDOM * np.pi) / 2
)


def student(standard: Numbers) -> Numbers:
    """Log density of a Student-t with the degrees of freedom that all readings use."""
    return np.asarray(CONSTANT - (FREEDOM + 1) / 2 * np.log1p(standard**2 / FREEDOM))


def negative_binomial(count: float, shape: Numbers, rate: Numbers, regular: int = 1) -> Numbers:
    """Log probability of a count whose mean is gamma with this shape and rate: Poisson, or of ``regular`` steps each.

    Steps and where a period begins are those of :mod:`amur.system.measurement`.
    """
    steps = np.arange(max(regular * (count - 1) + 1, 0), regular * (count + 1))[:, None]
    ways = special.gammaln(shape + steps) - special.gammaln(shape) - special.gammaln(steps + 1)
    each = ways + shape * np.log(rate / (regular + rate)) + steps * np.log(regular / (regular + rate))
    return np.asarray(special.logsumexp(each, b=1 - np.abs(steps - regular * count) / regular, axis=0))


def _learn(log_weights: Numbers, log_density: Numbers) -> tuple[float, Numbers]:
    """The log density over the grid as a whole, and the weights after it."""
    joint = log_weights + log_density
    top = joint.max()
    whole = float(top + np.log(np.exp(joint - top).sum()))
    return whole, joint - whole


def _pick(log_weights: Numbers, members: int, rng: np.random.Generator) -> tuple[NDArray[np.intp], ...]:
    """Places on a grid, drawn by weight."""
    chance = np.exp(log_weights.ravel())
    flat = rng.choice(chance.size, members, p=chance / chance.sum())
    return np.unravel_index(flat, log_weights.shape)


class _Known(NamedTuple):
    """What is known of a level after an observation: weights and levels over (drift or none, smoothing, scale)."""

    weights: Numbers
    level: Numbers
    first: int
    last: int


@dataclass(frozen=True)
class Level:
    """Simple exponential smoothing with Student-t changes, with or without drift (each as likely at the start).

    ``scales`` and ``masses`` are the grid of the scale of one period's change and its prior. A gap of k periods widens
    the scale by sqrt(1 + (k - 1) smoothing²) and closes all but (1 - smoothing)^k of what is forgotten.
    """

    scales: Numbers
    masses: Numbers

    @cached_property
    def _grid(self) -> tuple[Numbers, Numbers, Numbers]:
        some = np.full(len(SMOOTHING), (1 - RANDOM_WALK) / (len(SMOOTHING) - 1))
        some[-1] = RANDOM_WALK
        weights = np.log(some[:, None] * self.masses) + np.log([0.5, 0.5])[:, None, None]
        return SMOOTHING[:, None], self.scales[None, :], weights

    def score(self, values: Numbers) -> Numbers:
        """As :class:`Habit` says; values are on their scale of comparison."""
        return self._follow(values)[0]

    def _follow(self, values: Numbers) -> tuple[Numbers, _Known]:
        smoothing, scale, weights = self._grid
        scores = np.full(len(values), np.nan)
        there = np.flatnonzero(np.isfinite(values))
        first = int(there[0])
        level = np.full(weights.shape, values[first])
        for before, now in pairwise(there):
            gap = now - before
            drift = (values[before] - values[first]) / (before - first + STILL)
            expected = level + gap * drift * np.array([0.0, 1.0])[:, None, None]
            wide = scale * np.sqrt(1 + (gap - 1) * smoothing**2)
            off = values[now] - expected
            scores[now], weights = _learn(weights, student(off / wide) - np.log(wide))
            level = expected + (1 - (1 - smoothing) ** gap) * off
        return scores, _Known(weights, level, first, int(there[-1]))

    def draw(self, values: Numbers, ahead: int, members: int, rng: np.random.Generator) -> Numbers:
        """As :class:`Habit` says; a gap at the end is drawn through and not shown."""
        known = self._follow(values)[1]
        drifts, lasting, size = _pick(known.weights, members, rng)
        level, smoothing, scale = known.level[drifts, lasting, size], SMOOTHING[lasting], self.scales[size]
        value = np.full(members, values[known.last])
        steps = len(values) - 1 - known.last + ahead
        shocks = rng.standard_t(FREEDOM, (steps, members))
        made = np.empty((steps, members))
        for step in range(steps):
            since = known.last + step - known.first
            expected = level + drifts * (value - values[known.first]) / (since + STILL)
            value = made[step] = expected + scale * shocks[step]
            level = expected + smoothing * (value - expected)
        return made[steps - ahead :]


@dataclass(frozen=True)
class Rate:
    """Counts with a mean that may move: gamma with discounting toward its prior, so that a count is negative binomial.

    An event is the last of ``regular`` steps (:mod:`amur.system.measurement`).
    """

    regular: int = 1

    def score(self, values: Numbers) -> Numbers:
        """As :class:`Habit` says."""
        return self._follow(values)[0]

    def _follow(self, values: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        scores, started = np.full(len(values), np.nan), False
        weights = np.full(len(DISCOUNTS), -np.log(len(DISCOUNTS)))
        shape, rate = (np.full(len(DISCOUNTS), each) for each in RATE)
        for place, value in enumerate(values):
            shape, rate = _faded(shape, rate, DISCOUNTS)
            if not np.isfinite(value):
                continue
            if started:
                scores[place], weights = _learn(weights, negative_binomial(value, shape, rate, self.regular))
            shape, rate, started = shape + self.regular * value, rate + self.regular, True
        return scores, weights, shape, rate

    def draw(self, values: Numbers, ahead: int, members: int, rng: np.random.Generator) -> Numbers:
        """As :class:`Habit` says."""
        _, weights, shapes, rates = self._follow(values)
        (at,) = _pick(weights, members, rng)
        shape, rate = shapes[at], rates[at]
        made = np.empty((ahead, members))
        for step in range(ahead):
            shape, rate = _faded(shape, rate, DISCOUNTS[at])
            steps = rng.poisson(self.regular * rng.gamma(shape, 1 / rate))
            made[step] = (steps + rng.integers(self.regular, size=members)) // self.regular
            shape, rate = shape + self.regular * made[step], rate + self.regular
        return made


def _faded(shape: Numbers, rate: Numbers, discount: Numbers) -> tuple[Numbers, Numbers]:
    return discount * shape + (1 - discount) * RATE[0], discount * rate + (1 - discount) * RATE[1]


@dataclass(frozen=True)
class Code:
    """A Markov chain over codes 0 to ``options`` - 1: it stays with a probability learnt, else goes by a Dirichlet row.

    The grid holds prior mean and sureness of staying, and whether all options share one probability of staying.
    """

    options: int

    @cached_property
    def _priors(self) -> tuple[Numbers, Numbers, Numbers]:
        """Prior counts of staying and leaving, and whether staying is shared (1), by place of the grid."""
        rows = [(m * c, (1 - m) * c, own) for m in STAYING for c in SURENESS for own in (0.0, 1.0)]
        stay, leave, shared = np.array(rows).T
        return stay, leave, shared

    def _chances(self, counts: Numbers, now: NDArray[np.intp], at: slice | NDArray[np.intp]) -> Numbers:
        """Probabilities of the next code, (grid places or members, options), after transition ``counts``.

        ``counts`` are (members, options, options) and ``now`` (members,); one member serves all places of the grid.
        """
        stay, leave, shared = (each[at] for each in self._priors)
        who = np.arange(len(counts))
        row, every = counts[who, now], np.trace(counts, axis1=1, axis2=2)
        stays = stay + np.where(shared > 0, every, row[who, now])
        leaves = leave + np.where(shared > 0, counts.sum((1, 2)) - every, row.sum(1) - row[who, now])
        keep = stays / (stays + leaves)
        toward = row + ANY
        toward[who, now] = 0.0
        made = (1 - keep)[:, None] * (toward / toward.sum(1, keepdims=True))
        made[np.arange(len(made)), np.broadcast_to(now, len(made))] = keep
        return made

    def score(self, values: Numbers) -> Numbers:
        """As :class:`Habit` says; over a gap the chain runs on by its mean transitions, and nothing is learnt."""
        return self._follow(values)[0]

    def _follow(self, values: Numbers) -> tuple[Numbers, Numbers, Numbers, int]:
        many = len(self._priors[0])
        scores, weights = np.full(len(values), np.nan), np.full(many, -np.log(many))
        counts = np.zeros((1, self.options, self.options))
        there = np.flatnonzero(np.isfinite(values))
        for before, now in pairwise(there):
            old, new = int(values[before]), int(values[now])
            if now - before > 1:
                rows = [self._chances(counts, np.array([code]), slice(None)) for code in range(self.options)]
                chance = np.linalg.matrix_power(np.stack(rows, 1), int(now - before))[:, old, new]
                scores[now] = special.logsumexp(weights + np.log(chance))
                continue
            chance = self._chances(counts, np.array([old]), slice(None))[:, new]
            scores[now], weights = _learn(weights, np.log(chance))
            counts[0, old, new] += 1
        return scores, weights, counts, int(there[-1])

    def draw(self, values: Numbers, ahead: int, members: int, rng: np.random.Generator) -> Numbers:
        """As :class:`Habit` says; each member learns from the codes it draws."""
        _, weights, counts, last = self._follow(values)
        (at,) = _pick(weights, members, rng)
        each, who = np.repeat(counts, members, 0), np.arange(members)
        code = np.full(members, int(values[last]))
        steps = len(values) - 1 - last + ahead
        made = np.empty((steps, members))
        for step in range(steps):
            heights = self._chances(each, code, at).cumsum(1)
            new = np.minimum((heights < rng.random(members)[:, None]).sum(1), self.options - 1)
            each[who, code, new] += 1
            code = made[step] = new
        return made[steps - ahead :]
