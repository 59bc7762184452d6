"""The ensembles of an argument: every parameter set with several lucks, after the record and before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.questions import ensembles, spread
from amur.questions.answer import Number
from amur.questions.arguments.verdict import Position, holds
from amur.questions.ensembles import Common, Run
from amur.questions.mixture import Mixture
from amur.system.interventions import Intervention
from amur.system.scenario_files import scenario

LUCKS = 3
"""Runs of each ensemble with other seeds: each parameter set has twice as many lucks."""

type Numbers = NDArray[Any]
type Look = Callable[[Run], Numbers]
type Done = str | Sequence[Intervention]


class Both(NamedTuple):
    """The same after the record and before it, (members,) each."""

    after: Numbers
    before: Numbers

    def __sub__(self, other: Both) -> Both:
        return Both(self.after - other.after, self.before - other.before)

    def of(self, work: Callable[[Numbers], Numbers]) -> Both:
        """Both put through a function."""
        return Both(work(self.after), work(self.before))

    def beside(self, others: Sequence[Both], work: Callable[..., Numbers]) -> Both:
        """Both, with the same side of the others after it, put through a function."""
        return Both(*(work(*each) for each in zip(self, *others, strict=True)))


@dataclass(frozen=True)
class Lab:
    """Where an argument is tried: options common to all questions, and how many lucks."""

    common: Common
    lucks: int = LUCKS

    @cached_property
    def of(self) -> Mixture:
        """The members after the record."""
        plain = self.common.mixture
        return replace(plain, rounds=plain.rounds * self.lucks)

    @cached_property
    def prior(self) -> Mixture:
        """The members before the record."""
        plain = self.common.prior
        return replace(plain, rounds=plain.rounds * self.lucks)

    def look(self, what: Look, done: Done = (), since: str | None = None) -> Both:
        """What is seen in each member's future under a scenario or interventions, or in history since a quarter."""
        return self.looks([what], done, since)[0]

    def looks(self, what: Sequence[Look], done: Done = (), since: str | None = None) -> list[Both]:
        """Several things seen in the same futures; with ``since`` of history and futures, fourth quarters only."""
        interventions = scenario(done).interventions if isinstance(done, str) else tuple(done)
        seen: list[list[list[Numbers]]] = [[[], []] for _ in what]
        for number in range(self.lucks):
            common = replace(self.common, seed=self.common.seed + number)
            for place, prior in enumerate((False, True)):
                run = ensembles.run(common, interventions, prior=prior, start=since, annual=since is not None)
                for each, look in zip(seen, what, strict=True):
                    each[place].append(np.asarray(look(run), np.float64))
        return [Both(*(np.concatenate(part) for part in each)) for each in seen]

    def effect(self, what: Look, done: Done, than: Done = ()) -> Both:
        """Twin by twin, what interventions add."""
        return self.look(what, done) - self.look(what, than)

    def effects(self, what: Sequence[Look], done: Done, than: Done = ()) -> list[Both]:
        """Twin by twin, what interventions add to several things."""
        return [a - b for a, b in zip(self.looks(what, done), self.looks(what, than), strict=True)]

    def own(self, seen: Both) -> Both:
        """For each parameter set the mean over its lucks."""
        return Both(self.of.means(seen.after), self.prior.means(seen.before))

    def quantity(self, name: str, about: str, unit: str, seen: Both, **keys: str) -> Number:
        """The number of a quantity: median and spread over parameter sets and luck."""
        return spread.quantity(name, about, unit, seen.after, self.of, seen.before, self.prior, keys)

    def mean(self, name: str, about: str, unit: str, seen: Both, **keys: str) -> Number:
        """The number of an effect: mean over luck, spread over parameter sets."""
        return spread.mean(name, about, unit, seen.after, self.of, seen.before, self.prior, keys)

    def chance(self, name: str, about: str, seen: Both, **keys: str) -> Number:
        """The probability of what came about or did not."""
        return spread.chance(name, about, seen.after, self.of, seen.before, self.prior, keys)

    def holds(self, claims: str, says: str, seen: Both) -> Position:
        """A position that holds where ``seen`` is true."""
        return holds(claims, says, seen.after.astype(bool), self.of, seen.before.astype(bool), self.prior)


def at(name: str, quarter: str) -> Look:
    """The value of a quantity in a quarter."""
    return lambda run: run[name][run.at(quarter)]


def over(name: str, first: str, last: str) -> Look:
    """The mean of a quantity from one quarter to another."""
    return lambda run: run[name][run.at(first) : run.at(last) + 1].mean(axis=0)


def ever(decision: str, least: int, first: str, last: str, most: int = 99) -> Look:
    """Whether a decision is at an option from ``least`` to ``most`` in any quarter from one to another."""
    return lambda run: _there(run, decision, least, first, last, most).any(axis=0)


def share_of_time(decision: str, least: int, first: str, last: str, most: int = 99) -> Look:
    """The share of quarters in which a decision is at an option from ``least`` to ``most``."""
    return lambda run: _there(run, decision, least, first, last, most).mean(axis=0)


def _there(run: Run, decision: str, least: int, first: str, last: str, most: int) -> Numbers:
    codes = run[decision][run.at(first) : run.at(last) + 1]
    return np.asarray((codes >= least) & (codes <= most))


__all__ = ["Both", "Done", "Lab", "Look", "at", "ever", "over", "share_of_time"]
