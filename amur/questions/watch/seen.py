"""What would be read of an indicator in each future: states of the model with the scatter with which they are measured.

Observables go on from where the record last stood, each member by its own discrepancy, which lasts as its parameters say
(:mod:`amur.futures.discrepancies`); nothing is compiled for it, as the futures keep all that observables rest on. Codes are
read as coded, and misread by one as often as their coding is contested. Counts of events without an observable are
Poisson about a rate whose place on a quantity each member fits to the record by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.questions.ensembles import Common, Run, posterior
from amur.questions.watch.indicators import Indicator, indicators
from amur.questions.watch.recorded import HALTED, readings
from amur.record.record import Record
from amur.system import quarters

type Numbers = NDArray[Any]

FIRST_YEAR = 1992
SLOPE, LEVEL = 3.0, 1.5
"""Prior standard deviations of the slope of a rate over a quantity's range, and of its log level."""


@dataclass(frozen=True)
class Ensemble:
    """Histories and futures with all that is needed to read indicators off them, ``again`` times with fresh scatter."""

    common: Common
    run: Run
    record: Record
    prior: bool = False
    again: int = 2

    @property
    def first(self) -> int:
        """The first quarter ahead, by its number from 1992-Q1."""
        from amur.system.history import history

        return len(history(self.record).labels)

    def draw(self, name: str, what: str = "") -> np.random.Generator:
        """The chances of one indicator."""
        return np.random.default_rng([self.common.seed, 31, *f"{name}:{what}".encode()])

    @cached_property
    def observed(self) -> tuple[dict[str, Numbers], ...]:
        """What would be seen of the observables that indicators need: over all years or quarters, record included."""
        return tuple(self._observed(turn) for turn in range(self.again))

    def _observed(self, turn: int) -> dict[str, Numbers]:
        from amur.futures import discrepancies
        from amur.futures.plan import plan
        from amur.futures.shocks import BLOCK
        from amur.questions.ensembles import before
        from amur.system.observables import KEEP
        from amur.system.parameters import NAMES, Parameters

        until = self.first + 4 * 3
        names = tuple(dict.fromkeys(name for each in indicators().values() for name in each.observable))
        told = before(self.common) if self.prior else posterior(self.common)
        asked = plan(
            members=self.run.members, until=quarters.label(until - 1), seed=self.common.seed + 7919 * turn,
            keep="all", parameters=told, observables=names, record=self.record,
        )  # fmt: skip
        p = Parameters(**{name: told[name].astype(np.float32) for name in NAMES})
        whole = {name: self.run[name][:until] for name in KEEP}
        blocks = tuple(range(-(-self.run.members // BLOCK)))
        # Cut after the last value, so that years that are over but not reported yet are drawn too.
        shown = {name: _until_last(values) for name, values in asked.shown.items()}
        made = discrepancies.seen(replace(asked, shown=shown), whole, whole, p, blocks)
        for name, values in asked.shown.items():
            known = np.isfinite(values)
            made[name][: len(values)][known] = values[known, None]
        return made

    def values(self, of: Indicator, ahead: int) -> Numbers:
        """What would be read of it at the end of a window of so many quarters, (again, members)."""
        if of.observable:
            turns = [np.sum([turn[name] for name in of.observable], axis=0) for turn in self.observed]
            return np.stack([self._shaped(of, turn * of.model_times, ahead) for turn in turns])
        if of.events:
            return self._counted(of, ahead)
        path = self._path(of)
        scatter = self.draw(of.name)
        made = []
        for _ in range(self.again):
            seen = path if not of.noise else path + of.noise * scatter.standard_normal(path.shape)
            made.append(self._shaped(of, self._misread(of, seen, scatter), ahead))
        return np.stack(made)

    def _shaped(self, of: Indicator, path: Numbers, ahead: int) -> Numbers:
        """From a path over all years or quarters, as often as it is read, to the value that is watched."""
        first = self.first if of.quarterly else self.first // 4
        many = ahead if of.quarterly else ahead // 4
        inside = path[first : first + many]
        if of.shape == "change":
            back = 4 if of.quarterly else 1
            return np.asarray(100 * (path[first + many - 1] / path[first + many - 1 - back] - 1))
        gather = {
            "level": lambda part: part[-1],
            "count": lambda part: part.sum(0),
            "most": lambda part: part.max(0),
        }
        return np.asarray(gather[of.shape](inside), np.float64)

    def _path(self, of: Indicator) -> Numbers:
        """States and codes by quarter, (quarters, members), on the scale that is watched."""
        if of.quantity:
            return np.asarray(self.run[of.quantity], np.float64) * of.model_times
        if of.decision:
            codes = self.run[of.decision]
            return np.asarray(of.scale, np.float64)[codes] if of.scale else codes.astype(np.float64)
        if of.line:
            return self._scaled(of, self._stage(of.line))
        if of.conditions:
            return np.asarray(sum(self._holds(each) for each in of.conditions), np.float64)
        return self._lines(of)

    def _stage(self, line: str) -> Numbers:
        from amur.system.lines import lines

        return np.asarray(self.run["line_stage"][:, lines().names.index(line)])

    def _scaled(self, of: Indicator, stage: Numbers) -> Numbers:
        return np.asarray(of.scale, np.float64)[stage.astype(int)] if of.scale else stage.astype(np.float64)

    def _holds(self, each: Any) -> NDArray[np.bool_]:
        if "line" in each:
            stage = self._stage(each["line"])
            return np.asarray((stage >= each["at"]) & (stage < HALTED))
        return np.asarray(self.run[each["decision"]] >= each["at"])

    def _lines(self, of: Indicator) -> Numbers:
        from amur.system.lines import lines

        at = of.lines.get("at", of.lines.get("reached"))
        cargo = of.lines.get("cargo")
        rows = [place for place, row in enumerate(lines().rows) if not cargo or row.cargo in cargo]
        stage = self.run["line_stage"][:, rows]
        stands = (stage >= at) & (stage < HALTED)
        if "at" in of.lines:
            return np.asarray(stands.sum(1), np.float64)
        ever = np.logical_or.accumulate(stands, axis=0)
        new = np.concatenate([np.zeros_like(ever[:1]), ever[1:] & ~ever[:-1]])
        return np.asarray(new.sum(1), np.float64)

    def _misread(self, of: Indicator, path: Numbers, scatter: np.random.Generator) -> Numbers:
        """Codes one lower or higher as often as their coding is contested."""
        if not of.coding or of.scale:
            return path
        from amur.record.coded.codings import codings

        every = codings(self.record)[of.coding].quarters.values()
        lower = np.mean([each.lower < each.code for each in every])
        higher = np.mean([each.higher > each.code for each in every])
        # Which reading of the rules is right holds for a whole future, not anew each quarter.
        chance = scatter.random(path.shape[-1])
        off = np.where(chance < lower, -1, np.where(chance > 1 - higher, 1, 0))
        return np.asarray(np.clip(path + off, 0, path.max()))

    def _counted(self, of: Indicator, ahead: int) -> Numbers:
        """Counts of events over the years of the window, about a rate that each member's own history gives."""
        years = self.first // 4
        quantity = np.asarray(self.run[of.quantity], np.float64)
        yearly = quantity[: 4 * (len(quantity) // 4)].reshape(-1, 4, quantity.shape[-1]).mean(1)
        shown = {each.period: each.value for each in readings(self.record, replace(of, shape="level"), 4)}
        counts = np.array(
            [
                sum(shown.get(f"{FIRST_YEAR + year}-Q{part}", 0.0) for part in (1, 2, 3, 4))
                for year in range(years)
            ]
        )
        level, slope, spread = fitted(counts, yearly[:years])
        scatter = self.draw(of.name)
        inside = yearly[years : years + ahead // 4]
        made = []
        for _ in range(self.again):
            a, b = drawn(level, slope, spread, scatter)
            made.append(scatter.poisson(np.exp(np.clip(a + b * inside, -20, 8))).sum(0))
        return np.stack(made).astype(np.float64)


def _until_last(values: Numbers) -> Numbers:
    there = np.flatnonzero(np.isfinite(values))
    return values[: there[-1] + 1] if len(there) else values


def fitted(counts: Numbers, quantity: Numbers, steps: int = 30) -> tuple[Numbers, Numbers, Numbers]:
    """The log rate of counts (years,) on a quantity (years, members): level, slope (members,) and their covariance.

    Maximum of the Poisson likelihood times normal priors, by Newton's method; the covariance (2, 2, members) is that of the
    normal approximation there. The prior of the slope is on the quantity's own range.
    """
    years, members = quantity.shape
    width = np.maximum(quantity.max(0) - quantity.min(0), 1e-3)
    begin = np.log(max(float(counts.mean()), 0.5 / years))
    a, b = np.full(members, begin), np.zeros(members)
    middle = quantity.mean(0)
    for _ in range(steps):
        rate = np.exp(np.clip(a + b * (quantity - middle), -20, 8))
        off = counts[:, None] - rate
        ga = off.sum(0) - (a - begin) / LEVEL**2
        gb = (off * (quantity - middle)).sum(0) - b * width**2 / SLOPE**2
        haa = rate.sum(0) + 1 / LEVEL**2
        hab = (rate * (quantity - middle)).sum(0)
        hbb = (rate * (quantity - middle) ** 2).sum(0) + width**2 / SLOPE**2
        det = haa * hbb - hab**2
        stepa, stepb = (hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det
        size = np.maximum(1.0, np.maximum(np.abs(stepa) / 1.0, np.abs(stepb) * width / 2.0))
        a, b = a + stepa / size, b + stepb / size
    spread = np.stack([np.stack([hbb, -hab]), np.stack([-hab, haa])]) / det
    # About nought instead of the middle.
    turn = np.stack([np.stack([np.ones(members), -middle]), np.stack([np.zeros(members), np.ones(members)])])
    return a - b * middle, b, np.einsum("ijm,jkm,lkm->ilm", turn, spread, turn)


def drawn(
    level: Numbers, slope: Numbers, spread: Numbers, chance: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Levels and slopes about those fitted, as far as they are not known."""
    first, second = chance.standard_normal((2, len(level)))
    root = np.sqrt(np.maximum(spread[0, 0], 1e-12))
    across = spread[0, 1] / root
    rest = np.sqrt(np.maximum(spread[1, 1] - across**2, 0.0))
    return level + root * first, slope + across * first + rest * second
