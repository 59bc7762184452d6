"""Coordinates in which a posterior is nearly round, learnt from members and their slopes.

Each parameter is scaled so that members spread about as far as their slopes are steep. What then is left are directions
across parameters in which the posterior is narrow: in these slopes are steep. They are the directions in which the second
moments of the slopes stand out from what chance gives to as many members (Marchenko and Pastur 1967), and are drawn
together to the same width (as the low-rank mass matrix of nutpie is, of which this is the half that slopes tell). Any choice leaves
the posterior as it is; a good one lets trajectories stride.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

type Numbers = NDArray[np.float64]

WIDEST, NARROWEST = 1.5, 0.02
"""Bounds of a parameter's scale, in standard deviations of its prior."""


class Metric(NamedTuple):
    """``scale`` (dimensions, 1) of each parameter, orthonormal directions ``along`` (dimensions, k), and ``more`` (k, 1): the
    width of each over that of the rest, less 1."""

    scale: Numbers
    along: Numbers
    more: Numbers

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
    moments, along = eigh(off @ off.T / members, subset_by_value=(chance, np.inf))
    return Metric(scale, along, 1 / np.sqrt(moments[:, None]) - 1)


__all__ = ["Metric", "metric"]
