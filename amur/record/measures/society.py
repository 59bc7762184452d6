"""Societies: what each public thinks of the other state, who studies and travels, how alike the regimes are.

Polls differ in question, sample and moment; each institute is its own measure and none is spliced to another.
Polling in both states is done under pressure: read levels with care and directions with more trust.
"""

from __future__ import annotations

from amur.record.measures.points import annual, combine, difference, total
from amur.record.measures.registry import Dyad, Measure, declare
from amur.record.record import Record
from amur.record.timeseries import Point

LEVADA = "Levada Center, attitude to countries"
ABOUT_CHINA = ("G2", "G23", "R10")

PLACES = {"CHN": "china", "USA": "us", "EUU": "eu", "BLR": "belarus", "KAZ": "kazakhstan"}
"""How the record's Levada series call the states asked about."""

ASKED = ("RUS-CHN", "RUS-USA", "RUS-EUU")


def _levada(record: Record, dyad: Dyad, answer: str) -> list[Point]:
    if answer != "net":
        return list(record.timeseries(f"society.levada.{PLACES[dyad.b]}-{answer}").points)
    return difference(_levada(record, dyad, "good"), _levada(record, dyad, "bad"))


def _attitude(answer: str, yearly: bool) -> Measure:
    words = {
        "good": "Share of a's adults with a mostly or very good attitude to b",
        "bad": "Share of a's adults with a mostly or very bad attitude to b",
        "net": "Good less bad attitude to b among a's adults, in months for which the record has both",
    }[answer]

    def compute(record: Record, dyad: Dyad) -> list[Point]:
        points = _levada(record, dyad, answer)
        return annual(points, how="mean", least=1) if yearly else points

    return declare(
        name=f"attitudes.levada.{answer}{'.annual' if yearly else ''}",
        title=f"{answer.capitalize()} attitude to the other state (Levada)"
        + (", mean of the year's readings" if yearly else ""),
        unit="percentage points" if answer == "net" else "percent",
        frequency="A" if yearly else "M",
        dimension="societal",
        definition=f"{words}, Levada Center"
        + (", mean of the readings of the year that the record has (one to four)." if yearly else "."),
        formula={"good": "percent", "bad": "percent", "net": "good - bad"}[answer],
        literature=LEVADA,
        dyads=ASKED,
        claims=ABOUT_CHINA,
        directed=True,
    )(compute)


levada_good = _attitude("good", yearly=False)
levada_bad = _attitude("bad", yearly=False)
levada_net = _attitude("net", yearly=False)
levada_good_annual = _attitude("good", yearly=True)
levada_bad_annual = _attitude("bad", yearly=True)
levada_net_annual = _attitude("net", yearly=True)


@declare(
    name="attitudes.levada.friend",
    title="Named among the closest friends (Levada)",
    unit="percent",
    dimension="societal",
    definition="Share of a's adults who name b when asked for the five countries that are closest friends or"
    " allies, Levada Center.",
    formula="percent",
    literature=LEVADA,
    dyads=("RUS-CHN", "RUS-BLR", "RUS-KAZ"),
    claims=ABOUT_CHINA,
    directed=True,
)
def levada_friend(record: Record, dyad: Dyad) -> list[Point]:
    return list(record.timeseries(f"society.levada.ally-{PLACES[dyad.b]}").points)


@declare(
    name="attitudes.vciom.friendly",
    title="Relations called friendly or good-neighbourly (VCIOM)",
    unit="percent",
    dimension="societal",
    definition="Share of a's adults who call present relations with b friendly or good-neighbourly, VCIOM.",
    formula="percent",
    literature="VCIOM",
    dyads=("RUS-CHN",),
    claims=ABOUT_CHINA,
    directed=True,
)
def vciom_friendly(record: Record, dyad: Dyad) -> list[Point]:
    return list(record.timeseries("society.vciom.relations-friendly").points)


@declare(
    name="attitudes.fom.net",
    title="Friendly less unfriendly state (FOM)",
    unit="percentage points",
    dimension="societal",
    definition="Share of a's adults who see b as a friendly state less the share who see it as unfriendly, FOM"
    " household survey; ends in 2006.",
    formula="friendly - unfriendly",
    literature="FOM (Public Opinion Foundation)",
    dyads=("RUS-CHN",),
    claims=ABOUT_CHINA,
    directed=True,
)
def fom_net(record: Record, dyad: Dyad) -> list[Point]:
    friendly, unfriendly = (
        record.timeseries(f"society.fom.china-{word}") for word in ("friendly", "unfriendly")
    )
    return difference(friendly, unfriendly)


