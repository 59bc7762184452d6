"""Which observations moved a reading: bits against the mixture of all readings as it stood a year before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.conditioning.shipped import Seen
from amur.conditioning.weights import Weights, over_mixture

type Numbers = NDArray[np.float64]

MOST = 10
"""Observations told on each side."""


class Mover(NamedTuple):
    """What was seen and the bits it gave a reading; quarters in which a decision stayed count together, without period."""

    seen: Seen
    period: str
    words: str
    bits: float


def bits(seen: Sequence[Seen], densities: Numbers, weights: Weights) -> tuple[tuple[Seen, ...], Numbers]:
    """Observations to the end of the years of the weights, and their bits (observations, readings).

    ``densities`` are (items of the evidence, readings), nats. What some reading did not foretell (NaN) is left out.
    """
    place = {year: number for number, year in enumerate(weights.years)}
    kept = [each for each in seen if each.period[:4] in place and np.isfinite(densities[each.place]).all()]
    before = weights.before[[place[each.period[:4]] for each in kept]]
    return tuple(kept), over_mixture(densities[[each.place for each in kept]], before)


def movers(
    seen: Sequence[Seen], of_reading: Numbers, many: int = MOST
) -> tuple[tuple[Mover, ...], tuple[Mover, ...]]:
    """What spoke most for a reading and most against it, strongest first, from its bits (observations,)."""
    found: list[Mover] = []
    staying: dict[str, list[tuple[Seen, float]]] = {}
    for each, value in zip(seen, of_reading.tolist(), strict=True):
        if each.stays:
            staying.setdefault(each.name, []).append((each, value))
        else:
            found.append(Mover(each, each.period, each.words, value))
    for parts in staying.values():
        words = f"as it was, in {len(parts)} quarters"
        found.append(Mover(parts[-1][0], "", words, sum(value for _, value in parts)))
    found.sort(key=lambda mover: (mover.bits, mover.seen.place))
    return (
        tuple(mover for mover in reversed(found[-many:]) if mover.bits > 0),
        tuple(mover for mover in found[:many] if mover.bits < 0),
    )


def by_block(seen: Sequence[Seen], of_readings: Numbers) -> dict[str, Numbers]:
    """Bits summed by block of evidence: (readings,) each."""
    made: dict[str, Numbers] = {}
    for each, values in zip(seen, of_readings, strict=True):
        made[each.block] = made.get(each.block, np.zeros(of_readings.shape[1])) + values
    return made
