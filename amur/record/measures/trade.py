"""Trade dependence, its asymmetry, the concentration of Russia's trade, and goods that matter more than their value.

Dependence is read from the dependent state's own statistics where the record has them, because its total
trade comes from the same counting; every point says whose statistics it rests on.
"""

from __future__ import annotations

from amur.record.measures.flows import (
    EXPORTS,
    FACTBOOK,
    IMPORTS,
    TRADE,
    Readings,
    factbook,
    flow,
    total_trade,
    trade_between,
    world,
)
from amur.record.measures.points import (
    combine,
    difference,
    ratio,
    splice,
    total,
)
from amur.record.measures.registry import Dyad, declare
from amur.record.record import Record
from amur.record.timeseries import Point

HIRSCHMAN = "Hirschman 1945, National Power and the Structure of Foreign Trade"
BARBIERI = "Barbieri 1996, Journal of Peace Research 33(1)"
ONEAL_RUSSETT = "Oneal and Russett 1997, International Studies Quarterly 41(2)"
KEOHANE_NYE = "Keohane and Nye 1977, Power and Interdependence"


def _names(*tables: Readings, besides: tuple[str, ...] = ()) -> tuple[str, ...]:
    pairs = dict.fromkeys("-".join(pair) for table in tables for pair in table)
    return tuple(name for name in pairs if name not in besides)


UNION = ("EUU-RUS", "EUU-CHN")
"""The EU's world totals hold the trade of its members with each other, so no share of them is comparable."""

_OWN = (
    "Bilateral goods trade is read from a's own statistics where the record has them (the note of each point says "
    "which): for Russia its reports to the IMF to 2019, Russian customs 2020-2021 and China customs from 2022, a "
    "switch that raises the level by about 4 percent; for China its reports to the IMF to 2019 and China customs "
    "after. Correlates of War flows are importer-reported (c.i.f.) and count Hong Kong with China from 1999. "
)
_SPLIT = (
    "Bilateral goods flows are read from a's own statistics where the record has them (the note of each point says "
    "which): for Russia its reports to the IMF or Correlates of War to 2013, Russian customs 2014-2021 and China "
    "customs from 2022; for China its customs, else Correlates of War (with Hong Kong from 1999). "
)
_WTO = "World totals are WTO figures in the World Bank WDI: exports f.o.b., imports c.i.f. "
_MIDPOINT = (
    "Where the record has no bilateral flow but both shares of the CIA World Factbook (BLR-RUS, KAZ-RUS, KAZ-CHN, "
    "IRN-CHN, PRK-CHN, MNG-CHN, RUS-DEU) the point is the middle of the export and the import share, between which "
    "the share of total trade lies; its note gives both. "
)


@declare(
    name="trade.dependence",
    title="Trade dependence",
    unit="percent",
    dimension="economic",
    definition="Goods trade of a with b as percent of a's goods trade with the world (exports plus imports): how "
    "much a relies on b. "
    + _OWN
    + _WTO
    + _MIDPOINT
    + "For RUS-EUU after 2014 the share is the one published by "
    "Russian customs or the European Commission.",
    formula="100 (X_ab + M_ab) / (X_a + M_a)",
    literature=f"{HIRSCHMAN}; trade share of {BARBIERI}",
    claims=("G16", "T6", "P4"),
    dyads=(*_names(TRADE, besides=UNION), *FACTBOOK),
    directed=True,
)
def trade_dependence(record: Record, dyad: Dyad) -> list[Point]:
    if str(dyad) in FACTBOOK:
        return _middle(factbook(record, "exports", dyad), factbook(record, "imports", dyad))
    computed = ratio(trade_between(record, dyad), total_trade(record, dyad.a))
    if dyad == ("RUS", "EUU"):
        return splice(computed, (record.timeseries("trade.share.euu-in-rus-total"), "as published"))
    return computed


def _middle(exports: list[Point], imports: list[Point]) -> list[Point]:
    ends = {point.period: point.value for point in exports}
    other = {point.period: point.value for point in imports}
    return [
        point._replace(
            note=f"middle of {ends[point.period]:g} (exports) and {other[point.period]:g} (imports); {point.note}"
        )
        for point in combine(lambda sold, bought: (sold + bought) / 2, exports, imports)
    ]


