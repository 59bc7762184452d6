"""Time to replace the other, from the record's own experience and from what is built: each row says how it was found."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from amur.questions.answer import Row
from amur.questions.dependence.needs import BUYS, CHINA, RUSSIA, SELLS
from amur.questions.dependence.replace import QUARTERS, at_pace, halving
from amur.record import periods
from amur.record.record import Record
from amur.record.timeseries import TimeSeries


class Pace(NamedTuple):
    """A sector in which one side would turn to all others: series of what the other brings and of the whole."""

    who: str
    does: str
    sector: str
    part: str
    whole: str
    unit: str


PACES = (
    Pace(CHINA, BUYS, "crude oil", "energy.crude.volume.rus-chn", "energy.crude.imports.chn", "Mt"),
    Pace(CHINA, BUYS, "gas", "energy.gas.total.rus-chn", "energy.gas.imports.chn", "bcm"),
    Pace(CHINA, BUYS, "coal", "energy.coal.volume.rus-chn", "energy.coal.imports.chn", "Mt"),
    Pace(CHINA, SELLS, "all goods", "trade.exports.chn-rus", "trade.exports.chn-wld", "US$ bn"),
    Pace(RUSSIA, SELLS, "all goods", "trade.exports.rus-chn", "trade.exports.rus-wld", "US$ bn"),
    Pace(RUSSIA, BUYS, "all goods", "trade.exports.chn-rus", "trade.imports.rus-wld", "US$ bn"),
)
YEARS = 10


class Halving(NamedTuple):
    """A share that was given up, in the record: the last two figures of a series."""

    who: str
    does: str
    sector: str
    series: str
    first: str


HALVINGS = (
    Halving("European Union", BUYS, "gas", "energy.dep.gas-share-ec.rus-eun", "2021"),
    Halving("European Union", BUYS, "oil", "energy.dep.oil-share-ec.rus-eun", "2021"),
    Halving("European Union", BUYS, "oil, quarterly", "energy.dep.oil-share.rus-eun.q", "2022-Q1"),
)


def paces(record: Record) -> tuple[Row, ...]:
    """How long others would take to add what the other brings, at the best of their last ten years."""
    return tuple(row for each in PACES if (row := _pace(record, each)))


def others(part: TimeSeries, whole: TimeSeries) -> dict[str, float]:
    """What all others brought, by period, where the record has both."""
    own = part.values
    return {period: value - own[period] for period, value in whole.values.items() if period in own}


def _pace(record: Record, of: Pace) -> Row | None:
    part, whole = record.timeseries(of.part), record.timeseries(of.whole)
    rest = others(part, whole)
    years = [str(year) for year in range(int(max(rest)) - YEARS, int(max(rest)) + 1)] if rest else []
    # Rises are between years that follow each other; a gap is no rise.
    pairs = [(a, b) for a, b in itertools.pairwise(years) if a in rest and b in rest]
    if not pairs:
        return None
    last, best = max(rest), max(pairs, key=lambda pair: rest[pair[1]] - rest[pair[0]])
    rise, lost = rest[best[1]] - rest[best[0]], part.values[last]
    quarters = at_pace(lost, [rest[best[0]], rest[best[1]]])
    if quarters == float("inf"):
        return None
    sources = part.at(last), whole.at(last)
    return {
        "who": of.who, "does": of.does, "sector": of.sector, "half": quarters / 2, "quarters": quarters, "low": None,
        "high": None, "basis": "pace of others",
        "how": f"{lost:.4g} {of.unit} in {last}, over {rise:.4g} that all others added in {best[1]}, the best of ten years",
        "source": ";".join(dict.fromkeys(name for point in sources if point for name in point.sources)),
        "lost": lost, "pace": rise, "unit": of.unit,
    }  # fmt: skip


def halvings(record: Record) -> tuple[Row, ...]:
    """How long it took Europe to halve its reliance on Russia, once it had to."""
    made: list[Row] = []
    for each in HALVINGS:
        series = record.timeseries(each.series)
        first, last = series.at(each.first), series.latest
        if first is None or last is None or last.period == first.period:
            continue
        per_year = len(periods.parts("2000", series.frequency))
        years = (periods.ordinal(last.period) - periods.ordinal(first.period)) / per_year
        quarters = halving(first.value, last.value, years)
        made.append(
            {
                "who": each.who,
                "does": each.does,
                "sector": each.sector,
                "half": quarters,
                "quarters": None,
                "low": None,
                "high": None,
                "basis": "Europe's experience",
                "how": f"Russia's share went from {first.value:.3g}% in {first.period} to {last.value:.3g}% in {last.period}",
                "source": ";".join(dict.fromkeys((*first.sources, *last.sources))),
            }
        )
    return tuple(made)


def built() -> tuple[Row, ...]:
    """How long Russia takes to build another outlet for gas that its pipes to China carried: a liquefaction plant."""
    from amur.system.lines import lines

    rows = [row for row in lines().rows if row.cargo == "lng"]
    years = sorted((float(row.build_years) + float(row.ramp_years), row.title) for row in rows)
    return (
        {
            "who": RUSSIA, "does": SELLS, "sector": "pipeline gas", "half": None,
            "quarters": QUARTERS * years[len(years) // 2][0], "low": QUARTERS * years[0][0],
            "high": QUARTERS * years[-1][0], "basis": "years to build and fill",
            "how": "no pipe leads elsewhere; plants to liquefy it: "
            + ", ".join(f"{title} {each:g} years" for each, title in years),
            "source": ";".join(row.source for row in rows),
        },
    )  # fmt: skip