def _ciss(what: str, title: str, unit: str, definition: str) -> Measure:
    places = {"RUS": "russia", "USA": "us"}

    def compute(record: Record, dyad: Dyad) -> list[Point]:
        return list(record.timeseries(f"society.ciss.{places[dyad.b]}-{what}").points)

    return declare(
        name=f"attitudes.ciss.{what}",
        title=title,
        unit=unit,
        dimension="societal",
        definition=definition,
        formula=unit,
        literature="Tsinghua University, Center for International Security and Strategy: Chinese Outlook on"
        " International Security",
        dyads=("CHN-RUS", "CHN-USA"),
        claims=("P11", "R6"),
        directed=True,
    )(compute)


ciss_favourable = _ciss(
    "favourable",
    "Favourable view of the other state (CISS)",
    "percent",
    "Share of mainland Chinese adults very or somewhat favourable to b, Tsinghua CISS online survey.",
)
ciss_score = _ciss(
    "score",
    "Favourability score of the other state (CISS)",
    "score 1-5",
    "Mean favourability of b on a scale of five, Tsinghua CISS online survey.",
)

TRAVEL_WAYS = ("CHN-RUS", "RUS-CHN")


def _people(
    what: str, series: str, title: str, definition: str, dyads: tuple[str, ...] = TRAVEL_WAYS
) -> Measure:
    def compute(record: Record, dyad: Dyad) -> list[Point]:
        return list(record.timeseries(f"society.{series.format(pair=str(dyad).lower())}").points)

    return declare(
        name=f"people.{what}",
        title=title,
        unit="thousand",
        dimension="societal",
        definition=definition,
        formula="count",
        literature="officials of both states, as cited",
        dyads=dyads,
        claims=("G2",),
        directed=True,
    )(compute)


students = _people(
    "students",
    "students.{pair}",
    "Students in the other state",
    "Citizens of a at higher education institutions of b, as officials state it.",
)
visits = _people(
    "visits",
    "visits.{pair}",
    "Trips to the other state",
    "Trips of citizens of a to b for all purposes: Chinese by the Russian border service, Russians by tourism"
    " ministries. The two ways come from different counters.",
)
tourists = _people(
    "tourists",
    "tourists.{pair}",
    "Tourist trips to the other state",
    "Entries of citizens of a into b declared as tourism, Russian border service.",
    ("CHN-RUS",),
)


@declare(
    name="people.students.both",
    title="Students in each other's universities",
    unit="thousand",
    dimension="societal",
    definition="Chinese students in Russia and Russian students in China together, in years that have both.",
    formula="students a in b + students b in a",
    literature="officials of both states, as cited",
    dyads=("CHN-RUS",),
    claims=("G2",),
)
def students_both(record: Record, dyad: Dyad) -> list[Point]:
    return total(students.compute(record, dyad), students.compute(record, dyad.swapped))


def _regime(name: str, title: str, series: str, unit: str, definition: str, literature: str) -> Measure:
    def compute(record: Record, dyad: Dyad) -> list[Point]:
        sides = (record.timeseries(f"society.{series}.{side.lower()}") for side in dyad)
        return combine(lambda one, other: abs(one - other), *sides)

    return declare(
        name=name,
        title=title,
        unit=unit,
        dimension="societal",
        definition=definition,
        formula="|x_a - x_b|",
        literature=literature,
        dyads=("CHN-RUS", "CHN-USA", "RUS-USA"),
        claims=("G5",),
    )(compute)


VDEM = "Coppedge et al. 2025, V-Dem dataset v15; Lai and Reiter 2000, Journal of Conflict Resolution 44"
regime_libdem = _regime(
    "regime.distance.libdem",
    "Distance of regimes, liberal democracy",
    "vdem.libdem",
    "index 0-1",
    "Absolute difference of the V-Dem liberal democracy index (point estimates): 0 is the same.",
    VDEM,
)
regime_polyarchy = _regime(
    "regime.distance.polyarchy",
    "Distance of regimes, electoral democracy",
    "vdem.polyarchy",
    "index 0-1",
    "Absolute difference of the V-Dem electoral democracy index (point estimates): 0 is the same.",
    VDEM,
)
regime_polity = _regime(
    "regime.distance.polity",
    "Distance of regimes, Polity",
    "polity2",
    "index",
    "Absolute difference of the Polity5 revised combined score, from 0 to 20; most states end in 2018.",
    "Marshall and Gurr 2020, Polity5; Lai and Reiter 2000, Journal of Conflict Resolution 44",
)
