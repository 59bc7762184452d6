"""Where the lanes of a run start and what comes to them: windows of history, of the future, or across the present."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.futures import processes, shocks
from amur.futures.plan import Plan, plan
from amur.questions.drivers.engine import LANES, MODEL, Course, Window, contributions
from amur.system import quarters as numbering
from amur.system.declare import Parameters as Declared
from amur.system.model import DECISIONS, GIVEN, NOISY
from amur.system.parameters import NAMES, Parameters
from amur.system.run import Path, Setting, keep_compiled, run
from amur.system.start import initial
from amur.system.state import State
from amur.system.step import Luck, Quarter

COURSE = ("momentum", "aid_ukr", "rivalry_usa_chn", "rivalry_wst_rus")
"""States that the record gives in history; ahead they are as in the future with everything on."""
HORIZON = 2046

type Numbers = NDArray[Any]


@dataclass(frozen=True, eq=False)
class World:
    """Parameter sets by name, (sets,) each, with one luck to a set."""

    parameters: dict[str, Numbers]
    seed: int

    @property
    def sets(self) -> int:
        """Parameter sets."""
        return len(self.parameters[NAMES[0]])

    @cached_property
    def asked(self) -> Plan:
        """The plan of the futures."""
        keep_compiled()
        return plan(members=self.sets, until=f"{HORIZON}-Q4", seed=self.seed, keep=COURSE)

    @property
    def ahead(self) -> int:
        """The first quarter that has not happened."""
        return self.asked.ahead

    @cached_property
    def p(self) -> Declared:
        """The sets over the lanes."""
        return Parameters(
            **{name: jnp.asarray(self.lanes(self.parameters[name]), jnp.float32) for name in NAMES}
        )

    def lanes(self, values: Numbers) -> Numbers:
        """Values (..., sets) over the lanes, set after set and over again."""
        return np.take(np.asarray(values), np.arange(LANES) % self.sets, axis=-1)

    def state(self, quarter: int) -> State:
        """Where a quarter starts with everything on: after the quarter before it, at most the first ahead."""
        if quarter == 0:
            return initial(self.p)
        upto = jnp.asarray(quarter - 1, jnp.int32)
        setting = Setting(MODEL, (), motives=False)
        path: Path = run(setting, initial(self.p), self.p, self.asked.past.quarters, upto=upto)
        return path.last

    def window(self, first: int, last: int, held: int | None = None) -> Window:
        """The quarters from ``first`` to ``last``; families that are off contribute what they did in quarter ``held``."""
        if held is not None:
            frozen = contributions(self.window(held, held + last - first), held)
            return self.window(first, last)._replace(held=frozen)
        now = self.ahead
        past = self._past(first, min(last + 1, now)) if first < now else None
        coming = self._coming(max(first, now) - now, last + 1 - now) if last >= now else None
        parts = [part for part in (past, coming) if part is not None]
        course = Course(*(jnp.concatenate(each) for each in zip(*parts, strict=True)))
        return Window(self.state(min(first, now)), self.p, course, {})

    def _past(self, first: int, after: int) -> Course:
        quarters: Quarter = jax.tree.map(lambda leaf: np.asarray(leaf)[first:after], self.asked.past.quarters)
        many = after - first

        def wide(values: Any) -> Numbers:
            return np.broadcast_to(np.asarray(values)[..., None], (*np.shape(values), LANES))

        lines = np.shape(quarters.stages)[1]
        noise = np.zeros((many, len(NOISY), LANES), np.float32)
        drawn = np.zeros((many, lines, LANES), np.float32)
        return Course(
            *(jnp.asarray(wide(each)) for each in (quarters.outside, quarters.fixed, quarters.given)),
            *(jnp.asarray(each) for each in (quarters.stages, noise, drawn, quarters.at)),
        )

    def _coming(self, first: int, after: int) -> Course:
        outside, luck, path = self.twin
        many = after - first
        fixed = np.stack([np.asarray(path.chosen[name])[first:after] for name in DECISIONS], 1)
        given = np.full((many, len(GIVEN), LANES), np.nan, np.float32)
        for name in COURSE:
            given[:, GIVEN.index(name)] = np.asarray(path.kept[name])[first:after]
        stages = np.full((many, luck.lines.shape[1]), np.nan, np.float32)
        at = np.arange(self.ahead + first, self.ahead + after, dtype=np.int32)
        part = slice(first, after)
        drawn = (outside[part], fixed.astype(np.int32), given, stages, luck.noise[part], luck.lines[part], at)
        return Course(*(jnp.asarray(each) for each in drawn))

    @cached_property
    def twin(self) -> Any:
        """The future with everything on: forcings and luck by lane, and the path with its choices."""
        asked, quarters = self.asked, self.asked.until + 1 - self.asked.ahead
        blocks = range(-(-self.sets // shocks.BLOCK))
        drawn = [shocks.shocks(self.seed, block, quarters) for block in blocks]
        luck = Luck(*(jnp.asarray(self.lanes(np.concatenate(each, -1)[..., : self.sets])) for each in zip(*drawn, strict=True)))  # fmt: skip
        world = [processes.forcings(asked.begin, self.seed, block, quarters) for block in blocks]
        outside = self.lanes(np.concatenate(world, -1)[..., : self.sets].astype(np.float32))
        like = asked.past.quarters
        free = Quarter(
            outside=jnp.asarray(outside),
            fixed=jnp.full((quarters, len(DECISIONS)), -1, like.fixed.dtype),
            given=jnp.full((quarters, len(GIVEN)), jnp.nan, like.given.dtype),
            stages=jnp.full((quarters, like.stages.shape[1]), jnp.nan, like.stages.dtype),
            strength=jnp.ones((quarters, like.strength.shape[1]), like.strength.dtype),
            cut=jnp.ones((quarters, like.cut.shape[1]), like.cut.dtype),
            add=jnp.zeros((quarters, like.add.shape[1]), like.add.dtype),
            at=jnp.arange(asked.ahead, asked.ahead + quarters, dtype=like.at.dtype),
        )
        path = run(Setting(MODEL, COURSE), self.state(asked.ahead), self.p, free, luck)
        return outside, luck, path


def quarters_of(year: int, span: int) -> tuple[int, int]:
    """The first and last quarter of the window of so many years that ends with a year."""
    last = numbering.number(f"{year}-Q4", last=True)
    return max(last + 1 - 4 * span, 0), last
