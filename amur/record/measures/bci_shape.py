"""The rebuilt index of bilateral cooperation intensity confronted with the shape its authors describe.

The rules were written down before the index was computed, and the index was not bent to meet them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import mean

from amur.record.measures.answers import Answer
from amur.record.measures.bci import FIRST, LAST_PUBLISHED, Scale, Votes, cooperation_intensity
from amur.record.record import Record
from amur.record.timeseries import Point

HIGHEST_LEVEL = 0.75
"""Where the highest of four levels begins: quarters of the scale. The published cut-offs are not public to us."""


@dataclass(frozen=True)
class ShapeCheck:
    """One thing the authors say of 1992-2019, the rule by which we judge it, and the numbers.

    ``met`` is None where the record (with its cut) cannot say.
    """

    name: str
    claim: str
    rule: str
    met: bool | None
    figures: dict[str, float | str | None]
    source: str
    caveat: str = ""


@dataclass(frozen=True)
class PublishedShape(Answer):
    """The checks of one rebuilding."""

    votes: Votes
    scale: Scale
    checks: tuple[ShapeCheck, ...]

    def __getitem__(self, name: str) -> ShapeCheck:
        return next(check for check in self.checks if check.name == name)


ABSTRACT = "doi 10.1080/09668136.2023.2276677, abstract; hdl 1822/92709, abstract"
PRESS = "South China Morning Post, 30 November 2023, on the same paper"
RELEASE = "University of Exeter release on the paper, as carried by earthpressnews.com (no. 324523)"


def published_shape(record: Record, which: Votes = "contested", scale: Scale = "min-max") -> PublishedShape:
    """What the authors report of 1992-2019, judged on our rebuilding by rules fixed beforehand."""
    built = cooperation_intensity(record, which, scale)
    index = _values(built.index)
    political, economic, military = (_values(built.dimensions[name]) for name in built.dimensions)
    energy = _values(built.components["energy"].scaled) if "energy" in built.components else {}
    trade = _values(built.components["trade"].scaled) if "trade" in built.components else {}
    checks = (
        ShapeCheck(
            "steady-rise",
            "Cooperation strengthened progressively from 1992 to 2019.",
            "Kendall's tau of index and year is at least 0.7 and each seven-year mean exceeds the one before.",
            *_steady_rise(index),
            ABSTRACT,
        ),
        ShapeCheck(
            "no-setback-2014",
            "There was no apparent setback after the annexation of Crimea in 2014.",
            "The mean of 2015-2019 is at least the mean of 2010-2014.",
            *_compare(index, (2015, 2019), (2010, 2014), lambda late, early: late >= early),
            ABSTRACT,
        ),
        ShapeCheck(
            "no-dramatic-jump",
            "The results do not bear out claims of dramatic change.",
            "No change from one year to the next exceeds 0.15 of the scale.",
            *_largest_change(index),
            ABSTRACT,
            "The record has no energy before 1995: to 1994 the economic dimension is overall trade alone.",
        ),
        ShapeCheck(
            "energy-low-to-2003",
            "Energy interdependence ranked low from 1992 to 2003.",
            "Energy stays in the lowest quarter of its scale in every year to 2003 that the record has.",
            *_highest(energy, (1992, 2003), 0.25),
            PRESS,
        ),
        ShapeCheck(
            "energy-focal-since-2008",
            "Energy has been the focal point since 2008.",
            "Energy exceeds overall trade on its scale in the mean of 2008-2019, and ends higher than it began.",
            *_focal(energy, trade),
            PRESS,
        ),
        ShapeCheck(
            "economic-overtakes-2012",
            "Economic ties surpassed military ties in 2012.",
            "2012 is the first year from which the economic dimension stays above the military one to 2019.",
            *_overtakes(economic, military, 2012),
            PRESS,
        ),
        ShapeCheck(
            "political-leads",
            "The political dimension leads.",
            "It is the highest of the three in more than half of the years.",
            *_leads(political, economic, military),
            ABSTRACT,
            "Which dimension leads depends on the scale as much as on the facts.",
        ),
        ShapeCheck(
            "highest-level-not-reached",
            "The highest, comprehensive level is not reached overall.",
            f"The index stays below {HIGHEST_LEVEL} in every year to 2019.",
            *_highest(index, (FIRST, LAST_PUBLISHED), HIGHEST_LEVEL),
            ABSTRACT,
            "Their levels are absolute and the cut-offs not public to us; ours are relative to the best year of "
            "the window, so a rising index must end high. This check says little.",
        ),
        ShapeCheck(
            "political-highest-since-2003",
            "Political cooperation alone reached the highest level in 2000-2003, and stayed there.",
            f"From 2003 to 2019 the political dimension never falls below {HIGHEST_LEVEL}.",
            *_lowest(political, (2003, LAST_PUBLISHED), HIGHEST_LEVEL),
            RELEASE,
            "Visits of 2002-2004 and 2011 are the few summits dated in the record, a minimum.",
        ),
        ShapeCheck(
            "military-dip-2008-2015",
            "Military cooperation declined between 2008 and 2015 and rose after.",
            "The military mean of 2008-2015 is below that of 2000-2007 and below that of 2016-2019.",
            *_dip(military, (2000, 2007), (2008, 2015), (2016, 2019)),
            RELEASE,
        ),
        ShapeCheck(
            "economic-dip-1996-2003",
            "Economic cooperation fell in the later 1990s and early 2000s and rose from 2004.",
            "The economic mean of 1996-2003 is below that of 1992-1995 and below that of 2004-2015.",
            *_dip(economic, (1992, 1995), (1996, 2003), (2004, 2015)),
            RELEASE,
        ),
    )
    return PublishedShape(which, scale, checks)


def shape_under_other_choices(record: Record) -> dict[str, dict[str, bool | None]]:
    """Each check under the four combinations of votes and scale: what does not hang on our choices."""
    choices: list[tuple[Votes, Scale]] = [
        ("contested", "min-max"),
        ("contested", "zero-max"),
        ("all", "min-max"),
        ("all", "zero-max"),
    ]
    shapes = {f"{which}, {scale}": published_shape(record, which, scale) for which, scale in choices}
    names = [check.name for check in next(iter(shapes.values())).checks]
    return {name: {choice: shape[name].met for choice, shape in shapes.items()} for name in names}


Verdict = tuple[bool | None, dict[str, float | str | None]]


def _values(points: Iterable[Point]) -> dict[int, float]:
    return {int(point.period): point.value for point in points if int(point.period) <= LAST_PUBLISHED}


def _mean(values: Mapping[int, float], years: tuple[int, int]) -> float | None:
    found = [value for year, value in values.items() if years[0] <= year <= years[1]]
    return mean(found) if found else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def kendall_tau(values: Mapping[int, float]) -> float:
    """Kendall's tau-a of the values with time: pairs that rise less pairs that fall, over all pairs."""
    pairs = list(combinations(sorted(values), 2))
    signs = [(values[late] > values[early]) - (values[late] < values[early]) for early, late in pairs]
    return sum(signs) / len(pairs)


