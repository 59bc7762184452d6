"""What of the record moved the readings that a number rests on, and which way that moves the number.

An observation gives weight to the readings that foretold it and takes it from the others. Seen once more, it would move a
number by the covariance, over the readings as they are weighed, of the number with the log densities that they gave it (to
first order). What it taught within a reading, about its parameters, is not in this.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from amur.conditioning.shipped import Shipped, shipped
from amur.questions.reading.moving import Mover, movers

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

MOST = 6
"""Observations told on each side."""
OF_READINGS = ("argue:vassal-proxy-or-concert",)
"""Arguments whose numbers are the weights themselves, so that no reading has one of its own: what moved them is the answer
of the question about the readings."""


def pulls(by_reading: Mapping[str, float], weights: Mapping[str, float], known: Shipped | None = None, many: int = MOST) -> tuple[tuple[Mover, ...], tuple[Mover, ...]]:  # fmt: skip
    """The observations that, seen once more, would most raise and most lower a number, with by how much (as ``bits``, in
    the number's unit). Quarters in which a decision stayed count together. Empty where no reading differs.
    """
    of = known or shipped()
    names = [name for name in by_reading if weights.get(name) and name in of.able]
    values = np.array([by_reading[name] for name in names], np.float64)
    if len(names) < 2 or not np.isfinite(values).all() or np.ptp(values) == 0:
        return (), ()
    share = np.array([weights[name] for name in names])
    share /= share.sum()
    apart = share * (values - share @ values)
    densities = np.stack([of.densities[name] for name in names], axis=1)
    seen = [each for each in of.seen if np.isfinite(densities[each.place]).all()]
    told = densities[[each.place for each in seen]]
    # What all foretold alike is nothing, not a rounding error.
    found = (told - told.mean(axis=1, keepdims=True)) @ apart
    return movers(seen, found, many)


def rows(of: Answer) -> tuple[Row, ...]:
    """The same of an answer's first number, as rows: which way, what was seen and when, by how much, resting on what."""
    if of.question in OF_READINGS:
        return ()
    sides = pulls(of.numbers[0].by_reading, of.made.weights)
    return tuple(
        {
            "side": side, "name": each.seen.name, "title": each.seen.title, "words": each.words, "period": each.period,
            "by": each.bits, "series": " ".join(each.seen.series), "events": " ".join(each.seen.events),
            "sources": " ".join(each.seen.sources), "reason": each.seen.reason,
        }
        for side, found in zip(("up", "down"), sides, strict=True) for each in found
    )  # fmt: skip


__all__ = ["pulls", "rows"]
