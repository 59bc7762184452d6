"""Energy: who relies on whom for crude, gas and coal, how concentrated the buyers and sellers are, and by which routes.

Volumes of gas are of different cubic metres: Gazprom's (20 degrees C, as burnt), the Energy Institute's (15 degrees
C, standardised at 40 MJ) and China customs as converted by Wind. Each definition says which it uses.
"""

from __future__ import annotations

from collections.abc import Iterable

from amur.record import periods
from amur.record.measures.points import (
    annual,
    by_period,
    combine,
    concentration,
    merged,
    ratio,
    recorded,
    scaled,
    since,
    splice,
    total,
)
from amur.record.measures.registry import Dyad, declare
from amur.record.record import Record
from amur.record.timeseries import Point, TimeSeries

BCM_PER_MT_LNG = 1.36
"""Billion cubic metres of gas (at 40 MJ) in a million tonnes of LNG: Energy Institute, Statistical Review 2023,
approximate conversion factors."""

HIRSCHMAN = "Hirschman 1945, National Power and the Structure of Foreign Trade"
HHI = f"Herfindahl-Hirschman index: {HIRSCHMAN}; as diversity of supply, Stirling 2010, Energy Policy 38(4)"

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


def _crude_sold_by_russia(record: Record) -> dict[str, Iterable[Point]]:
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


_CRUDE_OUT = (
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
    + _CRUDE_OUT,
    formula="100 Q_ab / Q_a",
    literature=HIRSCHMAN,
    claims=("G18", "P4"),
    dyads=("RUS-CHN", "RUS-EUU", "RUS-IND", "RUS-JPN"),
    directed=True,
)
def crude_export_dependence(record: Record, dyad: Dyad) -> list[Point]:
    sold = _crude_sold_by_russia(record)[dyad.b]
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


def _pipeline_values(record: Record) -> dict[str, TimeSeries]:
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
    values = _pipeline_values(record)
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


def _gas_sold_by_russia(record: Record) -> tuple[list[Point], dict[str, Iterable[Point]]]:
    """All gas sold outside the CIS and its destinations, bcm at 40 MJ: pipelines to Europe and China, and LNG."""
    europe = record.timeseries("energy.gas.pipeline.rus-eur")
    china = record.timeseries("energy.gas.pipeline-ei.rus-chn")
    ships = {
        name: scaled(record.timeseries(f"energy.lng.{series}"), BCM_PER_MT_LNG)
        for name, series in {"CHN": "volume.rus-chn", "JPN": "rus-jpn"}.items()
    }
    whole = total(europe, china, record.timeseries("energy.lng.exports.rus"))
    return whole, {"CHN": total(china, ships["CHN"]), "JPN": ships["JPN"], "Europe": europe.points}


_GAS_OUT = (
    "Russia's gas exports outside the CIS, bcm at 40 MJ: pipelines to Europe (EU, Britain, Turkey, Ukraine and the "
    "Balkans) and China plus all LNG (Energy Institute); LNG to China by China customs and to Japan by UN Comtrade "
    "at 1.36 bcm a Mt. "
)


@declare(
    name="energy.gas-export-dependence",
    title="Gas export dependence",
    unit="percent",
    dimension="economic",
    definition="Share of China in Russia's gas exports outside the CIS, 2019-2022. " + _GAS_OUT,
    formula="100 (Q_pipeline,CHN + 1.36 Q_LNG,CHN) / Q_outside CIS",
    literature=HIRSCHMAN,
    claims=("G4", "G18"),
    dyads=("RUS-CHN",),
    directed=True,
)
def gas_export_dependence(record: Record, dyad: Dyad) -> list[Point]:
    whole, sold = _gas_sold_by_russia(record)
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


# --- all fossil fuels by value, CREA ---

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


_CREA = (
    "Values are estimates of the Centre for Research on Energy and Clean Air (tonnes by ship and pipeline times "
    "modelled prices, revised over time), means per day times the days of the month, from March 2022. "
)
_CREA_BUYERS = tuple(f"RUS-{buyer}" for buyer in BUYERS)


