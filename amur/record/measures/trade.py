"""Trade dependence, its asymmetry, the concentration of Russia's trade, and goods that matter more than their value.

Dependence is read from the dependent state's own statistics where the record has them, because its total
trade comes from the same counting; every point says whose statistics it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from amur.record.measures.points import (
    combine,
    concentration,
    difference,
    ratio,
    recorded,
    since,
    splice,
    total,
    where,
)
from amur.record.measures.registry import Dyad, declare
from amur.record.record import Record
from amur.record.timeseries import Point

HIRSCHMAN = "Hirschman 1945, National Power and the Structure of Foreign Trade"
BARBIERI = "Barbieri 1996, Journal of Peace Research 33(1)"
ONEAL_RUSSETT = "Oneal and Russett 1997, International Studies Quarterly 41(2)"
KEOHANE_NYE = "Keohane and Nye 1977, Power and Interdependence"


class Reading(NamedTuple):
    """One way to read a flow of goods: the sum of recorded series (US$ bn), whose statistics, and when it holds."""

    series: tuple[str, ...]
    note: str
    first: str = ""
    last: str = ""


Readings = Mapping[tuple[str, str], tuple[Reading, ...]]

_COW = "importer-reported, Correlates of War"
_GACC = "China customs"
_FCS = "Russian customs"
_SWITCH = "numerator from China customs: Russia published none after 2021; about 4 percent higher"
_FISCAL = "Indian fiscal year that starts in April"
_EU = "as the EU reports it"
_BEFORE_HONG_KONG = "1998"
"""From 1999 Correlates of War counts Hong Kong with China. Half of China's exports would then seem to go to the United
States, since China's own total leaves Hong Kong out: so 1999 and 2000 are a gap for China's trade with it."""


def _cow(*flows: str, last: str = "") -> Reading:
    return Reading(tuple(f"trade.{flow}.cow" for flow in flows), _COW, last=last)


def _both_ways(a: str, b: str, suffix: str, note: str, first: str = "", last: str = "") -> Reading:
    names = (f"trade.exports.{a}-{b}.{suffix}".rstrip("."), f"trade.exports.{b}-{a}.{suffix}".rstrip("."))
    return Reading(names, note, first, last)


TRADE: Readings = {
    ("RUS", "CHN"): (
        Reading(("trade.total.chn-rus.imf-rus",), "as Russia reports it to the IMF"),
        _both_ways("rus", "chn", "fcs", _FCS, "2020", "2021"),
        Reading(("trade.total.chn-rus",), _SWITCH, "2022"),
    ),
    ("CHN", "RUS"): (
        Reading(("trade.total.chn-rus.imf",), "as China reports it to the IMF"),
        Reading(("trade.total.chn-rus",), _GACC, "2020"),
    ),
    ("RUS", "BLR"): (
        _cow("total.rus-blr"),
        Reading(("trade.total.rus-blr",), "as the Russian side states it"),
        Reading(("trade.total.rus-blr.belstat",), "as the Belarusian side states it; may include services"),
    ),
    ("RUS", "EUU"): (_cow("exports.rus-euu", "exports.euu-rus"),),
    ("EUU", "RUS"): (_cow("exports.rus-euu", "exports.euu-rus"),),
    ("RUS", "IND"): (
        _cow("total.ind-rus"),
        Reading(("trade.total.ind-rus",), "Indian figures"),
        Reading(("trade.total.ind-rus.fy",), _FISCAL),
    ),
    ("IND", "RUS"): (
        _cow("total.ind-rus"),
        Reading(("trade.total.ind-rus",), "Indian figures"),
        Reading(("trade.total.ind-rus.fy",), _FISCAL),
    ),
    ("CHN", "USA"): (
        _both_ways("chn", "usa", "", _GACC),
        _cow("exports.chn-usa", "exports.usa-chn", last=_BEFORE_HONG_KONG),
    ),
    ("USA", "CHN"): (
        _both_ways("usa", "chn", "usrep", "as the United States reports it"),
        _both_ways("usa", "chn", "census", "US Census basis"),
        _cow("exports.chn-usa", "exports.usa-chn"),
    ),
    ("CHN", "EUU"): (
        Reading(("trade.total.chn-euu",), _GACC),
        _both_ways("chn", "euu", "eurep", _EU),
        _cow("exports.chn-euu", "exports.euu-chn"),
    ),
    ("EUU", "CHN"): (
        _both_ways("chn", "euu", "eurep", _EU),
        _cow("exports.chn-euu", "exports.euu-chn"),
        Reading(("trade.total.chn-euu",), _GACC),
    ),
    ("CHN", "KAZ"): (
        Reading(("trade.total.chn-kaz",), _GACC),
        _both_ways("chn", "kaz", "kazrep", "as Kazakhstan reports it"),
        _cow("total.chn-kaz"),
    ),
    ("CHN", "IRN"): (
        Reading(
            ("trade.total.chn-irn",), f"{_GACC}; from 2019 most Iranian oil is not recorded as Iranian", "2019"
        ),
        Reading(("trade.total.chn-irn",), _GACC, last="2018"),
        _cow("total.chn-irn"),
    ),
    ("CHN", "PRK"): (Reading(("trade.total.chn-prk",), _GACC), _cow("total.chn-prk")),
}
"""Goods trade of a with b, exports plus imports, as a's statistics count it where the record has them."""

