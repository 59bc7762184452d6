"""What a result rests on: the mechanisms, parameters, series and claims that it depends on, and nothing else.

A mechanism counts where the quantities asked for can be reached from what it writes, along the causal map, and where
it contributes something there: one that is switched off, or nought everywhere, does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from amur.system import causes, equations, examples
from amur.system.declare import MECHANISMS, PARAMETERS, Mechanism, known
from amur.system.model import Model
from amur.system.reads import reads


@dataclass(frozen=True)
class Why:
    """What the quantities named rest on; ``steps`` is how many links lie between a mechanism and them (0: none)."""

    of: tuple[str, ...]
    mechanisms: tuple[str, ...]
    steps: Mapping[str, int]
    parameters: tuple[str, ...]
    forcings: tuple[str, ...]
    series: tuple[str, ...]
    claims: tuple[str, ...]

    def __str__(self) -> str:
        from amur.claims import load

        says = {claim.claim: claim.statement for claim in load()}
        lines = [f"{', '.join(self.of)} rests on", "", f"Mechanisms ({len(self.mechanisms)}), nearest first:"]
        lines += [f"  {name}: {MECHANISMS[name].says}" for name in self.mechanisms]
        lines += ["", f"Parameters ({len(self.parameters)}):"]
        lines += [
            f"  {name}: {PARAMETERS[name].prior.words} ({PARAMETERS[name].unit})" for name in self.parameters
        ]
        lines += ["", f"Series ({len(self.series)}):", *(f"  {name}" for name in self.series)]
        lines += ["", f"Claims of the essays ({len(self.claims)}), under test here and not endorsed:"]
        return "\n".join([*lines, *(f"  {name}: {says.get(name, '')}" for name in self.claims)])

    def as_json(self) -> dict[str, Any]:
        """The same as a plain object."""
        return {
            "of": list(self.of), "mechanisms": [{"name": name, "steps": self.steps[name]} for name in self.mechanisms],
            "parameters": list(self.parameters), "forcings": list(self.forcings), "series": list(self.series),
            "claims": list(self.claims),
        }  # fmt: skip


def why(result: Any, steps: int | None = None, model: Model | None = None, off: Iterable[str] = ()) -> Why:
    """What named quantities, or those in a dataset of :func:`amur.simulate`, rest on.

    ``steps`` keeps only mechanisms at most so many links away; ``off`` names mechanisms that were switched off.

    >>> from amur.system.why import why
    >>> "trust.forbearance_builds_trust" in why("trust_rus", steps=0).mechanisms
    True
    """
    model = model or Model()
    names = _names(result)
    switched_off = set(off)
    active = [made for stage in ("motive", "change", "settle") for made in model.mechanisms(stage)]
    active = [
        made for made in active if made.name not in switched_off and _contributes(made.name, made.equation)
    ]
    by = {made.name: made for made in active}
    edges = [edge for edge in causes.edges(model) if edge.by == causes.BOOKS or edge.by in by]
    away = _distances(names, edges)
    far = {
        name: min((away[target] for target in causes.writes(made) if target in away), default=None)
        for name, made in by.items()
    }
    near = {name: far_ for name, far_ in far.items() if far_ is not None and (steps is None or far_ <= steps)}
    chosen = sorted(near, key=lambda name: (near[name], name))
    parameters = {each for name in chosen for each in reads(by[name]).parameters}
    forcings = {each for name in chosen for each in reads(by[name]).forcings} | {
        name
        for name in away
        if causes.nodes()[name].kind == "forcing" and (steps is None or away[name] <= steps + 1)
    }
    claims = dict.fromkeys(claim for name in chosen for claim in by[name].claims)
    series = _series([by[name] for name in chosen], forcings, names)
    return Why(
        names,
        tuple(chosen),
        near,
        tuple(name for name in PARAMETERS if name in parameters),
        tuple(sorted(forcings)),
        series,
        tuple(sorted(claims, key=lambda claim: (claim[0], int(claim[1:])))),
    )


def _names(result: Any) -> tuple[str, ...]:
    if isinstance(result, str):
        result = [result]
    names = list(getattr(result, "data_vars", result))
    if hasattr(result, "data_vars"):
        names = [str(name) for name in names if str(name) in causes.nodes()]
    told = dict.fromkeys(str(name) for name in names)
    return tuple(known(name, causes.nodes(), "quantity, forcing or decision") for name in told)


def _distances(names: Iterable[str], edges: Iterable[causes.Edge]) -> dict[str, int]:
    """How many links lie between each node and the nearest of the names."""
    before: dict[str, set[str]] = {}
    for edge in edges:
        before.setdefault(edge.target, set()).add(edge.source)
    away = dict.fromkeys(names, 0)
    waiting = list(away)
    for name in waiting:
        for source in before.get(name, ()):
            if source not in away:
                away[source] = away[name] + 1
                waiting.append(source)
    return away


@cache
def _anywhere() -> dict[str, Any]:
    return examples.points(128, seed=9).by_name()


@cache
def _contributes(name: str, text: str) -> bool:
    """Whether a mechanism contributes anything anywhere in the states allowed."""
    values = _anywhere()
    with np.errstate(all="ignore"):
        told = equations.parse(text).evaluate(values)
    return any(bool(np.any(np.asarray(each) != 0)) for each in told.values())


def _series(chosen: Iterable[Mechanism], forcings: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """The series behind the forcings, those that the mechanisms name, and those that observe the quantities."""
    from amur.record.record import load
    from amur.system.given import SOURCES
    from amur.system.observables import OBSERVABLES

    known_series = load().series
    found = {name for forcing in forcings for name in SOURCES[forcing].series}
    for made in chosen:
        found |= set(re.findall(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+", made.function.__doc__ or ""))
    found |= {name for one in OBSERVABLES.values() if set(one.states) & set(names) for name in one.series}
    return tuple(sorted(name for name in found if name in known_series))
