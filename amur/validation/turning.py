"""Turning points: what the model said of the years after Crimea and after February 2022, from the end of the year before.

Two questions at each: what follows for the two *given* the war and the sanctions as they came, and what was to be
expected when *nothing* of them was known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from amur.system.decisions import Leverage, Sanctions, Support, Ukraine
from amur.system.observe import Observed, observed
from amur.validation import mixtures
from amur.validation.forecasts_of_model import Forecast
from amur.validation.hindcasts import READING, SIZE, ByReading, WeightsAt
from amur.validation.targets import TARGETS, places

if TYPE_CHECKING:
    from amur.record.record import Record

TURNS = {
    "2013": "Crimea, the first sanctions, the gas contract, and the fall of the oil price",
    "2021": "the full-scale war, comprehensive sanctions, and Russia's turn to the East",
}
"""The years at whose end the model stops looking, and what came then."""
YEARS = 3
SHOWN = (
    "exports_rus_chn", "exports_chn_rus", "share_exports_chn", "share_imports_chn", "dependence_rus", "oil_chn", "gas_wst",
    "concession", "yuan_share", "agreement", "exercises", "arms_chn",
)  # fmt: skip
"""The targets that are told."""
COLUMNS = (
    "origin",
    "setting",
    "forecaster",
    "what",
    "title",
    "unit",
    "year",
    "low",
    "median",
    "high",
    "actual",
    "place",
)


class Happening(NamedTuple):
    """A decision that reaches an option (or a higher one) at any time in the year."""

    title: str
    decision: str
    least: int


HAPPENINGS = {
    "support_dual_use": Happening("Beijing supplies dual-use goods or more", "support", Support.DUAL_USE),
    "support_lethal": Happening("Beijing supplies lethal aid", "support", Support.LETHAL),
    "squeeze": Happening("Beijing squeezes or demands", "leverage", Leverage.SQUEEZE),
    "sectoral": Happening("Western sanctions reach whole sectors", "sanctions", Sanctions.SECTORAL),
    "comprehensive": Happening("Western sanctions are comprehensive", "sanctions", Sanctions.COMPREHENSIVE),
    "full_war": Happening("Full-scale war in Ukraine", "ukraine", Ukraine.FULL),
}
"""What is told of decisions; those that a setting gives are left out there."""


def turning_points(
    forecasts: Mapping[tuple[str, str], ByReading],
    weights_at: WeightsAt,
    record: Record | None = None,
    readings: bool = False,
    seed: int = 1,
) -> pd.DataFrame:
    """What was said and what came: one row per turn, setting, forecaster, series or event, and year.

    ``low``, ``median`` and ``high`` are the 5, 50 and 95 percent points of the forecast and ``place`` the share of it
    below what came (half of ties); of an event ``median`` is its chance, ``actual`` 1 if it happened. The forecaster is
    the mixture by the weights at the origin; with ``readings`` every reading is told too.
    """
    seen = observed(record)
    rows = []
    for (_, origin), by_reading in forecasts.items():
        if origin not in TURNS:
            continue
        told = {"mixture": mixtures.mixed(by_reading, weights_at(origin), SIZE, seed)}
        if readings:
            told |= {f"{READING}{name}": each for name, each in by_reading.items()}
        for forecaster, each in told.items():
            rows += _series(each, forecaster, seen) + _events(each, forecaster, seen)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _series(made: Forecast, forecaster: str, seen: Observed) -> list[tuple[object, ...]]:
    first = seen.years.index(made.origin) + 1
    rows: list[tuple[object, ...]] = []
    for name in SHOWN:
        target = TARGETS[name]
        came = target.shown(seen)[first : first + YEARS]
        for ahead, actual in enumerate(came):
            samples = np.asarray(made.samples[places()[name], ahead], np.float64)
            low, middle, high = np.quantile(samples, [0.05, 0.5, 0.95])
            below = (
                ((samples < actual).mean() + (samples <= actual).mean()) / 2 if np.isfinite(actual) else np.nan
            )
            rows.append(
                (
                    made.origin, made.setting, forecaster, name, target.title, target.unit, seen.years[first + ahead],
                    low, middle, high, actual, below,
                )
            )  # fmt: skip
    return rows


def _events(made: Forecast, forecaster: str, seen: Observed) -> list[tuple[object, ...]]:
    first = 4 * (seen.years.index(made.origin) + 1)
    rows: list[tuple[object, ...]] = []
    for name, event in HAPPENINGS.items():
        if made.setting != "nothing" and event.decision not in ("support", "leverage"):
            continue
        came = seen.options[event.decision]
        for ahead in range(YEARS):
            quarters = slice(4 * ahead, 4 * ahead + 4)
            chance = (made.chosen[event.decision][quarters] >= event.least).any(axis=0).mean()
            actual = float((came[first:][quarters] >= event.least).any())
            year = str(int(made.origin) + ahead + 1)
            rows.append(
                (
                    made.origin, made.setting, forecaster, name, event.title, "chance", year,
                    np.nan, float(chance), np.nan, actual, np.nan,
                )
            )  # fmt: skip
    return rows
