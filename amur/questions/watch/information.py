"""Expected information: how many bits a reading would tell about a target, from weighted members.

Readings are put into bins of equal mass, and the mutual information of bin and class is taken off the table of both. A
table from few members seems to tell something even of chance; how much is found by giving each parameter set the readings
of another, drawn by weight, and is taken off, so that a useless indicator tells nothing. The error is that of leaving
out an eighth of the parameter sets in turn (jackknife).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[Any]
type Codes = NDArray[np.int64]

BINS = 6
"""Bins of one indicator; of several each next is parted in these."""
NESTED = (4, 3, 3)
SHUFFLES = 24
BATCHES = 8


type Step = tuple[str, Bits, dict[str, Bits]]
"""An indicator chosen, what it adds to those chosen before, and what every rival would have added."""


class Bits(NamedTuple):
    """Information in bits, less what chance would seem to tell (``chance``), and its Monte Carlo error."""

    bits: float
    error: float
    chance: float = 0.0


@dataclass(frozen=True)
class Sample:
    """Readings come as (turns, members); ``weights`` (members,) are nought where a member does not count.

    ``sets`` numbers the parameter set of each member: its lucks and readings are not independent of each other.
    """

    classes: Codes
    weights: NDArray[np.float64]
    sets: Codes
    turns: int = 1
    seed: int = 5

    @cached_property
    def many(self) -> int:
        """How many classes there are."""
        return int(self.classes.max()) + 1

    @cached_property
    def counts(self) -> NDArray[np.bool_]:
        """Members that count."""
        return self.weights > 0

    @cached_property
    def mass(self) -> Numbers:
        """The weight of each reading, (turns, members); they sum to 1."""
        each = self.weights / self.weights.sum() / self.turns
        return np.broadcast_to(each, (self.turns, len(each)))

    @cached_property
    def entropy(self) -> float:
        """The bits that would tell the class of a member for sure."""
        return entropy(np.bincount(self.classes, self.weights))

    @cached_property
    def batches(self) -> tuple[NDArray[np.bool_], ...]:
        """Members that stay when a batch of parameter sets is left out."""
        names = np.unique(self.sets, return_inverse=True)[1] % BATCHES
        return tuple(names != each for each in range(BATCHES))

    @cached_property
    def others(self) -> tuple[Codes, ...]:
        """For each shuffle, the member whose readings each member is given: of a set drawn by weight, of the same luck."""
        draw = np.random.default_rng([self.seed, 11])
        order = np.argsort(self.sets, kind="stable")
        order = order[self.counts[order]]
        _, begin, length = np.unique(self.sets[order], return_index=True, return_counts=True)
        weight = np.add.reduceat(self.weights[order], begin)
        place = np.searchsorted(np.unique(self.sets[order]), self.sets)
        place = np.minimum(place, len(begin) - 1)
        luck = np.zeros(len(self.sets), np.int64)
        for_each = np.argsort(self.sets, kind="stable")
        _, starts = np.unique(self.sets[for_each], return_index=True)
        luck[for_each] = np.arange(len(self.sets)) - np.repeat(starts, np.diff([*starts, len(self.sets)]))
        made = []
        for _ in range(SHUFFLES):
            to = draw.choice(len(begin), len(begin), p=weight / weight.sum())[place]
            made.append(order[begin[to] + luck % length[to]])
        return tuple(made)


def entropy(mass: Numbers) -> float:
    """Entropy in bits of masses that need not sum to 1."""
    told = np.asarray(mass, np.float64)
    told = told[told > 0] / told.sum()
    return float(-(told * np.log2(told)).sum())


def binned(values: Numbers, mass: Numbers, bins: int = BINS) -> Codes:
    """The bin of each value: bins of equal mass, or a bin a value where there are few. Not-a-number is a bin of its own."""
    values, mass = np.asarray(values, np.float64), np.asarray(mass, np.float64)
    there = np.isfinite(values)
    counting = there & (mass > 0)
    codes = np.zeros(values.shape, np.int64)
    if counting.any():
        each, place = np.unique(values[counting], return_inverse=True)
        if len(each) > bins:
            # A value is never parted: each cut lies behind that value at which the mass comes nearest to what is wanted.
            reach = np.cumsum(np.bincount(place, mass[counting]))[:-1] / mass[counting].sum()
            wanted = np.arange(1, bins) / bins
            after = np.clip(np.searchsorted(reach, wanted), 1, max(len(reach) - 1, 1))
            nearer = wanted - reach[after - 1] < reach[np.minimum(after, len(reach) - 1)] - wanted
            each = each[np.unique(np.where(nearer, after - 1, np.minimum(after, len(reach) - 1)))]
        else:
            each = each[:-1]
        codes[there] = np.searchsorted(each, values[there], side="left")
    codes[~there] = codes.max(initial=0) + 1
    return codes


def nested(values: Sequence[Numbers], mass: Numbers, bins: Sequence[int] = NESTED) -> Codes:
    """One code for several readings: the first parted into bins, each of these parted by the second, and so on."""
    codes = np.zeros(np.shape(values[0]), np.int64)
    for each, many in zip(values, bins, strict=False):
        inner = np.zeros_like(codes)
        for cell in np.unique(codes):
            inside = codes == cell
            inner[inside] = binned(each[inside], mass[inside], many)
        codes = np.unique(codes * (inner.max() + 1) + inner, return_inverse=True)[1].reshape(codes.shape)
    return codes


def told(codes: Codes, classes: Codes, mass: Numbers) -> float:
    """Mutual information in bits of codes and classes under masses, as the table has it."""
    many = int(classes.max()) + 1
    flat = np.bincount((codes * many + classes).ravel(), np.asarray(mass).ravel())
    table = np.pad(flat, (0, -len(flat) % many)).reshape(-1, many)
    whole = table.sum()
    return entropy(table.sum(0)) + entropy(table.sum(1)) - entropy(table.ravel()) if whole > 0 else 0.0


def information(codes: Codes, of: Sample, shuffles: int = SHUFFLES) -> Bits:
    """Bits that codes (turns, members) tell about the classes, corrected for chance, with their error."""
    classes = np.broadcast_to(of.classes, codes.shape)
    found = told(codes, classes, of.mass)
    chance = float(np.mean([told(codes[:, other], classes, of.mass) for other in of.others[:shuffles]]))
    parts = [told(codes, classes, of.mass * stays) for stays in of.batches]
    less = chance * BATCHES / (BATCHES - 1)
    return Bits(found - chance, _jackknife([part - less for part in parts]), chance)


def gain(before: Codes, after: Codes, of: Sample, shuffles: int = SHUFFLES) -> Bits:
    """Bits that finer codes tell beyond coarser ones: the information of a second reading given the first."""
    classes = np.broadcast_to(of.classes, after.shape)

    def more(mass: Numbers) -> float:
        return told(after, classes, mass) - told(before, classes, mass)

    chance = float(
        np.mean(
            [
                told(after[:, other], classes, of.mass) - told(before[:, other], classes, of.mass)
                for other in of.others[:shuffles]
            ]
        )
    )
    less = chance * BATCHES / (BATCHES - 1)
    error = _jackknife([more(of.mass * stays) - less for stays in of.batches])
    return Bits(more(of.mass) - chance, error, chance)


def _jackknife(parts: Sequence[float]) -> float:
    told = np.asarray(parts)
    return float(np.sqrt((len(told) - 1) / len(told) * ((told - told.mean()) ** 2).sum()))


def together(
    values: Mapping[str, Numbers], of: Sample, first: str, many: int = 3, among: int = 16
) -> list[Step]:
    """The best indicators one after another: each with what it adds to those before it, and what every rival would add.

    ``first`` is the best alone; the rest are looked for among the first ``among`` of ``values``, which are in order.
    """
    chosen = [first]
    codes = nested([values[first]], of.mass)
    found: list[Step] = [(first, information(codes, of), {})]
    while len(chosen) < min(many, len(values)):
        rivals = {}
        for name in list(values)[:among]:
            if name not in chosen:
                finer = nested([*(values[each] for each in chosen), values[name]], of.mass)
                rivals[name] = gain(codes, finer, of, 12)
        best = max(rivals, key=lambda name: rivals[name].bits)
        chosen.append(best)
        codes = nested([values[each] for each in chosen], of.mass)
        found.append((best, rivals[best], rivals))
    return found
