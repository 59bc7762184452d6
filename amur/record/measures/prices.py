"""What Russia concedes in price: oil and gas sold to China against what others pay.

Every concession is signed from the seller's side: positive where Russia gets less than the benchmark, negative
where the buyer pays more. Customs unit values are c.i.f. at the Chinese border, so they hold freight that a
benchmark quoted at the port of loading does not: a concession is understated by it.
"""

from __future__ import annotations

from amur.record.measures.factors import BARRELS_PER_TONNE, GJ_PER_1000_M3, GJ_PER_MMBTU, GJ_PER_TONNE_LNG
from amur.record.measures.points import combine, difference, ratio, scaled, since, splice
from amur.record.measures.registry import Dyad, declare
from amur.record.record import Record
from amur.record.timeseries import Point

ASYMMETRY = "Buyer power: Hirschman 1945; Smith Stegen 2011, Energy Policy 39(10)"
DISCOUNT = (
    "Babina et al. 2023, Assessing the Impact of International Sanctions on Russian Oil Exports, CEPR DP 17957"
)

# --- crude oil ---


def crude_unit_value(record: Record) -> list[Point]:
    """Customs value of Russian crude in China, US$ a barrel: value over tonnes from 2000, from yuan a kilogram after."""
    dollars = ratio(
        since(record.timeseries("energy.crude.value.rus-chn"), "2000"),
        record.timeseries("energy.crude.volume.rus-chn"),
        scale=1 / BARRELS_PER_TONNE,
    )
    yuan = combine(
        lambda price, rate: 1000 * price / rate / BARRELS_PER_TONNE,
        record.timeseries("energy.price.crude-yuan.rus-chn"),
        record.timeseries("finance.fx.usd-cny"),
    )
    return splice(dollars, (yuan, "from yuan a kilogram at the year's average rate"))


def crude_unit_value_monthly(record: Record) -> list[Point]:
    """Customs value of Russian crude in China, US$ a barrel, by month."""
    return scaled(record.timeseries("energy.price.crude.rus-chn.m"), 1 / BARRELS_PER_TONNE)


def _share_below(benchmark: float, price: float) -> float:
    return 100 * (benchmark - price) / benchmark


_CRUDE = (
    "Customs value of Russian crude in China (c.i.f., all routes and grades) at 7.33 barrels a tonne against Brent "
    "spot (EIA) of the same {period}; positive = Russia gets less than Brent. No allowance for freight, quality or "
    "the weeks between pricing and customs clearance. "
)
_CRUDE_YEAR = (
    _CRUDE.format(period="year") + "2025 from the customs value in yuan a kilogram at the year's rate."
)
_CRUDE_MONTH = (
    _CRUDE.format(period="month") + "When Brent moves fast the lag shows as a false discount or premium."
)


@declare(
    name="price.crude-concession",
    title="Price concession on crude to China against Brent",
    unit="US$/bbl",
    dimension="economic",
    definition=_CRUDE_YEAR,
    formula="Brent - V / (7.33 Q)",
    literature=f"{DISCOUNT}; {ASYMMETRY}",
    claims=("P7", "G18", "G19"),
    dyads=("RUS-CHN",),
    directed=True,
)
def crude_concession(record: Record, dyad: Dyad) -> list[Point]:
    return difference(record.timeseries("energy.price.brent"), crude_unit_value(record))


@declare(
    name="price.crude-concession-share",
    title="Price concession on crude to China as a share of Brent",
    unit="percent",
    dimension="economic",
    definition=_CRUDE_YEAR,
    formula="100 (Brent - V / (7.33 Q)) / Brent",
    literature=f"{DISCOUNT}; {ASYMMETRY}",
    claims=("P7", "G18"),
    dyads=("RUS-CHN",),
    directed=True,
)
def crude_concession_share(record: Record, dyad: Dyad) -> list[Point]:
    return combine(_share_below, record.timeseries("energy.price.brent"), crude_unit_value(record))


