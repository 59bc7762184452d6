"""What an indicator may tell about: end states, readings, and turns that would change much.

A state is judged at the end of 2036. A turn is one that comes between the end of the window and then: futures in which it
came before the window was over are left out, as it would be news by then and no warning. Which reading made a future is known
of every member, so that it can be a target like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError, nearest
from amur.questions.ensembles import Run
from amur.questions.mixture import Mixture
from amur.system import endstates
from amur.system.decisions import Support, Taiwan, Treaty

type Numbers = NDArray[Any]

YEAR = "2036"
PIPELINE = "power-of-siberia-2"
CONTRACT, HALTED = 3, 6
REACH, READING = "reach:", "reading:"


@dataclass(frozen=True)
class Target:
    """Something that may come true, or several (``classes``): by kind a state in 2036, a turn until then, or a reading."""

    name: str
    title: str
    kind: str
    classes: tuple[str, ...]
    quantities: tuple[str, ...]
    claims: tuple[str, ...] = ()

    @property
    def binary(self) -> bool:
        """Whether it is something that does or does not come true."""
        return len(self.classes) == 2


@dataclass(frozen=True)
class Told:
    """A target over the members: the class of each (for a binary one 1 is true), and which members count."""

    of: Target
    classes: NDArray[np.int64]
    counts: NDArray[np.bool_]


YES = ("not", "yes")


@cache
def targets() -> dict[str, Target]:
    """All targets by name."""
    from amur.questions.ensembles import able

    rules = endstates.rules()
    needs = tuple(name for name in rules.needs)
    made = [
        Target("reading", "which reading made the future", "reading", able(), ("trust_rus", "dependence_rus")),
        Target("endstate", f"the end state of {YEAR}", "state", rules.names, needs),
    ]
    made += [Target(f"{READING}{name}", f"the reading {name}", "reading", YES, ("trust_rus", "dependence_rus")) for name in able()]  # fmt: skip
    for state in rules.states:
        name = state.title.lower()
        made.append(Target(state.name, f"{name} in {YEAR}", "state", YES, needs, state.claims))
    for state in rules.states:
        name = state.title.lower()
        made.append(
            Target(f"{REACH}{state.name}", f"{name} at some time by {YEAR}", "turn", YES, needs, state.claims)
        )
    made += [
        Target("lethal-aid", "Chinese arms for Russia's war", "turn", YES, ("support",), ("P2", "P11", "P12", "T9")),
        Target("guarantee", "a binding guarantee between the two", "turn", YES, ("treaty",), ("B1", "T13", "G10")),
        Target("rear", "each ready as the other's rear", "state", YES, ("rear_chn", "rear_rus"), ("P14", "P18", "P19")),
        Target("rear-of-china", "Russia ready as China's rear", "state", YES, ("rear_chn",), ("P14", "P18", "P19")),
        Target("rear-of-russia", "China ready as Russia's rear", "state", YES, ("rear_rus",), ("P14", "P16")),
        Target("power-of-siberia-2", "Power of Siberia 2 under contract", "turn", YES, ("line_stage",), ("G4", "P16", "R4")),
        Target("taiwan-war", "war over Taiwan", "turn", YES, ("taiwan",), ("R11", "T15")),
    ]  # fmt: skip
    return {each.name: each for each in made}


def target(name: str) -> Target:
    """A target by name. AmurError with the nearest."""
    if name not in targets():
        mend = nearest(name, list(targets())) or f"Choose one of: {', '.join(targets())}."
        raise AmurError(f"there is no target '{name}'", field="target", mend=mend)
    return targets()[name]


def told(of: Target, run: Run, mixture: Mixture, first: int, ahead: int) -> Told:
    """The target over the members of a run whose quarters begin ``first`` quarters before the first ahead."""
    everyone = np.ones(run.members, bool)
    last = run.at(YEAR)
    if of.name == "reading":
        return Told(of, mixture.reading, everyone)
    if of.name.startswith(READING):
        place = mixture.readings.index(of.name.removeprefix(READING))
        return Told(of, (mixture.reading == place).astype(np.int64), everyone)
    if of.name == "endstate":
        return Told(of, run["endstate"][last].astype(np.int64), everyone)
    true = _true(of, run)
    if of.kind == "state":
        return Told(of, true(slice(last, last + 1))[0].astype(np.int64), everyone)
    before, after = true(slice(first, first + ahead)), true(slice(first + ahead, last + 1))
    return Told(of, after.any(0).astype(np.int64), ~before.any(0))


def _true(of: Target, run: Run) -> Callable[[slice], Numbers]:
    """Where the target is true, (quarters, members) of a slice."""
    if of.name in ("rear", "rear-of-china", "rear-of-russia"):
        chn, rus = levels()
        if of.name == "rear":
            return lambda at: (run["rear_chn"][at] >= chn) & (run["rear_rus"][at] >= rus)
        name, level = ("rear_chn", chn) if of.name == "rear-of-china" else ("rear_rus", rus)
        return lambda at: run[name][at] >= level
    if of.name == "power-of-siberia-2":
        from amur.system.lines import lines

        place = lines().names.index(PIPELINE)
        return lambda at: (run["line_stage"][at, place] >= CONTRACT) & (run["line_stage"][at, place] < HALTED)
    chosen = {
        "lethal-aid": ("support", int(Support.LETHAL)),
        "guarantee": ("treaty", int(Treaty.GUARANTEE)),
        "taiwan-war": ("taiwan", int(Taiwan.WAR)),
    }
    if of.name in chosen:
        decision, code = chosen[of.name]
        return lambda at: run[decision][at] == code
    code = endstates.rules().names.index(of.name.removeprefix(REACH))
    return lambda at: run["endstate"][at] == code


@cache
def levels() -> tuple[float, float]:
    """How ready the rears of China and of Russia are in the first way of the end state strategic-rear."""
    state = next(each for each in endstates.rules().states if each.name == "strategic-rear")
    found = {each.quantity: each.threshold for each in state.when[0]}
    return found["rear_chn"], found["rear_rus"]
