"""A forecast as a function of the oil price: local regression over the members of one unconditional ensemble.

What is conditioned on is the mean price of Brent over the time of the forecast (a year, a quarter, or the window of an
event). Members count by how near their own price is (Epanechnikov kernel over the log price); quantities are moved
along a local line to the price asked (local-linear regression adjustment, Beaumont, Zhang and Balding 2002, on the
scale of comparison), while counts and events are local means. This is what the model expects where the price turns out
so, whatever moved it; it is not what would follow from setting the price.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]

PRICES = (50.0, 60.0, 70.0, 80.0, 90.0, 100.0)
"""US$ a barrel at which each forecast is given."""
WIDTH = 0.2
"""Half the width of the kernel in log price: a fifth to either side."""
LEAST = 50.0
"""Fewer effective members than this give no conditional forecast."""
MEANING = (
    "Given the mean price of Brent over the forecast's own period or window, US$ a barrel: what the model expects where "
    "the price turns out so, by local regression over the members; not what would follow from setting the price."
)


def weights(price: float, oil: Numbers) -> Numbers:
    """Weights of the members (summing to 1, or all 0 where none is near) at a price, by their own prices."""
    apart = np.log(np.maximum(oil, 1e-6) / price) / WIDTH
    raw = np.maximum(1 - apart**2, 0.0)
    total = raw.sum()
    return raw / total if total > 0 else raw


def effective(weight: Numbers) -> float:
    """The number of equally weighted members that a weighting is worth (Kish)."""
    square = float((weight**2).sum())
    return float(weight.sum() ** 2 / square) if square else 0.0


def adjusted(values: Numbers, oil: Numbers, price: float, weight: Numbers) -> Numbers:
    """The values of the members moved to a price along the weighted line through them."""
    apart = np.log(np.maximum(oil, 1e-6) / price)
    centre = (weight * apart).sum()
    spread = (weight * (apart - centre) ** 2).sum()
    if spread <= 1e-12:
        return values
    slope = (weight * (apart - centre) * (values - (weight * values).sum())).sum() / spread
    return np.asarray(values - slope * apart)


def quantiles(values: Numbers, weight: Numbers, levels: Numbers, whole: bool = False) -> Numbers:
    """Weighted quantiles: of equal weights those that NumPy calls 'hazen', of counts (``whole``) 'inverted_cdf'."""
    order = np.argsort(values, kind="stable")
    sorted_weight, ordered = weight[order], values[order]
    there = sorted_weight > 0
    sorted_weight, ordered = sorted_weight[there], ordered[there]
    up_to = np.cumsum(sorted_weight)
    if whole:
        places = np.searchsorted(up_to, levels - 1e-9)
        return np.asarray(ordered[np.minimum(places, len(ordered) - 1)])
    return np.asarray(np.interp(levels, up_to - sorted_weight / 2, ordered))