EXPORTS: Readings = {
    ("RUS", "CHN"): (
        Reading(("trade.exports.rus-chn.imf-rus",), "as Russia reports it to the IMF"),
        Reading(("trade.exports.rus-chn.fcs",), _FCS),
        Reading(("trade.exports.rus-chn",), _SWITCH, "2022"),
    ),
    ("CHN", "RUS"): (
        Reading(("trade.exports.chn-rus",), _GACC),
        Reading(("trade.exports.chn-rus.imf",), "as China reports its total to the IMF, less its imports"),
    ),
    ("RUS", "EUU"): (_cow("exports.rus-euu"),),
    ("RUS", "IND"): (_cow("exports.rus-ind"), Reading(("trade.exports.rus-ind.fy",), _FISCAL)),
    ("IND", "RUS"): (_cow("exports.ind-rus"), Reading(("trade.exports.ind-rus.fy",), _FISCAL)),
    ("CHN", "USA"): (
        Reading(("trade.exports.chn-usa",), _GACC),
        _cow("exports.chn-usa", last=_BEFORE_HONG_KONG),
    ),
    ("USA", "CHN"): (
        Reading(("trade.exports.usa-chn.usrep",), "as the United States reports it"),
        Reading(("trade.exports.usa-chn.census",), "US Census basis"),
        _cow("exports.usa-chn"),
    ),
    ("CHN", "EUU"): (Reading(("trade.exports.chn-euu.eurep",), _EU), _cow("exports.chn-euu")),
    ("CHN", "KAZ"): (Reading(("trade.exports.chn-kaz.kazrep",), "as Kazakhstan reports it"),),
}
"""Goods a sells to b."""

IMPORTS: Readings = {
    ("RUS", "CHN"): (
        Reading(("trade.exports.chn-rus.cow",), _COW, last="2013"),
        Reading(("trade.exports.chn-rus.fcs",), _FCS),
        Reading(("trade.exports.chn-rus",), _SWITCH, "2022"),
    ),
    ("CHN", "RUS"): (Reading(("trade.exports.rus-chn",), _GACC), _cow("exports.rus-chn")),
    ("RUS", "EUU"): (_cow("exports.euu-rus"),),
    ("RUS", "IND"): EXPORTS["IND", "RUS"],
    ("IND", "RUS"): EXPORTS["RUS", "IND"],
    ("CHN", "USA"): (
        Reading(("trade.exports.usa-chn",), _GACC),
        _cow("exports.usa-chn", last=_BEFORE_HONG_KONG),
    ),
    ("USA", "CHN"): (
        Reading(("trade.exports.chn-usa.usrep",), "as the United States reports it"),
        Reading(("trade.exports.chn-usa.census",), "US Census basis"),
        _cow("exports.chn-usa"),
    ),
    ("CHN", "EUU"): (Reading(("trade.exports.euu-chn.eurep",), _EU), _cow("exports.euu-chn")),
    ("CHN", "KAZ"): (Reading(("trade.exports.kaz-chn.kazrep",), "as Kazakhstan reports it"),),
}
"""Goods a buys from b."""

FACTBOOK = ("BLR-RUS", "KAZ-RUS", "KAZ-CHN", "IRN-CHN", "PRK-CHN", "MNG-CHN", "RUS-DEU")
"""Dyads whose two shares the record has only as the CIA World Factbook published them."""

