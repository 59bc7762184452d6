"""What a simulation is asked: checked once, with every default filled in, so that running it asks nothing more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from amur.errors import AmurError
from amur.futures.processes import Start, projections
from amur.system import endstates, quarters, scenario_files
from amur.system.decisions import OPTIONS
from amur.system.declare import known, table
from amur.system.forcings import Forcings
from amur.system.history import History, history
from amur.system.interventions import Intervention, from_json
from amur.system.model import Model
from amur.system.parameters import NAMES
from amur.system.priors import Prior
from amur.system.state import QUANTITIES

if TYPE_CHECKING:
    from amur.record import Record

HORIZON = "2046-Q4"
MOST_MEMBERS = 100_000_000
HEADLINES = (
    "exports_rus_chn", "exports_chn_rus", "dependence_rus", "leverage_chn", "oil_chn", "gas_chn", "crude_concession",
    "trust_rus", "trust_chn", "coordination", "integration", "rear_chn", "rear_rus", "orientation",
)  # fmt: skip
"""What is kept unless told otherwise, beside the decisions and what the end states need."""

STREAMS = ("world", "options", "noise")
"""Streams of chances ahead: the world outside, the draws of choices, and what moves states and lines by chance."""

MOST_SETS = 20_000
"""Parameter sets of a mixture; longer simulations use them over again."""
JUDGED: dict[str, Literal["stacking", "prequential"]] = {"posterior": "stacking", "prequential": "prequential"}
"""Mixtures of readings by name: how they are weighed."""

type Values = Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """One simulation: ``first`` and ``until`` are numbers of quarters, ``every`` the quarters to a kept value."""

    members: int
    first: int
    until: int
    seed: int
    interventions: tuple[Intervention, ...]
    scenario: str
    model: Model
    keep: tuple[str, ...]
    every: int
    precision: int
    rules: endstates.Rules
    past: History = field(repr=False)
    begin: Start = field(repr=False)
    parameters: Values | None = field(repr=False, default=None)
    priors: Mapping[str, Prior] = field(repr=False, default_factory=dict)
    observables: tuple[str, ...] = ()
    shown: Mapping[str, Any] = field(repr=False, default_factory=dict)
    seeds: Mapping[str, int] = field(default_factory=dict)

    def seed_of(self, stream: str) -> int:
        """The seed of a stream of chances, one of :data:`STREAMS`: that of the plan unless it was given its own."""
        return self.seeds.get(stream, self.seed)

    @property
    def ahead(self) -> int:
        """The first quarter that has not happened."""
        return len(self.past.labels)

    @property
    def states(self) -> tuple[str, ...]:
        """The kept names that are states."""
        return tuple(name for name in self.keep if name in QUANTITIES)

    @property
    def outside(self) -> tuple[str, ...]:
        """The kept names that are forcings."""
        return tuple(name for name in self.keep if name in Forcings._fields)

    @property
    def labels(self) -> tuple[str, ...]:
        """The quarters kept."""
        return quarters.labels(self.first, self.until + 1)[self.every - 1 :: self.every]

    @property
    def years(self) -> tuple[str, ...]:
        """The years whose end is among the quarters, for what is seen once a year."""
        whole = quarters.labels(self.first, self.until + 1)
        return tuple(label[:4] for label in whole if label.endswith("Q4"))

    @cached_property
    def record_hash(self) -> str:
        """A fingerprint of what the record tells the model."""
        return _fingerprint(self.past)

    @cached_property
    def parameters_hash(self) -> str:
        """A fingerprint of the parameter set or priors given; empty where all is as declared."""
        if self.parameters is None and not self.priors:
            return ""
        return _sets(repr(sorted(self.priors.items())), self.parameters or {})


def plan(
    members: int = 2000,
    until: str = HORIZON,
    seed: int = 1,
    interventions: Sequence[Intervention | Mapping[str, Any]] | str | Path = (),
    scenario: str | None = None,
    model: Model | None = None,
    keep: Iterable[str] | str | None = None,
    start: str | None = None,
    annual: bool = False,
    precision: int = 32,
    parameters: object = None,
    priors: Mapping[str, Prior] | None = None,
    rules: str | Path | endstates.Rules | None = None,
    record: Record | None = None,
    observables: Iterable[str] | str | bool = False,
    seeds: Mapping[str, int] | None = None,
) -> Plan:
    """Check what is asked and fill in the defaults. AmurError names the argument that is wrong.

    ``seeds`` gives streams of chances (:data:`STREAMS`) seeds of their own, to vary one and hold the others.

    ``parameters`` are a parameter set, or "posterior" (or "prequential"): those of the published readings mixed by
    stacking (or posterior) weights, as the record has judged them. Without, they are drawn from the base priors.
    """
    _whole(members, "members", 1, MOST_MEMBERS)
    _whole(seed, "seed", 0, 2**63 - 1)
    for name, own in (seeds or {}).items():
        _whole(own, known(name, dict.fromkeys(STREAMS), "stream of chances"), 0, 2**63 - 1)
    if precision not in (32, 64):
        raise AmurError(f"precision {precision} is not offered", field="precision", mend="Choose 32 or 64.")
    by = rules if isinstance(rules, endstates.Rules) else endstates.rules(rules)
    past = history(record)
    last = quarters.number(until, last=True, field="until")
    first = quarters.number(start, field="start") if start else len(past.labels)
    if first > len(past.labels):
        raise AmurError(
            "starts after the first quarter ahead",
            field="start",
            mend=f"Start by {quarters.label(len(past.labels))}.",
        )
    if last < first:
        raise AmurError(
            f"until {until} is before {quarters.label(first)}", field="until", mend="Choose a later quarter."
        )
    if annual and (first % 4 or (last + 1) % 4 or len(past.labels) % 4):
        raise AmurError(
            "years must be whole", field="annual", mend="Start in a first quarter and end in a fourth."
        )
    look = _observables(observables)
    told = _interventions(interventions)
    if scenario:
        told = (*scenario_files.scenario(scenario).interventions, *told)
    return Plan(
        members,
        first,
        last,
        seed,
        told,
        scenario or "",
        model or Model(),
        _keep(keep, by),
        4 if annual else 1,
        precision,
        by,
        past,
        _begin(past, record),
        _parameters(_judged(parameters, members, seed) if isinstance(parameters, str) else parameters),
        {known(name, dict.fromkeys(NAMES), "parameter"): prior for name, prior in (priors or {}).items()},
        look,
        _shown(look, record, past.labels),
        dict(seeds or {}),
    )


def _whole(value: object, field: str, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not low <= value <= high:
        raise AmurError(
            f"{value!r} is not allowed", field=field, mend=f"Give a whole number from {low} to {high}."
        )


def _interventions(told: Sequence[Intervention | Mapping[str, Any]] | str | Path) -> tuple[Intervention, ...]:
    if isinstance(told, str | Path):
        return scenario_files.read(told).interventions
    made: list[Intervention] = []
    for each in told:
        made.extend(from_json([each]) if isinstance(each, Mapping) else [each])
    return tuple(made)


def _keep(names: Iterable[str] | str | None, by: endstates.Rules) -> tuple[str, ...]:
    every = {**QUANTITIES, **table(Forcings)}
    if names == "all":
        return tuple(every)
    told = HEADLINES if names is None else [names] if isinstance(names, str) else list(names)
    asked = [name for name in told if name not in OPTIONS]
    needed = [name for name in by.needs if name not in OPTIONS]
    return tuple(dict.fromkeys([known(name, every, "quantity") for name in asked] + needed))


def _observables(names: Iterable[str] | str | bool) -> tuple[str, ...]:
    from amur.system.observables import OBSERVABLES

    if isinstance(names, bool) or names == "all":
        return tuple(OBSERVABLES) if names else ()
    told = [names] if isinstance(names, str) else list(names)
    return tuple(dict.fromkeys(known(name, OBSERVABLES, "observable") for name in told))


def _shown(names: tuple[str, ...], record: Record | None, labels: tuple[str, ...]) -> dict[str, Any]:
    """What the record shows of the observables, over the years or quarters of its history."""
    from amur.system.observe import observed

    values = observed(record, labels[-1]).values if names else {}
    return {name: values[name] for name in names}


def _judged(weights: str, members: int, seed: int) -> Values:
    """Parameter sets of the published mixture of readings, at most as many as are asked for."""
    from amur.conditioning import store

    if weights not in JUDGED:
        raise AmurError(
            f"'{weights}' is no parameter set", field="parameters", mend=f"Choose one of: {', '.join(JUDGED)}."
        )
    return store.ensemble(min(members, MOST_SETS), seed, JUDGED[weights])


def _parameters(told: object) -> Values | None:
    if told is None:
        return None
    values: Values = told._asdict() if hasattr(told, "_asdict") else told  # type: ignore[assignment]
    lacking = [name for name in NAMES if name not in values]
    if lacking:
        raise AmurError(
            f"lacks {', '.join(lacking[:3])}", field="parameters", mend="Give every parameter, or none."
        )
    many = {np.shape(np.atleast_1d(np.asarray(values[name]))) for name in NAMES}
    if len(many) > 1:
        raise AmurError("are not of one length", field="parameters", mend="Give as many values of each.")
    return {name: np.atleast_1d(np.asarray(values[name])) for name in NAMES}


def _begin(past: History, record: Record | None) -> Start:
    outside = np.asarray(past.quarters.outside)
    last = dict(zip(Forcings._fields, map(float, outside[-1]), strict=True))
    recent = dict(zip(Forcings._fields, map(float, outside[-20:].mean(axis=0)), strict=True))
    return Start(last, recent, quarters.FIRST_YEAR + len(past.labels) / 4, _people(record))


def _people(record: Record | None) -> dict[str, tuple[tuple[float, float], ...]]:
    return _people_of_all() if record is None else projections(record)


@cache
def _people_of_all() -> dict[str, tuple[tuple[float, float], ...]]:
    from amur.record import load

    return projections(load())


_TOLD: dict[object, tuple[Values, str]] = {}
"""Fingerprints of parameter sets in arrays that nobody can write to, with the sets, so that their ids stay theirs."""


def _sets(priors: str, sets: Values) -> str:
    fixed = all(isinstance(each, np.ndarray) and not each.flags.writeable for each in sets.values())
    key = (priors, *((name, id(each)) for name, each in sets.items()))
    if fixed and key in _TOLD:
        return _TOLD[key][1]
    told = hashlib.sha256(priors.encode())
    for name, values in sorted(sets.items()):
        told.update(name.encode() + np.asarray(values, np.float64).tobytes())
    if fixed:
        if len(_TOLD) > 7:
            _TOLD.pop(next(iter(_TOLD)))
        _TOLD[key] = (sets, told.hexdigest()[:16])
    return told.hexdigest()[:16]


def _fingerprint(past: History) -> str:
    told = hashlib.sha256(" ".join(past.labels).encode())
    for part in past.quarters:
        if part is not None:
            told.update(np.ascontiguousarray(part).tobytes())
    return told.hexdigest()[:16]
