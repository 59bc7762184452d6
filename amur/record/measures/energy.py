"""Energy: who relies on whom for crude, gas and coal.

Volumes of gas are of different cubic metres: Gazprom's (20 degrees C, as burnt), the Energy Institute's (15 degrees
C, standardised at 40 MJ) and China customs as converted by Wind. Each definition says which it uses.
"""

from __future__ import annotations

from collections.abc import Iterable

from amur.record.measures.factors import BCM_PER_MT_LNG
from amur.record.measures.points import (
    combine,
    merged,
    ratio,
    recorded,
    scaled,
    since,
    splice,
    total,
)
from amur.record.measures.registry import Dyad, declare
from amur.record.measures.trade import HIRSCHMAN
from amur.record.record import Record
from amur.record.timeseries import Point, TimeSeries

# --- crude oil ---


@declare(
    name="energy.crude-import-dependence",
    title="Crude import dependence",
    unit="percent",
    dimension="economic",
    definition="Tonnes of crude that a imports from b as percent of a's crude imports. China: China customs, computed "
    "(the Iranian oil that customs books as Malaysian is in the total). EU: extra-EU imports, Eurostat, as recorded. "
    "India: fiscal year that starts in April, commerce ministry, as recorded.",
    formula="100 Q_ab / Q_a",
    literature=HIRSCHMAN,
    claims=("G3", "P17", "P21"),
    dyads=("CHN-RUS", "CHN-SAU", "EUU-RUS", "IND-RUS"),
    directed=True,
)
def crude_import_dependence(record: Record, dyad: Dyad) -> list[Point]:
    if dyad.a == "EUU":
        return recorded("energy.dep.crude-share.rus-eun")(record, dyad)
    if dyad.a == "IND":
        return recorded("energy.dep.crude-share.rus-ind.fy")(record, dyad)
    bought = {"RUS": "energy.crude.volume.rus-chn", "SAU": "energy.crude.sau-chn"}[dyad.b]
    return ratio(record.timeseries(bought), record.timeseries("energy.crude.imports.chn"))


def crude_sold_by_russia(record: Record) -> dict[str, Iterable[Point]]:
    """Mt a year by destination, as the buyers count it; Europe by the Energy Institute's matrices where there."""
    return {
        "CHN": record.timeseries("energy.crude.volume.rus-chn").points,
        "EUU": splice(
            (record.timeseries("energy.crude.rus-eur"), "Europe with the rest of it outside the CIS"),
            (record.timeseries("energy.crude.rus-eun"), "the 27 EU members"),
        ),
        "IND": record.timeseries("energy.crude.rus-ind").points,
        "JPN": record.timeseries("energy.crude.rus-jpn").points,
    }


CRUDE_OUT = (
    "Tonnes as the buyers count them (China customs; Eurostat for the 27 EU members, the matrices of BP and the "
    "Energy Institute for all Europe outside the CIS; UN Comtrade for India and Japan, Energy Institute for India in "
    "2022) over Russia's exports of crude and condensate (BP, Energy Institute), which the record has for 2019-2022. "
)


@declare(
    name="energy.crude-export-dependence",
    title="Crude export dependence",
    unit="percent",
    dimension="economic",
    definition="Share of b in Russia's crude exports by tonnage; RUS-EUU in 2022 is all Europe outside the CIS. "
    + CRUDE_OUT,
    formula="100 Q_ab / Q_a",
    literature=HIRSCHMAN,
    claims=("G18", "P4"),
    dyads=("RUS-CHN", "RUS-EUU", "RUS-IND", "RUS-JPN"),
    directed=True,
)
def crude_export_dependence(record: Record, dyad: Dyad) -> list[Point]:
    sold = crude_sold_by_russia(record)[dyad.b]
    if dyad.b == "EUU":
        members = record.timeseries("energy.crude.rus-eun")
        sold = splice((members, "the 27 EU members"), sold)
    return ratio(sold, record.timeseries("energy.crude.exports.rus"))


@declare(
    name="energy.oil-earnings-dependence",
    title="China in Russia's oil export earnings",
    unit="percent",
    dimension="economic",
    definition="Chinese customs value of Russian crude (c.i.f.) as percent of Russia's earnings from exports of crude "
    "and oil products (f.o.b.). Products sold to China are left out of the numerator and freight is in it, so the "
    "share is approximate on both sides.",
    formula="100 V_crude,RUS,CHN / V_oil,RUS",
    literature=HIRSCHMAN,
    claims=("P4", "P7", "G18"),
    dyads=("RUS-CHN",),
    directed=True,
)
def oil_earnings_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        scaled(record.timeseries("energy.crude.value.rus-chn"), 1 / 1000),
        record.timeseries("finance.russia.oil-export-earnings"),
    )


