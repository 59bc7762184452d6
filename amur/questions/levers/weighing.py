"""All portfolios of an actor run as twins and weighed: points gained and paid, choice, regret, conditions of failure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from amur.questions.ensembles import Progress, run
from amur.questions.levers.actors import Actor
from amur.questions.levers.aims import Aim, points, scale_of
from amur.questions.levers.asked import Asked
from amur.questions.levers.choice import Choice, average, choose
from amur.questions.levers.conditions import Fails, features, when
from amur.questions.levers.effects import Effects, effects, subsets
from amur.questions.mixture import Mixture

type Numbers = NDArray[np.float64]
NOTHING = "nothing"


@dataclass(frozen=True)
class Points:
    """Points of portfolios, (portfolios, members): gained for the aims, and paid."""

    gain: Numbers
    cost: Numbers

    @property
    def net(self) -> Numbers:
        """Gain less cost."""
        return np.asarray(self.gain - self.cost)


@dataclass(frozen=True)
class Weighed:
    """Everything that an answer is told from. ``sets`` are the levers of each portfolio; ``before`` has the few portfolios
    that were run under the priors too, in the order of ``prior_sets``."""

    asked: Asked
    sets: tuple[tuple[str, ...], ...]
    scales: Numbers
    found: Effects
    points: Points
    choice: Choice
    prior_sets: tuple[tuple[str, ...], ...]
    before: Effects
    points_before: Points
    fails: tuple[Fails, ...]

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.asked.who

    @property
    def of(self) -> Mixture:
        """The members after the record."""
        return self.asked.common.mixture

    @cached_property
    def singles(self) -> dict[str, int]:
        """The portfolio of each lever alone."""
        return {each[0]: place for place, each in enumerate(self.sets) if len(each) == 1}

    @cached_property
    def net(self) -> Numbers:
        """Mean net points of each portfolio over the readings as weighed."""
        return average(self.points.net, self.of.weights)

    @property
    def most_alone(self) -> int:
        """The portfolio of the lever that brings most on its own."""
        return max(self.singles.values(), key=lambda place: float(self.net[place]))

    def name(self, place: int) -> str:
        """A portfolio by the titles of its levers."""
        titles = {each.name: each.title for each in self.actor.levers}
        return "; ".join(titles[name] for name in self.sets[place]) or "nothing"

    def looked(self, row: int) -> tuple[Aim, str]:
        """The aim or cost, and the date, of an outcome."""
        aims = (*self.actor.aims, *self.actor.costs)
        return aims[row % len(aims)], self.asked.dates[row // len(aims)]

    def prior(self, place: int) -> int | None:
        """Where a portfolio stands among those run under the priors."""
        return self.prior_sets.index(self.sets[place]) if self.sets[place] in self.prior_sets else None


def key(levers: Sequence[str]) -> str:
    """The name of a portfolio among effects."""
    return " + ".join(levers) or NOTHING


def weigh(asked: Asked, progress: Progress | None = None) -> Weighed:
    """Run and weigh all portfolios of the levers of the actor asked about."""
    actor, common, dates = asked.who, asked.common, asked.dates
    portfolios = subsets({each.name: each.interventions for each in actor.levers}, asked.most)
    aims = (*actor.aims, *actor.costs)
    outcomes = {f"{aim.name} {date}": aim.outcome(date) for date in dates for aim in aims}
    named = {key(levers): done for levers, done in portfolios.items()}
    found = effects(named, common, outcomes, progress=progress)
    sets = tuple(portfolios)
    base = found.base.reshape(len(dates), len(aims), -1)
    scales = np.array(
        [
            [scale_of(aim, row, common.mixture.weights) for aim, row in zip(aims, rows, strict=True)]
            for rows in base
        ]
    )
    political = {each.name: each.political for each in actor.levers}

    def counted(told: Effects, sets: Sequence[tuple[str, ...]]) -> Points:
        change = told.change.reshape(len(sets), len(dates), len(aims), -1)
        return count(
            change,
            actor.aims,
            actor.costs,
            scales,
            np.array([sum(political[name] for name in each) for each in sets]),
        )

    had = counted(found, sets)
    choice = choose(had.gain, had.cost, common.mixture)
    chosen = _chosen(choice, sets)
    before = effects({key(levers): portfolios[levers] for levers in chosen}, common, outcomes, True, progress)
    told = features(common, run(common), dates[-1])
    net = had.net
    rivals = [(NOTHING, 0.0 * net[0])] if sets[choice.best] else []
    rivals.append((key(sets[choice.next]), net[choice.next]))
    fails = [when(name, net[choice.best] < other, told, common, dates[-1]) for name, other in rivals]
    return Weighed(
        asked, sets, scales, found, had, choice, chosen, before, counted(before, chosen),
        tuple(each for each in fails if each),
    )  # fmt: skip


def count(
    change: Numbers, aims: Sequence[Aim], costs: Sequence[Aim], scales: Numbers, political: Numbers
) -> Points:
    """Points of effects (portfolios, dates, aims and costs, members), each date counting alike; scales (dates, aims)."""
    each = np.stack(
        [points((*aims, *costs), change[:, date], scales[date]) for date in range(change.shape[1])]
    ).mean(axis=0)
    gain, paid = each[:, : len(aims)].sum(axis=1), -each[:, len(aims) :].sum(axis=1)
    return Points(gain, paid + political[:, None])


def _chosen(choice: Choice, sets: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Portfolios whose data share is told: the best, the next, the robust, the best of each reading, levers alone."""
    places = [choice.best, choice.next, choice.robust, *np.argmax(choice.score, axis=0)]
    singles = [each for each in sets if len(each) == 1]
    return tuple(dict.fromkeys([*(sets[place] for place in places), *singles]))
