"""Who buys Russia's oil, gas and coal, by value, as the Centre for Research on Energy and Clean Air estimates it."""

from __future__ import annotations

from amur.record import periods
from amur.record.measures.points import (
    annual,
    by_period,
    ratio,
    since,
    splice,
)
from amur.record.measures.registry import Dyad, declare
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


@declare(
    name="energy.fossil-export-dependence.m",
    title="Fossil export dependence by value, monthly",
    unit="percent",
    dimension="economic",
    definition="Share of b in the value of Russia's exports of oil, gas and coal in the month. " + CREA,
    formula="100 V_ab / V_a",
    literature=f"{HIRSCHMAN}; Centre for Research on Energy and Clean Air",
    claims=("P7", "P4"),
    dyads=_CREA_BUYERS,
    directed=True,
    frequency="M",
)
def fossil_export_dependence_monthly(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(crea(record, "fossil", BUYERS[dyad.b]), crea(record, "fossil", "wld"))


@declare(
    name="energy.fossil-export-dependence",
    title="Fossil export dependence by value",
    unit="percent",
    dimension="economic",
    definition="Share of b in the value of Russia's exports of oil, gas and coal in the year; 2022 is March to "
    "December. " + CREA,
    formula="100 V_ab / V_a",
    literature=f"{HIRSCHMAN}; Centre for Research on Energy and Clean Air",
    claims=("P7", "P4"),
    dyads=_CREA_BUYERS,
    directed=True,
)
def fossil_export_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return _yearly_share(record, "fossil", dyad)


@declare(
    name="energy.oil-export-dependence",
    title="Oil export dependence by value",
    unit="percent",
    dimension="economic",
    definition="Share of b in the value of Russia's exports of crude and oil products in the year; 2022 is March to "
    "December. " + CREA,
    formula="100 V_ab / V_a",
    literature=f"{HIRSCHMAN}; Centre for Research on Energy and Clean Air",
    claims=("P7", "G18"),
    dyads=_CREA_BUYERS,
    directed=True,
)
def oil_export_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return _yearly_share(record, "oil", dyad)


@declare(
    name="energy.gas-export-value-dependence",
    title="Gas export dependence by value",
    unit="percent",
    dimension="economic",
    definition="Share of b in the value of Russia's exports of pipeline gas and LNG in the year; 2022 is March to "
    "December. " + CREA,
    formula="100 V_ab / V_a",
    literature=f"{HIRSCHMAN}; Centre for Research on Energy and Clean Air",
    claims=("G4", "P7"),
    dyads=_CREA_BUYERS,
    directed=True,
)
def gas_export_value_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return _yearly_share(record, "gas", dyad)


@declare(
    name="energy.coal-export-dependence",
    title="Coal export dependence by value",
    unit="percent",
    dimension="economic",
    definition="Share of b in the value of Russia's exports of coal in the year; 2022 is March to December. "
    + CREA,
    formula="100 V_ab / V_a",
    literature=f"{HIRSCHMAN}; Centre for Research on Energy and Clean Air",
    claims=("G3", "P7"),
    dyads=("RUS-CHN",),
    directed=True,
)
def coal_export_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return _yearly_share(record, "coal", dyad)


def _yearly_share(record: Record, fuel: str, dyad: Dyad) -> list[Point]:
    sold = by_period(_by_year(crea(record, fuel, BUYERS[dyad.b])))
    return ratio(
        sold.values(), [point for point in _by_year(crea(record, fuel, "wld")) if point.period in sold]
    )
