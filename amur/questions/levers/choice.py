"""Choosing among portfolios from what they do: who is dominated, regret across readings, and how much of a win is luck.

Everything here is arithmetic on arrays of points; nothing knows of the model. ``net`` is what a portfolio gains for the
aims less what it costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.questions.mixture import Mixture

type Numbers = NDArray[np.float64]


class Choice(NamedTuple):
    """Places of portfolios: the best on the whole, the next, the one whose worst regret is least; and regrets by reading.

    ``score`` and ``regret`` are (portfolios, readings), ``expected`` the regret over the readings as weighed, ``front``
    says which portfolios no other betters, and ``error`` is the Monte Carlo error of the worst regret of the robust one.
    """

    best: int
    next: int
    robust: int
    score: Numbers
    regret: Numbers
    expected: Numbers
    front: NDArray[np.bool_]
    error: float


def choose(gain: Numbers, cost: Numbers, of: Mixture, batches: int = 8) -> Choice:
    """The choice among portfolios by gain and cost, (portfolios, members) in points."""
    net = gain - cost
    score, weights = by_reading(net, of), np.array([of.share[name] for name in of.readings])
    lost = regret(score)
    whole = average(net, of.weights)
    order = np.argsort(-whole, kind="stable")
    robust = int(np.argmin(lost.max(axis=1)))
    parts = []
    for each in range(batches):
        kept = of.batch(batches) == each
        parts.append(regret(by_reading(net, of, kept))[robust].max())
    return Choice(
        int(order[0]), int(order[1]) if len(order) > 1 else int(order[0]), robust, score, lost, lost @ weights,
        front(average(gain, of.weights), average(cost, of.weights)),
        float(np.std(parts, ddof=1) / np.sqrt(batches)),
    )  # fmt: skip


def average(values: Numbers, weights: Numbers) -> Numbers:
    """The weighted mean over members, (...,)."""
    return np.asarray(values @ (weights / weights.sum()))


def by_reading(values: Numbers, of: Mixture, kept: NDArray[np.bool_] | None = None) -> Numbers:
    """The mean under each reading, (..., readings); ``kept`` names the members that count."""
    there = np.ones(of.members, bool) if kept is None else kept
    return np.stack(
        [values[..., there & (of.reading == place)].mean(axis=-1) for place in range(len(of.readings))], -1
    )


def regret(score: Numbers) -> Numbers:
    """What a portfolio loses in each reading by not being the best there: (portfolios, readings), from 0 up."""
    return np.asarray(score.max(axis=0) - score)


def front(gain: Numbers, cost: Numbers) -> NDArray[np.bool_]:
    """Which portfolios no other betters: one with as much gain at as little cost, and more or less of one of them."""
    more = (gain[:, None] <= gain) & (cost[:, None] >= cost)
    strictly = (gain[:, None] < gain) | (cost[:, None] > cost)
    return np.asarray(~(more & strictly).any(axis=1))


def honest(net: Numbers, of: Mixture) -> Numbers:
    """The net effect, (members,), of the portfolio that the other half of the parameter sets finds best.

    What wins among many does so in part by luck; where it is judged by sets that did not choose it, luck has no part.
    """
    found = np.empty(of.members)
    for half in (0, 1):
        judged = of.batch(2) == half
        found[judged] = net[int(np.argmax(average(net, of.weights * ~judged)))][judged]
    return found


def foregone(net: Numbers, score: Numbers, portfolio: int, of: Mixture) -> Numbers:
    """What a portfolio loses in each future, (members,), beside the portfolio that is best under the reading of that future."""
    best = np.argmax(score, axis=0)[of.reading]
    return np.asarray(net[best, np.arange(of.members)] - net[portfolio])


def synergy(singles: Sequence[Numbers], joint: Numbers) -> Numbers:
    """The joint effect less the sum of the single ones, member by member."""
    return np.asarray(joint - np.sum(singles, axis=0)) if len(singles) else np.zeros_like(joint)
