"""Sequential Monte Carlo with Hamiltonian moves: members carried from the prior through the observations, year by year.

Each year its observations are let in by as many temperatures as keep enough of the members effective (Del Moral, Doucet
and Jasra 2006; Jasra and others 2011). After each the members are resampled and moved by Hamiltonian trajectories that
leave the tempered posterior as it is, in coordinates that the other half of the members shows to be nearly round
(:mod:`amur.conditioning.metric`; Buchholz, Chopin and Jacob 2021); at the last of a year they are moved twice. The products of
the mean weights are the increments of evidence: how well the year was foretold.

Trajectories are made of two-stage steps (Blanes, Casas and Sanz-Serna 2014), whose error in energy is far below that of two
leapfrog steps. docs/experiments/sampler.md tells what that and the coordinates gained.

Nothing here knows of the model: a :class:`Target` gives log densities and slopes at points.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from amur.conditioning.metric import Metric, crossed
from amur.conditioning.result import Stage
from amur.system.run import THREADS

type Numbers = NDArray[np.float64]

ENOUGH = 0.3
"""The share of members that must stay effective at each temperature."""
WISHED = 0.75
"""The acceptance aimed at (Beskos and others 2013 find 0.65 the best; a little more is safer)."""
STEPS = 2
"""Two-stage steps of a trajectory."""
MOVES = 2
"""Trajectories at the last temperature of a year; one at those before."""
KICK = 0.21178
"""The part of a step that each of its outer two changes of momentum has; the inner one has the rest."""
FARTHEST = 40
"""Temperatures to a year; a year that needs more is let in at once, and its effective sample size tells."""


class Target(Protocol):
    """A posterior that can be let in year by year."""

    def __call__(self, at: Numbers, weights: Numbers, until: int) -> tuple[Numbers, Numbers, Numbers]:
        """Log target (members), its slopes (dimensions, members) and log densities of the items (items, members).

        ``at`` is (dimensions, members), ``weights`` (items) count the items, ``until`` is the last year needed.
        """
        ...


class Members(NamedTuple):
    """The members of a run: where they are, their log target, its slopes, and the log densities of all items."""

    at: Numbers
    total: Numbers
    slope: Numbers
    items: Numbers


class Mark(NamedTuple):
    """Where a run is after a year: the members, their slopes, the log densities of the next year's items, the step, the luck
    to come."""

    year: int
    at: Numbers
    slope: Numbers
    ahead: Numbers
    step: float
    luck: dict[str, Any]


class Year(NamedTuple):
    """What a year leaves: how it went, the log mean density of each of its items before it was let in, and its mark."""

    stage: Stage
    foretold: Numbers
    mark: Mark

    @property
    def at(self) -> Numbers:
        """Where the members are."""
        return self.mark.at


def through_years(
    target: Target,
    start: Numbers,
    year_of: NDArray[np.int32],
    there: NDArray[np.bool_],
    labels: tuple[str, ...],
    seed: int,
    chunk: int = 256,
    steps: int = STEPS,
    mark: Mark | None = None,
) -> Iterator[Year]:
    """Take members from the prior (``start``, (dimensions, members)) through the years, one at a time.

    ``year_of`` is the year of each item and ``there`` whether it holds an observation. A run that was stopped goes on
    after its last ``mark`` with the same numbers, bit by bit.
    """
    draw = np.random.default_rng([seed, 7])
    if mark is None:
        now = _evaluate(target, start, np.zeros(len(year_of)), 0, chunk)
        mark = Mark(-1, start, now.slope, now.items[year_of == 0], 0.25, dict(draw.bit_generator.state))
    draw.bit_generator.state = mark.luck
    for year in range(mark.year + 1, len(labels)):
        ahead, at, slope, step = mark.ahead, mark.at, mark.slope, mark.step
        foretold = logsumexp(np.asarray(ahead, np.float64), axis=1) - np.log(at.shape[1])
        here, new = year_of == year, (year_of == year) & there
        counted, last = (year_of < year) & there, min(year + 1, len(labels) - 1)
        of_items = ahead[there[here]]
        done, increment, least, unique = 0.0, 0.0, 1.0, 1.0
        temperatures: list[float] = []
        accepted: list[float] = []
        jumped: list[float] = []
        while done < 1 - 1e-9:
            of_year = of_items.sum(axis=0, dtype=np.float64)
            more = _next(of_year, 1 - done) if len(temperatures) < FARTHEST else 1 - done
            log_weights = more * of_year
            increment += float(logsumexp(log_weights) - np.log(log_weights.size))
            share = _normal(log_weights)
            least = min(least, float(1 / np.sum(share**2) / share.size))
            picked = _systematic(share, draw)
            unique = float(np.unique(picked).size / picked.size)
            done += more
            temperatures.append(round(done, 4))
            weights = counted + done * new
            # Of members before they are drawn again, which are all different: after it the same ones say it twice.
            shape = crossed(at, slope, picked)
            now = _evaluate(target, at[:, picked], weights, last, chunk)
            for _ in range(1 if done < 1 - 1e-9 else MOVES):
                now, taken, jump = _move(target, now, shape, weights, last, step, steps, draw, chunk)
                step = float(np.clip(step * np.exp(0.7 * (taken - WISHED)), 0.01, 0.8))
                accepted.append(taken)
                jumped.append(jump)
            at, slope, of_items = now.at, now.slope, now.items[new]
        stage = Stage(
            labels[year], increment, tuple(temperatures), least, unique, float(np.mean(accepted)), step, float(np.sum(jumped))
        )  # fmt: skip
        ahead = np.array(now.items[year_of == year + 1])
        mark = Mark(year, at, slope, ahead, step, dict(draw.bit_generator.state))
        yield Year(stage, foretold, mark)


def _next(of_year: Numbers, left: float) -> float:
    """How much more of a year can be let in while enough members stay effective."""

    def effective(more: float) -> float:
        share = _normal(more * of_year)
        return float(1 / np.sum(share**2) / share.size)

    if effective(left) >= ENOUGH:
        return left
    low, high = 0.0, left
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if effective(middle) >= ENOUGH else (low, middle)
    return max(low, 1e-6)


def _normal(log_weights: Numbers) -> Numbers:
    shifted = np.exp(log_weights - log_weights.max())
    return np.asarray(shifted / shifted.sum())


def _systematic(share: Numbers, draw: np.random.Generator) -> NDArray[np.int64]:
    """Places of the members that go on: systematic resampling."""
    at = (draw.random() + np.arange(share.size)) / share.size
    return np.minimum(np.searchsorted(np.cumsum(share), at), share.size - 1)


def _move(
    target: Target, now: Members, shape: Metric, weights: Numbers, until: int, step: float, steps: int,
    draw: np.random.Generator, chunk: int,
) -> tuple[Members, float, float]:  # fmt: skip
    """One Hamiltonian trajectory of every member; the members after it, the mean acceptance and the size of the jump."""
    push = draw.standard_normal(now.at.shape)
    how_far = np.asarray(2 * step * draw.uniform(0.7, 1.3, now.at.shape[1]))

    def trajectory(members: slice) -> tuple[Members, Numbers]:
        part = Members(*(each[..., members] for each in now))
        momentum, stride, own = push[:, members], how_far[members], shape.of(members)
        there = part
        for _ in range(steps):
            for kick in (KICK, 1 - 2 * KICK):
                momentum = momentum + kick * stride * own.uphill(there.slope)
                at = there.at + 0.5 * stride * own.onward(momentum)
                there = Members(at, *target(at, weights, until))
            momentum = momentum + KICK * stride * own.uphill(there.slope)
        before = part.total - 0.5 * np.sum(push[:, members] ** 2, axis=0)
        after = there.total - 0.5 * np.sum(momentum**2, axis=0)
        possible = np.isfinite(before), np.isfinite(after)
        with np.errstate(invalid="ignore"):
            return there, np.select([~possible[1], ~possible[0]], [-np.inf, np.inf], after - before)

    parts = [slice(first, first + chunk) for first in range(0, now.at.shape[1], chunk)]
    with ThreadPoolExecutor(THREADS) as pool:
        moved = list(pool.map(trajectory, parts))
    gain = np.concatenate([each for _, each in moved])
    new = Members(*(np.concatenate(each, axis=-1) for each in zip(*(there for there, _ in moved), strict=True)))
    chance = np.exp(np.minimum(gain, 0.0))
    take = draw.random(gain.size) < chance
    after = Members(*(np.where(take, there, here) for there, here in zip(new, now, strict=True)))
    spread = np.maximum(now.at.std(axis=1, keepdims=True), 0.05)
    jump = float(np.mean(((after.at - now.at) / spread) ** 2) / 2)
    return after, float(chance.mean()), jump


def _evaluate(target: Target, at: Numbers, weights: Numbers, until: int, chunk: int) -> Members:
    parts = [at[:, first : first + chunk] for first in range(0, at.shape[1], chunk)]
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda part: target(part, weights, until), parts))
    total, slope, items = (np.concatenate(each, axis=-1) for each in zip(*found, strict=True))
    return Members(at, total, slope, items)


__all__ = ["Mark", "Members", "Target", "Year", "through_years"]