# --- gas ---


@declare(
    name="energy.pipeline-gas-import-dependence",
    title="Pipeline gas import dependence",
    unit="percent",
    dimension="economic",
    definition="Russian pipeline gas as percent of China's pipeline gas imports by volume, both at 40 MJ a cubic "
    "metre (Energy Institute). The Institute's 2021 figure for Russia, 7.6 bcm, is a quarter below Gazprom's 10.4.",
    formula="100 Q_ab / Q_a",
    literature=HIRSCHMAN,
    claims=("G4",),
    dyads=("CHN-RUS",),
    directed=True,
)
def pipeline_gas_import_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("energy.gas.pipeline-ei.rus-chn"), record.timeseries("energy.gas.pipeline.world-chn")
    )


PIPELINE_ORIGINS = ("rus", "tkm", "kaz", "uzb", "mmr")


def pipeline_values(record: Record) -> dict[str, TimeSeries]:
    return {
        origin.upper(): record.timeseries(f"energy.gas.pipeline-value.{origin}-chn")
        for origin in PIPELINE_ORIGINS
    }


@declare(
    name="energy.pipeline-gas-value-dependence",
    title="Pipeline gas import dependence by value",
    unit="percent",
    dimension="economic",
    definition="Pipeline gas from b as percent of the customs value of China's pipeline gas imports, which come from "
    "Russia, Turkmenistan, Kazakhstan, Uzbekistan and Myanmar.",
    formula="100 V_b / sum over the five origins of V_i",
    literature=HIRSCHMAN,
    claims=("G4", "P17"),
    dyads=("CHN-RUS", "CHN-TKM"),
    directed=True,
)
def pipeline_gas_value_dependence(record: Record, dyad: Dyad) -> list[Point]:
    values = pipeline_values(record)
    return ratio(values[dyad.b], total(*values.values()))


def gas_sold_to_china(record: Record) -> list[Point]:
    """Russian gas reaching China, bcm: Power of Siberia (Gazprom) plus LNG; LNG alone before December 2019."""
    lng = scaled(record.timeseries("energy.lng.volume.rus-chn"), BCM_PER_MT_LNG)
    both = total(record.timeseries("energy.gas.pos1.rus-chn"), lng)
    return splice(both, (since(lng, last="2018"), "LNG only: no pipeline before December 2019"))


@declare(
    name="energy.gas-import-dependence",
    title="Gas import dependence",
    unit="percent",
    dimension="economic",
    definition="Russian gas by pipeline and ship as percent of China's gas imports by volume: Power of Siberia "
    "(Gazprom's cubic metres) plus LNG (China customs, 1.36 bcm a Mt) over China's gas imports (customs as converted "
    "by Wind). Before December 2019 LNG alone. The Energy Institute's 2022 matrix gives less (13.7 percent), as it "
    "has Russian LNG at 6.1 bcm where Chinese customs has 6.5 Mt, or 8.8 bcm.",
    formula="100 (Q_pipeline + 1.36 Q_LNG) / Q_a",
    literature=HIRSCHMAN,
    claims=("G4", "P17", "P21"),
    dyads=("CHN-RUS",),
    directed=True,
)
def gas_import_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(gas_sold_to_china(record), record.timeseries("energy.gas.imports.chn"))


def gas_sold_by_russia(record: Record) -> tuple[list[Point], dict[str, Iterable[Point]]]:
    """All gas sold outside the CIS and its destinations, bcm at 40 MJ: pipelines to Europe and China, and LNG."""
    europe = record.timeseries("energy.gas.pipeline.rus-eur")
    china = record.timeseries("energy.gas.pipeline-ei.rus-chn")
    ships = {
        name: scaled(record.timeseries(f"energy.lng.{series}"), BCM_PER_MT_LNG)
        for name, series in {"CHN": "volume.rus-chn", "JPN": "rus-jpn"}.items()
    }
    whole = total(europe, china, record.timeseries("energy.lng.exports.rus"))
    return whole, {"CHN": total(china, ships["CHN"]), "JPN": ships["JPN"], "Europe": europe.points}


