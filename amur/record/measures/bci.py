"""Bilateral Cooperation Intensity of China and Russia, after Papageorgiou and Vieira (2023), carried to 2025.

Their index has six indicators, two for each of three dimensions, from 1992 to 2019: official visits and
similarity of votes in the United Nations (political); overall trade and energy interdependence (economic);
arms-trade interdependence and military exercises (military). What they publish openly is this list and the
shape of the result, not the scores, weights or cut-offs. The rebuilding below is therefore ours wherever it
has to choose, and says where; :func:`published_shape` confronts it with the shape they describe.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations, pairwise
from statistics import mean
from typing import Any, Literal

from amur.record import periods
from amur.record.measures import energy, security, trade, votes
from amur.record.measures.points import by_period, counted, merged, since, splice
from amur.record.measures.registry import Dyad, declare
from amur.record.measures.running import trailing
from amur.record.record import Record
from amur.record.timeseries import Point

FIRST, LAST_PUBLISHED = 1992, 2019
"""The window of the published index. The scale of every component is set by this window alone."""

LEAST_COMPONENTS = 4
"""A year with fewer components of its own has no index."""

LEAST_YEARS = 5
"""A component with fewer years inside the window has no scale, and is left out."""

HIGHEST_LEVEL = 0.75
"""Where the highest of four levels begins: quarters of the scale. The published cut-offs are not public to us."""

CHINA_RUSSIA = Dyad("CHN", "RUS")

Votes = Literal["contested", "all"]
Scale = Literal["min-max", "zero-max"]

LITERATURE = (
    "Papageorgiou and Vieira 2023, Assessing the changing Sino-Russian relationship, Europe-Asia Studies, "
    "doi 10.1080/09668136.2023.2276677; thesis hdl 1822/92709. Salience of trade: Barbieri 1996, "
    "Journal of Peace Research 33(1)."
)


# The six components, each in its own unit


def leaders_meetings(record: Record) -> list[Point]:
    """Meetings of the two presidents in the year: those counted, else the dated summits (a minimum)."""
    summits = [event for event in record.find_events(kind="summit", actor="CHN") if "RUS" in event.actors]
    dated = []
    for year in map(str, range(FIRST, last_year(record) + 1)):
        held = [event for event in summits if event.date.startswith(year)]
        dated.append(counted(year, len(held), held, "minimum: summits dated in the record"))
    return splice(votes.leaders_meetings.compute(record, CHINA_RUSSIA), dated)


def votes_alike(record: Record, which: Votes = "contested") -> list[Point]:
    """Agreement in the General Assembly, percent: over contested votes, or over all of them."""
    measured = votes.agreement_contested if which == "contested" else votes.agreement
    return list(measured.compute(record, CHINA_RUSSIA))


def trade_salience(record: Record) -> list[Point]:
    """Geometric mean of the two trade shares, 0 to 1 (``trade.salience``; Barbieri 1996)."""
    return list(trade.salience.compute(record, Dyad("RUS", "CHN")))


def energy_dependence(record: Record) -> list[Point]:
    """Russia's share of the crude oil that China imports, percent of tonnage.

    One side only (``energy.crude-import-dependence``): the record has China's share of Russian crude exports
    for too few years.
    """
    return list(energy.crude_import_dependence.compute(record, CHINA_RUSSIA))


def arms_salience(record: Record) -> list[Point]:
    """Geometric mean of China's share of Russian arms exports and Russia's share of Chinese arms imports, percent.

    SIPRI trend-indicator values summed over five years, as deliveries are lumpy: the shares of
    ``arms.share-of-exports.5y`` and ``arms.share-of-imports.5y``, but the window is shorter before 1996, and
    the year itself may be missing from it, not the year before too.
    """
    flows = (
        security.deliveries(record, "RUS", "CHN"),
        security.all_deliveries(record, "rus-world"),
        security.all_deliveries(record, "world-chn"),
    )
    return trailing(
        lambda between, sold, bought: 100 * sum(between) / math.sqrt(sum(sold) * sum(bought)),
        *flows,
        least=1,
        until=last_year(record),
        what="deliveries",
    )


def joint_exercises(record: Record) -> list[Point]:
    """Named exercises with forces of both in the year; none before Coalition-2003, the first that is recorded.

    A dated exercise of a year whose tally is not yet known (as may be after a cut) ends the years of none.
    """
    tally = list(record["security.exercises.tally.chn-rus"].points)
    held = [event for event in record.find_events(kind="exercise", actor="CHN") if "RUS" in event.actors]
    begins = min(
        [last_year(record) + 1, *(int(point.period) for point in tally), *(int(one.date[:4]) for one in held)]
    )
    first = [event for event in held if event.event in ("2003-08-06.exercise", "2005-08-18.exercise")]
    none = [
        counted(str(year), 0.0, first, "inferred: no joint exercise recorded up to this year")
        for year in range(FIRST, begins)
    ]
    return splice(tally, none)


def plain(value: Any) -> Any:
    """The same with points as mappings and tuples as lists, as JSON has them."""
    if isinstance(value, Point):
        return plain(value._asdict())
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def last_year(record: Record) -> int:
    """The last calendar year that had ended by the cut, or, without one, the year of the last event."""
    if record.as_of is not None:
        return (record.as_of + dt.timedelta(days=1)).year - 1
    return periods.end(record.events[-1].date).year


# The index


@dataclass(frozen=True)
class Component:
    """One of the six: raw points in ``unit`` and the same on the scale set by ``low`` and ``high``."""

    name: str
    dimension: str
    unit: str
    low: float
    high: float
    raw: tuple[Point, ...]
    scaled: tuple[Point, ...]


@dataclass(frozen=True)
class CooperationIntensity:
    """The index, its three dimensions and six components, and what each year lacks.

    All values but the raw ones are on the scale of the published window: 0 its lowest year (or nothing, on
    the zero-max scale), 1 its highest. Years after 2019 may lie beyond 1; nothing is capped.
    """

    votes: Votes
    scale: Scale
    components: dict[str, Component]
    dimensions: dict[str, tuple[Point, ...]]
    index: tuple[Point, ...]
    missing: dict[str, tuple[str, ...]]

    def as_json(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return dict(plain(asdict(self)))


def cooperation_intensity(
    record: Record, which: Votes = "contested", scale: Scale = "min-max"
) -> CooperationIntensity:
    """The six components scaled, their mean by dimension, and the mean of the three dimensions.

    The bounds of the scale come from the years 1992 to 2019 as far as the record (with its cut) knows them, so
    that years after 2019 never move the past, and a reading cut in 2013 rests on nothing later. A component
    that lacks a year is carried from the year before, once, and counted as missing; beyond that the
    dimension is the mean of what is left.
    """
    raw = {
        "visits": ("political", "meetings", leaders_meetings(record)),
        "votes": ("political", "percent", votes_alike(record, which)),
        "trade": ("economic", "index 0-1", trade_salience(record)),
        "energy": ("economic", "percent", energy_dependence(record)),
        "arms": ("military", "percent", arms_salience(record)),
        "exercises": ("military", "exercises", joint_exercises(record)),
    }
    components = {
        name: component
        for name, (dimension, unit, points) in raw.items()
        if (component := _scaled(name, dimension, unit, points, scale)) is not None
    }
    known = {name: by_period(component.scaled) for name, component in components.items()}
    dimensions: dict[str, list[Point]] = {name: [] for name in ("political", "economic", "military")}
    index: list[Point] = []
    missing: dict[str, tuple[str, ...]] = {}
    for year in map(str, range(FIRST, last_year(record) + 1)):
        own = [name for name in known if year in known[name]]
        parts = {
            dimension: {
                name: point
                for name in components
                if components[name].dimension == dimension and (point := _carried(known[name], year))
            }
            for dimension in dimensions
        }
        if len(own) < LEAST_COMPONENTS or not all(parts.values()):
            continue
        missing[year] = tuple(name for name in raw if name not in own)
        means = []
        for dimension, found in parts.items():
            means.append(_average(year, found.values(), _lack(missing[year], found)))
            dimensions[dimension].append(means[-1])
        every = {name: point for found in parts.values() for name, point in found.items()}
        note = f"{len(own)} of {len(raw)} components" + (
            f"; {lack}" if (lack := _lack(missing[year], every)) else ""
        )
        index.append(_average(year, means, note))
    return CooperationIntensity(
        which,
        scale,
        components,
        {name: tuple(points) for name, points in dimensions.items()},
        tuple(index),
        missing,
    )


def _scaled(name: str, dimension: str, unit: str, points: list[Point], scale: Scale) -> Component | None:
    window = [point.value for point in since(points, str(FIRST), str(LAST_PUBLISHED))]
    if len(window) < LEAST_YEARS:
        return None
    low, high = (min(window) if scale == "min-max" else 0.0), max(window)
    if high <= low:
        return None
    scaled = [point._replace(value=(point.value - low) / (high - low)) for point in points]
    return Component(name, dimension, unit, low, high, tuple(points), tuple(scaled))


def _carried(known: Mapping[str, Point], year: str) -> Point | None:
    return known.get(year) or known.get(str(int(year) - 1))


def _lack(missing: Iterable[str], found: Mapping[str, Point]) -> str:
    """What a year lacks of its own, and whether the year before stands in for it."""
    texts = [f"{name} carried from {found[name].period}" if name in found else f"no {name}" for name in missing]
    return ", ".join(text for text in texts)


def _average(year: str, inputs: Iterable[Point], note: str) -> Point:
    points = list(inputs)
    bare = [point._replace(note="") for point in points]
    return merged(year, mean(point.value for point in points), bare, note)


# The published shape


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
class PublishedShape:
    """The checks of one rebuilding."""

    votes: Votes
    scale: Scale
    checks: tuple[ShapeCheck, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return dict(plain(asdict(self)))

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


# As measures

NAME = "cooperation-intensity"
DEFINITION = (
    "Cooperation of China and Russia by year on the scale of the published window: 0 is the lowest and 1 the "
    "highest year of 1992-2019 of each component; later years may exceed 1. Components: meetings of the "
    "presidents (dated summits, a minimum, where there is no count); agreement on contested General Assembly "
    "votes; salience of trade; Russia's share of Chinese crude imports; salience of arms transfers over five "
    "years; named joint exercises. A component without a value is carried from the year before, once, and "
    "said to be missing; the bounds use nothing later than the cut of the record."
)


@declare(
    name=NAME,
    title="Bilateral cooperation intensity (rebuilt)",
    unit="index",
    dimension="political",
    definition=DEFINITION,
    formula="mean of the political, economic and military dimension, each the mean of two components (x - min)/(max - min)",
    literature=LITERATURE,
    dyads=["CHN-RUS"],
    claims=("P6", "B1", "R1", "R2"),
)
def intensity(record: Record, dyad: Dyad) -> Iterable[Point]:
    """The index by year."""
    return cooperation_intensity(record).index


@declare(
    name=f"{NAME}.political",
    title="Bilateral cooperation intensity, political dimension (rebuilt)",
    unit="index",
    dimension="political",
    definition=DEFINITION,
    formula="mean of scaled leaders' meetings and scaled agreement on contested General Assembly votes",
    literature=LITERATURE,
    dyads=["CHN-RUS"],
    claims=("G6", "R2", "R3"),
)
def political(record: Record, dyad: Dyad) -> Iterable[Point]:
    """The political dimension by year."""
    return cooperation_intensity(record).dimensions["political"]


@declare(
    name=f"{NAME}.economic",
    title="Bilateral cooperation intensity, economic dimension (rebuilt)",
    unit="index",
    dimension="economic",
    definition=DEFINITION,
    formula="mean of scaled trade salience and scaled Russian share of Chinese crude imports",
    literature=LITERATURE,
    dyads=["CHN-RUS"],
    claims=("G3", "G4", "B3"),
)
def economic(record: Record, dyad: Dyad) -> Iterable[Point]:
    """The economic dimension by year."""
    return cooperation_intensity(record).dimensions["economic"]


@declare(
    name=f"{NAME}.military",
    title="Bilateral cooperation intensity, military dimension (rebuilt)",
    unit="index",
    dimension="security",
    definition=DEFINITION,
    formula="mean of scaled arms salience over five years and scaled named joint exercises",
    literature=LITERATURE,
    dyads=["CHN-RUS"],
    claims=("B4", "R9", "T13"),
)
def military(record: Record, dyad: Dyad) -> Iterable[Point]:
    """The military dimension by year."""
    return cooperation_intensity(record).dimensions["military"]