@declare(
    name="price.crude-concession.m",
    title="Price concession on crude to China against Brent, monthly",
    unit="US$/bbl",
    dimension="economic",
    definition=_CRUDE_MONTH,
    formula="Brent - V / (7.33 Q)",
    literature=f"{DISCOUNT}; {ASYMMETRY}",
    claims=("P7", "G18", "G19"),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)
def crude_concession_monthly(record: Record, dyad: Dyad) -> list[Point]:
    return difference(record.timeseries("energy.price.brent.m"), crude_unit_value_monthly(record))


@declare(
    name="price.crude-concession-share.m",
    title="Price concession on crude to China as a share of Brent, monthly",
    unit="percent",
    dimension="economic",
    definition=_CRUDE_MONTH,
    formula="100 (Brent - V / (7.33 Q)) / Brent",
    literature=f"{DISCOUNT}; {ASYMMETRY}",
    claims=("P7",),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)
def crude_concession_share_monthly(record: Record, dyad: Dyad) -> list[Point]:
    return combine(_share_below, record.timeseries("energy.price.brent.m"), crude_unit_value_monthly(record))


@declare(
    name="price.crude-concession-origins",
    title="Price concession on crude to China against all China's crude",
    unit="percent",
    dimension="economic",
    definition="How far the customs value of a kilogram of Russian crude in China lies below that of all crude China "
    "imports (Russia's included), both in yuan c.i.f., so that freight is on both sides; positive = Russia gets less. "
    "Grades differ.",
    formula="100 (p_world - p_RUS) / p_world",
    literature=ASYMMETRY,
    claims=("P7", "G18"),
    dyads=("RUS-CHN",),
    directed=True,
)
def crude_concession_origins(record: Record, dyad: Dyad) -> list[Point]:
    return combine(
        _share_below,
        record.timeseries("energy.price.crude-yuan.world-chn"),
        record.timeseries("energy.price.crude-yuan.rus-chn"),
    )


@declare(
    name="price.crude-concession-buyers.m",
    title="Price concession on crude to China against all Russia's buyers, monthly",
    unit="US$/bbl",
    dimension="economic",
    definition="Average export price of Russian crude to all buyers (IEA; f.o.b.) less the customs value of Russian "
    "crude in China (c.i.f. at 7.33 barrels a tonne) of the same month: positive = China pays less than Russia's other "
    "buyers. Freight of some dollars a barrel is in the Chinese price only, so small negative values mean nothing.",
    formula="p_RUS,all - V / (7.33 Q)",
    literature=f"{DISCOUNT}; {ASYMMETRY}",
    claims=("P7", "G18"),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)
def crude_concession_buyers(record: Record, dyad: Dyad) -> list[Point]:
    return difference(record.timeseries("energy.price.russian-crude-iea.m"), crude_unit_value_monthly(record))


@declare(
    name="price.espo-concession.m",
    title="Discount of ESPO blend in Chinese ports against Brent, monthly",
    unit="US$/bbl",
    dimension="economic",
    definition="Differential of ESPO blend delivered to Chinese ports against ICE Brent in the trade press, with the "
    "sign turned: positive = discount. Ten months.",
    formula="- (ESPO - Brent)",
    literature=ASYMMETRY,
    claims=("P7", "G18"),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)
def espo_concession(record: Record, dyad: Dyad) -> list[Point]:
    return scaled(record.timeseries("energy.price.espo-vs-brent.rus-chn.m"), -1)


@declare(
    name="price.urals-concession",
    title="Discount of Urals against Brent",
    unit="US$/bbl",
    dimension="economic",
    definition="Brent spot (EIA) less Urals (Russian finance ministry; from 2024 the tax-purpose Urals of the economy "
    "ministry), annual averages: what Russia concedes to all buyers of its western grade, for scale.",
    formula="Brent - Urals",
    literature=DISCOUNT,
    claims=("P7",),
    dyads=("RUS-WLD",),
    directed=True,
)
def urals_concession(record: Record, dyad: Dyad) -> list[Point]:
    return difference(record.timeseries("energy.price.brent"), record.timeseries("energy.price.urals"))


