"""What the hindcasts forecast: annual series of the record that the model also gives, in three groups.

A target is an observable with enough values after 2005 to judge a forecast by; it need not be one that conditioning
looks at (trade shares follow from fitted flows). Values of shorter periods are averaged over the whole years.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.system.observables import OBSERVABLES, Observable
from amur.system.observe import Observed, linked

type Numbers = NDArray[np.float64]

SINCE = 2006
"""The first year that a hindcast is judged by: one year after the first origin."""
LEAST = 7
"""Values from then on that a series needs; fewer say nothing about a forecaster."""
GROUPS = {
    "flows": (
        "exports_rus_chn", "exports_chn_rus", "exports_rus", "imports_rus", "dependence_rus", "dependence_chn",
        "share_exports_chn", "share_imports_chn", "west_over_rus", "output", "oil_chn", "oil_europe", "coal_chn",
        "gas_chn", "lng_chn", "gas_wst", "concession", "fuel_earnings", "oil_source_rus", "gas_source_rus", "yuan_share",
        "key_rate",
    ),
    "politics": (
        "agreement", "vetoes", "meetings", "influence", "opinion_good", "opinion_ally", "opinion_america",
    ),
    "security": ("arms_chn", "arms_ind", "arms_vnm", "arms_world", "exercises", "patrols", "military_share"),
}  # fmt: skip
"""Flows, shares and prices; what the two say and do in politics, and what people think; arms and soldiers."""
NO_TARGET = {
    "stance": "A code from 0 to 4 and no number: steps of a code are scored as decisions are, not by distance.",
    "statements": "How many statements the record holds depends on its makers as much as on the two.",
}
"""Series with enough values that are left out all the same, with the reason."""


@dataclass(frozen=True)
class Target:
    """A series to forecast: ``link`` is its scale of comparison (log, logit, identity, count)."""

    name: str
    title: str
    unit: str
    group: str
    link: str

    @property
    def observable(self) -> Observable:
        """The observable behind it: how it is read from the record and predicted by the model."""
        return OBSERVABLES[self.name]

    def shown(self, seen: Observed) -> Numbers:
        """The record's values over ``seen.years``, NaN where it is silent."""
        return self.by_year(seen.values[self.name])

    def by_year(self, values: Any) -> Numbers:
        """Values over years, from the observable's own periods (first axis, whole years)."""
        array = np.asarray(values, np.float64)
        if self.observable.frequency == "A":
            return array
        return np.asarray(array.reshape(-1, 4, *array.shape[1:]).mean(axis=1))

    def scaled(self, values: Any) -> Numbers:
        """Values on the scale on which they are scored; counts stay counts."""
        return np.asarray(linked(self.observable, values), np.float64)


TARGETS: dict[str, Target] = {
    name: Target(name, OBSERVABLES[name].title, OBSERVABLES[name].unit, group, OBSERVABLES[name].link)
    for group, names in GROUPS.items()
    for name in names
}


def left_out(seen: Observed) -> dict[str, str]:
    """The observables that are no targets, each with the reason."""
    reasons = dict(NO_TARGET)
    for name in OBSERVABLES:
        if name not in TARGETS and name not in reasons:
            reasons[name] = f"{values_since(name, seen)} values since {SINCE}; {LEAST} are needed."
    return reasons


def values_since(name: str, seen: Observed) -> int:
    """How many whole years since :data:`SINCE` the record has of an observable."""
    made = OBSERVABLES[name]
    values = seen.values[name]
    if made.frequency == "Q":
        values = values.reshape(-1, 4).mean(axis=1)
    return int(np.isfinite(values[[int(year) >= SINCE for year in seen.years]]).sum())


@cache
def places() -> dict[str, int]:
    """Where each target stands in arrays of samples."""
    return {name: place for place, name in enumerate(TARGETS)}
