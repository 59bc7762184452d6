"""What an actor wants or pays, as something that can be looked at in a run: a quantity, or whether something comes about.

``of`` is a sum of quantities (``oil_chn + oil_wst``, each with a factor if need be) or a condition as end states are
written (``support == lethal``). ``how`` says when: its value ``at`` the date, its ``mean`` from now to the date, whether
it ``ever`` holds by then, or the ``share`` of the quarters in which it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError, nearest
from amur.questions.ensembles import Run
from amur.system import endstates
from amur.system.interventions import OUTSIDE
from amur.system.state import QUANTITIES

type Numbers = NDArray[np.float64]

WAYS = ("at", "mean", "ever", "share")
PROBABILITY = 0.1
"""The scale of what comes about or not: a point is ten percentage points of probability, unless told otherwise."""
_TERM = re.compile(r"\s*([+-]?)\s*(?:([0-9.]+)\s*\*\s*)?([a-z_]+)\s*")


@dataclass(frozen=True)
class Aim:
    """One thing wanted, or feared as a cost: ``want`` is 1 for more, -1 for less.

    ``scale`` is the change that counts one point at weight 1; 0: one standard deviation of the quantity among futures
    in which nothing is done, or ten percentage points of a probability.
    """

    name: str
    about: str
    of: str
    how: str
    want: int
    weight: float
    scale: float
    why: str
    claims: tuple[str, ...]

    @property
    def event(self) -> bool:
        """Whether it is a condition, whose mean is a probability or a share of time."""
        return any(sign in self.of for sign in "<>=")

    @property
    def unit(self) -> str:
        """The unit of its value."""
        if self.event:
            return "probability" if self.how != "share" else "share of quarters"
        return str(_declared(_terms(self.of)[0][1]).unit)

    @property
    def quantities(self) -> tuple[str, ...]:
        """The states, forcings or decisions that it looks at."""
        if self.event:
            return (endstates.condition(self.of).quantity,)
        return tuple(name for _, name in _terms(self.of))

    def look(self, run: Run, until: str) -> Numbers:
        """Its value in each future at (or up to) a quarter, (members,)."""
        to = run.at(until)
        if self.event:
            told = endstates.condition(self.of)
            values = endstates.COMPARE[told.compare](run[told.quantity][: to + 1], told.threshold)
        else:
            values = _sum([factor * run[name][: to + 1] for factor, name in _terms(self.of)])
        if self.how == "at":
            values = values[-1:]
        made = values.any(axis=0) if self.how == "ever" else values.mean(axis=0, dtype=np.float64)
        return np.asarray(made, np.float64)

    def outcome(self, until: str) -> Callable[[Run], NDArray[Any]]:
        """The same as a function of the run alone."""
        return lambda run: self.look(run, until)


def checked(aim: Aim) -> Aim:
    """The aim, if what it looks at exists. AmurError names the field and the nearest names."""
    if aim.event:
        try:
            endstates.condition(aim.of)
        except AmurError as error:
            raise AmurError(error.problem, field="of", mend=error.mend) from None
        if aim.how == "mean":
            raise AmurError("a condition has no mean", field="how", mend="Choose at, ever or share.")
    else:
        for _, name in _terms(aim.of):
            _declared(name)
        if aim.how in ("ever", "share"):
            raise AmurError(
                f"a quantity has no '{aim.how}'",
                field="how",
                mend=f"Choose at or mean, or compare: {aim.of} >= ….",
            )
    return aim


@cache
def _terms(of: str) -> Sequence[tuple[float, str]]:
    """A sum as factors and names."""
    made, at = [], 0
    while at < len(of):
        found = _TERM.match(of, at)
        if not found or (at and not found[1]):
            raise AmurError(
                f"'{of}' is not a sum of quantities", field="of", mend="Write it like oil_chn + 0.5 * oil_wst."
            )
        try:
            factor = float(found[2] or 1)
        except ValueError:
            raise AmurError(f"'{found[2]}' is not a number", field="of", mend="Write it like 0.5.") from None
        made.append((-factor if found[1] == "-" else factor, found[3]))
        at = found.end()
    return made


def _declared(name: str) -> Any:
    known = {key: value for key, value in (QUANTITIES | OUTSIDE).items() if value.kind != "lines"}
    if name not in known:
        mend = (
            nearest(name, list(known))
            or "`amur why NAME` knows them all; compare a decision, as in support == lethal."
        )
        raise AmurError(f"there is no quantity '{name}'", field="of", mend=mend)
    return known[name]


def _sum(values: Sequence[NDArray[Any]]) -> NDArray[Any]:
    made = values[0].astype(np.float64)
    for each in values[1:]:
        made = made + each
    return made


def points(aims: Sequence[Aim], values: Numbers, scales: Numbers) -> Numbers:
    """Points by aim: values (..., aims, members) times want and weight, over the scales (aims,)."""
    factor = np.array([aim.want * aim.weight for aim in aims]) / scales
    return np.asarray(values * factor[:, None])


def scale_of(aim: Aim, base: Numbers, weights: Numbers) -> float:
    """What counts one point: as told, or one standard deviation among futures in which nothing is done."""
    if aim.scale:
        return aim.scale
    if aim.event:
        return PROBABILITY
    middle = float(np.average(base, weights=weights))
    spread = float(np.sqrt(np.average((base - middle) ** 2, weights=weights)))
    # What is the same in all futures has no spread to be measured by: its own size, then.
    return spread if spread > 1e-9 else max(abs(middle), 1.0)
