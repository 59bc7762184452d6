"""Who needs whom, sector by sector, from the record: which figures are asked, and the latest that it holds of each.

Of several ways to measure one need the latest figure is taken; at equal dates the one named first. A need that the
record does not measure stays in the table, empty, with what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from amur.questions.answer import Row
from amur.record import periods
from amur.record.measures import measure
from amur.record.measures.points import Points, combine, concentration, points_of, ratio, total
from amur.record.record import Record
from amur.record.timeseries import Point

type Find = Callable[[Record], Points]

RUSSIA, CHINA = "Russia", "China"
SELLS, BUYS = "sells to", "buys from"


class Figure(NamedTuple):
    """One way to measure a need: what it says, where it comes from, its name in the record."""

    about: str
    name: str
    find: Find


class Spread(NamedTuple):
    """How concentrated the partners of a sector are: the lower and upper Herfindahl index, 0 to 10,000."""

    about: str
    low: Find
    high: Find


class Need(NamedTuple):
    """A sector in which ``who`` sells to, or buys from, the other; ``model`` are flows of the model: part, whole."""

    who: str
    does: str
    sector: str
    figures: tuple[Figure, ...]
    spread: Spread | None = None
    model: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    missing: str = ""


def of_measure(name: str, dyad: str, about: str) -> Figure:
    """A measure of the record."""
    return Figure(about, name, lambda record: measure(record, name, dyad).points)


def of_series(name: str, about: str) -> Figure:
    """A series of the record, recorded or derived."""
    return Figure(about, name, lambda record: record.timeseries(name).points)


def bounds(stem: str, dyad: str, about: str, monthly: str = "") -> Spread:
    """A declared pair of bounds of the record."""

    def one(side: str) -> Find:
        return lambda record: measure(record, f"{stem}-{side}{monthly}", dyad).points

    return Spread(about, one("low"), one("high"))


def piped(record: Record) -> Points:
    """Power of Siberia's part of Russia's gas by pipe to Europe, Türkiye and China, percent."""
    china = record.timeseries("energy.gas.pos1.rus-chn")
    europe = record.timeseries("energy.gas.pipeline-reuters.rus-eur")
    whole = total(china, europe, record.timeseries("energy.gas.pipeline.rus-tur"))
    return ratio(china, whole)


def other_goods(record: Record) -> Points:
    """China's part of Russia's exports other than fuels, percent: both sides less their energy."""
    to_china = measure(record, "trade.export-dependence", "RUS-CHN")
    energy = measure(record, "energy.share-of-exports", "RUS-CHN")
    fuels = record.timeseries("trade.share.fuel-in-rus-exports")
    return combine(lambda share, own, all_: share * (100 - own) / (100 - all_), to_china, energy, fuels)


def arms_partners(record: Record) -> dict[str, Points]:
    """Parts of Russia's arms exports over five years by the three buyers whose parts the record has."""
    return {
        "CHN": record.timeseries("security.arms.share5.chn-in-rus-exports"),
        "IND": record.timeseries("security.arms.share5.ind-in-rus-exports"),
        "VNM": record.timeseries("security.arms.share5.vnm-in-rus-exports"),
    }


def of_parts(about: str, parts: Callable[[Record], Mapping[str, Points]]) -> Spread:
    """Bounds from shares in percent of partners, the rest unknown."""

    def one(remainder: str) -> Find:
        def find(record: Record) -> list[Point]:
            known = parts(record)
            first = next(iter(known))
            hundred = [point._replace(value=100.0, note="") for point in points_of(known[first])]
            return concentration(hundred, known, remainder=remainder, require=known)

        return find

    return Spread(about, one("atomistic"), one("single"))


def latest(record: Record, figures: Iterable[Figure]) -> tuple[Figure, Point] | None:
    """The figure with the latest point, and that point; None where the record has none as of its day."""
    found: list[tuple[Figure, Point]] = []
    for figure in figures:
        points = _known(record, figure.find(record))
        if points:
            found.append((figure, points[-1]))
    return max(found, key=lambda each: periods.end(each[1].period)) if found else None


def _known(record: Record, points: Points) -> list[Point]:
    """The points whose period was over on the day of the record, in time order."""
    every = sorted(points_of(points), key=lambda point: point.period)
    return [point for point in every if record.as_of is None or periods.end(point.period) <= record.as_of]


def row(record: Record, need: Need) -> Row:
    """The latest of a need, with its source and how concentrated the partners are."""
    made: dict[str, str | float | None] = {
        "who": need.who, "does": need.does, "sector": need.sector, "share": None, "period": "", "about": need.missing,
        "name": "", "source": "", "citation": "", "low": None, "high": None, "of": "", "of_period": "",
    }  # fmt: skip
    found = latest(record, need.figures)
    if found:
        figure, point = found
        made |= {"share": point.value, "period": point.period, "about": figure.about, "name": figure.name}
        made["source"] = ";".join(point.sources)
        made["citation"] = "; ".join(record.sources[each].citation() for each in point.sources)
    elif need.figures and record.as_of is not None:
        made["about"] = f"nothing known on {record.as_of}"
    if need.spread:
        low = _known(record, need.spread.low(record))
        high = {point.period: point.value for point in _known(record, need.spread.high(record))}
        if low:
            made |= {"low": low[-1].value, "high": high[low[-1].period], "of_period": low[-1].period}
            made["of"] = need.spread.about
    return made
