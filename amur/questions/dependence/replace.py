"""How long it takes to replace a partner: arithmetic on speeds, shares and paces. No number of its own.

Three ways, and each figure says which: the *turning* of the model (a part finds another partner at once, the rest at a
speed), the *pace* at which all others have ever added in a year of the record, and the *halving* of a share that was
given up.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.floating[Any]]

QUARTERS = 4


def turning(part: float, at_once: Numbers, speed: Numbers) -> Numbers:
    """Quarters until a part (0 to 1) of what was lost is replaced, if ``speed`` of the rest is replaced each quarter.

    0 where as much is replaced at once; infinite where the rest never is.
    """
    at_once, speed = np.asarray(at_once, np.float64), np.asarray(speed, np.float64)
    left = np.clip(1 - at_once, 1e-12, None)
    with np.errstate(divide="ignore"):
        quarters = np.log((1 - part) / left) / np.log1p(-np.clip(speed, 0.0, 1 - 1e-12))
    return np.where(at_once >= part, 0.0, np.where(speed > 0, quarters, np.inf))


def replaced(quarter: int, at_once: Numbers, speed: Numbers) -> Numbers:
    """The part that is replaced ``quarter`` quarters after the first."""
    return np.asarray(
        1 - (1 - np.asarray(at_once, np.float64)) * (1 - np.asarray(speed, np.float64)) ** quarter
    )


def at_pace(lost: float, yearly: list[float], years: int = 10) -> float:
    """Quarters until others have added what was lost, if they add each year what they added in the best of the last.

    ``yearly`` are what all others brought, year by year. Infinite where they never added anything.
    """
    last = yearly[-(years + 1) :]
    best = max((after - before for before, after in pairwise(last)), default=0.0)
    return QUARTERS * lost / best if best > 0 else math.inf


def halving(first: float, last: float, years: float) -> float:
    """Quarters in which a share halved that fell from ``first`` to ``last`` in so many years; infinite if it did not fall."""
    return QUARTERS * years * math.log(2) / math.log(first / last) if 0 < last < first else math.inf
