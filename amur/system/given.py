"""Where each forcing of history comes from: a declared rule for every one, with what was assumed and why.

A rule names the record's series it rests on, how they become quarters, and the points that the record lacks and that
are assumed instead. On a record that is cut at a date, no value and no assumed point of a later year is used; from
the last known point on a level is held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.record import periods

if TYPE_CHECKING:
    from amur.record.record import Record

type Numbers = NDArray[np.float64]
type Knots = dict[float, float]

SMOOTH = "annual levels placed at mid-year, straight lines between them in logarithms, ends held"
STRAIGHT = "annual values placed at mid-year, straight lines between them, ends held"


class Axis(NamedTuple):
    """The quarters of a history: their labels and the middle of each in years (1992-Q1 is 1992.125)."""

    labels: tuple[str, ...]
    middles: Numbers


type Make = Callable[["Record", Axis], Numbers]


@dataclass(frozen=True)
class Rule:
    """How a forcing is made: the record's series, how they become quarters, why, and the points assumed.

    ``assumed`` holds values that the record lacks, by year or by the quarter from which they hold.
    """

    series: tuple[str, ...]
    how: str
    why: str
    make: Make = field(repr=False)
    assumed: Mapping[str, float] = field(default_factory=dict)


def axis(last: str) -> Axis:
    """The quarters from 1992-Q1 to the last one given."""
    first = periods.ordinal("1992-Q1")
    labels = tuple(periods.from_ordinal(number, "Q") for number in range(first, periods.ordinal(last) + 1))
    return Axis(labels, 1992.125 + np.arange(len(labels)) / 4)


def annual(record: Record, *names: str, scale: float = 1.0) -> Knots:
    """The points of annual series by the middle of their year; of several series the later one wins."""
    return {
        float(point.period) + 0.5: point.value * scale
        for name in names
        for point in record.timeseries(name).points
    }


def known(record: Record, assumed: Mapping[str, float]) -> Knots:
    """The assumed points of the years that were over when the record was cut."""
    last = record.as_of or dt.date.max
    return {float(year) + 0.5: value for year, value in assumed.items() if periods.end(year) <= last}


def through(knots: Knots, when: Numbers, logs: bool = True) -> Numbers:
    """The line through the points, in logarithms where they are levels; before the first and after the last it holds."""
    years = sorted(knots)
    values = np.array([knots[year] for year in years])
    if not years:
        return np.full(len(when), np.nan)
    line = np.interp(when, years, np.log(values) if logs else values)
    return np.asarray(np.exp(line) if logs else line)


def level(
    name: str,
    why: str = "Held by the record throughout.",
    assumed: Mapping[str, float] | None = None,
    scale: float = 1.0,
    logs: bool = True,
) -> Rule:
    """A rule for an annual series, with assumed points where the record has none."""
    told = assumed or {}

    def make(record: Record, to: Axis) -> Numbers:
        knots = known(record, told) | (annual(record, name, scale=scale) if name else {})
        return through(knots, to.middles, logs)

    return Rule((name,) if name else (), SMOOTH if logs else STRAIGHT, why, make, told)


def steps(why: str, changes: Mapping[str, float], series: tuple[str, ...] = ()) -> Rule:
    """A rule for a quantity that is assumed to change in the quarters given and to hold between them."""

    def make(record: Record, to: Axis) -> Numbers:
        starts = list(changes)
        return np.array([changes[max(start for start in starts if start <= label)] for label in to.labels])

    return Rule(series, "assumed, from the quarter given on", why, make, changes)


def always(value: float, why: str) -> Rule:
    """A rule for a quantity that did not move in the time of the record."""
    return Rule((), f"{value:g} throughout", why, lambda record, to: np.full(len(to.labels), value))


def by_quarter(name: str, why: str) -> Rule:
    """A rule for a quarterly series; a quarter that is not known yet holds the last value."""
    return Rule((name,), "quarterly, as recorded", why, lambda record, to: held(quarterly(record, name), to))


def by_month(name: str, why: str) -> Rule:
    """A rule for a monthly series: the mean of the known months of each quarter."""

    def make(record: Record, to: Axis) -> Numbers:
        months: dict[str, list[float]] = {}
        for point in record.timeseries(name).points:
            months.setdefault(periods.inside(point.period, "Q"), []).append(point.value)
        return held({quarter: float(np.mean(values)) for quarter, values in months.items()}, to)

    return Rule((name,), "mean of the months of the quarter, last quarter held", why, make)


def by_year(name: str, why: str) -> Rule:
    """A rule for an annual value that holds in all quarters of its year."""

    def make(record: Record, to: Axis) -> Numbers:
        years = record.timeseries(name).values
        return held({label: years[label[:4]] for label in to.labels if label[:4] in years}, to)

    return Rule((name,), "the year's value in each of its quarters, last year held", why, make)


def quarterly(record: Record, name: str) -> dict[str, float]:
    """The points of a quarterly series by quarter."""
    return record.timeseries(name).values


def held(values: Mapping[str, float], to: Axis) -> Numbers:
    """Values by quarter along the axis; an unknown quarter holds the last known one, before the first that one."""
    if not values:
        return np.full(len(to.labels), np.nan)
    made, last = [], values[min(values)]
    for label in to.labels:
        last = values.get(label, last)
        made.append(last)
    return np.array(made, float)


def counted(
    kinds: tuple[str, ...], among: frozenset[str], without: tuple[str, ...], half: float, why: str
) -> Rule:
    """A rule for an index from dated events of given kinds: n events in a quarter count n / (n + half).

    Events of one day count once; ``among`` names actors that must all take part; ``without`` lists events that are
    of the kind but not of the sense.
    """

    def make(record: Record, to: Axis) -> Numbers:
        days: dict[str, set[str]] = {}
        for event in record.events:
            actors = set(event.actors.split(";")) if isinstance(event.actors, str) else set(event.actors)
            if event.kind in kinds and among <= actors and event.event not in without and len(event.date) > 4:
                days.setdefault(periods.inside(event.date[:7], "Q"), set()).add(event.date)
        number = np.array([len(days.get(label, ())) for label in to.labels], float)
        return number / (number + half)

    how = f"events of kind {', '.join(kinds)} in the quarter, n / (n + {half:g}), one a day"
    return Rule((), how, why, make)


# Rules of their own


def output(record: Record, to: Axis) -> Numbers:
    """Russia's real output from its growth rates, 1992-Q1 = 1."""
    growth = record.timeseries("trade.gdp-growth.rus").values
    total, knots = 0.0, {1991.5: 0.0}
    for year in sorted(growth):
        total += float(np.log1p(growth[year] / 100))
        knots[float(year) + 0.5] = total
    line = np.interp(to.middles, sorted(knots), [knots[year] for year in sorted(knots)])
    return np.asarray(np.exp(line - line[0]))


