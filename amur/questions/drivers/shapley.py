"""Shapley values: what each player adds on average over the orders in which players may come in.

Pure arithmetic on the values of coalitions. A coalition is a number whose bit k says whether player k is in. Orders
come in pairs, each with its reverse: whatever two players do to each other then cancels exactly, so that few orders are
enough unless three or more players are needed for an effect (antithetic permutation sampling: Mitchell, Cooper, Frank
and Holmes, Journal of Machine Learning Research 23, 2022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.floating[Any]]
type Order = tuple[int, ...]


class Shared(NamedTuple):
    """``values`` (players, ...) sum to the value of all less that of none; ``pairs`` are they by pair of orders."""

    values: Numbers
    pairs: Numbers

    def error(self, weights: Numbers) -> Numbers:
        """Standard error, over pairs of orders, of the weighted mean along the last axis: (players, ...)."""
        means = np.asarray(self.pairs, np.float64) @ (np.asarray(weights, np.float64) / np.sum(weights))
        if len(means) < 2:
            return np.full(means.shape[1:], np.nan)
        return np.asarray(means.std(axis=0, ddof=1) / np.sqrt(len(means)))


def orders(players: int, pairs: int, seed: int) -> tuple[Order, ...]:
    """Random orders of the players, each followed by its reverse.

    Pairs are independent, so that what they differ by gives an honest error. Turns of one ring of players would need
    fewer coalitions, but were no nearer the exact values for the same work and claimed half the error.
    """
    rng = np.random.default_rng([seed, players, 5])
    made: list[Order] = []
    for _ in range(pairs):
        order = tuple(int(each) for each in rng.permutation(players))
        made += [order, order[::-1]]
    return tuple(made)


def coalitions(told: Sequence[Order]) -> tuple[int, ...]:
    """The coalitions whose values the orders need, from none to all."""
    found = {0}
    for order in told:
        inside = 0
        for player in order:
            inside |= 1 << player
            found.add(inside)
    return tuple(sorted(found))


def shared(told: Sequence[Order], worth: Mapping[int, Numbers]) -> Shared:
    """Shapley values from orders (in pairs) and the value of each coalition, (...,) each."""
    by_pair = []
    for first in range(0, len(told), 2):
        both = [_added(order, worth) for order in told[first : first + 2]]
        by_pair.append(sum(both[1:], both[0]) / len(both))
    pairs = np.stack(by_pair)
    return Shared(np.asarray(pairs.mean(axis=0)), pairs)


def exact(players: int, worth: Mapping[int, Numbers]) -> Numbers:
    """Shapley values from the values of all 2 to the power of ``players`` coalitions: (players, ...)."""
    from math import factorial

    weight = [factorial(size) * factorial(players - size - 1) / factorial(players) for size in range(players)]
    made = [np.zeros_like(np.asarray(worth[0], np.float64)) for _ in range(players)]
    for inside in range(1 << players):
        size = inside.bit_count()
        for player in range(players):
            if not inside >> player & 1:
                made[player] = made[player] + weight[size] * (
                    np.asarray(worth[inside | 1 << player], np.float64) - worth[inside]
                )
    return np.stack(made)


def _added(order: Order, worth: Mapping[int, Numbers]) -> Numbers:
    """What each player adds when it comes in, in one order: (players, ...)."""
    inside, before = 0, np.asarray(worth[0], np.float64)
    added = np.empty((len(order), *before.shape))
    for player in order:
        inside |= 1 << player
        after = np.asarray(worth[inside], np.float64)
        added[player] = after - before
        before = after
    return added
