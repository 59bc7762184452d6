"""What the equations of the book use, one number at a time."""

from __future__ import annotations

from math import exp, log
from typing import Any


class Names(dict[str, Any]):
    """Values by name; ``now.trust_rus`` reads better than ``now["trust_rus"]``."""

    __getattr__ = dict.__getitem__


def clip(x: float, low: float, high: float) -> float:
    """The number, or the bound that it passes; the upper bound wins if the two cross."""
    return min(max(x, low), high)


def sigmoid(x: float) -> float:
    """The logistic function, without overflow."""
    if x < 0:
        return exp(x) / (1 + exp(x))
    return 1 / (1 + exp(-x))


def log_softmax(values: list[float]) -> list[float]:
    """The log of each one's share of the sum of exponentials."""
    top = max(values)
    total = log(sum(exp(value - top) for value in values))
    return [value - top - total for value in values]
