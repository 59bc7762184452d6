"""One quarter of one member, in the order of the book's page on the step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from amur.system.decisions import OPTIONS
from amur.system.flows import CUTTABLE, Pulls
from amur.system.state import QUANTITIES
from reference.accounts import accounts
from reference.books import flows
from reference.groups import GROUPS
from reference.lines import LINES, advance, capacities
from reference.maths import Names, clip, log_softmax

LINE_STATE = ("line_stage", "line_progress", "line_ramp")
MOVING = tuple(
    name for name, declared in QUANTITIES.items() if declared.kind not in ("flow", "account", "lines")
)

type Value = float | list[float]
type Contributions = dict[str, dict[str, Any]]


def contributions(stage: str, *reads: Names) -> Contributions:
    """What every mechanism of a stage ('motives', 'changes' or 'settles') contributes, before its strength."""
    told: Contributions = {}
    for file in GROUPS.values():
        if hasattr(file, stage):
            for name, change in getattr(file, stage)(*reads).items():
                if name in told:
                    raise ValueError(f"{name} is written twice")
                told[name] = change
    return told


def step(
    now: Names,
    was: Names,
    p: Names,
    outside: Names,
    fixed: Mapping[str, int],
    given: Mapping[str, float],
    stages: list[float | None],
    strength: Mapping[str, float],
    cut: Mapping[str, float],
    add: Mapping[str, float],
    luck: Names | None,
    told: Contributions | None = None,
    opened: list[float] | None = None,
) -> tuple[Names, Names, dict[str, list[float]]]:
    """The state after the quarter, the options chosen and the log of the odds of every option.

    ``fixed`` holds the options in force, ``given`` the values in force, ``stages`` those of lines (None where
    drawn); ``strength``, ``cut`` and ``add`` only what differs from 1, 1 and 0. ``luck`` holds ``options`` (Gumbel
    numbers by decision), ``noise`` (by quantity) and ``lines``; without luck nothing is noisy.
    Into ``told``, if given, goes what every mechanism contributes; ``opened`` is what each line can carry over its
    capacity as built.
    """
    moved_by = contributions("motives", now, was, outside, p)
    utilities = _summed([moved_by], strength)
    chosen, log_odds = _choices(was, utilities, p, fixed, luck)

    changed = contributions("changes", now, was, chosen, outside, p)
    pulls = _pulls(_summed([changed], strength))
    settled = contributions("settles", now, was, chosen, outside, p, pulls)
    sums = _summed([changed, settled], strength)
    if told is not None:
        told.update({**moved_by, **changed, **settled})

    moved = _moved(now, sums, p, given, luck)
    stage, progress, ramp = advance(moved, pulls.pull_lines, stages, luck.lines if luck else None)
    moved.update(line_stage=stage, line_progress=progress, line_ramp=ramp)
    carries = capacities(stage, ramp, opened)
    all_cut = Names({name: cut.get(name, 1.0) for name in CUTTABLE})
    all_add = Names({name: add.get(name, 0.0) for name in CUTTABLE})
    made = flows(moved, carries, outside, p, pulls, all_cut, all_add)
    moved.update(made)
    moved.update(accounts(moved, made, carries, outside, p))
    return moved, chosen, log_odds


def _summed(told: Iterable[Contributions], strength: Mapping[str, float]) -> dict[str, Value]:
    sums: dict[str, Value] = {}
    for name, target, value in _each(told):
        much = strength.get(name, 1.0)
        if isinstance(value, list):
            before = sums.get(target, [0.0] * len(value))
            assert isinstance(before, list)
            sums[target] = [old + much * new for old, new in zip(before, value, strict=True)]
        else:
            sums[target] = sums.get(target, 0.0) + much * value  # type: ignore[operator]
    return sums


def _each(told: Iterable[Contributions]) -> Iterator[tuple[str, str, Value]]:
    for changes in told:
        for name, change in changes.items():
            for target, value in change.items():
                yield name, target, value


def _choices(
    was: Names, utilities: dict[str, Value], p: Names, fixed: Mapping[str, int], luck: Names | None
) -> tuple[Names, dict[str, list[float]]]:
    chosen, log_odds = Names(), {}
    for decision, options in OPTIONS.items():
        precision, inertia = p[f"precision_{decision}"], p[f"inertia_{decision}"]
        levels = []
        for option in options:
            utility = utilities.get(f"{decision}__{option.name.lower()}", 0.0)
            assert isinstance(utility, float | int)
            if was[decision] == option:
                utility += inertia
            levels.append(precision * utility)
        log_odds[decision] = log_softmax(levels)
        if decision in fixed:
            chosen[decision] = fixed[decision]
            continue
        drawn = levels
        if luck is not None:
            drawn = [level + chance for level, chance in zip(levels, luck.options[decision], strict=True)]
        chosen[decision] = drawn.index(max(drawn))
    return chosen, log_odds


def _pulls(sums: dict[str, Value]) -> Names:
    pulls = Names({name: sums.get(name, 0.0) for name in Pulls._fields})
    if "pull_lines" not in sums:
        pulls["pull_lines"] = [0.0] * len(LINES)
    return pulls


def _moved(
    now: Names, sums: dict[str, Value], p: Names, given: Mapping[str, float], luck: Names | None
) -> Names:
    moved = Names(now)
    for name in MOVING:
        declared = QUANTITIES[name]
        noisy = bool(declared.noise) and luck is not None
        if name in given:
            moved[name] = given[name]
        elif name in sums or noisy:
            noise = p[declared.noise] * luck.noise[name] if noisy and luck is not None else 0.0
            moved[name] = clip(now[name] + sums.get(name, 0.0) + noise, declared.low, declared.high)
    return moved
