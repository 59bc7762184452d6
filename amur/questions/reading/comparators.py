"""How like other alliances the relationship is: distances of profiles and markers held, straight from the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amur.record.measures import measure
from amur.record.measures.profiles import all_profile

if TYPE_CHECKING:
    from amur.record.record import Record

NAMES = {
    "CHN-RUS": "China–Russia",
    "CHN-IRN": "China–Iran",
    "RUS-BLR": "Russia–Belarus",
    "USA-JPN": "United States–Japan",
    "USA-GBR": "United States–United Kingdom",
    "RUS-PRK": "Russia–North Korea",
    "CHN-PRK": "China–North Korea",
}


class Compared(NamedTuple):
    """One dyad beside China–Russia in a year: its distance, 0 alike to 1, over components all comparators share.

    ``own`` is the distance over all components that this pair has (``many``), ``low`` and ``high`` what it becomes when any
    one is left out. ``held`` of ``known`` coded alliance markers it holds (None: none coded).
    """

    dyad: str
    common: float
    own: float
    low: float
    high: float
    many: int
    held: int | None
    known: int | None


class Comparison(NamedTuple):
    """Comparators from the nearest to the farthest, the components that all share, what China–Russia itself holds."""

    year: str
    common: tuple[str, ...]
    others: tuple[Compared, ...]
    held: int | None
    known: int | None
    sources: tuple[str, ...]


def compare(record: Record, year: str) -> Comparison:
    """China–Russia beside the comparators at the end of a year; those that share nothing with it are left out."""
    found = all_profile(record, year)
    others: list[Compared] = []
    sources: dict[str, None] = {}
    for each in found.distances:
        if each.distance is None or each.on_common is None or each.low is None or each.high is None:
            continue
        held, known = _markers(record, each.other, year)
        others.append(
            Compared(
                each.other, each.on_common, each.distance, each.low, each.high, len(each.compared), held, known
            )
        )
        sources |= dict.fromkeys(source for one in each.compared for source in one.sources)
    others.sort(key=lambda each: (each.common, each.own))
    return Comparison(
        found.year, found.common, tuple(others), *_markers(record, "CHN-RUS", year), tuple(sources)
    )


def _markers(record: Record, dyad: str, year: str) -> tuple[int | None, int | None]:
    """Alliance markers held and coded in a year."""
    held, known = (
        {point.period: point.value for point in measure(record, name, dyad).points}
        for name in ("alliance.held", "alliance.known")
    )
    return (round(held[year]), round(known[year])) if year in held and known.get(year) else (None, None)
