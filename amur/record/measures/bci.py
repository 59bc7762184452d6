"""Bilateral Cooperation Intensity of China and Russia, after Papageorgiou and Vieira (2023), carried to 2025.

Their index has six indicators, two for each of three dimensions, from 1992 to 2019: official visits and
similarity of votes in the United Nations (political); overall trade and energy interdependence (economic);
arms-trade interdependence and military exercises (military). What they publish openly is this list and the
shape of the result, not the scores, weights or cut-offs. The rebuilding below is therefore ours wherever it
has to choose, and says where; ``bci_shape.published_shape`` confronts it with the shape they describe.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import mean
from typing import Literal

from amur.record.measures import council, energy, security, trade, votes
from amur.record.measures.answers import CHINA_RUSSIA, Answer, last_year
from amur.record.measures.points import by_period, counted, merged, since, splice
from amur.record.measures.registry import Dyad, Measure, declare
from amur.record.measures.running import trailing
from amur.record.record import Record
from amur.record.timeseries import Point

FIRST, LAST_PUBLISHED = 1992, 2019
"""The window of the published index. The scale of every component is set by this window alone."""

LEAST_COMPONENTS = 4
"""A year with fewer components of its own has no index."""

LEAST_YEARS = 5
"""A component with fewer years inside the window has no scale, and is left out."""

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
    return splice(council.leaders_meetings.compute(record, CHINA_RUSSIA), dated)


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
class CooperationIntensity(Answer):
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


def _dimension(name: str, of: str, formula: str, claims: tuple[str, ...]) -> Measure:
    return declare(
        name=f"{NAME}.{name}",
        title=f"Bilateral cooperation intensity, {name} dimension (rebuilt)",
        unit="index",
        dimension=of,
        definition=DEFINITION,
        formula=formula,
        literature=LITERATURE,
        dyads=["CHN-RUS"],
        claims=claims,
    )(lambda record, dyad: cooperation_intensity(record).dimensions[name])


political = _dimension(
    "political",
    "political",
    "mean of scaled leaders' meetings and scaled agreement on contested General Assembly votes",
    ("G6", "R2", "R3"),
)
economic = _dimension(
    "economic",
    "economic",
    "mean of scaled trade salience and scaled Russian share of Chinese crude imports",
    ("G3", "G4", "B3"),
)
military = _dimension(
    "military",
    "security",
    "mean of scaled arms salience over five years and scaled named joint exercises",
    ("B4", "R9", "T13"),
)
