"""Profiles: how far the China–Russia vector of measures lies from other dyads.

The *Iranization profile* compares it with China–Iran (claim P13: resources and economic support for a weak
partner that keeps its autonomy); the *alliance profile* with Russia–Belarus, the United States with Japan
and with the United Kingdom, Russia–North Korea and China–North Korea (claims T13, R9, B1).

A dyad is written patron first, junior second (``CHN-RUS``). Each component is put on a fixed, stated scale
from 0 to 1; the distance is Gower's: the mean absolute difference over the components both dyads have. The
record has few components for most comparators, so every answer shows what was compared, what was missing,
and how far the distance moves when any one component is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import mean

from amur.errors import AmurError
from amur.record.measures.answers import CHINA_RUSSIA, Answer, last_year
from amur.record.measures.components import COMPONENTS, Component
from amur.record.measures.points import by_period, merged, since
from amur.record.measures.registry import Dyad, declare
from amur.record.record import Record
from amur.record.timeseries import Point

IRAN = (Dyad("CHN", "IRN"),)
ALLIANCES = (Dyad("RUS", "BLR"), Dyad("USA", "JPN"), Dyad("USA", "GBR"), Dyad("RUS", "PRK"), Dyad("CHN", "PRK"))
FIRST = 1999

OLDEST = 6
"""How many years before the year asked for a value may lie and still serve."""

LITERATURE = (
    "Gower 1971, A general coefficient of similarity, Biometrics 27(4); alliance obligations: Leeds and others "
    "2002, ATOP; markers of integration: Korolev 2019, doi 10.1057/s41311-019-00178-8. Choice of components is ours."
)


# The comparison


@dataclass(frozen=True)
class Compared:
    """One component in both dyads: values with their years, on the scale, and the difference."""

    name: str
    group: str
    title: str
    unit: str
    value: float
    year: str
    other: float
    other_year: str
    on_scale: float
    other_on_scale: float
    difference: float
    sources: tuple[str, ...]
    note: str = ""
    origin: str = ""
    revised: bool = False


@dataclass(frozen=True)
class Missing:
    """A component that cannot be compared, and which dyad lacks it."""

    name: str
    title: str
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Distance(Answer):
    """The distance of one dyad from another in a year: 0 alike, 1 as far apart as the scales allow.

    ``distance`` is the mean over components (None where nothing can be compared); ``groups`` holds the mean of
    each group (trade, energy, treaties …) and ``of_groups`` the mean of these, so that treaties coded in three
    columns do not count thrice; ``without`` is the distance with each component left out, ``low`` and ``high``
    its range; ``on_common`` the distance over the components that all dyads of a profile share.
    """

    dyad: str
    other: str
    year: str
    distance: float | None
    groups: dict[str, float]
    of_groups: float | None
    compared: tuple[Compared, ...]
    missing: tuple[Missing, ...]
    without: dict[str, float]
    low: float | None
    high: float | None
    on_common: float | None = None


@dataclass(frozen=True)
class Profile(Answer):
    """Distances of China–Russia from several dyads in one year.

    ``common`` names the components that all of them share; only the distances over these
    (``Distance.on_common``) can be set beside each other, and the nearest dyads are ordered by it.
    """

    name: str
    year: str
    distances: tuple[Distance, ...]
    common: tuple[str, ...]

    def __getitem__(self, other: str) -> Distance:
        return next(distance for distance in self.distances if distance.other == other)


def distance(record: Record, other: Dyad, year: str | int, dyad: Dyad = CHINA_RUSSIA) -> Distance:
    """Gower distance of ``dyad`` from ``other`` in a year, over the components both have.

    Of each component the same year is taken for both, the last one up to ``year`` that both have, not more
    than six years before; where they share none, each one's last, and the years are shown.
    """
    return _distance(vector(record, dyad), vector(record, other), str(year))


@dataclass(frozen=True)
class Vector:
    """The components of a dyad through time, by name."""

    dyad: Dyad
    points: dict[str, list[Point]]


def vector(record: Record, dyad: Dyad) -> Vector:
    """Every component of a dyad in every year that the record has it."""
    return Vector(dyad, {component.name: list(component.of(record, dyad)) for component in COMPONENTS})


def _distance(dyad: Vector, other: Vector, year: str) -> Distance:
    compared, missing = [], []
    for component in COMPONENTS:
        found = _compare(component, dyad, other, year)
        if isinstance(found, Compared):
            compared.append(found)
        else:
            missing.append(found)
    differences = {one.name: one.difference for one in compared}
    groups = _groups(compared)
    without = {
        name: mean(value for key, value in differences.items() if key != name)
        for name in differences
        if len(differences) > 1
    }
    return Distance(
        str(dyad.dyad),
        str(other.dyad),
        year,
        mean(differences.values()) if differences else None,
        groups,
        mean(groups.values()) if groups else None,
        tuple(compared),
        tuple(missing),
        without,
        min(without.values(), default=None),
        max(without.values(), default=None),
    )


def _groups(compared: Iterable[Compared]) -> dict[str, float]:
    """Mean difference of each group."""
    groups: dict[str, list[float]] = {}
    for one in compared:
        groups.setdefault(one.group, []).append(one.difference)
    return {name: mean(values) for name, values in groups.items()}


def _compare(component: Component, dyad: Vector, other: Vector, year: str) -> Compared | Missing:
    tables = [_recent(one.points[component.name], year) for one in (dyad, other)]
    lacking = tuple(str(one.dyad) for one, table in zip((dyad, other), tables, strict=True) if not table)
    if lacking:
        return Missing(component.name, component.title, lacking)
    shared = set(tables[0]) & set(tables[1])
    years = [max(shared)] * 2 if shared else [max(table) for table in tables]
    ours, theirs = (table[one] for table, one in zip(tables, years, strict=True))
    both = merged(year, 0.0, (ours, theirs))
    here, there = component.on_scale(ours.value), component.on_scale(theirs.value)
    return Compared(
        component.name,
        component.group,
        component.title,
        component.unit,
        ours.value,
        ours.period,
        theirs.value,
        theirs.period,
        here,
        there,
        abs(here - there),
        both.sources,
        both.note,
        both.origin,
        both.revised,
    )


def _recent(points: Iterable[Point], year: str) -> dict[str, Point]:
    """The points of the years that may serve for ``year``."""
    return by_period(since(points, str(int(year) - OLDEST), year))


def profile(record: Record, name: str, others: Iterable[Dyad], year: str | int | None = None) -> Profile:
    """Distances of China–Russia from several dyads; without a year, the last one that has ended."""
    when = str(year if year is not None else last_year(record))
    if not when.isdigit() or len(when) != 4:
        raise AmurError(f"'{when}' is not a year", field="year", mend="Write a year such as 2021.")
    ours = vector(record, CHINA_RUSSIA)
    found = [_distance(ours, vector(record, other), when) for other in others]
    sets = [{one.name for one in each.compared} for each in found]
    common = tuple(
        component.name for component in COMPONENTS if sets and all(component.name in one for one in sets)
    )
    return Profile(name, when, tuple(_with_common(each, common) for each in found), common)


def _with_common(found: Distance, common: tuple[str, ...]) -> Distance:
    differences = [one.difference for one in found.compared if one.name in common]
    return replace(found, on_common=mean(differences) if differences else None)


@dataclass(frozen=True)
class Nearer(Answer):
    """Two dyads beside China–Russia over the components that all three have in the record."""

    year: str
    components: tuple[str, ...]
    distances: dict[str, float | None]
    nearer: str | None
    unanimous: bool


def nearer(record: Record, first: Dyad, second: Dyad, year: str | int | None = None) -> Nearer:
    """Which of two dyads China–Russia is nearer to, on components that both comparisons have.

    ``nearer`` is None for a tie or where nothing is shared; ``unanimous`` says that the answer holds whichever one
    component is left out.
    """
    pair = profile(record, "pair", (first, second), year)
    differences = [
        {one.name: one.difference for one in each.compared if one.name in pair.common}
        for each in pair.distances
    ]
    winners = {
        _winner(first, second, [{k: v for k, v in each.items() if k != name} for each in differences])
        for name in ("", *pair.common)
    }
    winner = _winner(first, second, differences)
    return Nearer(
        pair.year,
        pair.common,
        {each.other: each.on_common for each in pair.distances},
        winner,
        winner is not None and winners == {winner},
    )


def _winner(first: Dyad, second: Dyad, differences: list[dict[str, float]]) -> str | None:
    one, other = (mean(each.values()) if each else None for each in differences)
    if one is None or other is None or math.isclose(one, other):
        return None
    return str(first if one < other else second)


def iranization_profile(record: Record, year: str | int | None = None) -> Profile:
    """China–Russia beside China–Iran (claim P13)."""
    return profile(record, "iranization", IRAN, year)


def alliance_profile(record: Record, year: str | int | None = None) -> Profile:
    """China–Russia beside five alliances (claims T13, R9, B1)."""
    return profile(record, "alliance", ALLIANCES, year)


def all_profile(record: Record, year: str | int | None = None) -> Profile:
    """China–Russia beside China–Iran and the five alliances, for the order over common components."""
    return profile(record, "iranization and alliance", (*IRAN, *ALLIANCES), year)


# As a measure


@declare(
    name="profile.distance",
    title="Distance of the China–Russia profile",
    unit="index 0-1",
    dimension="political",
    definition=(
        "Gower distance of the China–Russia vector of measures from that of this dyad: mean absolute difference "
        "of the components both have, each on a fixed scale from 0 to 1. A value may be up to six years old; the "
        "note gives the number of components and the range when any one is left out. Distances from different "
        "dyads rest on different components."
    ),
    formula="mean over components of |x(CHN-RUS) - x(dyad)|",
    literature=LITERATURE,
    dyads=[str(dyad) for dyad in (*IRAN, *ALLIANCES)],
    directed=True,
    claims=("P13", "T13", "R9", "B1", "B12"),
)
def distance_from_china_russia(record: Record, dyad: Dyad) -> Iterable[Point]:
    """The distance by year, for years with at least three components."""
    ours, theirs = vector(record, CHINA_RUSSIA), vector(record, dyad)
    for year in range(FIRST, last_year(record) + 1):
        found = _distance(ours, theirs, str(year))
        if found.distance is None or len(found.compared) < 3:
            continue
        names = ", ".join(one.name for one in found.compared)
        note = (
            f"{len(found.compared)} components ({names}); {found.low:.2f} to {found.high:.2f} without any one"
        )
        parts = [
            Point(found.year, one.difference, one.sources, "", one.origin, one.revised)
            for one in found.compared
        ]
        yield merged(found.year, found.distance, parts, note)
