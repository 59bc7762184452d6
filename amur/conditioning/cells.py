"""Observations as rows and readings as columns: the log predictive density of each, laid out flat.

Only observations that every reading foretold are rows, so that columns can be compared; the others are named.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.conditioning.weights import STRENGTH, Weights, stack
from amur.errors import AmurError
from amur.system.decisions import WHO
from amur.system.observables import OBSERVABLES
from amur.system.observe import CATEGORIES

if TYPE_CHECKING:
    from amur.conditioning.evidence import Evidence

type Numbers = NDArray[np.float64]


class Observation(NamedTuple):
    """One value or code: of which observable or decision, when, and the last value before it (NaN at the first)."""

    name: str
    period: str
    value: float
    before: float

    @property
    def year(self) -> str:
        """The year it belongs to."""
        return self.period[:4]

    @property
    def stays(self) -> bool:
        """Whether this is a decision that is as it was (or its first quarter)."""
        return self.name in CATEGORIES and not (np.isfinite(self.before) and self.value != self.before)


class Cells(NamedTuple):
    """Log predictive densities in nats, (observations, readings), of ``rows`` in time order within each name.

    ``left_out`` names the observations that some reading did not foretell.
    """

    readings: tuple[str, ...]
    rows: tuple[Observation, ...]
    densities: Numbers
    left_out: tuple[Observation, ...]


def cells(predictive: Mapping[str, Mapping[str, Numbers]], evidence: Evidence) -> Cells:
    """The table of a run: ``predictive`` is log density by reading, name and period, as conditioning gives it.

    AmurError where a reading lacks a name of the evidence, or has arrays of another length.
    """
    columns = [_flat(reading, each, evidence) for reading, each in predictive.items()]
    whole = np.stack(columns, axis=1) if columns else np.empty((len(evidence.items), 0))
    rows: list[Observation] = []
    last: dict[str, float] = {}
    for item in evidence.items:
        rows.append(Observation(item.name, item.period, item.value, last.get(item.name, np.nan)))
        if np.isfinite(item.value):
            last[item.name] = item.value
    kept = evidence.there & ~np.isnan(whole).any(axis=1)
    lost = evidence.there & ~kept
    return Cells(
        tuple(predictive),
        tuple(rows[place] for place in np.flatnonzero(kept)),
        whole[kept],
        tuple(rows[place] for place in np.flatnonzero(lost)),
    )


def _flat(reading: str, each: Mapping[str, Numbers], evidence: Evidence) -> Numbers:
    parts = []
    for name, there in evidence.by_name(evidence.there).items():
        if name not in each or len(each[name]) != len(there):
            raise AmurError(
                f"{reading} does not say how likely each value of {name} was",
                field="predictive",
                mend="Condition the reading again on this evidence.",
            )
        parts.append(np.asarray(each[name], float))
    return np.concatenate(parts)


def stacked(of: Cells, years: tuple[str, ...], strength: float = STRENGTH) -> Weights:
    """Stacking weights by the log score of single observations instead of whole years, at the end of each year.

    Finer than by years, but observations of one year are not independent; the prior counts as ``strength``
    observations.
    """
    even = np.full(len(of.readings), 1 / len(of.readings))
    when = np.array([row.year for row in of.rows])
    made, now = np.empty((len(years), len(even))), even
    for place, year in enumerate(years):
        past = of.densities[when <= year]
        made[place] = now = stack(past, even, strength, guess=now) if len(past) else even
    return Weights(of.readings, years, made, even)


def title(name: str) -> str:
    """What an observable or decision is, in words."""
    if name in CATEGORIES:
        return f"{name.capitalize()}, a decision of {WHO[name]}"
    return OBSERVABLES[name].title


def unit(name: str) -> str:
    """The unit of an observable; 'option' for a decision."""
    return "option" if name in CATEGORIES else OBSERVABLES[name].unit


def value_in_words(row: Observation) -> str:
    """The value with its unit, or the option with the one before it: '12.5 Mt', 'neutral to political'."""
    if row.name not in CATEGORIES:
        number = f"{row.value:.3g}" if abs(row.value) < 1000 else f"{row.value:,.0f}"
        match unit(row.name):
            case "share":
                return f"{row.value:.1%}"
            case "count":
                return number
            case code if code.startswith("code"):
                return f"code {number}"
            case other:
                return f"{number} {other}"
    options = [option.replace("_", " ") for option in CATEGORIES[row.name].options]
    now = options[int(row.value)]
    return now if row.stays else f"{options[int(row.before)]} to {now}"
