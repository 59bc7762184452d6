"""Money: in which currency the two settle, what yuan Russia holds and trades, Chinese capital, and sanctions."""

from __future__ import annotations

from amur.record.measures.points import (
    combine,
    ratio,
    recorded,
    splice,
    total,
)
from amur.record.measures.registry import Dyad, Measure, declare
from amur.record.measures.running import window
from amur.record.record import Record
from amur.record.timeseries import Point

SETTLEMENT = "Eichengreen 2011, Exorbitant Privilege; McDowell 2023, Bucking the Buck"
LEVERAGE = "Farrell and Newman 2019, International Security 44(1)"

CAPITAL = "Damgaard, Elkjaer and Johannesen 2024, Journal of International Money and Finance, on investors seen and real"

# --- settlement ---

own_currencies = declare(
    name="finance.own-currency-settlement",
    title="Share of China-Russia trade settled in yuan and roubles",
    unit="percent",
    dimension="economic",
    definition="Share of bilateral trade settled in yuan or roubles, as Russian officials stated it or as computed from "
    "Bank of Russia data; for 2014 the share in yuan alone, a lower bound. The statements differ in scope and are "
    "rounded.",
    formula="as recorded",
    literature=SETTLEMENT,
    claims=("G15",),
    dyads=("CHN-RUS",),
)(
    lambda record, dyad: splice(
        record.timeseries("finance.settle.natcur.chn-rus"),
        (
            [p for p in record.timeseries("finance.settle.cny.chn-rus").points if p.period == "2014"],
            "yuan alone, a lower bound",
        ),
    )
)


def _settlement(
    name: str, title: str, what: str, series: str, partner: str, claims: tuple[str, ...]
) -> Measure:
    """A share of the settlement of Russia's trade with all partners, single months, as the Bank of Russia gives it."""
    return declare(
        name=name,
        title=title,
        unit="percent",
        dimension="economic",
        definition=f"{what}, goods and services, all partners, single months as quoted from the Bank of Russia, which "
        "no longer publishes currencies one by one.",
        formula="as recorded",
        literature=SETTLEMENT,
        claims=claims,
        dyads=(f"RUS-{partner}",),
        directed=True,
        frequency="M",
    )(recorded(series))


yuan_exports = _settlement(
    "finance.yuan-settlement-exports.m",
    "Yuan in the settlement of Russia's exports",
    "Share of the settlement of Russia's exports in yuan",
    "finance.settle.cny.rus-exports",
    "CHN",
    ("G15", "P14"),
)
yuan_imports = _settlement(
    "finance.yuan-settlement-imports.m",
    "Yuan in the settlement of Russia's imports",
    "Share of the settlement of Russia's imports in yuan",
    "finance.settle.cny.rus-imports",
    "CHN",
    ("G15", "P14"),
)
rouble_exports = _settlement(
    "finance.rouble-settlement-exports.m",
    "Roubles in the settlement of Russia's exports",
    "Share of the settlement of Russia's exports in roubles",
    "finance.settle.rub.rus-exports.m",
    "WLD",
    ("G15",),
)
rouble_imports = _settlement(
    "finance.rouble-settlement-imports.m",
    "Roubles in the settlement of Russia's imports",
    "Share of the settlement of Russia's imports in roubles",
    "finance.settle.rub.rus-imports.m",
    "WLD",
    ("G15",),
)
western_exports = _settlement(
    "finance.western-settlement-exports.m",
    "Currencies of sanctioning states in the settlement of Russia's exports",
    "Share of the settlement of Russia's exports in dollars, euros and other currencies of states with sanctions",
    "finance.settle.toxic.rus-exports.m",
    "WST",
    ("G15", "G14"),
)
western_imports = _settlement(
    "finance.western-settlement-imports.m",
    "Currencies of sanctioning states in the settlement of Russia's imports",
    "Share of the settlement of Russia's imports in dollars, euros and other currencies of states with sanctions",
    "finance.settle.toxic.rus-imports.m",
    "WST",
    ("G15", "G14"),
)


