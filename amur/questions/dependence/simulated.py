"""What a cut costs each side in the ensembles: twins that share luck, with and without it, under posteriors and priors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.questions import ensembles, spread
from amur.questions.answer import Number, Row
from amur.questions.dependence.books import Books, Costs, books, break_even, costs, unsold_volume
from amur.questions.dependence.cuts import CUTS, PURCHASES, laid_over
from amur.questions.ensembles import Common
from amur.system.flows import BARRELS

OVER = (4, 8, 20)
"""Quarters over which costs are summed."""
AT = (1, 4, 8, 20)
"""Quarters after the cut, counted from 1, at which what is regained is told."""
FIRST = 0
SOLD = {"crude oil": "oil", "pipeline gas": "gas", "liquefied gas": "lng", "coal": "coal"}


class Gdp(NamedTuple):
    """Output of the two in the last year of the record, US$ bn, and who says so."""

    russia: float
    china: float
    year: str
    source: str


class Twins(NamedTuple):
    """One cut under one set of parameters: the two books, the costs, and the run that was cut."""

    base: Books
    cut: Books
    cost: Costs
    run: ensembles.Run


def twins(common: Common, name: str, share: float, prior: bool) -> Twins:
    """The futures with a cut beside those without. No cut gives the same run twice, so costs of exactly nothing."""
    parameters = ensembles.before(common) if prior else ensembles.posterior(common)
    plain = ensembles.run(common, prior=prior)
    with_cut = ensembles.run(common, laid_over(name, share), prior=prior)
    base, cut = (books(run, parameters, FIRST, max(OVER)) for run in (plain, with_cut))
    buying = any(flow in PURCHASES for flow in CUTS[name].flows)
    return Twins(base, cut, costs(base, cut, parameters, buying), with_cut)


class Told(NamedTuple):
    """What one cut gives an answer."""

    numbers: tuple[Number, ...]
    costs: tuple[Row, ...]
    paths: tuple[Row, ...]
    regained: tuple[Row, ...]


def told(common: Common, name: str, share: float, gdp: Gdp) -> Told:
    """All numbers and tables of a cut."""
    after, before = twins(common, name, share, False), twins(common, name, share, True)
    many = Many(common, {"cut": name})
    made: list[Number] = []
    rows: list[Row] = []
    for quarters in OVER:
        sums, was = _sums(after.cost, quarters), _sums(before.cost, quarters)
        own = _of_one_span(many.but(over=f"{quarters} quarters"), sums, was, gdp, quarters / 4)
        made += own
        rows += [_row(each, name, quarters) for each in own]
    made += _other(many, after, before, gdp)
    regained, more = _regained(many, name, after, before)
    return Told((*made, *more), tuple(rows), tuple(_paths(common, name, after, gdp)), tuple(regained))


class Many(NamedTuple):
    """Makes numbers of one ensemble with some keys."""

    common: Common
    keys: dict[str, str]

    def but(self, **keys: str) -> Many:
        """With more keys."""
        return Many(self.common, self.keys | keys)

    def number(self, name: str, about: str, unit: str, after: NDArray[Any], before: NDArray[Any]) -> Number:
        """A quantity with its spread and data share."""
        return spread.quantity(
            name, about, unit, after, self.common.mixture, before, self.common.prior, self.keys
        )


def _sums(cost: Costs, quarters: int) -> dict[str, NDArray[Any]]:
    return {name: getattr(cost, name)[:quarters].sum(axis=0) for name in ("russia", "china", "turned")}


def _of_one_span(
    many: Many, sums: dict[str, NDArray[Any]], was: dict[str, NDArray[Any]], gdp: Gdp, years: float
) -> list[Number]:
    made = []
    sides = (
        ("Russia", "russia", gdp.russia, "books", "Cost to Russia, after what it sells and buys elsewhere"),
        (
            "Russia",
            "turned",
            gdp.russia,
            "turning",
            "Cost to Russia, if the rest turns at the model's speeds",
        ),
        ("China", "china", gdp.china, "books", "Cost to China, in sales and in discounts forgone"),
    )
    for side, name, whole, way, about in sides:
        own = many.but(side=side, way=way)
        made.append(own.number("cost", about, "US$ bn", sums[name], was[name]))
        part = 100 / whole / years
        made.append(
            own.number("cost-gdp", f"{about}, a year", "percent of GDP", sums[name] * part, was[name] * part)
        )
    for name, about, whole in (
        ("asymmetry", "Russia's cost over China's, each as a share of its GDP", gdp.china / gdp.russia),
        ("asymmetry-dollars", "Russia's cost over China's in dollars", 1.0),
    ):
        own_ratio, its = (whole * ratio(each["russia"], each["china"]) for each in (sums, was))
        made.append(many.number(name, about, "ratio", own_ratio, its))
    return [_finite(each) for each in made]


def ratio(above: NDArray[Any], below: NDArray[Any]) -> NDArray[Any]:
    """One over the other; not-a-number, which counts for nothing, where the other side loses nothing."""
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def _finite(each: Number) -> Number:
    """A ratio of nothing to nothing is told as 0: without a cut there is no asymmetry of cost."""
    if np.isfinite(each.value):
        return each
    by_reading = dict.fromkeys(each.by_reading, 0.0)
    return replace(
        each, value=0.0, low50=0.0, high50=0.0, low90=0.0, high90=0.0, error=0.0, by_reading=by_reading
    )


def _row(each: Number, cut: str, quarters: int) -> Row:
    return {
        "cut": cut, "title": CUTS[cut].title, "by": CUTS[cut].by, "name": each.name, "quarters": quarters,
        "side": each.keys.get("side", ""), "way": each.keys.get("way", ""), "unit": each.unit, "value": each.value,
        "low90": each.low90, "low50": each.low50, "high50": each.high50, "high90": each.high90,
        "data_share": each.data_share,
    }  # fmt: skip


def _other(many: Many, after: Twins, before: Twins, gdp: Gdp) -> list[Number]:
    """Russia's output beside what it would have been, and how far the world's price would have to rise."""
    made = []
    plain, was = ensembles.run(many.common), ensembles.run(many.common, prior=True)
    for quarters in OVER:
        lost, then = (
            100 * (twin.run["output_rus"][quarters - 1].astype(float) / run["output_rus"][quarters - 1] - 1)
            for twin, run in ((after, plain), (before, was))
        )
        own = many.but(over=f"{quarters} quarters")
        made.append(own.number("output", "Russia's output beside that without the cut", "percent", lost, then))
    levels = [_break_even(twin, gdp) for twin in (after, before)]
    about = "Rise of the world's crude price at which a year costs both the same share of GDP"
    made.append(many.number("break-even", about, "US$/bbl", *levels))
    return made


def _break_even(twin: Twins, gdp: Gdp) -> NDArray[Any]:
    sold = twin.cut.volume_others["oil"][:4].mean(axis=0) * BARRELS / 1000
    needed = twin.run["oil_demand_chn"][FIRST : FIRST + 4].mean(axis=0) * BARRELS / 1000
    sums = _sums(twin.cost, 4)
    return break_even(sums["russia"], sums["china"], (gdp.russia, gdp.china), (sold, needed))


def _regained(many: Many, name: str, after: Twins, before: Twins) -> tuple[list[Row], list[Number]]:
    """The part of what the cut takes from Russia that other partners make good, quarter by quarter."""
    if not CUTS[name].flows:
        return [], []
    rows: list[Row] = []
    made = []
    for way in ("books", "turning"):
        parts, was = (
            1 - ratio(twin.cost.russia if way == "books" else twin.cost.turned, twin.cost.lost)
            for twin in (after, before)
        )
        for quarter in AT:
            about = "Of what the cut takes from Russia, the part made good elsewhere"
            own = many.but(quarter=f"{quarter}", way=way)
            each = _finite(
                own.number("regained", about, "percent", 100 * parts[quarter - 1], 100 * was[quarter - 1])
            )
            made.append(each)
        levels = spread.quantiles(parts, many.common.mixture.weights)
        rows += _levels({"cut": name, "way": way, "sector": "all"}, levels)
    for sector, flow in SOLD.items():
        if f"{flow}_chn" not in CUTS[name].flows:
            continue
        left = after.base.volume_china[flow] - after.cut.volume_china[flow]
        part = 1 - ratio(unsold_volume(after.base, after.cut, flow), left)
        rows += _levels(
            {"cut": name, "way": "books", "sector": sector},
            spread.quantiles(part, many.common.mixture.weights),
        )
    return rows, made


def _levels(keys: dict[str, str], levels: NDArray[Any]) -> list[Row]:
    names = ("middle", "low50", "high50", "low90", "high90")
    return [
        {**keys, "quarter": place + 1, **{name: _plain(levels[at, place]) for at, name in enumerate(names)}}
        for place in range(levels.shape[1])
    ]


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _paths(common: Common, name: str, after: Twins, gdp: Gdp) -> list[Row]:
    """Costs by quarter, as percent of the GDP of a quarter."""
    rows: list[Row] = []
    labels = after.run.labels[FIRST : FIRST + max(OVER)]
    for side, values, whole in (
        ("Russia", after.cost.russia, gdp.russia),
        ("Russia, turning", after.cost.turned, gdp.russia),
        ("China", after.cost.china, gdp.china),
    ):
        levels = spread.quantiles(400 * values / whole, common.mixture.weights)
        for place, row in enumerate(_levels({"cut": name, "side": side}, levels)):
            rows.append({**row, "label": labels[place]})
    return rows
