"""The markers that tell an alliance, and how many of them a dyad holds.

They are coded unevenly: a marker without a coding is missing, never absent, so that scores of two dyads compare
only on markers coded for both (:func:`compare`), as the three treaty obligations are for all nine dyads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from amur.errors import AmurError
from amur.record.measures.points import held, merged
from amur.record.measures.registry import Dyad, Measure, declare
from amur.record.record import Record
from amur.record.timeseries import Point

MARKERS: dict[str, str] = {
    "mutual-defence-treaty": "a treaty obliges each to defend the other",
    "consultation-treaty": "a treaty obliges them to consult in a crisis",
    "nonaggression-treaty": "a treaty obliges them not to attack each other",
    "joint-command": "a standing joint command over forces of both",
    "permanent-basing": "forces of one permanently on the territory of the other",
    "base-access": "aircraft or ships use the partner's bases in operations or exercises",
    "nuclear-sharing": "nuclear weapons of one deployed with the other",
    "integrated-planning-doctrine": "a common doctrine or standing common defence plans",
    "joint-patrols": "regular joint patrols at sea or in the air",
    "intelligence-treaty": "an agreement on intelligence cooperation in force",
}
"""The markers by which an alliance is told, and what each means."""

TREATIES = ("mutual-defence-treaty", "consultation-treaty", "nonaggression-treaty")
"""The obligations coded for every dyad by the ATOP project (Leeds et al. 2002)."""

MARKER_DYADS = (
    "CHN-RUS",
    "RUS-BLR",
    "USA-JPN",
    "USA-GBR",
    "RUS-PRK",
    "CHN-PRK",
    "CHN-IRN",
    "RUS-IRN",
    "RUS-IND",
)
"""Dyads with markers in the record."""

ATOP = "Leeds, Ritter, Mitchell and Long 2002, Alliance Treaty Obligations and Provisions, International Interactions 28"
KOROLEV = "Korolev 2019, How Closely Aligned Are China and Russia?, International Politics 57"


class Marker(NamedTuple):
    """One marker in one year. ``held`` is None where the record has no coding up to that year (missing, which
    is not absent); ``coded`` is the period of the coding used, ``carried`` says that it is an earlier one."""

    marker: str
    meaning: str
    held: bool | None
    coded: str
    carried: bool
    point: Point | None

    def as_json(self) -> dict[str, object]:
        """The same, ready for JSON."""
        return {
            "marker": self.marker,
            "meaning": self.meaning,
            "held": self.held,
            "coded": self.coded,
            "carried": self.carried,
            "note": self.point.note if self.point else "",
            "sources": list(self.point.sources) if self.point else [],
        }


@dataclass(frozen=True)
class Profile:
    """The markers of a dyad in a year. Scores are shares from 0 to 1; those of two dyads with different known
    markers do not compare: see :func:`compare`, :attr:`treaties` and the bounds."""

    dyad: Dyad
    year: str
    markers: tuple[Marker, ...]

    @cached_property
    def by_name(self) -> dict[str, Marker]:
        """Markers by name."""
        return {marker.marker: marker for marker in self.markers}

    @property
    def known(self) -> tuple[Marker, ...]:
        """Markers with a coding."""
        return tuple(marker for marker in self.markers if marker.held is not None)

    @property
    def held(self) -> tuple[str, ...]:
        """Names of the markers held."""
        return tuple(marker.marker for marker in self.markers if marker.held)

    @property
    def absent(self) -> tuple[str, ...]:
        """Names of the markers coded as not held."""
        return tuple(marker.marker for marker in self.markers if marker.held is False)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the markers without a coding."""
        return tuple(marker.marker for marker in self.markers if marker.held is None)

    @property
    def carried(self) -> tuple[str, ...]:
        """Names of the markers whose coding is of an earlier year."""
        return tuple(marker.marker for marker in self.markers if marker.carried)

    @property
    def score(self) -> float | None:
        """Markers held as a share of those known; None where none is known."""
        return len(self.held) / len(self.known) if self.known else None

    @property
    def bounds(self) -> tuple[float, float]:
        """Share of all markers held if none of the missing ones were held, and if all were."""
        many = len(self.markers)
        return len(self.held) / many, (len(self.held) + len(self.missing)) / many

    @property
    def treaties(self) -> float | None:
        """Treaty obligations held as a share of those coded: comparable across dyads."""
        coded = [self.by_name[name].held for name in TREATIES if self.by_name[name].held is not None]
        return sum(map(bool, coded)) / len(coded) if coded else None

    def note(self) -> str:
        """What is held, not held, missing and carried, in one line."""
        parts = [f"{len(self.held)} of {len(self.known)} known markers held of {len(self.markers)} asked"]
        for word, names in [("held", self.held), ("not held", self.absent), ("not coded", self.missing)]:
            parts += [f"{word}: {', '.join(names)}"] if names else []
        carried = [f"{name} ({self.by_name[name].coded})" for name in self.carried]
        parts += [f"carried from an earlier coding: {', '.join(carried)}"] if carried else []
        return "; ".join(parts)

    def as_json(self) -> dict[str, object]:
        """The profile, ready for JSON."""
        low, high = self.bounds
        return {
            "dyad": str(self.dyad),
            "year": self.year,
            "score": self.score,
            "known": len(self.known),
            "total": len(self.markers),
            "low": low,
            "high": high,
            "treaties": self.treaties,
            "markers": [marker.as_json() for marker in self.markers],
        }


