"""The reading without structure that every other must beat: things go on as they were.

Each series goes on from its own past alone: a level whose changes are as large as they were before, events that come at
about their old rate, codes that stay as they stayed (:mod:`amur.conditioning.habits`). Whether a level is a random walk,
forgets part of each change, or drifts is not assumed but learnt, because the bar should be as high as a reading without
structure can set it. The size of changes has for its prior the observable's own prior scatter, as loose as the
readings have it.

All habits are independent, so that the evidence of a year is the exact sum over its observations, each given all before it
(within the year too). The first value of a series is not foretold by its past: its log density must be given (``first``;
from the base prior predictive, so that the comparison starts equal) or it counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from amur.conditioning.evidence import YEARS, link_of
from amur.conditioning.habits import Code, Habit, Level, Rate
from amur.errors import AmurError, nearest
from amur.system.declare import PARAMETERS
from amur.system.observables import OBSERVABLES, Observable
from amur.system.observe import CATEGORIES, unlinked

if TYPE_CHECKING:
    from amur.conditioning.evidence import Evidence

type Numbers = NDArray[np.float64]

WIDTHS = np.linspace(-4, 4, 33)
"""Where the prior of a scale is laid on the grid, in standard deviations of its logarithm."""


def predictive(evidence: Evidence, first: Mapping[str, float] | None = None) -> dict[str, Numbers]:
    """Log density of every observation given all before it (nats), by observable and decision.

    Arrays run over years or quarters as in the evidence, NaN where there is nothing. Series are scored on their scale
    of comparison. ``first`` gives the log densities of first observations by name; without one it is NaN.
    """
    made: dict[str, Numbers] = {}
    for name, values in _values(evidence).items():
        scores = np.full(len(values), np.nan)
        there = np.flatnonzero(np.isfinite(values))
        if len(there):
            scores = habit_of(name).score(values)
            if first and name in first:
                scores[there[0]] = first[name]
        made[name] = scores
    return made


def increments(evidence: Evidence, first: Mapping[str, float] | None = None) -> Numbers:
    """Log evidence of each year given those before it (nats), (years,)."""
    total = np.zeros(len(YEARS))
    for name, scores in predictive(evidence, first).items():
        total += np.nan_to_num(scores).reshape(len(YEARS), -1 if _quarterly(name) else 1).sum(1)
    return total[: len(evidence.years)]


def firsts(evidence: Evidence) -> dict[str, str]:
    """The period of the first observation of each series: what no habit can foretell."""
    found = {}
    for name, values in _values(evidence).items():
        there = np.flatnonzero(np.isfinite(values))
        if len(there):
            found[name] = (evidence.labels if _quarterly(name) else YEARS)[there[0]]
    return found


def samples(
    evidence: Evidence,
    origin: str,
    horizons: int,
    members: int,
    seed: int,
    names: Sequence[str] | None = None,
    quarterly: bool = False,
) -> dict[str, Numbers]:
    """What the reading forecasts from the end of the year ``origin``: name to (horizons, members), in the unit of each.

    Horizons are years ahead. A quarterly series is averaged over each year and a code is that of its last quarter;
    with ``quarterly`` these come as (4 * horizons, members). Each name has a stream of its own. Without ``names``: all
    that had been seen by then. AmurError for a name that had not, or for a year without evidence.
    """
    if origin not in evidence.years:
        raise AmurError(
            f"there is no evidence of the year '{origin}'",
            field="origin",
            mend=f"Choose from {evidence.years[0]} to {evidence.years[-1]}.",
        )
    count = YEARS.index(origin) + 1
    past = {name: each[: count * (4 if _quarterly(name) else 1)] for name, each in _values(evidence).items()}
    seen = {name: each for name, each in past.items() if np.isfinite(each).any()}
    made: dict[str, Numbers] = {}
    for name in seen if names is None else names:
        if name not in seen:
            hint = nearest(name, list(seen))
            raise AmurError(f"'{name}' had not been seen by the end of {origin}", field="names", mend=hint)
        rng = np.random.default_rng([seed, int(origin), *name.encode()])
        drawn = habit_of(name).draw(seen[name], horizons * (4 if _quarterly(name) else 1), members, rng)
        made[name] = _in_units(name, drawn, yearly=_quarterly(name) and not quarterly)
    return made


def habit_of(name: str) -> Habit:
    """The habit of an observable or decision."""
    if name in CATEGORIES:
        return Code(len(CATEGORIES[name].options))
    made = OBSERVABLES[name]
    match made.model:
        case "student":
            return level_of(made)
        case "count":
            return Rate(made.regular)
    return Code(int(made.unit.rpartition("-")[2]) + 1)


def level_of(made: Observable) -> Level:
    """The level of a series: its changes have for their scale the prior of the observable's scatter, on a grid."""
    masses = stats.norm.pdf(WIDTHS)
    scales = PARAMETERS[made.scales[0]].prior.quantile(special.ndtr(WIDTHS))
    return Level(np.asarray(scales, float), masses / masses.sum())


def _values(evidence: Evidence) -> dict[str, Numbers]:
    """Values on their scale of comparison, and codes, NaN where there is nothing."""
    made = {name: link_of(name, np.asarray(values, float)) for name, values in evidence.shown.items()}
    return made | {name: np.where(codes < 0, np.nan, codes) for name, codes in evidence.options.items()}


def _quarterly(name: str) -> bool:
    return name in CATEGORIES or OBSERVABLES[name].frequency == "Q"


def _in_units(name: str, drawn: Numbers, yearly: bool) -> Numbers:
    if name in CATEGORIES or OBSERVABLES[name].model == "ordered":
        return drawn[3::4] if yearly else drawn
    values = unlinked(OBSERVABLES[name], drawn)
    return values.reshape(-1, 4, values.shape[1]).mean(1) if yearly else values
