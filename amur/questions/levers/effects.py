"""What portfolios of levers do: twins of the same luck, with and without them, and synergy of their parts.

A portfolio is a list of interventions; its effect on an outcome is the outcome with it less the outcome without, future
by future. :func:`effects` serves any question that compares sets of interventions; nothing here knows of actors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError, nearest
from amur.questions.ensembles import Common, Progress, Run, run
from amur.system import quarters
from amur.system.interventions import Force, Hold, Intervention, Line

type Numbers = NDArray[np.float64]
type Outcome = Callable[[Run], NDArray[Any]]
"""What is looked at: a function of a run, (members,)."""


class Effects(NamedTuple):
    """Effects of portfolios: ``base`` (outcomes, members) without them, ``change`` (portfolios, outcomes, members)."""

    portfolios: tuple[str, ...]
    outcomes: tuple[str, ...]
    base: Numbers
    change: Numbers

    def of(self, portfolio: str, outcome: str) -> Numbers:
        """The twin differences of one portfolio and outcome, (members,). AmurError for a name that is not there."""
        return np.asarray(self.change[_place(portfolio, self.portfolios), _place(outcome, self.outcomes)])

    def synergy(self, joint: str, singles: Sequence[str], outcome: str) -> Numbers:
        """The effect of the joint portfolio less the sum of those of its parts, future by future, (members,)."""
        parts = [self.of(each, outcome) for each in singles]
        return np.asarray(self.of(joint, outcome) - np.sum(parts, axis=0))


def effects(
    portfolios: Mapping[str, Sequence[Intervention]],
    common: Common,
    outcomes: Mapping[str, Outcome],
    prior: bool = False,
    progress: Progress | None = None,
) -> Effects:
    """The effects of portfolios (name to interventions) on outcomes (name to function of a run).

    One run each and one without; only outcomes are kept of a run. Nothing done has no effect, and is not run again.
    ``prior``: under the priors of the readings; members are then those of :attr:`Common.prior`.
    """

    def looked(interventions: Sequence[Intervention]) -> Numbers:
        made = run(common, tuple(interventions), prior=prior)
        return np.stack([np.asarray(look(made), np.float64) for look in outcomes.values()])

    base = looked(())
    change = np.zeros((len(portfolios), *base.shape))
    for place, interventions in enumerate(portfolios.values()):
        if interventions:
            change[place] = looked(interventions) - base
        if progress:
            progress(
                "Portfolios of levers" + (", before the record" if prior else ""), place + 1, len(portfolios)
            )
    return Effects(tuple(portfolios), tuple(outcomes), base, change)


def subsets(
    levers: Mapping[str, Sequence[Intervention]], most: int
) -> dict[tuple[str, ...], tuple[Intervention, ...]]:
    """All sets of up to ``most`` levers that can be pulled at once, the empty one first, with their interventions."""
    barred = {pair for pair in combinations(levers, 2) if conflict(levers[pair[0]], levers[pair[1]])}
    made: dict[tuple[str, ...], tuple[Intervention, ...]] = {}
    for size in range(min(most, len(levers)) + 1):
        for names in combinations(levers, size):
            if barred.isdisjoint(combinations(names, 2)):
                made[names] = tuple(each for name in names for each in levers[name])
    return made


def conflict(one: Sequence[Intervention], other: Sequence[Intervention]) -> bool:
    """Whether two levers lay different hands on one thing at one time: a decision, a line, or a quantity held."""
    return any(
        thing is not None and thing == _thing(b) and a != b and _at_once(a, b)
        for a, b in product(one, other)
        for thing in (_thing(a),)
    )


def _thing(each: Intervention) -> tuple[str, str] | None:
    """What an intervention has to itself while it lasts; None for those that may be laid over others."""
    match each:
        case Force():
            return "decision", each.decision
        case Line():
            return "line", each.line
        case Hold():
            return "quantity", each.quantity
    return None


def _at_once(a: Any, b: Any) -> bool:
    first = max(quarters.number(each.start) if each.start else 0 for each in (a, b))
    return all(first <= quarters.number(each.end, last=True) for each in (a, b) if each.end)


def _place(name: str, names: tuple[str, ...]) -> int:
    if name not in names:
        raise AmurError(
            f"there is no '{name}' here", mend=nearest(name, list(names)) or f"It has: {', '.join(names)}."
        )
    return names.index(name)
