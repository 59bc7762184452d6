"""The generated parts of the pages on measures: the list of all measures, and the tables of the composite ones.

``python -m amur.record.measures.page docs/measures-*.md`` rewrites those parts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from amur import atomic
from amur.record import pages
from amur.record.measures import bci, influence, profiles
from amur.record.measures.registry import Dyad, catalogue
from amur.record.read import read_text
from amur.record.record import Record, load
from amur.record.timeseries import Point

INDEX_YEARS = ("1992", "1998", "2005", "2012", "2019", "2022", "2024", "2025")
LEVERAGE_YEARS = ("1998", "2008", "2013", "2019", "2023", "2025")
DISTANCE_YEARS = ("2001", "2013", "2021", "2025")


def refreshed(page: str, record: Record) -> str:
    """The page with its generated parts made anew. AmurError for a part that is not known."""
    return pages.refreshed(page, {name: partial(part, record) for name, part in PARTS.items()})


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _by_year(years: Iterable[str], *columns: Iterable[Point]) -> list[list[str]]:
    tables = [{point.period: point.value for point in points} for points in columns]
    return [[year, *(_number(table[year]) for table in tables)] for year in years]


def _measures(dimensions: tuple[str, ...], record: Record) -> str:
    rows = [
        (f"`{one.name}`", one.title, one.unit, one.formula, one.literature, len(one.dyads))
        for one in catalogue().values()
        if one.dimension in dimensions
    ]
    return pages.table(["name", "title", "unit", "formula", "literature", "dyads"], rows)


def _index(record: Record) -> str:
    built = bci.cooperation_intensity(record)
    rows = _by_year(INDEX_YEARS, built.index, *built.dimensions.values())
    return pages.table(["year", "index", *built.dimensions], rows)


def _leverage(record: Record) -> str:
    russia, china = (influence.leverage(record, dyad) for dyad in (Dyad("RUS", "CHN"), Dyad("CHN", "RUS")))
    header = [
        "year",
        "bandwidth",
        "Russia on China: dependence",
        "leverage of China",
        "China on Russia: dependence",
        "leverage of Russia",
    ]
    columns = (russia.bandwidth, russia.dependence, russia.leverage, china.dependence, china.leverage)
    return pages.table(header, _by_year(LEVERAGE_YEARS, *columns))


def _fbic(record: Record) -> str:
    header = ["dyad", "ours", "years", "levels", "changes", "same direction", "growth, ours", "growth, FBIC"]
    rows = []
    for one in influence.against_fbic(record):
        shown = (one.levels, one.changes, one.same_direction)
        grown = (one.growth_ours, one.growth_published)
        rows.append(
            (
                one.dyad,
                one.ours,
                one.years,
                *("" if value is None else _number(value) for value in shown),
                *("" if value is None else f"{value:.1f}" for value in grown),
            )
        )
    return pages.table(header, rows)


def _distances(record: Record) -> str:
    profile_of = {year: profiles.all_profile(record, year) for year in DISTANCE_YEARS}
    rows = []
    for other in map(str, (*profiles.IRAN, *profiles.ALLIANCES)):
        found = [profile_of[year][other] for year in DISTANCE_YEARS]
        cells = [
            f"{one.distance:.2f} ({one.low:.2f}–{one.high:.2f}; {len(one.compared)})"
            for one in found
            if one.distance is not None
        ]
        rows.append([other, *cells])
    return pages.table(["from", *DISTANCE_YEARS], rows)


PARTS: dict[str, Callable[[Record], str]] = {
    "economic-measures": partial(_measures, ("economic",)),
    "political-measures": partial(_measures, ("political",)),
    "security-measures": partial(_measures, ("security",)),
    "societal-measures": partial(_measures, ("societal",)),
    "index": _index,
    "leverage": _leverage,
    "fbic": _fbic,
    "distances": _distances,
}


if __name__ == "__main__":
    whole = load(overlay=False)
    for target in map(Path, sys.argv[1:]):
        atomic.write_text(target, refreshed(read_text(target), whole))
