"""The conditions under which a portfolio fails: a box found by PRIM on half of the parameter sets, judged on the other.

What a condition may be made of is known of each future before anything is done: the parameters, the reading, the world
outside on average, and what would have been decided without the levers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.questions.ensembles import Common, Run, posterior
from amur.questions.levers import prim
from amur.questions.levers.choice import average
from amur.system.decisions import OPTIONS
from amur.system.declare import PARAMETERS
from amur.system.interventions import OUTSIDE

type Numbers = NDArray[np.float64]

PARAMETER, READING, WORLD, CHOICE = "parameter ", "reading ", "world ", "choice "
SURE = 2.0
"""Standard errors by which a box must be denser than all futures to be told."""


class Fails(NamedTuple):
    """When a portfolio does worse than another: how often, and the box in which it does most, judged on unseen sets.

    ``words`` are its conditions; ``error`` is the standard error of its density; ``holds`` whether it is denser than the
    whole by more than chance.
    """

    against: str
    words: tuple[str, ...]
    found: prim.Box
    judged: prim.Box
    error: float
    holds: bool

    def row(self) -> dict[str, Any]:
        """As a row of a table."""
        return {
            "against": self.against, "conditions": " and ".join(self.words), "share of failures": self.judged.base,
            "coverage": self.judged.coverage, "density": self.judged.density, "mass": self.judged.mass,
            "error": self.error, "holds": self.holds, "coverage where found": self.found.coverage,
            "density where found": self.found.density,
        }  # fmt: skip


def features(common: Common, base: Run, until: str) -> dict[str, Numbers]:
    """What is known of each future without levers, by name, (members,) each; what is the same in all is left out."""
    to, of = base.at(until) + 1, common.mixture
    made = {
        f"{PARAMETER}{name}": values
        for name, values in posterior(common).items()
        if PARAMETERS[name].group != "observables"  # how things are measured moves nothing
    }
    made |= {f"{READING}{name}": of.reading == place for place, name in enumerate(of.readings)}
    made |= {
        f"{WORLD}{name}": base[name][:to].mean(axis=0, dtype=np.float64) for name in OUTSIDE if name in base
    }
    for decision, options in OPTIONS.items():
        for option in options:
            made[f"{CHOICE}{decision} {option.name}"] = (base[decision][:to] == int(option)).mean(axis=0)
    told = {name: np.asarray(each, np.float64) for name, each in made.items()}
    return {name: each for name, each in told.items() if np.ptp(each) > 1e-9}


def when(
    against: str, worse: NDArray[Any], told: Mapping[str, Numbers], common: Common, until: str
) -> Fails | None:
    """The conditions under which futures (members,) are worse; None where hardly any, or nearly all, are."""
    of = common.mixture
    cases = np.asarray(worse, np.float64)
    if not 0.02 < average(cases, of.weights) < 0.98:
        return None
    learn = of.batch(2) == 0
    found = prim.box(told, cases, of.weights * learn)
    judged = prim.measure(found.limits, told, cases, of.weights * ~learn)
    inside = (of.weights * ~learn)[prim.within(found.limits, told, of.members)]
    many = float(inside.sum() ** 2 / np.sum(inside**2)) if inside.any() else 0.0
    error = float(np.sqrt(max(judged.density * (1 - judged.density), 0.25 / max(many, 1)) / max(many, 1)))
    holds = bool(found.limits) and judged.density - judged.base > SURE * error
    words = tuple(phrase(name, limits, told[name], of.weights, until) for name, limits in found.limits.items())
    return Fails(against, words, found, judged, error, holds)


def phrase(name: str, limits: tuple[float, float], values: Numbers, weights: Numbers, until: str) -> str:
    """A condition in words, with the share of futures that meet it."""
    low, high = limits
    met = float(average(((values >= low) & (values <= high)).astype(float), weights))
    bounds = _bounds(low, high)
    if name.startswith(READING):
        return f"the reading is {'' if low > 0 else 'not '}{name.removeprefix(READING)} ({met:.0%} of futures)"
    if name.startswith(PARAMETER):
        parameter = name.removeprefix(PARAMETER)
        group = PARAMETERS[parameter].group
        return f"the parameter {parameter} ({group}) is {bounds} ({met:.0%} of futures)"
    if name.startswith(WORLD):
        declared = OUTSIDE[name.removeprefix(WORLD)]
        return f"{_small(declared.meaning)} is {bounds} {declared.unit} on average to {until} ({met:.0%} of futures)"
    decision, option = name.removeprefix(CHOICE).split()
    shown = option.lower().replace("_", "-")
    bounds = _bounds(low, high, percent=True)
    return f"without levers, {decision} would be {shown} in {bounds} of the quarters to {until} ({met:.0%} of futures)"


def _bounds(low: float, high: float, percent: bool = False) -> str:
    def shown(value: float) -> str:
        if percent:
            return f"{value:.0%}"
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"

    if np.isfinite(low) and np.isfinite(high):
        return f"{shown(low)} to {shown(high)}"
    return f"at least {shown(low)}" if np.isfinite(low) else f"at most {shown(high)}"


def _small(text: str) -> str:
    """A meaning inside a sentence; names keep their capitals."""
    first = text.split(" ", 1)[0].rstrip(",").removesuffix("'s")
    names = ("China", "Russia", "Brent", "Central", "Western", "Chinese", "Russian")
    return text if first in names else text[:1].lower() + text[1:]
