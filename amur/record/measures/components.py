"""The components of the profiles: each one series of a dyad, on a fixed, stated scale from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from amur.record.measures import energy, finance, flows, markers, prices, trade, votes
from amur.record.measures.answers import CHINA_RUSSIA
from amur.record.measures.factors import MT_PER_KBD
from amur.record.measures.influence import marker
from amur.record.measures.points import combine, held, scaled
from amur.record.measures.registry import Dyad
from amur.record.measures.running import window
from amur.record.record import Record
from amur.record.timeseries import Point


@dataclass(frozen=True)
class Component:
    """One component: its group and unit, the values that count as 0 and 1, and where it comes from for a dyad."""

    name: str
    group: str
    title: str
    unit: str
    low: float
    high: float
    definition: str
    of: Callable[[Record, Dyad], Iterable[Point]]
    logarithmic: bool = False

    def on_scale(self, value: float) -> float:
        """The value on the scale from ``low`` to ``high``, stopped at 0 and 1."""
        if self.logarithmic:
            share = math.log1p(max(value, 0.0)) / math.log1p(self.high)
        else:
            share = (value - self.low) / (self.high - self.low)
        return min(max(share, 0.0), 1.0)


def directed(pattern: str) -> Callable[[Record, Dyad], Iterable[Point]]:
    """A recorded series named by patron ``{a}`` and junior ``{b}``, in that direction only."""

    def find(record: Record, dyad: Dyad) -> Iterable[Point]:
        return held(record, pattern.format(a=dyad.a.lower(), b=dyad.b.lower()))

    return find


def coded(kind: str) -> Callable[[Record, Dyad], Iterable[Point]]:
    """An alliance marker, each value held until the next one coded."""

    def find(record: Record, dyad: Dyad) -> Iterable[Point]:
        return marker(record, kind, dyad) or marker(record, kind, dyad.swapped)

    return find


def contested_votes(record: Record, dyad: Dyad) -> Iterable[Point]:
    """Agreement in the General Assembly on contested votes, percent."""
    served = [one for one in (dyad, dyad.swapped) if one in votes.agreement_contested.dyads]
    return votes.agreement_contested.compute(record, served[0]) if served else []


def factbook(flow: str) -> Callable[[Record, Dyad], Iterable[Point]]:
    """The patron's share in the junior's ``exports`` or ``imports``, percent, from one source for all."""

    def find(record: Record, dyad: Dyad) -> Iterable[Point]:
        name = f"trade.share.{dyad.a.lower()}-in-{dyad.b.lower()}-{flow}.cia"
        return flows.factbook(record, flow, dyad.swapped) if name in record else []

    return find


def junior_in_patron_trade(record: Record, dyad: Dyad) -> Iterable[Point]:
    """The patron's trade dependence on the junior, percent of the patron's goods trade."""
    return trade.trade_dependence.compute(record, dyad) if dyad in trade.trade_dependence.dyads else []


def junior_in_patron_crude(record: Record, dyad: Dyad) -> Iterable[Point]:
    """The junior's crude over the crude China imports, percent of tonnage.

    Russia by customs; Iran by tanker trackers, as customs do not record it, over the customs total.
    """
    if dyad == CHINA_RUSSIA:
        return energy.crude_import_dependence.compute(record, dyad)
    if dyad == Dyad("CHN", "IRN"):
        return combine(
            lambda kbd, mt: 100 * kbd * MT_PER_KBD / mt,
            record["energy.crude.irn-chn.est"],
            record["energy.crude.imports.chn"],
        )
    return []


def arms_over_five_years(pattern: str) -> Callable[[Record, Dyad], Iterable[Point]]:
    """Mean yearly arms deliveries over five full years, SIPRI TIV mn."""

    def find(record: Record, dyad: Dyad) -> Iterable[Point]:
        points = [point._replace(note="") for point in directed(pattern)(record, dyad)]
        return scaled(window(points, 5), 1 / 5)

    return find


def oil_discount(record: Record, dyad: Dyad) -> Iterable[Point]:
    """Brent less what the patron pays for the junior's crude, US$/bbl; the record has Russia to China only."""
    return prices.crude_concession.compute(record, dyad.swapped) if dyad == CHINA_RUSSIA else []


def sanctions(record: Record, dyad: Dyad) -> Iterable[Point]:
    """New listings of the junior by the United States in the year; the record has Russia only."""
    listed = Dyad("USA", dyad.b)
    return finance.sanctions_new.compute(record, listed) if listed in finance.sanctions_new.dyads else []


COMPONENTS: tuple[Component, ...] = (
    Component(
        "export-share",
        "trade",
        "Patron's share in the junior's exports",
        "percent",
        0,
        100,
        "CIA World Factbook for every dyad, so that like is compared with like; mirror data inflate 2022-2023.",
        factbook("exports"),
    ),
    Component(
        "import-share",
        "trade",
        "Patron's share in the junior's imports",
        "percent",
        0,
        100,
        "CIA World Factbook for every dyad.",
        factbook("imports"),
    ),
    Component(
        "weight-of-junior",
        "trade",
        "Junior's share in the patron's trade",
        "percent",
        0,
        10,
        "trade.dependence of the patron on the junior; 10 percent and more count as 1.",
        junior_in_patron_trade,
    ),
    Component(
        "crude-share",
        "energy",
        "Junior's share in the patron's crude imports",
        "percent",
        0,
        30,
        "Tonnage; Iran from tanker trackers over the customs total; 30 percent and more count as 1.",
        junior_in_patron_crude,
    ),
    Component(
        "oil-discount",
        "energy",
        "Discount of the junior's crude to Brent",
        "US$/bbl",
        0,
        20,
        "price.crude-concession; a premium counts as 0.",
        oil_discount,
    ),
    Component(
        "votes",
        "votes",
        "Agreement in the General Assembly on contested votes",
        "percent",
        0,
        100,
        "votes.ga.agreement.contested; the record has no contested votes of China with North Korea.",
        contested_votes,
    ),
    *(
        Component(
            kind,
            "treaties" if kind in markers.TREATIES else "integration",
            f"Marker: {meaning}",
            "0/1",
            0,
            1,
            "Alliance marker of the record; absent where nobody has coded it, which does not mean 0.",
            coded(kind),
        )
        for kind, meaning in markers.MARKERS.items()
    ),
    Component(
        "arms-to-junior",
        "arms",
        "Arms from patron to junior",
        "TIV mn/yr",
        0,
        3000,
        "Five-year mean, log(1 + x) / log(1 + 3000).",
        arms_over_five_years("security.arms.tiv.{a}-{b}"),
        logarithmic=True,
    ),
    Component(
        "arms-to-patron",
        "arms",
        "Arms from junior to patron",
        "TIV mn/yr",
        0,
        3000,
        "Five-year mean, log(1 + x) / log(1 + 3000).",
        arms_over_five_years("security.arms.tiv.{b}-{a}"),
        logarithmic=True,
    ),
    Component(
        "sanctions",
        "sanctions",
        "Sanctions on the junior",
        "listings/yr",
        0,
        2000,
        "finance.sanctions-new of the United States; the definition changes from year to year.",
        sanctions,
    ),
    Component(
        "influence-capacity",
        "influence",
        "Formal bilateral influence capacity of the patron",
        "index 0-1",
        0,
        0.5,
        "FBIC as published, for comparison; 0.5 and more count as 1.",
        directed("dip.fbic.{a}-{b}"),
    ),
)