def _steady_rise(index: Mapping[int, float]) -> Verdict:
    spans = [(start, start + 6) for start in range(FIRST, LAST_PUBLISHED, 7)]
    means = [_mean(index, span) for span in spans]
    figures: dict[str, float | str | None] = {
        f"{a}-{b}": _rounded(value) for (a, b), value in zip(spans, means, strict=True)
    }
    known = [value for value in means if value is not None]
    if len(known) < len(means):
        return None, figures
    tau = kendall_tau(index)
    return tau >= 0.7 and all(b > a for a, b in pairwise(known)), {"tau": _rounded(tau)} | figures


def _compare(
    values: Mapping[int, float],
    late: tuple[int, int],
    early: tuple[int, int],
    rule: Callable[[float, float], bool],
) -> Verdict:
    after, before = _mean(values, late), _mean(values, early)
    figures: dict[str, float | str | None] = {
        f"{early[0]}-{early[1]}": _rounded(before),
        f"{late[0]}-{late[1]}": _rounded(after),
    }
    return (None if after is None or before is None else rule(after, before)), figures


def _largest_change(index: Mapping[int, float]) -> Verdict:
    changes = {late: index[late] - index[early] for early, late in pairwise(sorted(index)) if late == early + 1}
    if not changes:
        return None, {}
    year = max(changes, key=lambda one: abs(changes[one]))
    return abs(changes[year]) <= 0.15, {"largest": _rounded(changes[year]), "year": year}


def _highest(values: Mapping[int, float], years: tuple[int, int], bound: float) -> Verdict:
    inside = {year: value for year, value in values.items() if years[0] <= year <= years[1]}
    if not inside:
        return None, {}
    year = max(inside, key=lambda one: inside[one])
    return inside[year] < bound, {"highest": _rounded(inside[year]), "year": year, "years": len(inside)}


def _lowest(values: Mapping[int, float], years: tuple[int, int], bound: float) -> Verdict:
    inside = {year: value for year, value in values.items() if years[0] <= year <= years[1]}
    if not inside:
        return None, {}
    year = min(inside, key=lambda one: inside[one])
    return inside[year] >= bound, {"lowest": _rounded(inside[year]), "year": year, "years": len(inside)}


def _focal(energy: Mapping[int, float], trade: Mapping[int, float]) -> Verdict:
    of_energy, of_trade = _mean(energy, (2008, 2019)), _mean(trade, (2008, 2019))
    first, last = energy.get(2008), energy.get(2019)
    figures: dict[str, float | str | None] = {
        "energy": _rounded(of_energy),
        "trade": _rounded(of_trade),
        "energy 2008": _rounded(first),
        "energy 2019": _rounded(last),
    }
    if of_energy is None or of_trade is None or first is None or last is None:
        return None, figures
    return of_energy > of_trade and last > first, figures


def _overtakes(economic: Mapping[int, float], military: Mapping[int, float], said: int) -> Verdict:
    years = sorted(set(economic) & set(military))
    if not years or years[-1] < said:
        return None, {}
    behind = [year for year in years if economic[year] <= military[year]]
    since_year = next((year for year in years if not behind or year > behind[-1]), None)
    return since_year == said, {"above for good since": since_year}


def _leads(
    political: Mapping[int, float], economic: Mapping[int, float], military: Mapping[int, float]
) -> Verdict:
    years = set(political) & set(economic) & set(military)
    if not years:
        return None, {}
    ahead = [year for year in years if political[year] > max(economic[year], military[year])]
    return 2 * len(ahead) > len(years), {"years ahead": len(ahead), "years": len(years)}


def _dip(
    values: Mapping[int, float], before: tuple[int, int], during: tuple[int, int], after: tuple[int, int]
) -> Verdict:
    means = [_mean(values, span) for span in (before, during, after)]
    figures: dict[str, float | str | None] = {
        f"{a}-{b}": _rounded(value) for (a, b), value in zip((before, during, after), means, strict=True)
    }
    first, low, last = means
    return (None if first is None or low is None or last is None else low < first and low < last), figures