_MIRRORED = "Factbook shares for 2022-2023 are mirror data and too high"


def flow(record: Record, readings: tuple[Reading, ...]) -> list[Point]:
    """The best reading of each year, with a note that says which it is."""
    return splice(
        *(
            (since(total(*map(record.timeseries, one.series)), one.first, one.last), one.note)
            for one in readings
        )
    )


def trade_between(record: Record, dyad: Dyad) -> list[Point]:
    """Goods exports plus imports of ``dyad.a`` with ``dyad.b``, US$ bn a year."""
    return flow(record, TRADE[dyad])


def world(record: Record, what: str, state: str) -> list[Point]:
    """A state's ``exports`` to or ``imports`` from all partners, US$ bn a year (WTO in World Bank WDI)."""
    return list(record.timeseries(f"trade.{what}.{state.lower()}-wld").points)


def total_trade(record: Record, state: str) -> list[Point]:
    """A state's goods exports plus imports, US$ bn a year."""
    return total(world(record, "exports", state), world(record, "imports", state))


def factbook(record: Record, what: str, dyad: Dyad) -> list[Point]:
    """The CIA World Factbook's percent of b in a's ``exports`` or ``imports``."""
    series = record.timeseries(f"trade.share.{dyad.b.lower()}-in-{dyad.a.lower()}-{what}.cia")
    late = where(series, lambda point: point.period >= "2022")
    return splice((late, _MIRRORED), series)


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


def _partners_of_russia(record: Record) -> dict[str, Iterable[Point]]:
    """Percent of Russia's goods trade with each partner that the record knows; the EU counts as one."""
    return {
        partner: trade_dependence.compute(record, Dyad("RUS", partner))
        for partner in ("CHN", "EUU", "IND", "BLR")
    }


_PARTNERS = (
    "Sum of squared percent shares of Russia's goods trade by partner, 0 to 10,000. Known partners are China, the EU "
    "(one customs union, counted as one), India and Belarus, each by trade.dependence; a year needs the "
    "first two, and its note says who is known. "
)


@declare(
    name="trade.concentration-low",
    title="Concentration of Russia's trade by partner, lower bound",
    unit="index 0-10,000",
    dimension="economic",
    definition=_PARTNERS + "The rest is treated as atomistic, which gives the lower bound.",
    formula="sum over known partners of s_i^2, s_i in percent",
    literature=f"Herfindahl-Hirschman index: {HIRSCHMAN}",
    claims=("T6", "P8"),
    dyads=("RUS-WLD",),
)
def concentration_low(record: Record, dyad: Dyad) -> list[Point]:
    return concentration(_hundred(record), _partners_of_russia(record), require=("CHN", "EUU"))


@declare(
    name="trade.concentration-high",
    title="Concentration of Russia's trade by partner, upper bound",
    unit="index 0-10,000",
    dimension="economic",
    definition=_PARTNERS + "The rest is treated as one more partner, which gives the upper bound.",
    formula="sum over known partners of s_i^2 + (100 - sum of s_i)^2",
    literature=f"Herfindahl-Hirschman index: {HIRSCHMAN}",
    claims=("T6", "P8"),
    dyads=("RUS-WLD",),
)
def concentration_high(record: Record, dyad: Dyad) -> list[Point]:
    return concentration(
        _hundred(record), _partners_of_russia(record), remainder="single", require=("CHN", "EUU")
    )


def _hundred(record: Record) -> list[Point]:
    """100 percent in every year that Russia's total trade is known."""
    return combine(lambda value: 100 * value / value, total_trade(record, "RUS"))


# --- goods that matter more than their value ---

chinese_car_share = declare(
    name="trade.chinese-car-share",
    title="Share of Chinese brands in new car sales in Russia",
    unit="percent",
    dimension="economic",
    definition="Share of Chinese brands in sales of new passenger cars, Autostat; local brands that assemble "
    "Chinese models excluded.",
    formula="as recorded",
    literature="Autostat",
    claims=("T6", "P16"),
    dyads=("RUS-CHN",),
    directed=True,
)(recorded("society.auto.chinese-share"))