@declare(
    name="price.urals-concession.m",
    title="Discount of Urals against Brent, monthly",
    unit="US$/bbl",
    dimension="economic",
    definition="Brent spot (EIA) less Urals (Russian finance ministry to 2023, then tax-purpose Urals, 78 percent "
    "Urals and 22 percent ESPO) of the same month.",
    formula="Brent - Urals",
    literature=DISCOUNT,
    claims=("P7",),
    dyads=("RUS-WLD",),
    directed=True,
    frequency="M",
)
def urals_concession_monthly(record: Record, dyad: Dyad) -> list[Point]:
    return difference(record.timeseries("energy.price.brent.m"), record.timeseries("energy.price.urals.m"))


@declare(
    name="price.russian-crude-concession.m",
    title="Discount of all Russian crude against Brent, monthly",
    unit="US$/bbl",
    dimension="economic",
    definition="Brent spot (EIA) less the average export price of Russian crude to all buyers (IEA, as charted by the "
    "Economics Observatory).",
    formula="Brent - p_RUS,all",
    literature=DISCOUNT,
    claims=("P7",),
    dyads=("RUS-WLD",),
    directed=True,
    frequency="M",
)
def russian_crude_concession(record: Record, dyad: Dyad) -> list[Point]:
    return difference(
        record.timeseries("energy.price.brent.m"), record.timeseries("energy.price.russian-crude-iea.m")
    )


# --- gas ---


def pipeline_unit_value(record: Record) -> list[Point]:
    """Implied price of Power of Siberia gas, US$ a thousand cubic metres, from 2020 (December 2019 left out)."""
    return ratio(
        since(record.timeseries("energy.gas.pipeline-value.rus-chn"), "2020"),
        record.timeseries("energy.gas.pos1.rus-chn"),
        scale=1,
    )


def per_mmbtu(price_per_1000_m3: list[Point]) -> list[Point]:
    """US$ a thousand cubic metres of Power of Siberia gas as US$ a million Btu."""
    return scaled(price_per_1000_m3, GJ_PER_MMBTU / GJ_PER_1000_M3)


def lng_unit_value(record: Record) -> list[Point]:
    """Customs value of Russian LNG in China, US$ a million Btu."""
    return scaled(record.timeseries("energy.price.lng.rus-chn"), GJ_PER_MMBTU / GJ_PER_TONNE_LNG)


_IMPLIED = (
    "the implied price of Power of Siberia gas (Chinese customs value over Gazprom's deliveries; the cubic metres "
    "and the timing of the two differ slightly) "
)
_BTU = "in US$ a million Btu, at 38.0 GJ a thousand cubic metres of Power of Siberia gas"
_PRICING = (
    "Henderson and Mitrova 2015, Political and Commercial Dynamics of Russia's Gas Export Strategy, OIES NG 102"
)


@declare(
    name="price.gas-implied",
    title="Implied price of Power of Siberia gas",
    unit="US$/1000 m3",
    dimension="economic",
    definition="Chinese customs value of pipeline gas from Russia over Power of Siberia deliveries of the year "
    "(Gazprom); Russian and Chinese cubic metres and timing differ slightly.",
    formula="V / Q",
    literature=_PRICING,
    claims=("G4", "G18"),
    dyads=("RUS-CHN",),
    directed=True,
)
def gas_implied(record: Record, dyad: Dyad) -> list[Point]:
    return pipeline_unit_value(record)


_MINISTRY = (
    "Average export prices of pipeline gas in the outlooks of the Russian economy ministry: to Europe and Turkey, and "
    "to China, so both from one source. 2022 is outturn, 2024 a forecast of September 2023, 2025 an estimate of "
    "September 2025; 2023 lacks the European price. "
)


@declare(
    name="price.gas-concession",
    title="Price concession on pipeline gas to China against Europe",
    unit="US$/1000 m3",
    dimension="economic",
    definition=_MINISTRY + "Positive = China pays less.",
    formula="p_Europe - p_China",
    literature=_PRICING,
    claims=("G4", "G18", "P7"),
    dyads=("RUS-CHN",),
    directed=True,
)
def gas_concession(record: Record, dyad: Dyad) -> list[Point]:
    return difference(
        record.timeseries("energy.price.gas-mer.rus-eur"), record.timeseries("energy.price.gas-mer.rus-chn")
    )


