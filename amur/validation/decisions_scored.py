"""How well decisions were foretold: probabilities of each option in each quarter of the next year, against base rates.

Base rates know the coded past to the origin: how often each option was in force (``frequency``), and that the present
option stays but for the rate at which options have changed (``stay``). Both count as if one more quarter of each kind
had been seen (Laplace), so that nothing is impossible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from amur.system.observe import CATEGORIES, observed
from amur.validation.hindcasts import MEAN, MIXTURE, READING, ByReading, WeightsAt
from amur.validation.mixtures import even

if TYPE_CHECKING:
    from amur.record.record import Record

DECISIONS = ("support", "leverage", "answer")
"""The decisions between the two that the record has coded and that every setting leaves free."""
QUARTERS = 4
BASE = ("frequency", "stay")
LEAST = 1e-3
"""No option counts as less likely than this when its log is taken: what a thousand forecasts cannot tell from nothing."""
BINS = (0.0, 0.02, 0.1, 0.3, 0.7, 0.9, 0.98, 1.0)
"""Bins of predicted probabilities, close where forecasts are sure."""

type Numbers = NDArray[np.float64]


def frequency(codes: NDArray[Any], options: int, quarters: int) -> Numbers:
    """Each option by how often it was in force, (quarters, options)."""
    counts = np.bincount(codes, minlength=options) + 1.0
    return np.tile(counts / counts.sum(), (quarters, 1))


def stay(codes: NDArray[Any], options: int, quarters: int) -> Numbers:
    """The present option, left at the rate of changes in the past for another by how often that was in force."""
    rate = (np.count_nonzero(np.diff(codes)) + 1) / (len(codes) + 1)
    often = frequency(codes, options, 1)[0]
    others = np.tile(often, (options, 1)) * (1 - np.eye(options))
    step = (1 - rate) * np.eye(options) + rate * others / others.sum(axis=1, keepdims=True)
    now, made = np.eye(options)[codes[-1]], []
    for _ in range(quarters):
        now = now @ step
        made.append(now)
    return np.array(made)


def decision_chances(
    forecasts: Mapping[tuple[str, str], ByReading],
    weights_at: WeightsAt,
    record: Record | None = None,
    quarters: int = QUARTERS,
    decisions: Sequence[str] = DECISIONS,
) -> pd.DataFrame:
    """Every probability given: one row per setting, origin, quarter ahead, forecaster, decision and option.

    ``chance`` is what was given, ``happened`` 1 for the option in force, else 0. Base rates stand in every setting.
    """
    seen = observed(record)
    rows = []
    for (setting, origin), by_reading in forecasts.items():
        first = 4 * (seen.years.index(origin) + 1)
        for name in decisions:
            codes, options = seen.options[name], len(CATEGORIES[name].options)
            told = _of_readings(by_reading, weights_at(origin), name)
            told["frequency"] = frequency(codes[:first], options, quarters)
            told["stay"] = stay(codes[:first], options, quarters)
            for forecaster, chances in told.items():
                for ahead in range(min(quarters, len(codes) - first)):
                    came = codes[first + ahead]
                    for option, label in enumerate(CATEGORIES[name].options):
                        rows.append(
                            (
                                setting, int(origin), ahead + 1, forecaster, name, label,
                                float(chances[ahead, option]), int(option == came),
                            )
                        )  # fmt: skip
    columns = ["setting", "origin", "ahead", "forecaster", "decision", "option", "chance", "happened"]
    return pd.DataFrame(rows, columns=columns)


def _of_readings(by_reading: ByReading, weights: Mapping[str, float], name: str) -> dict[str, Any]:
    def weighed(by: Mapping[str, float]) -> Any:
        total = sum(by.get(reading, 0.0) for reading in by_reading)
        return sum(by.get(reading, 0.0) / total * each.chances[name] for reading, each in by_reading.items())

    alone = {f"{READING}{reading}": each.chances[name] for reading, each in by_reading.items()}
    return {MIXTURE: weighed(weights), MEAN: weighed(even(by_reading)), **alone}


def summary(chances: pd.DataFrame) -> pd.DataFrame:
    """Mean log score (minus the log of what came, nats) and Brier score (over all options) by setting, decision, forecaster.

    Lower is better. ``forecasts`` counts quarters; ``skill`` is one minus the Brier score over that of the better base
    rate, ``gain`` how many nats a quarter the forecaster gains on the base rate with the better log score.
    """
    place = ["setting", "decision", "forecaster", "origin", "ahead"]
    came = chances[chances["happened"] == 1]
    log = -np.log(came["chance"].clip(lower=LEAST))
    squared = (chances["chance"] - chances["happened"]) ** 2
    per = pd.DataFrame(
        {
            "log": log.groupby([came[name] for name in place]).first(),
            "brier": squared.groupby([chances[name] for name in place]).sum(),
        }
    )
    by = ["setting", "decision", "forecaster"]
    made = per.groupby(by).mean().assign(forecasts=per.groupby(by).size()).reset_index()
    base = made[made["forecaster"].isin(BASE)].groupby(by[:2])[["log", "brier"]].min().add_suffix("_base")
    beside = made.join(base, on=by[:2])
    return made.assign(
        skill=1 - beside["brier"] / beside["brier_base"], gain=beside["log_base"] - beside["log"]
    )


def reliability(chances: pd.DataFrame, by: Sequence[str] = ("setting", "forecaster")) -> pd.DataFrame:
    """Calibration: in bins of the probability given, its mean, how often it came true, and how many there are."""
    labels = [f"{low:g}-{high:g}" for low, high in pairwise(BINS)]
    bins = pd.cut(chances["chance"], list(BINS), include_lowest=True, labels=labels)
    grouped = chances.assign(bin=bins).groupby([*by, "bin"], observed=True)
    made = grouped.agg(given=("chance", "mean"), came=("happened", "mean"), forecasts=("happened", "size"))
    return made.reset_index()
