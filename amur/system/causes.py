"""Who drives whom: the causal map, from what mechanisms read and write and from what the books add up.

Nodes are quantities, pulls, forcings and decisions. An edge says that its source enters what moves its target:
by a mechanism, or by the books (:mod:`amur.system.flows`, :mod:`~amur.system.lines`, :mod:`~amur.system.accounts`).
Nothing is written by hand: mechanisms are called with recorders, the books are traced, and the signs are measured
at random points of the state and the prior.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from amur.system import equations, examples
from amur.system.accounts import account
from amur.system.decisions import OPTIONS, Decisions
from amur.system.declare import Mechanism, table
from amur.system.equations import Equation
from amur.system.flows import NO_LIMITS, Pulls, _routes, _values, settle
from amur.system.forcings import Forcings
from amur.system.lines import advance, capacities, lines
from amur.system.model import Model
from amur.system.parameters import Parameters
from amur.system.reads import reads
from amur.system.state import QUANTITIES, Accounts, Flows, State

BOOKS = "books"
"""The edges of the bookkeeping are said to be by this, those of mechanisms by the mechanism's name."""

POINTS = 256


class Edge(NamedTuple):
    """``source`` enters what moves ``target``: with sign ``+``, ``-`` or ``~`` (either), by a mechanism or the books."""

    source: str
    target: str
    sign: str
    by: str


class Node(NamedTuple):
    """A quantity, pull, forcing or decision of the map."""

    name: str
    kind: str
    meaning: str


@cache
def nodes() -> dict[str, Node]:
    """Every node by name: kind ``flow``, ``stock``, ``account``, ``line``, ``pull``, ``forcing`` or ``decision``."""
    found = {
        name: Node(name, "line" if q.kind == "lines" else q.kind, q.meaning) for name, q in QUANTITIES.items()
    }
    found |= {name: Node(name, "pull", q.meaning) for name, q in table(Pulls).items()}
    found |= {name: Node(name, "forcing", q.meaning) for name, q in table(Forcings).items()}
    told = {name: (options.__doc__ or "").strip().split("\n")[0] for name, options in OPTIONS.items()}
    return found | {name: Node(name, "decision", told[name]) for name in OPTIONS}


def node_of(name: str) -> str:
    """The node that a name read or written belongs to: ``was.support`` and ``support__lethal`` to ``support``."""
    return name.removeprefix("was.").partition("__")[0]


@cache
def edges(model: Model | None = None) -> tuple[Edge, ...]:
    """All edges of a model: those of its mechanisms, then those of the books."""
    return (*by_mechanisms(model or Model()), *by_books())


def by_mechanisms(model: Model) -> tuple[Edge, ...]:
    """What each mechanism reads drives what it writes."""
    found: list[Edge] = []
    for stage in ("motive", "change", "settle"):
        for made in model.mechanisms(stage):
            found += _of_mechanism(made)
    return tuple(found)


def sources(made: Mechanism) -> tuple[str, ...]:
    """The nodes that a mechanism reads (parameters apart)."""
    read = reads(made)
    names = (*read.state, *read.decisions, *read.was, *read.forcings, *read.pulls)
    return tuple(dict.fromkeys(names))


def _of_mechanism(made: Mechanism) -> list[Edge]:
    return [
        Edge(source, target, sign, made.name)
        for (source, target), sign in _signs(made.name, made.equation, sources(made)).items()
    ]


@cache
def _points() -> dict[str, Any]:
    return examples.points(POINTS, seed=1992, edges=0.0).by_name()


