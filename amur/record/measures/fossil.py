"""Who buys Russia's oil, gas and coal, by value, as the Centre for Research on Energy and Clean Air estimates it."""

from __future__ import annotations

from amur.record import periods
from amur.record.measures.points import (
    annual,
    ratio,
    since,
    splice,
)
from amur.record.measures.registry import Dyad, Measure, declare
from amur.record.measures.trade import HIRSCHMAN
from amur.record.record import Record
from amur.record.timeseries import Point

BUYERS = {"CHN": "chn", "EUU": "eun", "IND": "ind", "TUR": "tur"}


def crea(record: Record, fuel: str, buyer: str) -> list[Point]:
    """Value of Russian exports of a ``fuel`` to a buyer (``chn``, ``eun``, ``ind``, ``tur``, ``wld``) in each month,
    EUR mn: the mean per day of the Centre for Research on Energy and Clean Air times the days of the month."""
    series = record.timeseries(f"energy.{fuel}-value.crea.rus-{buyer}.m")
    return [point._replace(value=point.value * _days(point.period)) for point in series.points]


def _days(period: str) -> int:
    return (periods.end(period) - periods.start(period)).days + 1


def _by_year(months: list[Point]) -> list[Point]:
    """Whole years, and 2022, whose first two months were never estimated."""
    return splice(
        annual(months), (annual(since(months, "2022-03", "2022-12"), least=10), "March to December only")
    )


CREA = (
    "Values are estimates of the Centre for Research on Energy and Clean Air (tonnes by ship and pipeline times "
    "modelled prices, revised over time), means per day times the days of the month, from March 2022. "
)
_CREA_BUYERS = tuple(f"RUS-{buyer}" for buyer in BUYERS)


def _share_of_buyer(
    name: str,
    title: str,
    what: str,
    fuel: str,
    claims: tuple[str, ...],
    dyads: tuple[str, ...] = _CREA_BUYERS,
    monthly: bool = False,
) -> Measure:
    """Declares the share of b in the value of what Russia exports of a fuel."""

    def compute(record: Record, dyad: Dyad) -> list[Point]:
        sold, everything = crea(record, fuel, BUYERS[dyad.b]), crea(record, fuel, "wld")
        return ratio(sold, everything) if monthly else ratio(_by_year(sold), _by_year(everything))

    when = "in the month." if monthly else "in the year; 2022 is March to December."
    return declare(
        name=f"energy.{name}-dependence{'.m' if monthly else ''}",
        title=f"{title} dependence by value{', monthly' if monthly else ''}",
        unit="percent",
        dimension="economic",
        definition=f"Share of b in the value of Russia's exports of {what} {when} {CREA}",
        formula="100 V_ab / V_a",
        literature=f"{HIRSCHMAN}; Centre for Research on Energy and Clean Air",
        claims=claims,
        dyads=dyads,
        directed=True,
        frequency="M" if monthly else "A",
    )(compute)


_ALL = ("fossil-export", "Fossil export", "oil, gas and coal", "fossil", ("P7", "P4"))
fossil_export_dependence_monthly = _share_of_buyer(*_ALL, monthly=True)
fossil_export_dependence = _share_of_buyer(*_ALL)
oil_export_dependence = _share_of_buyer(
    "oil-export", "Oil export", "crude and oil products", "oil", ("P7", "G18")
)
gas_export_value_dependence = _share_of_buyer(
    "gas-export-value", "Gas export", "pipeline gas and LNG", "gas", ("G4", "P7")
)
coal_export_dependence = _share_of_buyer(
    "coal-export", "Coal export", "coal", "coal", ("G3", "P7"), dyads=("RUS-CHN",)
)
