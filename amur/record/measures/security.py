"""Security: arms transfers by share and window, exercises and patrols, and the markers that tell an alliance.

Three warnings. SIPRI's trend-indicator value (TIV) measures military capability, not money, and deliveries are
lumpy: read the windows of five and ten years. Counts of exercises depend on who counts (this record's tally of
named exercises is a lower bound; CSIS counts patrols and war games too). And the markers of an alliance are
coded unevenly: a marker without a coding is missing, never absent, so that scores of two dyads compare only on
markers coded for both (:func:`compare`), as the three treaty obligations are for all nine dyads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from amur.errors import AmurError
from amur.record.measures.points import counted, difference, merged, ratio, splice, total
from amur.record.measures.registry import Dyad, Measure, declare
from amur.record.measures.running import cumulative, window
from amur.record.record import Record
from amur.record.schema import Event
from amur.record.timeseries import Point, TimeSeries

# ---------------------------------------------------------------- arms transfers

EXPORT_SHARES = (
    "RUS-CHN",
    "RUS-IND",
    "RUS-VNM",
    "RUS-IRN",
    "RUS-BLR",
    "RUS-KAZ",
    "RUS-PRK",
    "CHN-RUS",
    "CHN-IRN",
    "CHN-PRK",
    "PRK-RUS",
    "IRN-RUS",
)
"""Supplier and recipient: dyads whose share of the supplier's exports the record can give."""

IMPORT_SHARES = (
    "CHN-RUS",
    "IND-RUS",
    "VNM-RUS",
    "IRN-RUS",
    "BLR-RUS",
    "KAZ-RUS",
    "PRK-RUS",
    "RUS-CHN",
    "RUS-PRK",
    "RUS-IRN",
    "IRN-CHN",
    "PRK-CHN",
    "JPN-USA",
    "GBR-USA",
)
"""Recipient and supplier: dyads whose share of the recipient's imports the record can give."""

SIPRI = "SIPRI Arms Transfers Database; Holtom, Bromley and Simmel 2012, Measuring International Arms Transfers, SIPRI Fact Sheet"
BEFORE_REGISTER = "total of the spring 2026 release, as the register copy starts in 1995"


def deliveries(record: Record, supplier: str, recipient: str) -> TimeSeries:
    """Deliveries of major arms in a year, million TIV."""
    return record.timeseries(f"security.arms.tiv.{supplier.lower()}-{recipient.lower()}")


def all_deliveries(record: Record, direction: str) -> list[Point]:
    """All exports (``rus-world``) or imports (``world-chn``) of a state, million TIV: from the register that the
    dyads come from, and before 1995 from SIPRI's later totals where the record has them."""
    later = f"security.arms.tiv.{direction}"
    register = record.timeseries(f"security.arms.tiv-register.{direction}")
    if later not in record:
        return list(register.points)
    early = [point for point in record.timeseries(later).points if point.period < "1995"]
    return splice(register, (early, BEFORE_REGISTER))


def _arms_share(of: str, years: int) -> Measure:
    """Declares the share of a's exports that go to b, or of a's imports that come from b."""
    exports = of == "exports"

    def compute(record: Record, dyad: Dyad) -> list[Point]:
        a, b = dyad
        between = deliveries(record, a, b) if exports else deliveries(record, b, a)
        everything = all_deliveries(record, f"{a.lower()}-world" if exports else f"world-{a.lower()}")
        return ratio(window(between, years), window(everything, years))

    ending = "" if years == 1 else f", {years} years to the year given"
    way = "exports that go to b" if exports else "imports that come from b"
    return declare(
        name=f"arms.share-of-{of}{'' if years == 1 else f'.{years}y'}",
        title=f"Share of arms {of}{ending}",
        unit="percent",
        dimension="security",
        definition=f"Share of a's {way} in SIPRI's trend-indicator value of major arms delivered{ending};"
        " numerator and total of one vintage (register of February 2026) from 1995 on; its last year, 2024, is"
        f" revised upward in later releases. No value where a had no {of} at all.",
        formula=f"100 sum TIV(a,b) / sum TIV(a), {years} year{'s' if years > 1 else ''}",
        literature=SIPRI,
        dyads=EXPORT_SHARES if exports else IMPORT_SHARES,
        claims=("G20", "B4", "G9") if exports else ("B4", "P1", "G9"),
        directed=True,
    )(compute)


arms_exports = _arms_share("exports", 1)
arms_exports_5y = _arms_share("exports", 5)
arms_exports_10y = _arms_share("exports", 10)
arms_imports = _arms_share("imports", 1)
arms_imports_5y = _arms_share("imports", 5)
arms_imports_10y = _arms_share("imports", 10)


@declare(
    name="arms.share-of-imports.5y.beside-published",
    title="Arms import share less the share SIPRI published",
    unit="percentage points",
    dimension="security",
    definition="arms.share-of-imports.5y from the register of February 2026 less the share for the same five years"
    " in SIPRI's fact sheet of the following March: revisions of the database since, and rounding to a whole"
    " percent.",
    formula="computed - published",
    literature=SIPRI,
    dyads=("IND-RUS",),
    claims=("G20",),
    directed=True,
)
def beside_published(record: Record, dyad: Dyad) -> list[Point]:
    published = record.timeseries("security.arms.share5-pub.rus-in-ind-imports")
    return difference(arms_imports_5y.compute(record, dyad), published)


# ---------------------------------------------------------------- exercises and patrols

