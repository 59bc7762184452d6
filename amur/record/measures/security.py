"""Security: arms transfers by share and window, exercises and patrols, and the markers that tell an alliance.

Three warnings. SIPRI's trend-indicator value (TIV) measures military capability, not money, and deliveries are
lumpy: read the windows of five and ten years. Counts of exercises depend on who counts (this record's tally of
named exercises is a lower bound; CSIS counts patrols and war games too). And the markers of an alliance are
coded unevenly: a marker without a coding is missing, never absent, so that scores of two dyads compare only on
markers coded for both (:func:`compare`), as the three treaty obligations are for all nine dyads.
"""

from __future__ import annotations

from typing import NamedTuple

from amur.record.measures.points import counted, difference, ratio, splice, total
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