def _price_level(record: Record, to: Axis) -> Numbers:
    return through(annual(record, "trade.gdp.rus"), to.middles) / output(record, to)


def _gdp_wst(record: Record, to: Axis) -> Numbers:
    return through(annual(record, "trade.gdp.usa"), to.middles) + through(
        annual(record, "trade.gdp.euu"), to.middles
    )


def _gdp_sou(record: Record, to: Axis) -> Numbers:
    rest = through(annual(record, "trade.gdp.wld"), to.middles) - _gdp_wst(record, to)
    return np.asarray(
        rest - sum(through(annual(record, f"trade.gdp.{who}"), to.middles) for who in ("chn", "rus"))
    )


def _trade_chn_wst(record: Record, to: Axis) -> Numbers:
    europe = annual(record, "trade.total.chn-euu.spliced")
    customs = annual(record, "trade.total.chn-euu")
    if 2025.5 in customs and 2024.5 in customs and 2025.5 not in europe and 2024.5 in europe:
        europe[2025.5] = europe[2024.5] * customs[2025.5] / customs[2024.5]
    return through(annual(record, "trade.total.chn-usa.spliced"), to.middles) + through(europe, to.middles)


def _gas_price(record: Record, to: Axis) -> Numbers:
    contracts = {when: value for when, value in annual(record, "energy.price.gas.deu").items() if when < 2015}
    hub = {when: value for when, value in annual(record, "energy.price.ttf").items() if when > 2015}
    return through(known(record, HUB) | contracts | hub, to.middles)