@cache
def _signs(name: str, text: str, read: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """The sign of the effect of each node read on each node written."""
    equation = equations.parse(text)
    values = _points()
    told: dict[tuple[str, str], str] = {}
    for source in read:
        effects: dict[str, list[Any]] = {}
        for place in (source, f"was.{source}"):
            if place in equation.names:
                for target, effect in _effects(equation, values, place, source):
                    effects.setdefault(node_of(target), []).append(effect)
        targets = dict.fromkeys(node_of(target) for target in equation.targets)
        told |= {(source, target): _sign(effects.get(target, [])) for target in targets}
    return told


def _effects(equation: Equation, values: dict[str, Any], place: str, source: str) -> Iterable[tuple[str, Any]]:
    """What a little more of a name adds to each target; of a decision, a higher option."""
    with np.errstate(all="ignore"):
        if source in OPTIONS:
            ways = [
                equation.evaluate({**values, place: np.full(POINTS, float(option))})
                for option in OPTIONS[source]
            ]
            pairs = list(pairwise(ways))
        else:
            step = 1e-3 * np.maximum(np.abs(values[place]), 1e-2)
            pairs = [
                (
                    equation.evaluate({**values, place: values[place] - step}),
                    equation.evaluate({**values, place: values[place] + step}),
                )
            ]
        for less, more in pairs:
            for target in equation.targets:
                yield target, np.asarray(more[target] - less[target])


def _sign(effects: list[Any]) -> str:
    """``+`` or ``-`` where all effects that matter have that sign, otherwise ``~``."""
    flat = np.concatenate([np.ravel(each) for each in effects]) if effects else np.zeros(1)
    flat = flat[np.isfinite(flat)]
    least = 1e-6 * np.max(np.abs(flat), initial=1e-12)
    up, down = bool(np.any(flat > least)), bool(np.any(flat < -least))
    return "+" if up and not down else "-" if down and not up else "~"


@cache
def by_books() -> tuple[Edge, ...]:
    """What the books read drives what they write."""
    found: list[Edge] = []
    stages = ("line_stage", "line_progress", "line_ramp")
    values_and_routes = (*_valued(_inputs()), *_routed(_inputs()))
    volumes = tuple(name for name in Flows._fields if name not in values_and_routes)
    parts = ((_settled, volumes), (_routed, tuple(_routed(_inputs()))), (_valued, tuple(_valued(_inputs()))))
    for function, written in (*parts, (_accounted, Accounts._fields), (_advanced, stages)):
        values = _inputs()
        needs = dependencies(function, values)
        signs = _measured(function, values, needs)
        found += [
            Edge(source, target, signs[source, target], BOOKS)
            for target in written
            for source in needs.get(target, ())
            if source != target and source in nodes()
        ]
    return tuple(found)


@cache
def _inputs() -> dict[str, Any]:
    """One flat table of the names that the books may read."""
    drawn = examples.points(POINTS, seed=2013, edges=0.0)
    both = {**drawn.state, **drawn.outside, **drawn.p, **drawn.pulls}
    return {name: jnp.asarray(value, jnp.float32) for name, value in both.items()}


def _tables(values: dict[str, Any]) -> tuple[State, Forcings, Any, Pulls]:
    was = Decisions(*(jnp.zeros(1, jnp.int32) for _ in Decisions._fields))
    state = State(**{name: values[name] for name in QUANTITIES}, was=was)  # type: ignore[call-arg]
    outside = Forcings(**{name: values[name] for name in Forcings._fields})
    p = Parameters(**{name: values[name] for name in Parameters._fields})  # type: ignore[attr-defined]
    return state, outside, p, Pulls(**{name: values[name] for name in Pulls._fields})


def _settled(values: dict[str, Any]) -> dict[str, Any]:
    state, outside, p, pulls = _tables(values)
    after = settle(state, pulls, outside, p, NO_LIMITS, capacities(state))
    return {name: getattr(after, name) for name in Flows._fields}


def _routed(values: dict[str, Any]) -> dict[str, Any]:
    """China's imports by route, from the volumes."""
    state, outside, p, _ = _tables(values)
    return _routes({name: values[name] for name in Flows._fields}, outside, p, capacities(state))


def _valued(values: dict[str, Any]) -> dict[str, Any]:
    """Trade in dollars, from the volumes."""
    state, outside, p, pulls = _tables(values)
    return _values({name: values[name] for name in Flows._fields}, state, pulls, outside, p)


def _accounted(values: dict[str, Any]) -> dict[str, Any]:
    state, outside, p, _ = _tables(values)
    after = account(state, outside, p, capacities(state))
    return {name: getattr(after, name) for name in Accounts._fields}


def _advanced(values: dict[str, Any]) -> dict[str, Any]:
    state, _, _, pulls = _tables(values)
    free = jnp.full(len(lines().names), jnp.nan)
    after = advance(state, pulls.pull_lines, jnp.full(state.line_stage.shape, 0.5), free)
    return {name: getattr(after, name) for name in ("line_stage", "line_progress", "line_ramp")}


def dependencies(
    function: Callable[[dict[str, Any]], dict[str, Any]], values: dict[str, Any]
) -> dict[str, tuple[str, ...]]:
    """For every output of a function of named arrays the inputs that enter it, by following its trace."""
    names = sorted(values)
    shapes = jax.eval_shape(function, values)
    traced = jax.make_jaxpr(function)(values).jaxpr
    told = _follow(traced, [frozenset({number}) for number in range(len(names))])
    return {
        name: tuple(names[number] for number in sorted(needs))
        for name, needs in zip(sorted(shapes), told, strict=True)
    }


def _follow(traced: Any, given: list[frozenset[int]]) -> list[frozenset[int]]:
    known: dict[Any, frozenset[int]] = dict(zip(traced.invars, given, strict=True))

    def of(atom: Any) -> frozenset[int]:
        return frozenset() if hasattr(atom, "val") else known.get(atom, frozenset())

    for made in traced.eqns:
        needs = [of(atom) for atom in made.invars]
        inner = made.params.get("jaxpr")
        if inner is not None and len(inner.jaxpr.invars) == len(needs):
            results = _follow(inner.jaxpr, needs)
        else:
            results = [frozenset[int]().union(*needs)] * len(made.outvars)
        known.update(zip(made.outvars, results, strict=True))
    return [of(atom) for atom in traced.outvars]


def _measured(
    function: Callable[[dict[str, Any]], dict[str, Any]],
    values: dict[str, Any],
    needs: dict[str, tuple[str, ...]],
) -> dict[tuple[str, str], str]:
    """The sign of each dependence, from what a tenth more of an input does."""
    compiled = jax.jit(function)  # op by op it takes ten times as long
    before = compiled(values)
    signs: dict[tuple[str, str], str] = {}
    for source in sorted({name for each in needs.values() for name in each}):
        higher = {**values, source: values[source] + 0.1 * jnp.maximum(jnp.abs(values[source]), 0.1)}
        after = compiled(higher)
        for target in (name for name, each in needs.items() if source in each):
            change = np.asarray(after[target] - before[target])
            noise = 1e-5 * np.abs(np.asarray(before[target]))
            signs[source, target] = _sign([np.where(np.abs(change) > noise, change, 0.0)])
    return signs


def reached(
    start: Iterable[str], along: Iterable[Edge], through: Callable[[str], bool] = lambda name: True
) -> set[str]:
    """Every node that the nodes given can reach along the edges, themselves included; only ``through`` passes on."""
    onward: dict[str, set[str]] = {}
    for edge in along:
        onward.setdefault(edge.source, set()).add(edge.target)
    found, waiting = set(start), list(start)
    while waiting:
        name = waiting.pop()
        if not through(name):
            continue
        for target in onward.get(name, set()) - found:
            found.add(target)
            waiting.append(target)
    return found


def behind(ends: Iterable[str], along: Iterable[Edge]) -> set[str]:
    """Every node from which one of the nodes given can be reached, themselves included."""
    return reached(ends, [Edge(edge.target, edge.source, edge.sign, edge.by) for edge in along])


def writes(made: Mechanism) -> tuple[str, ...]:
    """The nodes that a mechanism writes."""
    return tuple(dict.fromkeys(node_of(name) for name in made.signs))