chinese_car_share_monthly = declare(
    name="trade.chinese-car-share.m",
    title="Share of Chinese brands in new car sales in Russia, monthly",
    unit="percent",
    dimension="economic",
    definition="As trade.chinese-car-share, single months as quoted.",
    formula="as recorded",
    literature="Autostat",
    claims=("T6",),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)(recorded("society.auto.chinese-share.m"))

high_priority_share = declare(
    name="trade.high-priority-dependence",
    title="China's share of Russia's imports of high-priority dual-use goods",
    unit="percent",
    dimension="economic",
    definition="Share of China in Russia's imports of the fifty items on the Common High Priority List of the G7, "
    "estimate of the Carnegie Endowment; one year.",
    formula="as recorded",
    literature="Carnegie Endowment 2024",
    claims=("P1", "P14", "G9"),
    dyads=("RUS-CHN",),
    directed=True,
)(recorded("trade.share.chn-in-rus-chpl-imports", "security.dualuse.chpl-share.chn-rus"))

machine_tool_share = declare(
    name="trade.machine-tool-dependence",
    title="China's share of Russia's imports of machine tools",
    unit="percent",
    dimension="economic",
    definition="Share of China in Russia's imports of machine tools by value, as quoted; 2024 is the middle of a "
    "range for 2023 and early 2024.",
    formula="as recorded",
    literature="Economic Security Council of Ukraine; bne IntelliNews",
    claims=("P14", "G9"),
    dyads=("RUS-CHN",),
    directed=True,
)(recorded("security.dualuse.machine-tools-share.chn-rus"))

cnc_share_monthly = declare(
    name="trade.cnc-dependence.m",
    title="China's share of Russia's imports of computer-controlled machine tools",
    unit="percent",
    dimension="economic",
    definition="Share by value of Chinese-made devices in Russia's imports of computer-controlled machine tools in "
    "the month, Russian customs records reported by the Financial Times; two months.",
    formula="as recorded",
    literature="Financial Times 2024",
    claims=("P14", "G9"),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)(recorded("security.dualuse.cnc-share.chn-rus"))


@declare(
    name="trade.cars-share",
    title="Cars in China's exports to Russia",
    unit="percent",
    dimension="economic",
    definition="Passenger cars as percent of the value of China's goods exports to Russia, both China customs.",
    formula="100 X_cars / X_CHN,RUS",
    literature=HIRSCHMAN,
    claims=("T6",),
    dyads=("CHN-RUS",),
    directed=True,
)
def cars_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(record.timeseries("trade.cars-value.chn-rus"), record.timeseries("trade.exports.chn-rus"))


@declare(
    name="trade.soya-dependence",
    title="Soya import dependence of China",
    unit="percent",
    dimension="economic",
    definition="Tonnes of soya beans China bought from b as percent of its soya imports, China customs. The record "
    "has no tonnes from Russia: see trade.soya-share for their weight in Russia's sales.",
    formula="100 Q_b / Q_world",
    literature=HIRSCHMAN,
    claims=("P18", "P21"),
    dyads=("CHN-USA", "CHN-BRA"),
    directed=True,
)
def soya_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries(f"trade.soya-volume.{dyad.b.lower()}-chn"),
        record.timeseries("trade.soya-volume.wld-chn"),
    )


@declare(
    name="trade.soya-share",
    title="Soya beans in Russia's exports to China",
    unit="percent",
    dimension="economic",
    definition="Soya beans (HS 120190) as percent of the value of Russia's goods exports to China, both as Russian "
    "customs reports them to UN Comtrade.",
    formula="100 X_soya / X_RUS,CHN",
    literature=HIRSCHMAN,
    claims=("P18", "P21"),
    dyads=("RUS-CHN",),
    directed=True,
)
def soya_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("trade.exports.soya.rus-chn.fcs"), record.timeseries("trade.exports.rus-chn.fcs")
    )


@declare(
    name="trade.food-share",
    title="Farm and food goods in Russia's exports to China",
    unit="percent",
    dimension="economic",
    definition="Agro-industrial exports to China (Agroexport centre) as percent of Russia's goods exports to China "
    "(Russian customs, else China customs); one year.",
    formula="100 X_agri / X_RUS,CHN",
    literature=HIRSCHMAN,
    claims=("P18", "P21"),
    dyads=("RUS-CHN",),
    directed=True,
)
def food_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(record.timeseries("trade.exports.agri.rus-chn"), flow(record, EXPORTS["RUS", "CHN"]))