def _gas_demand(record: Record, to: Axis) -> Numbers:
    knots = {1991.5: 0.0, 2005.5: 0.0} | annual(record, "energy.gas.imports.chn")
    mass = annual(record, "energy.gas.imports-mt.chn")
    if 2025.5 in mass and 2024.5 in mass and 2025.5 not in knots and 2024.5 in knots:
        knots[2025.5] = knots[2024.5] * mass[2025.5] / mass[2024.5]
    return through(knots, to.middles, logs=False)


def _gas_cas(record: Record, to: Axis) -> Numbers:
    asia = {2009.5: 0.0} | annual(record, "energy.gas.pipeline.cas-chn")
    burma = {2012.5: 0.0} | annual(record, "energy.gas.pipeline.mmr-chn")
    return through(asia, to.middles, logs=False) + through(burma, to.middles, logs=False)


def _food_demand(record: Record, to: Axis) -> Numbers:
    soya = known(record, SOYA) | annual(record, "trade.soya-volume.wld-chn")
    return through(soya, to.middles) + through(known(record, GRAIN), to.middles)


def _hold(values: str) -> dict[str, float]:
    """Assumed points written as ``1992 11, 1993 16``."""
    return {year: float(value) for year, value in (pair.split() for pair in values.split(", "))}


HUB = _hold("2023 13.1, 2024 11, 2025 11.9")
SOYA = _hold("1992 0.1, 1995 0.3, 1996 1.1, 2000 10.4, 2005 26.6, 2010 54.8, 2015 81.7")
GRAIN = _hold(
    "1992 11.8, 1995 20.8, 1997 7, 2000 13.5, 2004 15, 2008 8, 2012 16, 2015 31, 2017 26, 2019 18, 2021 65, 2023 59, 2025 30"
)