BOTH = ("CHN-RUS",)
TALLY = "security.exercises.tally.chn-rus"
FIRST_EXERCISE = "2003"
EXERCISE_LITERATURE = (
    "CSIS ChinaPower; Weitz 2015, Parsing Chinese-Russian Military Exercises, US Army War College"
)


@declare(
    name="exercises.tally",
    title="Joint exercises in the year",
    unit="exercises",
    dimension="security",
    definition="Named exercises with Chinese and Russian forces, bilateral or with others, that this record could"
    " identify; patrols, police and coast guard left out. A lower bound; 2020 is missing.",
    formula="count",
    literature=EXERCISE_LITERATURE,
    dyads=BOTH,
    claims=("R9", "T13", "G2"),
)
def exercises(record: Record, dyad: Dyad) -> list[Point]:
    return list(record.timeseries(TALLY).points)


@declare(
    name="exercises.tally.cumulative",
    title="Joint exercises since 2003",
    unit="exercises",
    dimension="security",
    definition="Running total of exercises.tally from 2003: a lower bound.",
    formula="sum since 2003",
    literature=EXERCISE_LITERATURE,
    dyads=BOTH,
    claims=("R9",),
)
def exercises_cumulative(record: Record, dyad: Dyad) -> list[Point]:
    return cumulative(record.timeseries(TALLY), FIRST_EXERCISE)


@declare(
    name="exercises.with-others",
    title="Joint exercises with third states",
    unit="exercises",
    dimension="security",
    definition="Of the dated exercises of the year in which Chinese and Russian forces took part, those with at"
    " least one named third state. Years without a dated exercise have no value, as the list of dated events is"
    " shorter than the tally; third states of very large exercises (Vostok) are not all named.",
    formula="count of dated events",
    literature="this record's events",
    dyads=BOTH,
    claims=("R9", "B1"),
)
def exercises_with_others(record: Record, dyad: Dyad) -> list[Point]:
    years: dict[str, list[Event]] = {}
    for event in record.find_events(kind="exercise", actor=dyad.a):
        if dyad.b in event.actors.split(";"):
            years.setdefault(event.date[:4], []).append(event)
    found = []
    for year, events in years.items():
        wider = [event for event in events if len(event.actors.split(";")) > 2]
        note = f"{len(wider)} of {len(events)} dated exercises" + (
            f": {', '.join(event.event for event in wider)}" if wider else ""
        )
        found.append(counted(year, float(len(wider)), events, note))
    return found


def _patrols(name: str, title: str, definition: str, kinds: tuple[str, ...], running: bool = False) -> Measure:
    def compute(record: Record, dyad: Dyad) -> list[Point]:
        yearly = total(*(record.timeseries(f"security.patrols.{kind}.chn-rus") for kind in kinds))
        return cumulative(yearly, FIRST_EXERCISE) if running else yearly

    return declare(
        name=name,
        title=title,
        unit="patrols",
        dimension="security",
        definition=definition,
        formula="sum since 2003" if running else " + ".join(kinds),
        literature="Chinese and Russian defence ministries, by their own numbering",
        dyads=BOTH,
        claims=("T13", "R9"),
    )(compute)


patrols_air = _patrols(
    "patrols.air", "Joint air patrols", "Joint strategic bomber patrols in the year (first 2019).", ("air",)
)
patrols_naval = _patrols(
    "patrols.naval",
    "Joint naval patrols",
    "Joint patrols of surface ships in the year (first 2021); coast guard and submarine patrols left out.",
    ("naval",),
)
patrols = _patrols(
    "patrols.all", "Joint patrols", "Air and naval patrols of the year together.", ("air", "naval")
)
patrols_cumulative = _patrols(
    "patrols.cumulative",
    "Joint patrols since 2003",
    "Running total of patrols.all.",
    ("air", "naval"),
    running=True,
)


class ExerciseCounts(NamedTuple):
    """What different counters found for one year; None where a counter gives nothing for it."""

    year: str
    tally: float | None
    tally_cumulative: float | None
    ndu: float | None
    csis_cumulative: float | None
    patrols_air: float | None
    patrols_naval: float | None


def exercise_counts(record: Record) -> list[ExerciseCounts]:
    """This record's tally, the count of the US National Defense University and the CSIS total (which holds
    patrols and war games too) side by side, with patrols, by year since 2003 (R9)."""
    dyad = Dyad.parse(BOTH[0])
    csis = record.timeseries("security.exercises.cumulative-csis.chn-rus")
    columns = [
        record.timeseries(TALLY).values,
        exercises_cumulative.of(record, dyad).values,
        record.timeseries("security.exercises.ndu.chn-rus").values,
        {point.period[:4]: point.value for point in csis.points},
        patrols_air.of(record, dyad).values,
        patrols_naval.of(record, dyad).values,
    ]
    years = sorted(set().union(*columns))
    return [ExerciseCounts(year, *(column.get(year) for column in columns)) for year in years]


# ---------------------------------------------------------------- markers of an alliance

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


def _profile(codings: dict[str, tuple[Point, ...]], dyad: Dyad, year: str) -> Profile:
    return Profile(dyad, year, tuple(_marker(marker, points, year) for marker, points in codings.items()))


def _codings(record: Record, dyad: Dyad) -> dict[str, tuple[Point, ...]]:
    """The codings of each marker for a dyad; none where the record has no such series."""
    names = {marker: f"alliance.marker.{marker}.{str(dyad).lower()}" for marker in MARKERS}
    return {marker: record.timeseries(name).points if name in record else () for marker, name in names.items()}


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


def _marker(marker: str, codings: tuple[Point, ...], year: str) -> Marker:
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