@declare(
    name="price.gas-concession-share",
    title="Price concession on pipeline gas to China as a share of the European price",
    unit="percent",
    dimension="economic",
    definition=_MINISTRY + "Positive = China pays less.",
    formula="100 (p_Europe - p_China) / p_Europe",
    literature=_PRICING,
    claims=("G4", "G18", "P7"),
    dyads=("RUS-CHN",),
    directed=True,
)
def gas_concession_share(record: Record, dyad: Dyad) -> list[Point]:
    return combine(
        _share_below,
        record.timeseries("energy.price.gas-mer.rus-eur"),
        record.timeseries("energy.price.gas-mer.rus-chn"),
    )


@declare(
    name="price.gas-concession-customs",
    title="Price concession on pipeline gas to China against Europe, by Chinese customs",
    unit="percent",
    dimension="economic",
    definition="How far "
    + _IMPLIED
    + "lies below the economy ministry's average price to Europe and Turkey; positive "
    "= China pays less. The check on the ministry's own price to China.",
    formula="100 (p_Europe - V / Q) / p_Europe",
    literature=_PRICING,
    claims=("G4", "G18", "P7"),
    dyads=("RUS-CHN",),
    directed=True,
)
def gas_concession_customs(record: Record, dyad: Dyad) -> list[Point]:
    return combine(_share_below, record.timeseries("energy.price.gas-mer.rus-eur"), pipeline_unit_value(record))


@declare(
    name="price.gas-concession-germany",
    title="Price concession on pipeline gas to China against the German border",
    unit="percent",
    dimension="economic",
    definition="How far "
    + _IMPLIED
    + "lies below the average price of gas imported by Germany (BAFA), both "
    + _BTU
    + "; "
    "positive = China pays less. The German price is of all origins; the record's price of Russian gas in Germany ends "
    "in 2016, before Power of Siberia.",
    formula="100 (p_DEU - V / (Q h)) / p_DEU, h = 38.0 / 1.055056 mmbtu per 1000 m3",
    literature=_PRICING,
    claims=("G4", "G18"),
    dyads=("RUS-CHN",),
    directed=True,
)
def gas_concession_germany(record: Record, dyad: Dyad) -> list[Point]:
    return combine(
        _share_below, record.timeseries("energy.price.gas.deu"), per_mmbtu(pipeline_unit_value(record))
    )


@declare(
    name="price.gas-concession-lng",
    title="Price concession on pipeline gas against Russian LNG in China",
    unit="percent",
    dimension="economic",
    definition="How far "
    + _IMPLIED
    + "lies below the customs value of Russian LNG in China, both "
    + _BTU
    + " and 54.4 "
    "GJ a tonne of LNG: what the same buyer pays the same seller where the seller could send the cargo elsewhere. "
    "Positive = the pipeline sells for less; liquefaction and freight (some 3-5 US$ a million Btu) are in the LNG "
    "price.",
    formula="100 (p_LNG - p_pipeline) / p_LNG",
    literature=_PRICING,
    claims=("G18", "G4"),
    dyads=("RUS-CHN",),
    directed=True,
)
def gas_concession_lng(record: Record, dyad: Dyad) -> list[Point]:
    return combine(_share_below, lng_unit_value(record), per_mmbtu(pipeline_unit_value(record)))


@declare(
    name="price.lng-concession",
    title="Price concession on LNG to China against the Dutch hub",
    unit="US$/mmbtu",
    dimension="economic",
    definition="TTF day-ahead price (Energy Institute, to 2022) less the customs value of Russian LNG in China (c.i.f.) "
    "at 54.4 GJ a tonne; positive = China pays less than the European spot price. Russian LNG in China is mostly sold "
    "under long contracts tied to oil, so the difference follows the European spot price.",
    formula="p_TTF - p_LNG",
    literature=_PRICING,
    claims=("P7", "B3"),
    dyads=("RUS-CHN",),
    directed=True,
)
def lng_concession(record: Record, dyad: Dyad) -> list[Point]:
    return difference(record.timeseries("energy.price.ttf"), lng_unit_value(record))