@declare(
    name="energy.fossil-export-dependence.m",
    title="Fossil export dependence by value, monthly",
    unit="percent",
    dimension="economic",
    definition="Share of b in the value of Russia's exports of oil, gas and coal in the month. " + _CREA,
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
    "December. " + _CREA,
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
    "December. " + _CREA,
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
    "December. " + _CREA,
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
    + _CREA,
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


# --- concentration ---

_BOUNDS = (
    "Sum of squared percent shares, 0 to 10,000. Only some partners are known (the note of each point names them): "
    "{rest} "
)
_LOW = _BOUNDS.format(rest="the rest is treated as atomistic, which gives the lower bound.")
_HIGH = _BOUNDS.format(rest="the rest is treated as one more partner, which gives the upper bound.")
_SUM = "sum over known partners of s_i^2"
_SUM_REST = "sum over known partners of s_i^2 + (100 - sum of s_i)^2"


def _china_crude(record: Record, remainder: str) -> list[Point]:
    partners = {"RUS": "energy.crude.volume.rus-chn"} | {
        origin.upper(): f"energy.crude.{origin}-chn" for origin in ("sau", "irq", "are", "mys")
    }
    series = {name: record.timeseries(one) for name, one in partners.items()}
    return concentration(
        record.timeseries("energy.crude.imports.chn"), series, remainder=remainder, require=("RUS", "SAU")
    )


def _china_gas(record: Record, remainder: str) -> list[Point]:
    def gas(name: str) -> TimeSeries:
        return record.timeseries(f"energy.{name}-chn")

    partners: dict[str, Iterable[Point]] = {
        "RUS": total(
            record.timeseries("energy.gas.pipeline-ei.rus-chn"), record.timeseries("energy.lng.rus-chn.ei")
        )
    }
    partners |= {name.upper(): gas(f"gas.pipeline.{name}").points for name in ("tkm", "kaz", "uzb", "mmr")}
    partners |= {name.upper(): gas(f"lng.{name}").points for name in ("aus", "qat", "mys", "usa")}
    whole = total(gas("gas.pipeline.world"), record.timeseries("energy.lng.imports.chn"))
    return concentration(whole, partners, remainder=remainder, require=("RUS", "AUS", "TKM"))


def _russia_crude(record: Record, remainder: str) -> list[Point]:
    return concentration(
        record.timeseries("energy.crude.exports.rus"),
        _crude_sold_by_russia(record),
        remainder=remainder,
        require=("CHN", "EUU"),
    )


def _russia_gas(record: Record, remainder: str) -> list[Point]:
    whole, sold = _gas_sold_by_russia(record)
    return concentration(whole, sold, remainder=remainder, require=("CHN", "Europe"))


def _russia_fossil(record: Record, remainder: str) -> list[Point]:
    whole = crea(record, "fossil", "wld")
    sold = {name: crea(record, "fossil", buyer) for name, buyer in BUYERS.items()}
    return concentration(whole, sold, remainder=remainder, require=BUYERS)


china_crude_low = declare(
    name="energy.crude-import-concentration-low",
    title="Concentration of China's crude imports by origin, lower bound",
    unit="index 0-10,000",
    dimension="economic",
    definition="China's crude imports by tonnage, China customs, in the five years for which Russia and Saudi Arabia are known; "
    "with Iraq, the Emirates and Malaysia in 2023, the one year whose bounds are close. " + _LOW,
    formula=_SUM,
    literature=HHI,
    claims=("P17", "P21"),
    dyads=("CHN-WLD",),
)(lambda record, dyad: _china_crude(record, "atomistic"))

china_crude_high = declare(
    name="energy.crude-import-concentration-high",
    title="Concentration of China's crude imports by origin, upper bound",
    unit="index 0-10,000",
    dimension="economic",
    definition="As energy.crude-import-concentration-low. " + _HIGH,
    formula=_SUM_REST,
    literature=HHI,
    claims=("P17", "P21"),
    dyads=("CHN-WLD",),
)(lambda record, dyad: _china_crude(record, "single"))

china_gas_low = declare(
    name="energy.gas-import-concentration-low",
    title="Concentration of China's gas imports by origin, lower bound",
    unit="index 0-10,000",
    dimension="economic",
    definition="China's imports of pipeline gas and LNG by volume at 40 MJ (BP, Energy Institute), nine origins, 2020 "
    "and 2022. " + _LOW,
    formula=_SUM,
    literature=HHI,
    claims=("P17", "G4"),
    dyads=("CHN-WLD",),
)(lambda record, dyad: _china_gas(record, "atomistic"))

china_gas_high = declare(
    name="energy.gas-import-concentration-high",
    title="Concentration of China's gas imports by origin, upper bound",
    unit="index 0-10,000",
    dimension="economic",
    definition="As energy.gas-import-concentration-low. " + _HIGH,
    formula=_SUM_REST,
    literature=HHI,
    claims=("P17", "G4"),
    dyads=("CHN-WLD",),
)(lambda record, dyad: _china_gas(record, "single"))

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
        total(*_pipeline_values(record).values()),
        _pipeline_values(record),
        require=_pipeline_values(record),
    )
)

russia_crude_low = declare(
    name="energy.crude-export-concentration-low",
    title="Concentration of Russia's crude exports by destination, lower bound",
    unit="index 0-10,000",
    dimension="economic",
    definition=_CRUDE_OUT + "Europe (2020, 2022) or the EU (2019, 2021) counts as one destination. " + _LOW,
    formula=_SUM,
    literature=HHI,
    claims=("G18", "P8"),
    dyads=("RUS-WLD",),
)(lambda record, dyad: _russia_crude(record, "atomistic"))

russia_crude_high = declare(
    name="energy.crude-export-concentration-high",
    title="Concentration of Russia's crude exports by destination, upper bound",
    unit="index 0-10,000",
    dimension="economic",
    definition="As energy.crude-export-concentration-low. " + _HIGH,
    formula=_SUM_REST,
    literature=HHI,
    claims=("G18", "P8"),
    dyads=("RUS-WLD",),
)(lambda record, dyad: _russia_crude(record, "single"))

