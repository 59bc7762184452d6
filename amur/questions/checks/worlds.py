"""The other histories that the checks compare, and what they left, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.questions.answer import Number
from amur.questions.ensembles import Common, run
from amur.questions.spread import quantity
from amur.system.interventions import Cut, Force, Hold, Intervention, Line
from amur.system.state import QUANTITIES

type Numbers = NDArray[np.floating[Any]]
type Laid = tuple[Intervention, ...]

START, UNTIL = "1992-Q1", "2025-Q4"
THIRD = 0.345
"""What the measures of 2014 reached of an embargo's effect: the middle of the 32 to 37% of Chowdhry et al."""
FOSSIL = ("oil_wst", "gas_wst", "lng_wst", "coal_wst")
WESTERN = (*FOSSIL, "raw_wst", "goods_wst", "tech_wst")
CHINESE = ("oil_chn", "gas_chn", "lng_chn", "coal_chn", "food_chn", "raw_chn", "goods_chn", "tech_chn")
AS_2021: Laid = (Force("sanctions", "sectoral", start="2022-Q1"),)


def cut(flows: Sequence[str], share: float, start: str) -> Laid:
    """So much less of each flow from a quarter on."""
    return tuple(Cut(flow, share, start=start) for flow in flows)


WORLDS: dict[str, Laid] = {
    "as it happened": (),
    "no sanctions of 2014": (Force("sanctions", "none", start="2014-Q1"),),
    "sanctions as in 2021": AS_2021,
    "China joins in 2014": cut(CHINESE, THIRD, "2014-Q3"),
    "allied embargo": (
        Force("sanctions", "comprehensive", start="2022-Q1"),
        Hold("embargo", 1.0, start="2022-Q1"),
        *cut(WESTERN, 1.0, "2022-Q1"),
    ),
    "fossil embargo": (*AS_2021, *cut(FOSSIL, 1.0, "2022-Q1")),
    "gas embargo": (*AS_2021, *cut(("gas_wst",), 1.0, "2022-Q1")),
    "no threat to banks": (Force("secondary", "entities", start="2023-Q4"),),
    "no squeeze of 2011": (Force("leverage", "forbear", start="2011-Q1", end="2012-Q1"),),
    "no Power of Siberia": (
        Line("power-of-siberia", "cancelled", start="2014-Q1"),
        Line("power-of-siberia-more", "cancelled", start="2014-Q1"),
    ),
}


class Years(NamedTuple):
    """Yearly means of a history: after the record and before it (the priors)."""

    after: Numbers
    before: Numbers


class Histories:
    """Histories of the worlds, run when first asked for; all share their parameters."""

    def __init__(self, common: Common) -> None:
        self.common = common

    def year(self, world: str, name: str, year: int) -> Years:
        """The mean of a quantity over the quarters of a year, (members,) each."""
        parts = []
        for prior in (False, True):
            made = run(self.common, WORLDS[world], prior=prior, start=START, until=UNTIL)
            first = made.at(f"{year}-Q1")
            parts.append(np.asarray(made[name][first : first + 4], np.float64).mean(axis=0))
        return Years(*parts)

    def number(self, name: str, about: str, unit: str, values: Years) -> Number:
        """The number of values that were worked out from years: median, intervals, data share."""
        return quantity(name, about, unit, values.after, self.common.mixture, values.before, self.common.prior)

    def loss(self, world: str, without: str, year: int) -> Years:
        """Russia's output in a world, in percent of what it is in another."""
        under, other = self.year(world, "output_rus", year), self.year(without, "output_rus", year)
        return Years(*(100 * (a / b - 1) for a, b in zip(under, other, strict=True)))

    def exports_of_output(self, world: str, without: str, year: int) -> Years:
        """Russia's goods exports in a world less those in another, in percent of the other's output at market rates."""
        under, other, level, output = (
            self.year(each, name, year)
            for each, name in (
                (world, "exports_rus"),
                (without, "exports_rus"),
                (without, "price_level_rus"),
                (without, "output_rus"),
            )
        )
        return Years(*(100 * (a - b) / (p * q) for a, b, p, q in zip(under, other, level, output, strict=True)))


def unit_of(name: str) -> str:
    """The unit of a state."""
    return QUANTITIES[name].unit
