"""Where the spread of an outcome comes from: Shapley effects by pick and freeze over all sets of inputs.

Every input has two independent versions, A and B, and the model is run with each of the 2^k choices of them. Two runs
that share some inputs and differ in the rest tell how much is explained by those shared (Jansen 1999; Saltelli and
others 2010). Shapley effects (Owen 2014; Song, Nelson and Staum 2016) share the variance out so that the parts add up
to all of it, interactions divided alike. An input that has no meaning without another (a parameter set belongs to a
reading) only ever counts after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]

BATCHES = 16
"""Groups of members; leaving each out in turn gives the Monte Carlo error (jackknife)."""


class Effects(NamedTuple):
    """Of each outcome: its variance (outcomes,), and by input its share of it, (inputs, outcomes).

    ``share`` are Shapley effects over the variance, with their Monte Carlo errors: they sum to 1. ``alone`` is what an
    input explains by itself (first-order Sobol index), ``last`` what is left when all others are known (total index).
    An outcome without variance has shares of 0.
    """

    variance: Numbers
    share: Numbers
    error: Numbers
    alone: Numbers
    last: Numbers


def apart(runs: NDArray[Any], codes: bool = False, batches: int = BATCHES) -> Numbers:
    """Half the mean square difference between runs by which inputs they differ in, (2^k, batches, outcomes).

    ``runs`` is (2^k, members, outcomes); bit i of its first index says which version of input i a run has. Of ``codes``,
    half the squared differences of the indicators of all options together: whether the two are not the same.
    """
    runs = np.asarray(runs)
    many, members = runs.shape[:2]
    which = np.arange(many)
    batch = np.arange(members) % batches
    size = np.bincount(batch, minlength=batches)[:, None]
    found = np.zeros((many, batches, runs.shape[2]))
    for changed in range(1, many):
        # Each pair of runs once: the member of it whose highest changed bit is 0.
        first = which[(which >> (changed.bit_length() - 1)) & 1 == 0]
        one, other = runs[first], runs[first ^ changed]
        if codes:
            each = (one != other).mean(axis=0)
        else:
            each = 0.5 * np.square(one.astype(np.float64) - other).mean(axis=0)
        np.add.at(found[changed], batch, each)
    return found / size


def effects(distance: Numbers, after: Mapping[int, int] | None = None) -> Effects:
    """Effects from what :func:`apart` found; ``after`` gives inputs that only count after another."""
    many = int(distance.shape[0]).bit_length() - 1
    orders = allowed(many, after or {})
    whole = distance.mean(axis=1)
    share, alone, last = _shares(whole, many, orders)
    batches = distance.shape[1]
    left_out = np.stack(
        [_shares(np.delete(distance, each, axis=1).mean(axis=1), many, orders)[0] for each in range(batches)]
    )
    error = np.sqrt((batches - 1) / batches * np.square(left_out - left_out.mean(axis=0)).sum(axis=0))
    return Effects(whole[-1], share, error, alone, last)


def allowed(many: int, after: Mapping[int, int]) -> list[tuple[int, ...]]:
    """The orders in which inputs may become known: none before the one that it needs."""
    return [
        order
        for order in permutations(range(many))
        if all(order.index(first) < order.index(then) for then, first in after.items())
    ]


def _shares(
    distance: Numbers, many: int, orders: Sequence[tuple[int, ...]]
) -> tuple[Numbers, Numbers, Numbers]:
    """Shares of the variance, alone and last, (inputs, outcomes), from distances (2^k, outcomes)."""
    full = 2**many - 1
    variance = distance[full]
    scale = np.where(variance > 0, variance, 1.0)

    def explained(known: int) -> Numbers:
        """What is explained once these inputs are known: all less how far runs lie apart that differ in the others."""
        return np.asarray((variance - distance[full ^ known]) / scale)

    worth = np.stack([explained(known) for known in range(full + 1)])
    share = np.zeros((many, distance.shape[1]))
    earliest: dict[int, tuple[int, Numbers]] = {}
    latest: dict[int, tuple[int, Numbers]] = {}
    for order in orders:
        known = 0
        for place, each in enumerate(order):
            gain = worth[known | 1 << each] - worth[known]
            share[each] += gain / len(orders)
            if each not in earliest or place < earliest[each][0]:
                earliest[each] = place, gain
            if each not in latest or place > latest[each][0]:
                latest[each] = place, gain
            known |= 1 << each
    return (
        share,
        np.stack([earliest[each][1] for each in range(many)]),
        np.stack([latest[each][1] for each in range(many)]),
    )
