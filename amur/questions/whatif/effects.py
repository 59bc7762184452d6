"""Effects from twins: how large they are against what the baseline spreads anyway, and which say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.floating[Any]]

ALIKE = 0.9
"""Correlation across members from which an effect says the same as a stronger one."""
LEAST = 0.02
"""Size from which an effect counts as one, in standard deviations of the baseline."""
FLOOR = 0.002
"""A spread of the baseline is taken as at least so much of its mean size: what hardly varies is not infinitely moved."""


class Sizes(NamedTuple):
    """Of each quantity (and date): the weighted mean of the baseline, of the effect, the spread, and effect over spread."""

    baseline: Numbers
    effect: Numbers
    spread: Numbers
    relative: Numbers


def sizes(baseline: Numbers, effect: Numbers, weights: Numbers) -> Sizes:
    """Sizes of effects (..., members) against the weighted standard deviation of the baseline (..., members)."""
    weights = weights.astype(baseline.dtype)
    middle, mean = baseline @ weights, effect @ weights
    spread = np.sqrt(np.maximum((baseline - middle[..., None]) ** 2 @ weights, 0.0))
    floor = np.maximum(FLOOR * (np.abs(baseline) @ weights), 1e-9)
    return Sizes(middle, mean, spread, mean / np.maximum(spread, floor))


def leaders(
    effects: Numbers, strength: Sequence[float], weights: Numbers, most: int
) -> tuple[list[int], dict[int, int]]:
    """The strongest of the effects (quantities, members), leaving out those that say the same as a stronger one.

    The places of at most ``most`` leaders, strongest first, and for every place left out that of its leader.
    """
    order = sorted(
        (at for at, each in enumerate(strength) if abs(each) >= LEAST), key=lambda at: -abs(strength[at])
    )
    found: list[int] = []
    under: dict[int, int] = {}
    made: dict[int, Numbers] = {}
    for at in order:
        one = _standard(effects[at], weights)
        like = next((lead for lead in found if abs(float((made[lead] * one) @ weights)) > ALIKE), None)
        if like is not None:
            under[at] = like
        elif len(found) < most:
            found.append(at)
            made[at] = one
        else:
            break
    return found, under


def _standard(values: Numbers, weights: Numbers) -> Numbers:
    apart = values - values @ weights
    wide = float(np.sqrt(apart**2 @ weights))
    return apart / wide if wide > 0 else np.zeros_like(apart)