SOURCES: dict[str, Rule] = {
    "oil_price": by_month("energy.price.brent.m", "Held by the record throughout."),
    "gas_price": Rule(
        ("energy.price.gas.deu", "energy.price.ttf"), SMOOTH,
        "Contracts set the price until 2014 (German import price), hubs after it (TTF). Assumption: 2023 to 2025, which the record lacks, of the order of the ministry's price of Russian gas in Europe.",
        _gas_price, HUB,
    ),
    "world_trade": level("trade.exports.wld-wld"),
    "gdp_chn": level("trade.gdp.chn"),
    "gdp_wst": Rule(("trade.gdp.usa", "trade.gdp.euu"), SMOOTH, "The United States and the European Union in its present borders; others of the West are left out as in the definition.", _gdp_wst),
    "gdp_sou": Rule(("trade.gdp.wld", "trade.gdp.usa", "trade.gdp.euu", "trade.gdp.chn", "trade.gdp.rus"), SMOOTH, "The world less the four others; Britain and Japan therefore stand here.", _gdp_sou),
    "growth_chn": level("trade.gdp-growth.chn", "Yearly growth; the quarters of a slump are smoother here than they were.", logs=False),
    "price_level_rus": Rule(("trade.gdp.rus", "trade.gdp-growth.rus"), SMOOTH, "Nominal product in dollars over real output built from growth rates, 1992-Q1 = 1.", _price_level),
    "exports_chn": level("trade.exports.chn-wld"),
    "imports_chn": level("trade.imports.chn-wld"),
    "trade_chn_wst": Rule(
        ("trade.total.chn-usa.spliced", "trade.total.chn-euu.spliced", "trade.total.chn-euu"), SMOOTH,
        "United States and European Union. Europe's 2025 moves with China's customs.", _trade_chn_wst,
    ),
    "oil_supply_rus": level(
        "energy.crude.exports.rus",
        "Assumption before 2019 and after 2022: round numbers of the order of Russia's official exports; sums of what China, Europe, India and Japan report stay below.",
        _hold("1992 125, 1994 125, 1998 135, 2000 145, 2002 190, 2004 255, 2007 257, 2009 247, 2012 240, 2014 225, 2016 255, 2018 260, 2023 240, 2024 235, 2025 235"),
    ),
    "coal_supply_rus": level(
        "", "Assumption: round numbers of the order of Russia's official exports; the record holds only what China and Japan bought.",
        _hold("1992 19, 1995 26, 2000 44, 2005 80, 2010 115, 2015 152, 2018 200, 2021 217, 2022 205, 2023 208, 2024 196, 2025 200"),
    ),
    "food_supply_rus": level(
        "", "Assumption: round numbers of the order of Russia's exports of grain and oilseeds by calendar year; the record holds only deliveries to China in three years.",
        _hold("1992 2.3, 1995 2.5, 2000 2, 2002 14, 2005 13, 2009 23, 2010 15, 2012 21, 2014 32, 2016 38, 2018 58, 2020 55, 2022 52, 2023 75, 2024 82, 2025 65"),
    ),
    "gas_west_capacity": steps(
        "Assumption from dated openings and stops: Yamal-Europe, Blue Stream, both Nord Streams, TurkStream; in 2022 Yamal-Europe, one Ukrainian entry and Nord Stream fall out, in 2025 the rest of the Ukrainian route.",
        {
            "1992-Q1": 212, "1999-Q4": 225, "2003-Q1": 241, "2006-Q1": 257, "2011-Q4": 270, "2012-Q4": 285,
            "2020-Q1": 300, "2022-Q2": 220, "2022-Q3": 110, "2022-Q4": 90, "2025-Q1": 48,
        },
        ("energy.gas.pipeline.rus-eur.spliced",),
    ),
    "oil_demand_chn": level("energy.crude.imports.chn", "China imports what it needs. Assumption: the three years before the record's first.", _hold("1992 11, 1993 16, 1994 12")),
    "gas_demand_chn": Rule(
        ("energy.gas.imports.chn", "energy.gas.imports-mt.chn"), STRAIGHT,
        "China bought no gas abroad before its first terminal of 2006 (assumption: zero until mid-2005); 2025 moves with imports by mass.",
        _gas_demand, {"2005": 0.0},
    ),
    "coal_demand_chn": level("energy.coal.imports.chn", "China imports what it needs. Assumption: before 1995 as little as in 1995.", _hold("1992 1.5")),
    "food_demand_chn": Rule(
        ("trade.soya-volume.wld-chn",), SMOOTH,
        "Soya as recorded from 2017; assumption: soya before, and grain throughout, round numbers of the order of China's customs.",
        _food_demand, {f"{year} soya": value for year, value in SOYA.items()} | {f"{year} grain": value for year, value in GRAIN.items()},
    ),
    "oil_cas": steps(
        "Assumption: the line from Kazakhstan opens in 2006 and is doubled by 2013; half of its 20 Mt then serves Russian transit.",
        {"1992-Q1": 0, "2006-Q3": 2, "2007-Q1": 5, "2009-Q1": 8, "2010-Q1": 10},
        ("energy.crude.kaz-transit.rus-chn",),
    ),
    "gas_cas": Rule(
        ("energy.gas.pipeline.cas-chn", "energy.gas.pipeline.mmr-chn"), STRAIGHT,
        "Pipes opened at the end of 2009 and in 2013, zero before. Assumption: after 2022 as in 2022; the record has only values in dollars.",
        _gas_cas, {"2009": 0.0, "2012": 0.0},
    ),
    "transition": level(
        "", "Assumption: what outlooks of each time said of China's fossil imports fifteen years ahead; nothing before wind, sun and electric cars grew.",
        _hold("1992 0, 2008 0, 2012 0.02, 2015 0.04, 2018 0.07, 2020 0.11, 2022 0.18, 2024 0.25, 2025 0.28"), logs=False,
    ),
    "malacca_open": always(1.0, "The strait was open throughout."),
    "hormuz_open": always(1.0, "The strait was never closed, the scares of 2019 and June 2025 included."),
    "opensea_open": always(1.0, "Open throughout; the Red Sea was passed round the Cape, which costs time and not access."),
    "stress_chn": by_quarter("china.domestic-stress", "Coded from dated events."),
    "stress_rus": by_quarter("russia.domestic-stress", "Coded from dated events."),
    "democracy_chn": level("society.vdem.libdem.chn", "The last year is held.", logs=False),
    "democracy_rus": level("society.vdem.libdem.rus", "The last year is held.", logs=False),
    "population_rfe": level(
        "society.pop.rfe.old", "Borders of before 2018, so that the line does not jump. Assumption: after 2017 the decline of the new district from 2023 to 2024.",
        _hold("2024 6.02"), scale=1e-3,
    ),
    "population_chn": level("society.pop.chn", "The last year is held."),
    "age_rus": by_year("society.leader.age.rus", "Age in the year; the President in and out of office since 2000."),
    "age_chn": by_year("society.leader.age.chn", "Age in the year, Deng until 1996, then the party's leader."),
    "espionage": counted(("espionage",), frozenset({"CHN", "RUS"}), ("1992-08.espionage",), 1.0, "Cases made public; the agreement of the two services of 1992 is no case. Silence of the record before 2020 may be secrecy."),
    "exposure": counted(("lethal-aid", "secondary-sanction", "export-control"), frozenset({"CHN", "RUS"}), (), 2.0, "Public charges and listings of Chinese supplies to Russian forces; three in a quarter are much."),
    "grievance_spark": counted(
        ("friction",), frozenset({"CHN", "RUS"}),
        (
            "2008-07-21.friction", "2008-10-14.friction", "2017-01-24.friction", "2020-02-01.friction", "2020-04-06.friction",
            "2022-09-15.friction", "2022-10-28.friction", "2022-11-04.friction", "2023-05-25.friction", "2023-08-31.friction",
            "2025-06.friction", "2015-08-21.friction",
        ),
        1.0, "Land, border, map and history; settlements, the pandemic, the war and spy cases are of the kind but not of the sense.",
    ),
    "link_controls": steps(
        "Assumption: price cap and service bans from December 2022, Arctic gas listed from November 2023, tankers from January 2025, Rosneft, Lukoil and Chinese refineries from October 2025.",
        {"1992-Q1": 0, "2022-Q4": 0.1, "2023-Q4": 0.15, "2025-Q1": 0.25, "2025-Q4": 0.4},
    ),
    "production_controls": steps("Assumption: little is done; foreign plants fall under export rules from 2022 and single Chinese drone makers are listed from October 2024.", {"1992-Q1": 0, "2022-Q1": 0.05, "2024-Q4": 0.1}),
    "western_coordination": steps(
        "Assumption: joint lists from 2014, the Group of Seven's full coordination from 2022, Washington's own way from 2025.",
        {"1992-Q1": 0.5, "2014-Q1": 0.6, "2017-Q1": 0.5, "2021-Q1": 0.6, "2022-Q1": 0.85, "2025-Q1": 0.55},
    ),
    "embargo": always(0.0, "What Europe stopped buying after 2022 is counted in its sanctions."),
}  # fmt: skip
