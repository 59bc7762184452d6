"""Coordinates in which a posterior is nearly round, learnt from members and their slopes.

Each parameter is scaled so that members spread about as far as their slopes are steep. What then is left are directions
across parameters in which the posterior is narrow: in these slopes are steep. They are the directions in which the second
moments of the slopes stand out from what chance gives to as many members (Marchenko and Pastur 1967), and are drawn
together to the same width (as the low-rank mass matrix of nutpie is, of which this is the half that slopes tell). Any choice leaves
the posterior as it is, and a good one lets trajectories stride, so long as it is not learnt from the members it moves: each
half of the members has the metric that the ancestors of the other half show (docs/experiments/sampler.md tells what became of
the posterior otherwise).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

type Numbers = NDArray[np.float64]

WIDEST, NARROWEST = 1.5, 0.02
"""Bounds of a parameter's scale, in standard deviations of its prior."""
FEWEST = 32
"""Members that a metric must be learnt from."""


class Metric(NamedTuple):
    """``scale`` (dimensions, members or 1) of each parameter, directions ``along`` (dimensions, k) of length 1, and ``more``
    (k, members or 1): the width of each over that of the rest, less 1."""

    scale: Numbers
    along: Numbers
    more: Numbers

    def of(self, members: slice) -> Metric:
        """The metric of some of the members."""
        return Metric(self.scale[:, members], self.along, self.more[:, members])

    def onward(self, momentum: Numbers) -> Numbers:
        """A momentum (dimensions, members) as a way through the parameters."""
        return self.scale * self._narrowed(momentum)

    def uphill(self, slope: Numbers) -> Numbers:
        """Slopes by parameter as those by round coordinate: the transpose of :meth:`onward`."""
        return self._narrowed(self.scale * slope)

    def _narrowed(self, way: Numbers) -> Numbers:
        return way + self.along @ (self.more * (self.along.T @ way))


def metric(at: Numbers, slope: Numbers) -> Metric:
    """The metric of members ``at`` with slopes ``slope`` of their log target, both (dimensions, members)."""
    dimensions, members = at.shape
    steep = np.maximum(np.sqrt(np.mean(slope**2, axis=1, keepdims=True)), 1e-6)
    scale = np.clip(np.sqrt(at.std(axis=1, keepdims=True) / steep), NARROWEST, WIDEST)
    off = scale * slope
    off = off - off.mean(axis=1, keepdims=True)
    different = np.unique(at[0]).size
    chance = (1 + np.sqrt(dimensions / different)) ** 2
    moments, along = _above(off / np.sqrt(members), chance)
    return Metric(scale, along, 1 / np.sqrt(moments[:, None]) - 1)


def _above(off: Numbers, chance: float) -> tuple[Numbers, Numbers]:
    """Second moments above chance and the directions they are along, by the smaller of the two matrices of products."""
    dimensions, members = off.shape
    if dimensions <= members:
        return eigh(off @ off.T, subset_by_value=(chance, np.inf))  # type: ignore[no-any-return]
    moments, within = eigh(off.T @ off, subset_by_value=(chance, np.inf))
    return moments, off @ within / np.sqrt(moments)


def crossed(at: Numbers, slope: Numbers, picked: NDArray[np.int64]) -> Metric:
    """The metric of members drawn from ``at`` (dimensions, ancestors) at the places ``picked``, which rise.

    The first half of them has what the ancestors beyond its own show, the second what those before its own show, so that
    no member is moved by what it said itself. Where too few are left all ancestors are asked.
    """
    half = max(picked.size // 2, 1)
    beyond, before = slice(picked[half - 1] + 1, None), slice(picked[min(half, picked.size - 1)])
    first, second = (
        metric(at[:, others], slope[:, others]) if at[:, others].shape[1] >= FEWEST else metric(at, slope)
        for others in (beyond, before)
    )
    side = np.arange(picked.size) < half
    return Metric(
        np.where(side, first.scale, second.scale),
        np.hstack([first.along, second.along]),
        np.vstack([first.more * side, second.more * ~side]),
    )


__all__ = ["Metric", "crossed", "metric"]