def profile(record: Record, dyad: str | Dyad, year: str | int) -> Profile:
    """The alliance markers of a dyad in a year: each by its last coding up to then, or missing.

    AmurError for a dyad that the record has no markers of, and for a year that is not one.
    """
    pair, name = _marker_dyad(dyad), str(year)
    if not (name.isdigit() and len(name) == 4):
        raise AmurError(f"'{year}' is not a year", field="year", mend="Write a year such as 2024.")
    return _profile(_codings(record, pair), pair, name)


def _profile(codings: dict[str, list[Point]], dyad: Dyad, year: str) -> Profile:
    return Profile(dyad, year, tuple(_marker(marker, points, year) for marker, points in codings.items()))


def _codings(record: Record, dyad: Dyad) -> dict[str, list[Point]]:
    """The codings of each marker for a dyad; none where the record has no such series."""
    return {marker: held(record, f"alliance.marker.{marker}.{str(dyad).lower()}") for marker in MARKERS}


def _marker_dyad(dyad: str | Dyad) -> Dyad:
    pair = Dyad.parse(dyad) if isinstance(dyad, str) else dyad
    for found in (pair, pair.swapped):
        if str(found) in MARKER_DYADS:
            return found
    raise AmurError(
        f"the record has no alliance markers of {pair}",
        field="dyad",
        mend=f"It has of {', '.join(MARKER_DYADS)}.",
    )


def _marker(marker: str, codings: list[Point], year: str) -> Marker:
    point = max((p for p in codings if p.period <= year), key=lambda p: p.period, default=None)
    if point is None:
        return Marker(marker, MARKERS[marker], None, "", False, None)
    return Marker(marker, MARKERS[marker], bool(point.value), point.period, point.period < year, point)


class Comparison(NamedTuple):
    """Two profiles on the markers coded for both: those that agree, those that only one holds."""

    both: tuple[str, ...]
    neither: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    not_comparable: tuple[str, ...]

    @property
    def distance(self) -> float | None:
        """Share of the comparable markers on which the two differ; None where none compares."""
        apart = len(self.only_first) + len(self.only_second)
        many = apart + len(self.both) + len(self.neither)
        return apart / many if many else None


def compare(first: Profile, second: Profile) -> Comparison:
    """Two profiles marker by marker. Simple matching distance on those coded for both."""
    found: dict[str, list[str]] = {name: [] for name in Comparison._fields}
    for name in MARKERS:
        one, other = first.by_name[name].held, second.by_name[name].held
        if one is None or other is None:
            kind = "not_comparable"
        elif one == other:
            kind = "both" if one else "neither"
        else:
            kind = "only_first" if one else "only_second"
        found[kind].append(name)
    return Comparison(**{kind: tuple(names) for kind, names in found.items()})


def _marker_years(record: Record) -> range:
    """From the first to the last year in which any marker of any dyad is coded."""
    years = {
        int(point.period)
        for name in record.series
        if name.startswith("alliance.marker.")
        for point in record.timeseries(name).points
    }
    return range(min(years), max(years) + 1) if years else range(0)


def _profile_points(record: Record, dyad: Dyad, value: str) -> Iterable[Point]:
    codings = _codings(record, dyad)
    for year in _marker_years(record):
        found = _profile(codings, dyad, str(year))
        number = {
            "score": found.score,
            "treaties": found.treaties,
            "known": float(len(found.known)),
            "held": float(len(found.held)),
        }[value]
        if number is not None and found.known:
            points = [marker.point for marker in found.known if marker.point]
            scaled = number * 100 if value in ("score", "treaties") else number
            yield merged(found.year, scaled, points)._replace(note=found.note())


def _markers(value: str, title: str, unit: str, definition: str, formula: str) -> Measure:
    return declare(
        name=f"alliance.{value}",
        title=title,
        unit=unit,
        dimension="security",
        definition=definition + " Each marker counts by its last coding up to the year (ATOP ends in 2018); one"
        " without a coding is missing, not absent. The note names held, not held, missing and carried ones.",
        formula=formula,
        literature=f"{ATOP}; {KOROLEV}",
        dyads=MARKER_DYADS,
        claims=("T13", "R9", "G10", "P10", "B1"),
    )(lambda record, dyad: _profile_points(record, dyad, value))


alliance_score = _markers(
    "score",
    "Alliance markers held, of those known",
    "percent",
    "Markers of an alliance held as a share of those coded for the dyad. Dyads differ in what is coded: do not"
    " rank them by it.",
    "100 held / known",
)
alliance_treaties = _markers(
    "treaties",
    "Treaty obligations held",
    "percent",
    "Of three treaty obligations (mutual defence, consultation, non-aggression), the share in force; coded for"
    " every dyad, so that dyads compare.",
    "100 held / coded, three obligations",
)
alliance_held = _markers("held", "Alliance markers held", "count", "Number of markers coded as held.", "count")
alliance_known = _markers(
    "known", "Alliance markers coded", "count", "Number of markers with a coding.", "count"
)
