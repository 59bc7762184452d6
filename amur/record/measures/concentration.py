"""How concentrated buyers and sellers are: the Herfindahl-Hirschman index, between bounds where partners are unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from amur.record.measures.energy import (
    CRUDE_OUT,
    GAS_OUT,
    crude_sold_by_russia,
    gas_sold_by_russia,
    pipeline_values,
)
from amur.record.measures.flows import total_trade
from amur.record.measures.fossil import BUYERS, CREA, crea
from amur.record.measures.points import Points, concentration, total
from amur.record.measures.registry import Dyad, Measure, declare
from amur.record.measures.trade import HIRSCHMAN, trade_dependence
from amur.record.record import Record
from amur.record.timeseries import Point, TimeSeries

HHI = f"Herfindahl-Hirschman index: {HIRSCHMAN}; as diversity of supply, Stirling 2010, Energy Policy 38(4)"

Parts = tuple[Points, Mapping[str, Points], Iterable[str]]
"""A whole, its known partners, and those of them without which a period is left out."""


def bounds(
    name: str, title: str, what: str, parts: Callable[[Record], Parts], dyad: str, claims: tuple[str, ...]
) -> tuple[Measure, Measure]:
    """Declares the lower and the upper bound of a concentration; a name that ends in ``.m`` is monthly."""
    stem, monthly, _ = name.partition(".m")

    def bound(side: str, remainder: str, rest: str, formula: str) -> Measure:
        def compute(record: Record, dyad: Dyad) -> list[Point]:
            whole, partners, needed = parts(record)
            return concentration(whole, partners, remainder=remainder, require=needed)

        return declare(
            name=f"{stem}-{side}{monthly}",
            title=f"{title}, {'lower' if side == 'low' else 'upper'} bound{', monthly' if monthly else ''}",
            unit="index 0-10,000",
            dimension="economic",
            definition=f"{what} Sum of squared percent shares, 0 to 10,000. Only some partners are known (the note of "
            f"each point names them): the rest is treated as {rest} bound.",
            formula=formula,
            literature=HHI,
            claims=claims,
            dyads=(dyad,),
            frequency="M" if monthly else "A",
        )(compute)

    known = "sum over known partners of s_i^2"
    return (
        bound("low", "atomistic", "atomistic, which gives the lower", known),
        bound("high", "single", "one more partner, which gives the upper", f"{known} + (100 - sum of s_i)^2"),
    )


def russia_trade(record: Record) -> Parts:
    """Percent of Russia's goods trade by partner: the EU is one customs union and counts as one."""
    shares: dict[str, Points] = {
        partner: trade_dependence.compute(record, Dyad("RUS", partner))
        for partner in ("CHN", "EUU", "IND", "BLR")
    }
    hundred = [point._replace(value=100.0) for point in total_trade(record, "RUS")]
    return hundred, shares, ("CHN", "EUU")


def china_crude(record: Record) -> Parts:
    """Tonnes of crude that China imports, by origin."""
    partners: dict[str, Points] = {"RUS": record.timeseries("energy.crude.volume.rus-chn")}
    for origin in ("sau", "irq", "are", "mys"):
        partners[origin.upper()] = record.timeseries(f"energy.crude.{origin}-chn")
    return record.timeseries("energy.crude.imports.chn"), partners, ("RUS", "SAU")


def china_gas(record: Record) -> Parts:
    """Pipeline gas and LNG that China imports, bcm at 40 MJ, by origin."""

    def gas(name: str) -> TimeSeries:
        return record.timeseries(f"energy.{name}-chn")

    russian = total(
        record.timeseries("energy.gas.pipeline-ei.rus-chn"), record.timeseries("energy.lng.rus-chn.ei")
    )
    partners: dict[str, Points] = {"RUS": russian}
    partners |= {name.upper(): gas(f"gas.pipeline.{name}") for name in ("tkm", "kaz", "uzb", "mmr")}
    partners |= {name.upper(): gas(f"lng.{name}") for name in ("aus", "qat", "mys", "usa")}
    whole = total(gas("gas.pipeline.world"), record.timeseries("energy.lng.imports.chn"))
    return whole, partners, ("RUS", "AUS", "TKM")


def russia_crude(record: Record) -> Parts:
    """Tonnes of crude that Russia exports, by destination."""
    return record.timeseries("energy.crude.exports.rus"), crude_sold_by_russia(record), ("CHN", "EUU")


def russia_gas(record: Record) -> Parts:
    """Gas that Russia sells outside the CIS, by destination."""
    whole, sold = gas_sold_by_russia(record)
    return whole, sold, ("CHN", "Europe")


def russia_fossil(record: Record) -> Parts:
    """Value of oil, gas and coal that Russia exports, by buyer and month."""
    sold = {name: crea(record, "fossil", buyer) for name, buyer in BUYERS.items()}
    return crea(record, "fossil", "wld"), sold, BUYERS


trade_low, trade_high = bounds(
    "trade.concentration",
    "Concentration of Russia's trade by partner",
    "Russia's goods trade. Known partners are China, the EU (one customs union, counted as one), India and Belarus, "
    "each by trade.dependence; a year needs the first two.",
    russia_trade,
    "RUS-WLD",
    ("T6", "P8"),
)
china_crude_low, china_crude_high = bounds(
    "energy.crude-import-concentration",
    "Concentration of China's crude imports by origin",
    "China's crude imports by tonnage, China customs, in the five years for which Russia and Saudi Arabia are known; "
    "with Iraq, the Emirates and Malaysia in 2023, the one year whose bounds are close.",
    china_crude,
    "CHN-WLD",
    ("P17", "P21"),
)
china_gas_low, china_gas_high = bounds(
    "energy.gas-import-concentration",
    "Concentration of China's gas imports by origin",
    "China's imports of pipeline gas and LNG by volume at 40 MJ (BP, Energy Institute), nine origins, 2020 and 2022.",
    china_gas,
    "CHN-WLD",
    ("P17", "G4"),
)
russia_crude_low, russia_crude_high = bounds(
    "energy.crude-export-concentration",
    "Concentration of Russia's crude exports by destination",
    CRUDE_OUT + "Europe (2020, 2022) or the EU (2019, 2021) counts as one destination.",
    russia_crude,
    "RUS-WLD",
    ("G18", "P8"),
)
russia_gas_low, russia_gas_high = bounds(
    "energy.gas-export-concentration",
    "Concentration of Russia's gas exports by destination",
    GAS_OUT + "Europe by pipeline counts as one destination.",
    russia_gas,
    "RUS-WLD",
    ("G4", "P8"),
)
russia_fossil_low, russia_fossil_high = bounds(
    "energy.fossil-export-concentration.m",
    "Concentration of Russia's fossil exports by buyer",
    "Value of Russia's exports of oil, gas and coal to China, the EU (one buyer), India, Türkiye and the rest. "
    + CREA.strip(),
    russia_fossil,
    "RUS-WLD",
    ("P7", "P8"),
)

pipeline_value_concentration = declare(
    name="energy.pipeline-gas-import-concentration",
    title="Concentration of China's pipeline gas imports by origin",
    unit="index 0-10,000",
    dimension="economic",
    definition="Sum of squared percent shares of five origins in the customs value of China's pipeline gas imports; all "
    "origins are known, so it is exact.",
    formula="sum of s_i^2, s_i in percent",
    literature=HHI,
    claims=("P17", "G4"),
    dyads=("CHN-WLD",),
)(
    lambda record, dyad: concentration(
        total(*pipeline_values(record).values()),
        pipeline_values(record),
        require=pipeline_values(record),
    )
)