russia_gas_low = declare(
    name="energy.gas-export-concentration-low",
    title="Concentration of Russia's gas exports by destination, lower bound",
    unit="index 0-10,000",
    dimension="economic",
    definition=_GAS_OUT + "Europe by pipeline counts as one destination. " + _LOW,
    formula=_SUM,
    literature=HHI,
    claims=("G4", "P8"),
    dyads=("RUS-WLD",),
)(lambda record, dyad: _russia_gas(record, "atomistic"))

russia_gas_high = declare(
    name="energy.gas-export-concentration-high",
    title="Concentration of Russia's gas exports by destination, upper bound",
    unit="index 0-10,000",
    dimension="economic",
    definition="As energy.gas-export-concentration-low. " + _HIGH,
    formula=_SUM_REST,
    literature=HHI,
    claims=("G4", "P8"),
    dyads=("RUS-WLD",),
)(lambda record, dyad: _russia_gas(record, "single"))

russia_fossil_low = declare(
    name="energy.fossil-export-concentration-low.m",
    title="Concentration of Russia's fossil exports by buyer, lower bound, monthly",
    unit="index 0-10,000",
    dimension="economic",
    definition="Value of Russia's exports of oil, gas and coal to China, the EU (one buyer), India, Türkiye and the "
    "rest. " + _CREA + _LOW,
    formula=_SUM,
    literature=HHI,
    claims=("P7", "P8"),
    dyads=("RUS-WLD",),
    frequency="M",
)(lambda record, dyad: _russia_fossil(record, "atomistic"))

russia_fossil_high = declare(
    name="energy.fossil-export-concentration-high.m",
    title="Concentration of Russia's fossil exports by buyer, upper bound, monthly",
    unit="index 0-10,000",
    dimension="economic",
    definition="As energy.fossil-export-concentration-low.m. " + _CREA + _HIGH,
    formula=_SUM_REST,
    literature=HHI,
    claims=("P7", "P8"),
    dyads=("RUS-WLD",),
    frequency="M",
)(lambda record, dyad: _russia_fossil(record, "single"))

# --- routes ---

malacca_share = declare(
    name="energy.malacca-share",
    title="Share of China's oil imports through the Strait of Malacca",
    unit="percent",
    dimension="economic",
    definition="Published estimates (US Department of Defense, EIA); some count the South China Sea with it, so they "
    "do not make a trend.",
    formula="as recorded",
    literature="Erickson and Collins 2010, Naval War College Review 63(2), on the limits of the pipeline answer",
    claims=("P17",),
    dyads=("CHN-WLD",),
)(recorded("energy.dep.malacca-share.chn"))

overland_share = declare(
    name="energy.crude-overland-share",
    title="Share of China's crude imports arriving overland",
    unit="percent",
    dimension="economic",
    definition="All overland crude (Russia, Kazakhstan) as percent of China's crude imports; one published estimate.",
    formula="as recorded",
    literature="Erickson and Collins 2010, Naval War College Review 63(2)",
    claims=("P17",),
    dyads=("CHN-WLD",),
)(recorded("energy.dep.crude-overland-share.chn"))


@declare(
    name="energy.crude-pipeline-share",
    title="Russian crude by pipeline in China's crude imports",
    unit="percent",
    dimension="economic",
    definition="Crude that Transneft delivered by Skovorodino-Mohe and across Kazakhstan as percent of China's crude "
    "imports by tonnage: Russia's part of what avoids the Strait of Malacca by land.",
    formula="100 Q_pipeline / Q_a",
    literature="Erickson and Collins 2010, Naval War College Review 63(2)",
    claims=("P17", "G18"),
    dyads=("CHN-RUS",),
    directed=True,
)
def crude_pipeline_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("energy.crude.pipeline-total.rus-chn"), record.timeseries("energy.crude.imports.chn")
    )


@declare(
    name="energy.crude-by-pipeline",
    title="Share of Russia's crude to China that goes by pipeline",
    unit="percent",
    dimension="economic",
    definition="Crude by pipeline (Transneft) as percent of all Russian crude reaching China (China customs): the part "
    "that has one possible buyer.",
    formula="100 Q_pipeline / Q_ab",
    literature=HIRSCHMAN,
    claims=("G18",),
    dyads=("RUS-CHN",),
    directed=True,
)
def crude_by_pipeline(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("energy.crude.pipeline-total.rus-chn"),
        record.timeseries("energy.crude.volume.rus-chn"),
    )


@declare(
    name="energy.spur-capacity-share",
    title="Capacity of the Skovorodino-Mohe line against China's crude imports",
    unit="percent",
    dimension="economic",
    definition="Annual capacity of the line as percent of China's crude imports of the year: what could come overland "
    "from Russia by that line at most.",
    formula="100 K / Q_a",
    literature="Erickson and Collins 2010, Naval War College Review 63(2)",
    claims=("P17", "G18"),
    dyads=("CHN-RUS",),
    directed=True,
)
def spur_capacity_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("energy.crude.spur-capacity.rus-chn"), record.timeseries("energy.crude.imports.chn")
    )