GAS_OUT = (
    "Russia's gas exports outside the CIS, bcm at 40 MJ: pipelines to Europe (EU, Britain, Turkey, Ukraine and the "
    "Balkans) and China plus all LNG (Energy Institute); LNG to China by China customs and to Japan by UN Comtrade "
    "at 1.36 bcm a Mt. "
)


@declare(
    name="energy.gas-export-dependence",
    title="Gas export dependence",
    unit="percent",
    dimension="economic",
    definition="Share of China in Russia's gas exports outside the CIS, 2019-2022. " + GAS_OUT,
    formula="100 (Q_pipeline,CHN + 1.36 Q_LNG,CHN) / Q_outside CIS",
    literature=HIRSCHMAN,
    claims=("G4", "G18"),
    dyads=("RUS-CHN",),
    directed=True,
)
def gas_export_dependence(record: Record, dyad: Dyad) -> list[Point]:
    whole, sold = gas_sold_by_russia(record)
    return ratio(sold["CHN"], whole)


@declare(
    name="energy.gas-earnings-dependence",
    title="China in Russia's gas export earnings",
    unit="percent",
    dimension="economic",
    definition="Chinese customs value of Russian pipeline gas and LNG as percent of Russia's earnings from exports of "
    "pipeline gas and LNG. LNG alone before December 2019.",
    formula="100 (V_pipeline + V_LNG) / V_gas,RUS",
    literature=HIRSCHMAN,
    claims=("G4", "P4"),
    dyads=("RUS-CHN",),
    directed=True,
)
def gas_earnings_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(scaled(gas_value(record), 1 / 1000), record.timeseries("finance.russia.gas-export-earnings"))


def lng_value(record: Record) -> list[Point]:
    """Customs value of Russian LNG in China, US$ mn: tonnes times unit value."""
    return combine(
        lambda tonnes, price: tonnes * price,
        record.timeseries("energy.lng.volume.rus-chn"),
        record.timeseries("energy.price.lng.rus-chn"),
    )


def gas_value(record: Record) -> list[Point]:
    """Customs value of all Russian gas in China, US$ mn."""
    lng = lng_value(record)
    both = total(record.timeseries("energy.gas.pipeline-value.rus-chn"), lng)
    return splice(both, (since(lng, last="2018"), "LNG only: no pipeline before December 2019"))


@declare(
    name="energy.lng-import-dependence",
    title="LNG import dependence",
    unit="percent",
    dimension="economic",
    definition="LNG from b as percent of China's LNG imports: tonnes over tonnes (China customs) where the record has "
    "both, else bcm over bcm (Energy Institute, BP), with customs tonnes of Russian LNG at 1.36 bcm.",
    formula="100 Q_ab / Q_a",
    literature=HIRSCHMAN,
    claims=("G4", "P17", "B3"),
    dyads=("CHN-RUS", "CHN-AUS", "CHN-QAT", "CHN-MYS", "CHN-USA"),
    directed=True,
)
def lng_import_dependence(record: Record, dyad: Dyad) -> list[Point]:
    tonnes = record.timeseries("energy.lng.imports-mt.chn")
    volume = record.timeseries("energy.lng.imports.chn")
    if dyad.b == "RUS":
        bought = record.timeseries("energy.lng.volume.rus-chn")
        return splice(
            (ratio(bought, tonnes), "tonnes"),
            (
                ratio(scaled(bought, BCM_PER_MT_LNG), volume),
                "customs tonnes at 1.36 bcm over Energy Institute bcm",
            ),
        )
    by_volume = ratio(record.timeseries(f"energy.lng.{dyad.b.lower()}-chn"), volume)
    if dyad.b == "AUS":
        return splice((ratio(record.timeseries("energy.lng-mt.aus-chn"), tonnes), "tonnes"), by_volume)
    return by_volume


@declare(
    name="energy.lng-export-dependence",
    title="LNG export dependence",
    unit="percent",
    dimension="economic",
    definition="LNG that Russia ships to b (customs of the buyer, 1.36 bcm a Mt) as percent of its LNG exports (Energy "
    "Institute).",
    formula="100 x 1.36 Q_ab / Q_a",
    literature=HIRSCHMAN,
    claims=("B3", "G4"),
    dyads=("RUS-CHN", "RUS-JPN"),
    directed=True,
)
def lng_export_dependence(record: Record, dyad: Dyad) -> list[Point]:
    sold = {"CHN": "energy.lng.volume.rus-chn", "JPN": "energy.lng.rus-jpn"}[dyad.b]
    return ratio(scaled(record.timeseries(sold), BCM_PER_MT_LNG), record.timeseries("energy.lng.exports.rus"))


