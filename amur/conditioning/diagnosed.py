"""The diagnostics as published: worked out once after conditioning, read by pages and commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur import atomic
from amur.conditioning import pits
from amur.conditioning.diagnostics import agreement, contraction, posterior_predictive
from amur.conditioning.evidence import FITTED, Evidence
from amur.conditioning.result import Conditioned
from amur.conditioning.weights import Weights, stacking
from amur.errors import AmurError
from amur.system.observables import OBSERVABLES
from amur.system.observe import coverage
from amur.system.parameters import NAMES

FILE = Path(__file__).with_name("diagnostics.json")
DRAWN = 4096
"""Draws of the mixture that coverage is counted on."""

type Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Check:
    """An observable against the mixture of readings: ``values`` it has in the record, and shares inside 50% and 90%.

    ``inside`` is under the posterior at the end of the record, with discrepancies drawn anew; ``ahead`` is one step
    ahead, with members and weights of the end of the year before. ``pits`` are the transforms one step ahead.
    """

    observable: str
    values: int
    inside50: float
    inside90: float
    ahead50: float
    ahead90: float
    ahead_p: float
    pits: tuple[float, ...]


@dataclass(frozen=True)
class Agreement:
    """R-hat over runs of one reading with several seeds: the largest, of which parameter, and the share above 1.05."""

    reading: str
    seeds: int
    most: float
    worst: str
    above: float


@dataclass(frozen=True)
class Diagnosed:
    """All of it. ``contraction`` is by reading, then parameter; ``agreement`` is empty where there was one seed only."""

    stamp: str
    members: int
    contraction: dict[str, dict[str, float]]
    agreement: tuple[Agreement, ...]
    checks: tuple[Check, ...]

    def mean_contraction(self) -> dict[str, float]:
        """The mean over readings by parameter."""
        each = [list(by_parameter.values()) for by_parameter in self.contraction.values()]
        return dict(zip(NAMES, np.mean(each, axis=0).tolist(), strict=True))


def diagnose(
    runs: Mapping[str, Conditioned],
    seen: Evidence,
    stamp: str,
    progress: Callable[[str, int, int], None] | None = None,
) -> Diagnosed:
    """Diagnose complete runs (with members of every year). A run of the model a year and reading: two or three minutes for ten.

    How far runs with other seeds agree is not known yet.
    """
    able = {name: run for name, run in runs.items() if run.members}
    weights = mixture(stacking({name: run.increments for name, run in runs.items()}, seen.years), tuple(able))
    parts, drawn = {}, {}
    for name, run in able.items():
        parts[name] = pits.one_ahead(run, seen, partial(progress, f"diagnostics, {name}") if progress else None)
        drawn[name] = posterior_predictive(run, seen)
    ahead = pits.mixed(parts, weights.before, tuple(able))
    inside = _drawn(drawn, weights.values[-1])
    return Diagnosed(
        stamp,
        next(iter(able.values())).members,
        {name: {key: round(value, 3) for key, value in contraction(run).items()} for name, run in able.items()},
        (),
        tuple(_check(name, seen, ahead[name], inside[name]) for name in FITTED),
    )


def mixture(of: Weights, readings: tuple[str, ...]) -> Weights:
    """The weights of some of the readings only, summing to one: those that have parameters to draw from."""
    places = [of.readings.index(name) for name in readings]
    kept, start = of.values[:, places], of.start[places]
    return Weights(readings, of.years, kept / kept.sum(axis=1, keepdims=True), start / start.sum())


def agreed(name: str, runs: Sequence[Conditioned]) -> Agreement:
    """How far runs of a reading agree."""
    found = agreement(runs)
    worst = max(found, key=lambda parameter: found[parameter])
    above = float(np.mean([value > 1.05 for value in found.values()]))
    return Agreement(name, len(runs), round(found[worst], 3), worst, above)


def _drawn(drawn: Mapping[str, Mapping[str, Numbers]], weights: Numbers) -> dict[str, Numbers]:
    """Draws of the mixture, by observable (periods, draws)."""
    draw = np.random.default_rng(17)
    which = draw.choice(len(drawn), size=DRAWN, p=weights)
    made = {}
    for name in FITTED:
        parts = []
        for place, each in enumerate(drawn.values()):
            many = int((which == place).sum())
            parts.append(each[name][:, draw.integers(each[name].shape[1], size=many)])
        made[name] = np.concatenate(parts, axis=1)
    return made


def _check(name: str, seen: Evidence, ahead: pits.Fall, drawn: Numbers) -> Check:
    shown = seen.shown[name]
    (half, values), (most, _) = (coverage(shown, drawn, share, name) for share in (0.5, 0.9))
    transforms = pits.picked(ahead, name)
    return Check(
        name,
        values,
        half,
        most,
        pits.inside(transforms, 0.5),
        pits.inside(transforms, 0.9),
        pits.uniformity(transforms),
        tuple(np.round(transforms, 4).tolist()),
    )


def title(check: Check) -> str:
    """What the observable is."""
    return OBSERVABLES[check.observable].title


def publish(made: Diagnosed) -> None:
    """Write the diagnostics into the package; runs compared before stay compared if they were of the same stamp."""
    if not made.agreement and FILE.exists() and published().stamp == made.stamp:
        made = replace(made, agreement=published().agreement)
    told: dict[str, Any] = asdict(made)
    told["parameters"] = list(NAMES)
    told["contraction"] = {name: list(each.values()) for name, each in made.contraction.items()}
    for each in told["checks"]:
        each |= {key: None for key, value in each.items() if isinstance(value, float) and value != value}
    atomic.write_text(FILE, json.dumps(told, allow_nan=False, separators=(",", ":")) + "\n")
    published.cache_clear()


@cache
def published() -> Diagnosed:
    """The published diagnostics; nothing is computed. AmurError where they are missing."""
    if not FILE.exists():
        raise AmurError("no diagnostics have been published", file=FILE, mend="Run: amur condition")
    told = json.loads(FILE.read_text(encoding="utf-8"))
    checks: list[dict[str, Any]] = [
        {key: float("nan") if value is None else value for key, value in each.items()}
        for each in told["checks"]
    ]
    return Diagnosed(
        told["stamp"],
        told["members"],
        {name: dict(zip(told["parameters"], each, strict=True)) for name, each in told["contraction"].items()},
        tuple(Agreement(**each) for each in told["agreement"]),
        tuple(Check(**each | {"pits": tuple(each["pits"])}) for each in checks),
    )


__all__ = ["Agreement", "Check", "Diagnosed", "diagnose", "publish", "published", "title"]
