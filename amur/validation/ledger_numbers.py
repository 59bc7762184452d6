"""Quantiles and scales of the ledger: plain numbers, so that a frozen file is scored without the model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]

FORMAT = "amur forecast ledger 1"
"""What a frozen file says that it is."""
LEVELS = (0.01, 0.025, *(round(0.05 * step, 2) for step in range(1, 20)), 0.975, 0.99)
"""Levels of the quantiles: the 23 of the forecast hubs for epidemics."""


def linked(values: Numbers, link: str, floor: float) -> Numbers:
    """Values on the scale on which they are scored (as :func:`amur.system.observe.linked`)."""
    if link == "log":
        return np.log(np.maximum(values, floor))
    if link == "logit":
        inside = np.clip(values, floor, 1 - floor)
        return np.log(inside / (1 - inside))
    return np.asarray(values, np.float64)


def unlinked(values: Numbers, link: str) -> Numbers:
    """Values back from that scale."""
    if link == "log":
        return np.exp(values)
    return 1 / (1 + np.exp(-values)) if link == "logit" else values


def rounded(values: Numbers) -> list[float]:
    """Five significant digits are more than a forecast has."""
    return [float(f"{value:.5g}") for value in values]


def crps(quantiles: Numbers, levels: Numbers, value: float) -> float:
    """The continuous ranked probability score of a forecast given by quantiles, on the scale they are given on.

    Twice the integral of the quantile loss over the levels, each level standing for those nearer to it than to its
    neighbours (the outermost for the tails as well). With 23 levels of a normal forecast it is within 1%.
    """
    edges = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    loss = (np.where(value < quantiles, 1.0, 0.0) - levels) * (quantiles - value)
    return float(2 * (loss * np.diff(edges)).sum())


def pit(quantiles: Numbers, levels: Numbers, value: float) -> float:
    """The probability that a forecast gave to values up to one, between its outermost levels."""
    below, up_to = np.searchsorted(quantiles, value, "left"), np.searchsorted(quantiles, value, "right")
    if below != up_to:  # it is one of the quantiles, or several: the middle of what they span
        return float((levels[below] + levels[up_to - 1]) / 2)
    return float(np.interp(value, quantiles, levels))


def inside(quantiles: Numbers, levels: Numbers, value: float, share: float) -> bool:
    """Whether a value lies in the middle range that holds a share of the forecast."""
    low, high = np.interp([(1 - share) / 2, (1 + share) / 2], levels, quantiles)
    return bool(low <= value <= high)