@declare(
    name="finance.yuan-settlement.m",
    title="Yuan in the settlement of Russia's trade",
    unit="percent",
    dimension="economic",
    definition="Value settled in yuan, exports plus imports, as percent of all settlement of Russia's goods and services "
    "trade. The whole of each side is its yuan value over its yuan share; the months for which the Bank of Russia "
    "gave all four.",
    formula="100 (Y_x + Y_m) / (Y_x / y_x + Y_m / y_m)",
    literature=SETTLEMENT,
    claims=("G15", "P14"),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)
def yuan_settlement(record: Record, dyad: Dyad) -> list[Point]:
    names = ("cny-value.rus-exports", "cny-value.rus-imports", "cny.rus-exports", "cny.rus-imports")
    return combine(
        lambda sold, bought, share_sold, share_bought: (
            (sold + bought) / (sold / share_sold + bought / share_bought)
        ),
        *(record.timeseries(f"finance.settle.{name}") for name in names),
    )


# --- reserves and markets ---

reserves = declare(
    name="finance.yuan-reserves",
    title="Yuan in the reserves of the Bank of Russia",
    unit="percent",
    dimension="economic",
    definition="Share of yuan in the Bank of Russia's assets in foreign currencies and gold at year end; disclosure "
    "stopped after January 2022.",
    formula="as recorded",
    literature=SETTLEMENT,
    claims=("G15", "P4"),
    dyads=("RUS-CHN",),
    directed=True,
)(recorded("finance.russia.reserves-cny-share"))

exchange = declare(
    name="finance.yuan-exchange-share.m",
    title="Yuan in currency trading on the Moscow exchange",
    unit="percent",
    dimension="economic",
    definition="Share of yuan in on-exchange currency trading (Bank of Russia). The jump of June 2024 is not a choice: "
    "US sanctions of 12 June ended dollar and euro trading there.",
    formula="as recorded",
    literature=SETTLEMENT,
    claims=("G15", "P14"),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)(recorded("finance.moex.cny-share.m"))

over_the_counter = declare(
    name="finance.yuan-otc-share.m",
    title="Yuan in over-the-counter currency trading in Russia",
    unit="percent",
    dimension="economic",
    definition="Share of yuan in over-the-counter currency trading (Bank of Russia).",
    formula="as recorded",
    literature=SETTLEMENT,
    claims=("G15",),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)(recorded("finance.otc.cny-share.m"))

# --- capital ---


@declare(
    name="finance.investment-dependence",
    title="China in direct investment in Russia",
    unit="percent",
    dimension="economic",
    definition="Net inflow of direct investment from China (Bank of Russia, immediate investor) as percent of all net "
    "inflow (World Bank WDI); one year, 2014, the best by the Bank's account. Money sent by way of Hong Kong, Cyprus or "
    "the Caribbean is not seen as Chinese. A share of the stock cannot be served: the record has no two stocks of one "
    "date, and Chinese and Russian figures for 2017 differ threefold (13.9 and 4.2 bn dollars).",
    formula="100 F_CHN / F_all",
    literature=CAPITAL,
    claims=("G13", "B6"),
    dyads=("RUS-CHN",),
    directed=True,
)
def investment_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("finance.invest.fdi.chn-rus.cbr"), record.timeseries("finance.russia.fdi-inflow")
    )


@declare(
    name="finance.commitments",
    title="Chinese official finance committed to Russia, five years",
    unit="US$ bn of 2021",
    dimension="economic",
    definition="Sum over the five years ending in the year of official-sector commitments of China to Russia (other "
    "official flows and vague flows, no aid), constant 2021 dollars, AidData GCDF 3.0. The loans for oil to Rosneft and "
    "Transneft make 2009 and 2013.",
    formula="sum of C_t-4 to C_t",
    literature="Custer et al. 2023, AidData GCDF 3.0; Dreher et al. 2022, Banking on Beijing",
    claims=("G13", "G14", "B3"),
    dyads=("CHN-RUS",),
    directed=True,
)
def commitments(record: Record, dyad: Dyad) -> list[Point]:
    return window(record.timeseries("finance.invest.aiddata.chn-rus"), 5)


