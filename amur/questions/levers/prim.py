"""PRIM, the patient rule induction method: a box in which cases of interest are dense (Friedman & Fisher 1999).

Faces of the box are peeled off a twentieth of its mass at a time, each time that which leaves the rest densest, then
pasted back as far as that does no harm; of all boxes on the way the one is taken that holds most cases beyond what chance
would give. The usual library (EMA Workbench) takes some ten seconds to load and knows no weights of cases, while members of
an ensemble are weighted by their reading; a test holds this one against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]
type Limits = dict[str, tuple[float, float]]

PEEL = 0.05
LEAST = 0.08
"""Boxes with less than this share of the mass are not looked at."""
MOST = 3
"""Conditions at most: more cannot be kept in mind."""
SCREENED = 16
"""Features that are peeled."""


@dataclass(frozen=True)
class Box:
    """Limits by feature (both included). ``coverage``: share of the cases inside; ``density``: share of what is inside
    that is a case; ``mass``: share of everything inside; ``base``: share of everything that is a case."""

    limits: Limits
    coverage: float
    density: float
    mass: float
    base: float

    @property
    def beyond(self) -> float:
        """Cases inside beyond what chance would put there, as a share of everything."""
        return self.mass * (self.density - self.base)


def box(features: Mapping[str, Numbers], cases: NDArray[Any], weights: Numbers, most: int = MOST) -> Box:
    """The box of at most so many conditions. Features (members,) by name; cases (members,) 0 or 1; weights (members,).

    Only the features that on their own tell most are peeled (:func:`telling`): among hundreds some part the few cases of
    a thin slice well by chance, and the first peels would go to them.
    """
    hit = np.asarray(cases, np.float64)
    names = telling(features, hit, weights)
    table = (
        np.stack([np.asarray(features[name], np.float64) for name in names])
        if names
        else np.zeros((0, len(hit)))
    )
    inside = weights > 0
    limits: Limits = {}
    best = measure(limits, features, hit, weights)
    while weights[inside].sum() > LEAST * weights.sum():
        peeled = _peel(table, hit, weights, inside)
        if peeled is None:
            break
        place, low, high, inside = peeled
        before = limits.get(names[place], (-np.inf, np.inf))
        limits = limits | {names[place]: (max(before[0], low), min(before[1], high))}
        now = measure(limits, features, hit, weights)
        if now.mass >= LEAST and now.beyond > best.beyond:
            best = now
    return _simpler(_paste(best, features, hit, weights), features, hit, weights, most)


def telling(features: Mapping[str, Numbers], hit: Numbers, weights: Numbers, most: int = SCREENED) -> list[str]:
    """The features whose best single threshold parts cases from the rest best, that which tells most first."""
    mass = weights / weights.sum()
    over = mass * (hit - mass @ hit)

    def parts(values: Numbers) -> float:
        order = np.argsort(values, kind="stable")
        along, sorted_ = np.abs(np.cumsum(over[order])), values[order]
        ends = np.append(sorted_[1:] > sorted_[:-1], False)
        return float(along[ends].max()) if ends.any() else 0.0

    told = {name: parts(np.asarray(values, np.float64)) for name, values in features.items()}
    return [name for name in sorted(told, key=lambda each: -told[each])[:most] if told[name] > 0]


def measure(limits: Limits, features: Mapping[str, Numbers], cases: NDArray[Any], weights: Numbers) -> Box:
    """The box of those limits, measured on these cases."""
    inside = within(limits, features, len(weights))
    whole, hits = float(weights.sum()), float(weights @ cases)
    mass, caught = float(weights[inside].sum()), float(weights[inside] @ cases[inside])
    return Box(
        dict(limits), caught / hits if hits else 0.0, caught / mass if mass else 0.0, mass / whole, hits / whole
    )


def within(limits: Limits, features: Mapping[str, Numbers], many: int) -> NDArray[np.bool_]:
    """Which members lie inside, (members,)."""
    inside = np.ones(many, bool)
    for name, (low, high) in limits.items():
        inside &= (features[name] >= low) & (features[name] <= high)
    return inside


def _peel(
    table: Numbers, hit: Numbers, weights: Numbers, inside: NDArray[np.bool_]
) -> tuple[int, float, float, NDArray[np.bool_]] | None:
    """The face whose going leaves the rest densest for what it costs: its feature, new limits and what is left."""
    at = np.flatnonzero(inside)
    mass, cases = weights[at], weights[at] * hit[at]
    whole, dense = mass.sum(), cases.sum() / mass.sum()
    found: tuple[float, int, float, float] | None = None
    for place in range(len(table)):
        values = table[place, at]
        order = np.argsort(values, kind="stable")
        sorted_, along = values[order], np.cumsum(mass[order]) / whole
        for low in (True, False):
            cut = (
                sorted_[min(np.searchsorted(along, PEEL), len(along) - 1)]
                if low
                else sorted_[max(np.searchsorted(along, 1 - PEEL), 0)]
            )
            # All that share the outermost value go together, so that features of few values can be peeled.
            left = values > cut if low else values < cut
            gone = 1 - mass[left].sum() / whole
            if not left.any() or gone <= 0:
                continue
            # Denser by how much for each share of the mass that goes: large steps of coarse features compete fairly.
            gain = (cases[left].sum() / mass[left].sum() - dense) / gone
            if found is None or gain > found[0]:
                kept = values[left]
                found = (
                    gain,
                    place,
                    float(kept.min()) if low else -np.inf,
                    np.inf if low else float(kept.max()),
                )
    if found is None or found[0] <= 0:
        return None
    _, place, low_, high_ = found
    return place, low_, high_, inside & (table[place] >= low_) & (table[place] <= high_)


def _paste(made: Box, features: Mapping[str, Numbers], hit: Numbers, weights: Numbers) -> Box:
    """Faces moved out again a step at a time, while that brings more cases than chance would."""
    better = True
    while better:
        better = False
        for name, (low, high) in made.limits.items():
            values = np.unique(features[name][weights > 0])
            step = max(len(values) // 20, 1)
            out, up = low, high
            if np.isfinite(low):
                out = float(values[max(int(np.searchsorted(values, low)) - step, 0)])
            if np.isfinite(high):
                up = float(values[min(int(np.searchsorted(values, high)) + step, len(values) - 1)])
            for limits in ((out, high), (low, up)):
                wider = measure(made.limits | {name: limits}, features, hit, weights)
                if wider.beyond > made.beyond + 1e-12:
                    made, better = wider, True
                    break
    return made


def _simpler(made: Box, features: Mapping[str, Numbers], hit: Numbers, weights: Numbers, most: int) -> Box:
    """With so many conditions at most: those go, one by one, that bring least; and any that brings less than a tenth."""
    while made.limits:
        rests = [
            measure({key: each for key, each in made.limits.items() if key != name}, features, hit, weights)
            for name in made.limits
        ]
        rest = max(rests, key=lambda each: each.beyond)
        if len(made.limits) <= most and rest.beyond < 0.9 * made.beyond:
            break
        made = _paste(rest, features, hit, weights)
    return made