@declare(
    name="trade.dependence-gdp",
    title="Trade dependence on GDP",
    unit="percent",
    dimension="economic",
    definition="Goods trade of a with b as percent of a's GDP at current prices and market exchange rates (World "
    "Bank WDI): how much of a's economy is exposed to b. " + _OWN,
    formula="100 (X_ab + M_ab) / GDP_a",
    literature=f"DEPEND of {ONEAL_RUSSETT}",
    claims=("G16", "P4"),
    dyads=_names(TRADE),
    directed=True,
)
def trade_dependence_gdp(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(trade_between(record, dyad), record.timeseries(f"trade.gdp.{dyad.a.lower()}"))


@declare(
    name="trade.export-dependence",
    title="Export dependence",
    unit="percent",
    dimension="economic",
    definition="Goods that a sells to b as percent of a's goods exports to the world. "
    + _SPLIT
    + _WTO
    + "Where the flow is the importer's (c.i.f.) the share is too high by the freight, some 5-10 percent of it. "
    "For BLR, IRN, KAZ, MNG, PRK and RUS-DEU it is the share in the CIA World Factbook.",
    formula="100 X_ab / X_a",
    literature=HIRSCHMAN,
    claims=("G16", "P4"),
    dyads=(*_names(EXPORTS), *FACTBOOK),
    directed=True,
)
def export_dependence(record: Record, dyad: Dyad) -> list[Point]:
    if str(dyad) in FACTBOOK:
        return factbook(record, "exports", dyad)
    return ratio(flow(record, EXPORTS[dyad]), world(record, "exports", dyad.a))


@declare(
    name="trade.import-dependence",
    title="Import dependence",
    unit="percent",
    dimension="economic",
    definition="Goods that a buys from b as percent of a's goods imports from the world. "
    + _SPLIT
    + _WTO
    + "For BLR, IRN, KAZ, MNG, PRK and RUS-DEU it is the share in the CIA World Factbook.",
    formula="100 M_ab / M_a",
    literature=HIRSCHMAN,
    claims=("G9", "T6", "P14"),
    dyads=(*_names(IMPORTS), *FACTBOOK, "BLR-CHN"),
    directed=True,
)
def import_dependence(record: Record, dyad: Dyad) -> list[Point]:
    if str(dyad) in (*FACTBOOK, "BLR-CHN"):
        return factbook(record, "imports", dyad)
    return ratio(flow(record, IMPORTS[dyad]), world(record, "imports", dyad.a))


MUTUAL = ("RUS-CHN", "RUS-IND", "CHN-USA", "KAZ-CHN", "IRN-CHN", "PRK-CHN")
MUTUAL_GDP = ("RUS-CHN", "RUS-IND", "RUS-EUU", "CHN-USA", "CHN-EUU")
_BOTH = tuple(f"{text[4:]}-{text[:3]}" for text in MUTUAL)
_BOTH_GDP = tuple(f"{text[4:]}-{text[:3]}" for text in MUTUAL_GDP)


@declare(
    name="trade.asymmetry",
    title="Asymmetry of trade dependence",
    unit="ratio",
    dimension="economic",
    definition="Trade dependence of a on b over that of b on a (trade.dependence): above 1 a relies more on b. With "
    "one figure for the flow the ratio would equal b's total trade over a's, so it measures size: what moves it is "
    "how the two totals grow, not where their trade goes. Read it beside trade.intensity.",
    formula="D_ab / D_ba",
    literature=f"{KEOHANE_NYE}; {HIRSCHMAN}",
    claims=("G16", "B2"),
    dyads=(*MUTUAL, *_BOTH),
    directed=True,
)
def asymmetry(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        trade_dependence.compute(record, dyad), trade_dependence.compute(record, dyad.swapped), scale=1
    )


@declare(
    name="trade.asymmetry-gdp",
    title="Asymmetry of trade dependence on GDP",
    unit="ratio",
    dimension="economic",
    definition="Trade over GDP of a with b over that of b with a (trade.dependence-gdp): above 1 a is more exposed. "
    "But for the two sides' different counts of the same trade it equals b's GDP over a's.",
    formula="(T_ab / GDP_a) / (T_ba / GDP_b)",
    literature=f"{KEOHANE_NYE}; {ONEAL_RUSSETT}",
    claims=("G16",),
    dyads=(*MUTUAL_GDP, *_BOTH_GDP),
    directed=True,
)
def asymmetry_gdp(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        trade_dependence_gdp.compute(record, dyad), trade_dependence_gdp.compute(record, dyad.swapped), scale=1
    )


@declare(
    name="trade.dependence-gdp-lower",
    title="Trade dependence of the less dependent side",
    unit="percent",
    dimension="economic",
    definition="The lower of the two sides' trade over GDP (trade.dependence-gdp): the weak link, since the less "
    "dependent state is the freer to break the tie.",
    formula="min(T_ab / GDP_a, T_ba / GDP_b)",
    literature=f"DEPEND_L of {ONEAL_RUSSETT}",
    claims=("G16", "T4"),
    dyads=MUTUAL_GDP,
)
def dependence_gdp_lower(record: Record, dyad: Dyad) -> list[Point]:
    sides = (trade_dependence_gdp.compute(record, side) for side in (dyad, dyad.swapped))
    return combine(min, *sides)


@declare(
    name="trade.salience",
    title="Salience of the trade tie",
    unit="index 0-1",
    dimension="economic",
    definition="Geometric mean of the two trade shares (trade.dependence as fractions): how much the tie matters to "
    "both together.",
    formula="sqrt(D_ab D_ba) / 100",
    literature=BARBIERI,
    dyads=MUTUAL,
)
def salience(record: Record, dyad: Dyad) -> list[Point]:
    sides = (trade_dependence.compute(record, side) for side in (dyad, dyad.swapped))
    return combine(lambda one, other: (one * other) ** 0.5 / 100, *sides)


@declare(
    name="trade.symmetry",
    title="Symmetry of the trade tie",
    unit="index 0-1",
    dimension="economic",
    definition="1 less the difference of the two trade shares (trade.dependence as fractions): 1 when both rely "
    "equally on each other.",
    formula="1 - |D_ab - D_ba| / 100",
    literature=BARBIERI,
    claims=("G16",),
    dyads=MUTUAL,
)
def symmetry(record: Record, dyad: Dyad) -> list[Point]:
    sides = (trade_dependence.compute(record, side) for side in (dyad, dyad.swapped))
    return combine(lambda one, other: 1 - abs(one - other) / 100, *sides)


@declare(
    name="trade.interdependence",
    title="Trade interdependence",
    unit="index 0-1",
    dimension="economic",
    definition="Salience times symmetry of the trade tie.",
    formula="salience x symmetry",
    literature=BARBIERI,
    dyads=MUTUAL,
)
def interdependence(record: Record, dyad: Dyad) -> list[Point]:
    return combine(
        lambda one, other: one * other, salience.compute(record, dyad), symmetry.compute(record, dyad)
    )


@declare(
    name="trade.intensity",
    title="Export intensity",
    unit="ratio",
    dimension="economic",
    definition="Share of b in a's goods exports (trade.export-dependence) over the share of b in the imports of the "
    "world without a: 1 when a sells to b what b's size as a buyer suggests, above 1 when the tie is closer than "
    "size explains. Not served for the EU, whose imports hold the trade of its members with each other.",
    formula="(X_ab / X_a) / (M_b / (M_world - M_a))",
    literature="Kojima 1964, Hitotsubashi Journal of Economics 5(1); Kunimoto 1977, ibid. 17(2)",
    claims=("G3", "G16"),
    dyads=_names(EXPORTS, besides=("RUS-EUU", "CHN-EUU", "CHN-KAZ")),
    directed=True,
)
def intensity(record: Record, dyad: Dyad) -> list[Point]:
    others = difference(world(record, "imports", "wld"), world(record, "imports", dyad.a))
    expected = ratio(world(record, "imports", dyad.b), others)
    return ratio(export_dependence.compute(record, dyad), expected, scale=1)


@declare(
    name="trade.western-multiple",
    title="China's trade with the United States and the EU as a multiple of that with Russia",
    unit="ratio",
    dimension="economic",
    definition="China's goods trade with the United States and today's 27 EU members over its trade with Russia. A "
    "lower bound for 'North America and Europe' where the EU figure is its own: Canada, Mexico, Britain, Norway and "
    "Switzerland are not in the record. US trade from China customs, before 1999 from Correlates of War; EU trade as the "
    "EU reports it 2014-2023, China customs after, Correlates of War before (with Hong Kong from 1999, so too high).",
    formula="(T_CHN,USA + T_CHN,EUU) / T_CHN,RUS",
    literature="Compare claim T4 (about nine times)",
    claims=("T4",),
    dyads=("CHN-RUS",),
    directed=True,
)
def western_multiple(record: Record, dyad: Dyad) -> list[Point]:
    west = total(trade_between(record, Dyad("CHN", "USA")), trade_between(record, Dyad("CHN", "EUU")))
    return ratio(west, trade_between(record, dyad), scale=1)