@declare(
    name="energy.pipeline-fulfilment",
    title="Power of Siberia deliveries against the contract plateau",
    unit="percent",
    dimension="economic",
    definition="Gas delivered through Power of Siberia in the year as percent of the 38 bcm a year of the contract of "
    "May 2014 (first year of energy.gas.contracted.rus-chn), whose plateau was due in 2025.",
    formula="100 Q_t / 38 bcm",
    literature="Contract of May 2014 between Gazprom and CNPC",
    claims=("G4", "R4"),
    dyads=("RUS-CHN",),
    directed=True,
)
def pipeline_fulfilment(record: Record, dyad: Dyad) -> list[Point]:
    contract = record.timeseries("energy.gas.contracted.rus-chn").at("2014")
    delivered = record.timeseries("energy.gas.pos1.rus-chn").points
    if contract is None:
        return []
    return [merged(point.period, 100 * point.value / contract.value, [point, contract]) for point in delivered]


pipeline_plan = declare(
    name="energy.pipeline-plan-fulfilment",
    title="Power of Siberia deliveries against the plan of the year",
    unit="percent",
    dimension="economic",
    definition="Gas delivered through Power of Siberia as percent of the volume Gazprom named as planned or obligatory "
    "for the year.",
    formula="100 Q_t / Q_plan,t",
    literature="Gazprom statements",
    claims=("G4",),
    dyads=("RUS-CHN",),
    directed=True,
)(
    lambda record, dyad: ratio(
        record.timeseries("energy.gas.pos1.rus-chn"), record.timeseries("energy.gas.pos1-plan.rus-chn")
    )
)

contract_fulfilment = declare(
    name="energy.contract-fulfilment",
    title="Pipeline gas deliveries against all contracts in force",
    unit="percent",
    dimension="economic",
    definition="Gas delivered through Power of Siberia as percent of the plateau volumes of all pipeline contracts in "
    "force at year end (38 bcm; 48 from 2022; 56 from 2025; the memorandum on Power of Siberia 2 left out).",
    formula="100 Q_t / Q_contracted,t",
    literature="Contracts between Gazprom and CNPC",
    claims=("G4", "P16"),
    dyads=("RUS-CHN",),
    directed=True,
)(
    lambda record, dyad: ratio(
        record.timeseries("energy.gas.pos1.rus-chn"), record.timeseries("energy.gas.contracted.rus-chn")
    )
)

# --- coal ---


@declare(
    name="energy.coal-import-dependence",
    title="Coal import dependence",
    unit="percent",
    dimension="economic",
    definition="Russian coal as percent of China's imports of coal and lignite by tonnage, China customs. Lignite is in "
    "the denominator but apparently not in the numerator, so the share is somewhat too low.",
    formula="100 Q_ab / Q_a",
    literature=HIRSCHMAN,
    claims=("G3", "P17"),
    dyads=("CHN-RUS",),
    directed=True,
)
def coal_import_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(record.timeseries("energy.coal.volume.rus-chn"), record.timeseries("energy.coal.imports.chn"))


@declare(
    name="energy.share-of-exports",
    title="Energy in China's imports from Russia",
    unit="percent",
    dimension="economic",
    definition="Customs value of crude, pipeline gas, LNG and coal that China bought from Russia as percent of its "
    "goods imports from Russia, all c.i.f. by China customs. Oil products, electricity and uranium are left out, so it "
    "is a lower bound of the share of energy. No LNG value in 2013.",
    formula="100 (V_crude + V_pipeline gas + V_LNG + V_coal) / M_CHN,RUS",
    literature=HIRSCHMAN,
    claims=("G3", "P4"),
    dyads=("RUS-CHN",),
    directed=True,
)
def share_of_exports(record: Record, dyad: Dyad) -> list[Point]:
    coal = combine(
        lambda tonnes, price: tonnes * price,
        record.timeseries("energy.coal.volume.rus-chn"),
        record.timeseries("energy.price.coal.rus-chn"),
    )
    fuels = total(record.timeseries("energy.crude.value.rus-chn"), gas_value(record), coal)
    return ratio(scaled(fuels, 1 / 1000), record.timeseries("trade.exports.rus-chn"))
