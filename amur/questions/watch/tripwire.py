"""Thresholds: the value of an indicator beyond which a target is called, and how often that call would be wrong.

The threshold is where informedness is greatest (Youden: calls among what comes true less calls among what does not), or where
a stated loss is least. Rates are cross-fitted: a quarter of the parameter sets is judged by the threshold that the others
give, so that a useless indicator is not flattered.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

type Numbers = NDArray[Any]

FOLDS = 4
LEAST = 0.01
"""A threshold leaves at least this share of the futures on either side."""


class Rate(NamedTuple):
    """A share, or a ratio of shares, with its intervals, from as many parameter sets as count."""

    value: float
    low50: float
    high50: float
    low90: float
    high90: float


class Tripwire(NamedTuple):
    """A threshold, the side of it that trips, and what tripping means.

    ``false_alarm`` is the share tripped among what does not come true, ``miss`` that not tripped among what does;
    ``tripped`` and ``quiet`` are the probabilities of the target then. ``likelihood`` is the ratio of the two shares tripped.
    """

    threshold: float
    above: bool
    informedness: float
    false_alarm: Rate
    miss: Rate
    tripped: Rate
    quiet: Rate
    likelihood: Rate
    share: float


def cut(
    values: Numbers, true: Numbers, mass: Numbers, miss_costs: float | None = None
) -> tuple[float, bool, float]:
    """The threshold, whether values above it trip, and the informedness (or less the loss) there.

    Arrays are flat. ``miss_costs`` is what a miss costs in false alarms; without, both are weighed by how often they can be.
    """
    there = np.isfinite(values)
    order = np.argsort(values[there], kind="stable")
    sorted_, hit, weight = (np.asarray(each)[there][order] for each in (values, true, mass))
    ends = np.flatnonzero(np.diff(sorted_) > 0)
    yes, no = float(mass[true > 0].sum()), float(mass[true == 0].sum())
    if not len(ends) or yes <= 0 or no <= 0:
        return float("nan"), True, 0.0
    below_yes, below_no = np.cumsum(weight * hit)[ends], np.cumsum(weight * (1 - hit))[ends]
    above_yes, above_no = (weight * hit).sum() - below_yes, (weight * (1 - hit)).sum() - below_no
    best: tuple[float, float, bool] = (-np.inf, float("nan"), True)
    for above, (call_yes, call_no) in ((True, (above_yes, above_no)), (False, (below_yes, below_no))):
        allowed = (call_yes + call_no >= LEAST * (yes + no)) & (call_yes + call_no <= (1 - LEAST) * (yes + no))
        worth = call_yes / yes - call_no / no
        if miss_costs is not None:
            worth = -(miss_costs * (yes - call_yes) + call_no) / (yes + no)
        worth = np.where(allowed, worth, -np.inf)
        place = int(np.argmax(worth))
        if worth[place] > best[0]:
            at = ends[place]
            best = (float(worth[place]), float((sorted_[at] + sorted_[at + 1]) / 2), above)
    return best[1], best[2], best[0]


def calls(values: Numbers, threshold: float, above: bool) -> NDArray[np.bool_]:
    """Which values trip: those beyond the threshold. Not-a-number never does."""
    return np.asarray(values > threshold if above else values < threshold)


def tripwire(
    values: Numbers, true: Numbers, weights: Numbers, sets: Numbers, miss_costs: float | None = None
) -> Tripwire | None:
    """The tripwire of readings (turns, members) for what is true (members,); None where nothing parts the futures."""
    turns = len(values)
    mass = np.broadcast_to(weights, values.shape).ravel() / (turns * weights.sum())
    hit = np.broadcast_to(true, values.shape).ravel().astype(np.float64)
    group = np.broadcast_to(sets, values.shape).ravel()
    flat = values.ravel()
    threshold, above, _ = cut(flat, hit, mass, miss_costs)
    if not np.isfinite(threshold):
        return None
    fold = np.unique(group, return_inverse=True)[1] % FOLDS
    called = np.zeros(len(flat), bool)
    for each in range(FOLDS):
        level, side, _ = cut(flat, hit, mass * (fold != each), miss_costs)
        if np.isfinite(level):
            inside = fold == each
            called[inside] = calls(flat[inside], level, side)

    def rate(what: Numbers, among: Numbers) -> Rate:
        return shared(what, mass * among, group)

    false_alarm, miss = rate(called, hit == 0), rate(~called, hit > 0)
    return Tripwire(
        threshold, above, 1 - false_alarm.value - miss.value, false_alarm, miss, rate(hit, called), rate(hit, ~called),
        ratio(1 - miss.value, false_alarm.value, effective(mass * (hit > 0), group), effective(mass * (hit == 0), group)),
        float(mass[called].sum()),
    )  # fmt: skip


def at(values: Numbers, true: Numbers, weights: Numbers, wire: Tripwire) -> dict[str, float]:
    """The rates of a tripwire in other futures, by name."""
    called = calls(values, wire.threshold, wire.above)
    mass = np.broadcast_to(weights, values.shape)
    hit = np.broadcast_to(true > 0, values.shape)

    def share(what: Numbers, among: Numbers) -> float:
        whole = float(mass[among].sum())
        return float(mass[what & among].sum()) / whole if whole > 0 else float("nan")

    made = {
        "false_alarm": share(called, ~hit), "miss": share(~called, hit), "tripped": share(hit, called), "quiet": share(hit, ~called),
    }  # fmt: skip
    return {name: rate for name, rate in made.items() if np.isfinite(rate)}


def shared(what: Numbers, mass: Numbers, group: Numbers) -> Rate:
    """The share of the mass where ``what`` holds, with a Jeffreys interval for as many parameter sets as count."""
    whole = float(mass.sum())
    if whole <= 0:
        return Rate(float("nan"), 0.25, 0.75, 0.0, 1.0)
    value = min(float((mass * what).sum() / whole), 1.0)
    many = effective(mass, group)
    ends = stats.beta.ppf((0.25, 0.75, 0.05, 0.95), many * value + 0.5, many * (1 - value) + 0.5)
    low50, high50, low90, high90 = (float(each) for each in ends)
    return Rate(value, min(low50, value), max(high50, value), min(low90, value), max(high90, value))


def effective(mass: Numbers, group: Numbers) -> float:
    """As how many equal parameter sets the weighted ones count (Kish)."""
    each = np.bincount(np.asarray(group, np.int64), np.asarray(mass, np.float64))
    square = float((each**2).sum())
    return float(each.sum() ** 2 / square) if square > 0 else 0.0


def ratio(right: float, wrong: float, many_right: float, many_wrong: float) -> Rate:
    """The likelihood ratio of tripping with its 90% interval on the log scale; half a call is added on either side."""
    yes, no = ((many * share + 0.5) / (many + 1) for share, many in ((right, many_right), (wrong, many_wrong)))
    value = yes / no
    spread = np.sqrt((1 - yes) / (yes * (many_right + 1)) + (1 - no) / (no * (many_wrong + 1)))
    return Rate(float(value), *(float(value * np.exp(by * spread)) for by in (-0.674, 0.674, -1.645, 1.645)))
