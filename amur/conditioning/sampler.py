"""Sequential Monte Carlo with Hamiltonian moves: members carried from the prior through the observations, year by year.

Each year its observations are let in by as many temperatures as keep enough of the members effective (Del Moral, Doucet
and Jasra 2006; Jasra and others 2011). After each the members are resampled and moved by Hamiltonian trajectories that
leave the tempered posterior as it is, in coordinates scaled by the members' own spread (Buchholz, Chopin and Jacob
2021). The products of the mean weights are the increments of evidence: how well the year was foretold.

Nothing here knows of the model: a :class:`Target` gives log densities and slopes at points.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from amur.conditioning.result import Stage
from amur.system.run import THREADS

type Numbers = NDArray[np.float64]

ENOUGH = 0.4
"""The share of members that must stay effective at each temperature."""
WISHED = 0.75
"""The acceptance aimed at (Beskos and others 2013 find 0.65 the best; a little more is safer)."""
STEPS = 6
"""Leapfrog steps of a trajectory."""
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


class Year(NamedTuple):
    """What a year leaves: how it went, where the members are, and the log densities of its items before it was let in."""

    stage: Stage
    at: Numbers
    foretold: Numbers


def through_years(
    target: Target,
    start: Numbers,
    year_of: NDArray[np.int32],
    there: NDArray[np.bool_],
    labels: tuple[str, ...],
    seed: int,
    chunk: int = 256,
    steps: int = STEPS,
    moves: int = 1,
) -> Iterator[Year]:
    """Take members from the prior (``start``, (dimensions, members)) through the years, one at a time.

    ``year_of`` is the year of each item and ``there`` whether it holds an observation.
    """
    draw = np.random.default_rng([seed, 7])
    step = 0.25
    weights = np.zeros(len(year_of))
    now = _evaluate(target, start, weights, 0, chunk)
    for year, label in enumerate(labels):
        new = (year_of == year) & there
        foretold = np.array(now.items[year_of == year])
        last = min(year + 1, len(labels) - 1)
        counted = (year_of < year) & there
        done, increment, least, unique = 0.0, 0.0, 1.0, 1.0
        temperatures: list[float] = []
        accepted: list[float] = []
        jumped: list[float] = []
        while True:
            of_year = now.items[new].sum(axis=0)
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
            now = _evaluate(target, now.at[:, picked], weights, last, chunk)
            for _ in range(moves):
                now, taken, jump = _move(target, now, weights, last, step, steps, draw, chunk)
                step = float(np.clip(step * np.exp(0.7 * (taken - WISHED)), 0.01, 0.6))
                accepted.append(taken)
                jumped.append(jump)
            if done >= 1 - 1e-9:
                break
        stage = Stage(
            label,
            increment,
            tuple(temperatures),
            least,
            unique,
            float(np.mean(accepted)),
            step,
            float(np.sum(jumped)),
        )
        yield Year(stage, now.at, foretold)


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
    target: Target, now: Members, weights: Numbers, until: int, step: float, steps: int,
    draw: np.random.Generator, chunk: int,
) -> tuple[Members, float, float]:  # fmt: skip
    """One Hamiltonian trajectory of every member; the members after it, the mean acceptance and the size of the jump."""
    spread = np.clip(now.at.std(axis=1, keepdims=True), 0.05, 1.5)
    push = draw.standard_normal(now.at.shape)
    how_far = step * spread * draw.uniform(0.7, 1.3, (1, now.at.shape[1]))

    def trajectory(members: slice) -> tuple[Members, Numbers]:
        part = Members(*(each[..., members] for each in now))
        momentum, stride = push[:, members], how_far[:, members]
        there = part
        for _ in range(steps):
            momentum = momentum + 0.5 * stride * there.slope
            at = there.at + stride * momentum
            there = Members(at, *target(at, weights, until))
            momentum = momentum + 0.5 * stride * there.slope
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
    jump = float(np.mean(((after.at - now.at) / spread) ** 2) / 2)
    return after, float(chance.mean()), jump


def _evaluate(target: Target, at: Numbers, weights: Numbers, until: int, chunk: int) -> Members:
    parts = [at[:, first : first + chunk] for first in range(0, at.shape[1], chunk)]
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda part: target(part, weights, until), parts))
    total, slope, items = (np.concatenate(each, axis=-1) for each in zip(*found, strict=True))
    return Members(at, total, slope, items)


__all__ = ["Members", "Target", "Year", "through_years"]