@declare(
    name="finance.commitments-share",
    title="Chinese official finance committed to Russia against Russia's economy",
    unit="percent",
    dimension="economic",
    definition="Chinese official commitments of the five years to 2021 as percent of Russia's GDP of 2021, both in "
    "dollars of 2021; other years would mix constant and current prices.",
    formula="100 sum of C_2017 to C_2021 / GDP_2021",
    literature="Custer et al. 2023, AidData GCDF 3.0",
    claims=("G13", "B3"),
    dyads=("CHN-RUS",),
    directed=True,
)
def commitments_share(record: Record, dyad: Dyad) -> list[Point]:
    base = [point for point in commitments.compute(record, dyad) if point.period == "2021"]
    return ratio(base, record.timeseries("trade.gdp.rus"))


# --- sanctions ---

_EU = "EU asset-freeze list over Ukraine (Annex I to Regulation 269/2014) as it stood on 2026-07-17"

_NEW: dict[str, tuple[str, str]] = {
    "EUU-RUS": ("finance.sanctions.eu-269.new", "all listings over Ukraine"),
    "EUU-CHN": ("finance.sanctions.eu-269.chn", "Chinese address or nationality"),
    "USA-RUS": ("finance.sanctions.us-sdn.rus", "SDN list"),
    "USA-CHN": ("finance.sanctions.us-sdn.chn", "SDN list, all programmes"),
}


@declare(
    name="finance.sanctions-new",
    title="New sanctions listings by a on b",
    unit="count",
    dimension="economic",
    definition=f"Persons and entities that a listed in the year. EUU: entries of the {_EU}, by year of listing, so "
    "later removals are not seen; EUU-RUS is all of them, EUU-CHN those with a mainland or Hong Kong address or Chinese "
    "nationality. USA: additions to the SDN list counted by CNAS; USA-RUS for 2022-2023 is Russia-related additions, "
    "for 2024 Russian persons, and USA-CHN is all programmes.",
    formula="count per year",
    literature=LEVERAGE,
    claims=("P2", "G14"),
    dyads=_NEW,
    directed=True,
)
def sanctions_new(record: Record, dyad: Dyad) -> list[Point]:
    series, note = _NEW[str(dyad)]
    return splice((record.timeseries(series), note))


@declare(
    name="finance.sanctions-standing",
    title="Sanctions listings by the EU that stand",
    unit="count",
    dimension="economic",
    definition=f"Running total of entries. EUU-RUS: the {_EU}. EUU-CHN: Chinese entries of that list and of Annex IV "
    "(dual-use) to Regulation 833/2014 together, a firm on both counted twice.",
    formula="cumulated count",
    literature=LEVERAGE,
    claims=("P2", "G14"),
    dyads=("EUU-RUS", "EUU-CHN"),
    directed=True,
)
def sanctions_standing(record: Record, dyad: Dyad) -> list[Point]:
    name = {"RUS": "finance.sanctions.eu-269.cum", "CHN": "finance.sanctions.eu.chn.cum"}[dyad.b]
    return list(record.timeseries(name).points)


@declare(
    name="finance.sanctions-chinese-share",
    title="Chinese entries in new EU listings over Russia",
    unit="percent",
    dimension="economic",
    definition="Chinese persons and entities as percent of all entries of the year in the asset-freeze list (Annex I to "
    "Regulation 269/2014) and the dual-use list (Annex IV to Regulation 833/2014), both as they stood on 2026-07-17.",
    formula="100 (n_269,CHN + n_833,CHN) / (n_269 + n_833)",
    literature=LEVERAGE,
    claims=("P2", "G14"),
    dyads=("EUU-CHN",),
    directed=True,
)
def sanctions_chinese_share(record: Record, dyad: Dyad) -> list[Point]:
    chinese = total(
        record.timeseries("finance.sanctions.eu-269.chn"), record.timeseries("finance.sanctions.eu-833-iv.chn")
    )
    everyone = total(
        record.timeseries("finance.sanctions.eu-269.new"), record.timeseries("finance.sanctions.eu-833-iv.new")
    )
    return ratio(chinese, everyone)
