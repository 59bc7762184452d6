"""Positions in an argument, and what the record makes of each: supported, contradicted, or undecided."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.questions.mixture import Mixture
from amur.questions.words import percent

LIKELY = 0.8
"""A position that holds with at least this probability can be supported; with at most one less it, contradicted."""
MOVED = 1.0
"""Bits by which the record must have moved the odds of a position at least (one doubles or halves them), for a verdict to
be the record's; what the model held before it and holds after it is assumed, and said to be."""
UNSURE = 0.005
"""The nearest to 0 or 1 that a probability from so few parameter sets is taken to come."""


class Position(NamedTuple):
    """What some claims hold, as it was tested: the probability that it holds before the record and after it.

    ``before`` is None for what the record shows by itself. ``says`` is the proposition with its threshold.
    """

    claims: tuple[str, ...]
    says: str
    after: float
    before: float | None

    @property
    def bits(self) -> float | None:
        """How far the record moved the odds, as a logarithm to base 2; None for a fact."""
        return None if self.before is None else _log_odds(self.after) - _log_odds(self.before)

    @property
    def verdict(self) -> str:
        """In a word what the record says of it."""
        moved = self.bits
        if self.after >= LIKELY and (moved is None or moved >= MOVED):
            return "supported"
        if self.after <= 1 - LIKELY and (moved is None or moved <= -MOVED):
            return "contradicted"
        return "undecided by the record"

    @property
    def model(self) -> str:
        """What the model says of it, whatever that rests on: it holds, it fails, or it is open."""
        return _model(self.after)

    @property
    def by(self) -> str:
        """By how much, in words."""
        if self.before is None or self.bits is None:
            return "the record shows it" if self.after >= LIKELY else "the record shows otherwise"
        came = f"probability {percent(self.before)} before the record, {percent(self.after)} after: {self.bits:+.1f} bits"
        if self.verdict == "undecided by the record" and self.model != "open":
            already = ", and did before it saw the record" if _model(self.before) == self.model else ""
            return f"in the model it {self.model}{already}: {came}"
        return came


def _model(chance: float) -> str:
    if 1 - LIKELY < chance < LIKELY:
        return "open"
    return "holds" if chance >= LIKELY else "fails"


def holds(
    claims: str, says: str, after: NDArray[np.bool_], of: Mixture, before: NDArray[np.bool_], prior: Mixture
) -> Position:
    """A position that holds for some parameter sets, (members,), and not for others."""
    return Position(
        tuple(claims.split()),
        says,
        float(np.average(np.asarray(after, float), weights=of.weights)),
        float(np.average(np.asarray(before, float), weights=prior.weights)),
    )


def shown(claims: str, says: str, true: bool) -> Position:
    """A position that the record itself decides."""
    return Position(tuple(claims.split()), says, float(true), None)


def _log_odds(chance: float) -> float:
    told = min(max(chance, UNSURE), 1 - UNSURE)
    return float(np.log2(told / (1 - told)))
