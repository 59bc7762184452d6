"""First passages: when futures first come to stand in an end state, and how many ever do."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def held(code: NDArray[Any], place: int) -> NDArray[np.bool_]:
    """Whether a future has stood in an end state by each quarter, (quarters, members)."""
    return np.logical_or.accumulate(np.asarray(code) == place, axis=0)


def entered(code: NDArray[Any], place: int, years: NDArray[Any], stood: NDArray[Any]) -> NDArray[np.float64]:
    """The date at which each future first enters an end state that it did not stand in, (members,), in years.

    ``code`` is (quarters, members), ``years`` the middle of each quarter, ``stood`` the end state of each member before
    the first of them. Not a number for futures that never stand in it and for those that stood in it already.
    """
    there = np.asarray(code) == place
    first = there.argmax(axis=0)
    dates = np.asarray(years, np.float64)[first]
    return np.where(there.any(axis=0) & (np.asarray(stood) != place), dates, np.nan)


def middles(labels: tuple[str, ...]) -> NDArray[np.float64]:
    """The middle of each quarter as a decimal year: 2026-Q1 is 2026.125."""
    return np.array([int(label[:4]) + (int(label[-1]) - 1) / 4 + 0.125 for label in labels])
