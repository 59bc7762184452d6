"""Values checked by hand against what their note, definition or source says about them.

Each line of the table was checked by reading the note and doing the arithmetic; the comment gives the reasoning.
``v`` looks a value up in the record as it came with the package. The last number is the tolerance that the
rounding of the inputs allows. Checks of whole families (every value with a 'A=, N=' note …) follow the table.
"""

import re
from collections import Counter

import pytest

from amur.record.record import Record, built_in

RECORD = Record(built_in())


def v(series, period):
    point = RECORD.timeseries(series).at(str(period))
    assert point is not None, f"{series} has no value for {period}"
    return point.value


def monthly(series, year):
    return [p.value for p in RECORD.timeseries(series).points if p.period.startswith(f"{year}-")]


def events(year="", **fitting):
    return [e for e in RECORD.find_events(**fitting) if e.date.startswith(str(year))]


def joint_vetoes(year):
    together = ("China and Russia jointly veto", "China and Russia veto")
    return [e for e in events(year, words="veto") if e.what.startswith(together)]


def pipeline_gas(year):
    """Customs value of China's pipeline gas from its five origins, US$ mn."""
    return sum(
        v(f"energy.gas.pipeline-value.{origin}-chn", year) for origin in ("rus", "kaz", "mmr", "tkm", "uzb")
    )


def both(series, year):
    """Exports and imports of a country with the world, US$ bn."""
    return v(f"trade.exports.{series}-wld", year) + v(f"trade.imports.{series}-wld", year)


def window(series, year):
    """Sum over the five years that end in one."""
    return sum(v(series, y) for y in range(year - 4, year + 1))


BBL_PER_TONNE = 7.33
EI_TOTAL_2022 = 151.58

CHECKS = [
    # --- trade: the two directions make the total of the same release
    (
        "trade.total.chn-rus",
        2024,
        lambda: v("trade.exports.chn-rus", 2024) + v("trade.exports.rus-chn", 2024),
        0.02,
    ),
    (
        "trade.total.chn-rus",
        2025,
        lambda: v("trade.exports.chn-rus", 2025) + v("trade.exports.rus-chn", 2025),
        0.02,
    ),
    # 'total 84.07 less imports 41.2; the source prints 42.6, which does not add up'
    ("trade.exports.chn-rus", 2017, lambda: 84.07 - 41.2, 0.005),
    # 'total of trade-finomenov-2015 (95.28) less imports (41.62)'
    ("trade.exports.chn-rus", 2014, lambda: 95.28 - 41.62, 0.005),
    # '2022 level divided by published growth (+12.8%)'
    ("trade.exports.chn-rus", 2021, lambda: v("trade.exports.chn-rus", 2022) / 1.128, 0.03),
    # '2023 total (240.11) and the surplus implied by the 2024 release (13.83 after -23.8%)': deficit d = 13.83/0.762
    ("trade.exports.chn-rus", 2023, lambda: (240.11 - 13.83 / 0.762) / 2, 0.02),
    ("trade.exports.rus-chn", 2023, lambda: (240.11 + 13.83 / 0.762) / 2, 0.02),
    # '2007 level divided by published growth (+79.9% and +12.1%)'
    ("trade.exports.chn-rus", 2006, lambda: v("trade.exports.chn-rus", 2007) / 1.799, 0.02),
    ("trade.exports.rus-chn", 2006, lambda: v("trade.exports.rus-chn", 2007) / 1.121, 0.02),
    # '2016 level divided by published growth (+7.3% and -3.1%)'
    ("trade.exports.chn-rus", 2015, lambda: v("trade.exports.chn-rus", 2016) / 1.073, 0.02),
    ("trade.exports.rus-chn", 2015, lambda: v("trade.exports.rus-chn", 2016) / 0.969, 0.02),
    # 'derived: 13% of 30.7 bn'
    ("trade.exports.agri.rus-chn", 2020, lambda: 0.13 * 30.7, 0.05),
    # '2025 level divided by published growth (-14.6%)'
    ("trade.exports.usa-chn", 2024, lambda: v("trade.exports.usa-chn", 2025) / 0.854, 0.2),
    # '2025 level divided by published growth (+5.4%)'
    ("trade.total.chn-euu", 2024, lambda: v("trade.total.chn-euu", 2025) / 1.054, 0.2),
    # 'total 68.7 and Indian deficit 58.9': exports are half of total less deficit, imports half of total plus deficit
    ("trade.exports.ind-rus.fy", 2024, lambda: (68.7 - 58.9) / 2, 0.05),
    ("trade.exports.rus-ind.fy", 2024, lambda: (68.7 + 58.9) / 2, 0.05),
    # 'China-reported total (IMF) less China's imports from Russia (COW)'
    (
        "trade.exports.chn-rus.imf",
        1994,
        lambda: v("trade.total.chn-rus.imf", 1994) - v("trade.exports.rus-chn.cow", 1994),
        0.002,
    ),
    # 'China-Russia trade over Russia's merchandise exports plus imports (WDI)': China customs in the numerator from 2022
    (
        "trade.share.chn-in-rus-total.calc",
        2023,
        lambda: 100 * v("trade.total.chn-rus", 2023) / both("rus", 2023),
        0.02,
    ),
    # numerator Russia-reported to the IMF up to 2019
    (
        "trade.share.chn-in-rus-total.calc",
        2010,
        lambda: 100 * v("trade.total.chn-rus.imf-rus", 2010) / both("rus", 2010),
        0.02,
    ),
    # 'China customs in the numerator' from 2022
    (
        "trade.share.chn-in-rus-exports.calc",
        2022,
        lambda: 100 * v("trade.exports.rus-chn", 2022) / v("trade.exports.rus-wld", 2022),
        0.02,
    ),
    # Russian customs in the numerator 2014-2021
    (
        "trade.share.chn-in-rus-imports.calc",
        2018,
        lambda: 100 * v("trade.exports.chn-rus.fcs", 2018) / v("trade.imports.rus-wld", 2018),
        0.02,
    ),
    # numerator China customs' first releases after 2019
    (
        "trade.share.rus-in-chn-total.calc",
        2024,
        lambda: 100 * v("trade.total.chn-rus", 2024) / both("chn", 2024),
        0.02,
    ),
    # '2017 level and growth (+33.3%)'
    ("trade.soya-volume.bra-chn", 2016, lambda: v("trade.soya-volume.bra-chn", 2017) / 1.333, 0.1),
    # EU exports less EU imports
    (
        "trade.balance.euu-rus.eur",
        2010,
        lambda: v("trade.exports.euu-rus.eur", 2010) - v("trade.exports.rus-euu.eur", 2010),
        1.0,
    ),
    # cumulated January to December is the year
    ("trade.exports-ytd.chn-rus", "2025-12", lambda: v("trade.exports.chn-rus", 2025), 0.01),
    # --- energy
    # 'sum of months' (the monthly series of crude in kt, the annual in Mt)
    (
        "energy.crude.volume.rus-chn",
        2019,
        lambda: sum(monthly("energy.crude.volume.rus-chn.m", 2019)) / 1000,
        0.01,
    ),
    ("energy.crude.imports.chn", 2015, lambda: sum(monthly("energy.crude.imports.chn.m", 2015)) / 1000, 0.5),
    (
        "energy.coal.volume.rus-chn",
        2020,
        lambda: sum(monthly("energy.coal.volume.rus-chn.m", 2020)) / 1000,
        0.01,
    ),
    (
        "energy.gas.pipeline-value.rus-chn",
        2022,
        lambda: sum(monthly("energy.gas.pipeline-value.rus-chn.m", 2022)),
        1.0,
    ),
    # 'value / tonnes'
    (
        "energy.price.crude.rus-chn",
        2012,
        lambda: v("energy.crude.value.rus-chn", 2012) / v("energy.crude.volume.rus-chn", 2012),
        0.05,
    ),
    # '7.33 bbl/t' against Brent
    (
        "energy.price.crude-vs-brent.rus-chn",
        2023,
        lambda: v("energy.price.crude.rus-chn", 2023) / BBL_PER_TONNE - v("energy.price.brent", 2023),
        0.01,
    ),
    (
        "energy.price.crude-vs-brent.rus-chn.m",
        "2022-06",
        lambda: (
            v("energy.price.crude.rus-chn.m", "2022-06") / BBL_PER_TONNE - v("energy.price.brent.m", "2022-06")
        ),
        0.01,
    ),
    # annual Brent is about the mean of the months (EIA averages the days)
    ("energy.price.brent", 2021, lambda: sum(monthly("energy.price.brent.m", 2021)) / 12, 0.5),
    # 'derived: value / energy.gas.pos1.rus-chn' (US$ mn over bcm is US$/1000 m3)
    (
        "energy.price.gas.rus-chn",
        2023,
        lambda: v("energy.gas.pipeline-value.rus-chn", 2023) / v("energy.gas.pos1.rus-chn", 2023),
        0.1,
    ),
    # 'percent of total Chinese crude imports by tonnage'
    (
        "energy.dep.crude-share.rus-chn",
        2016,
        lambda: 100 * v("energy.crude.volume.rus-chn", 2016) / v("energy.crude.imports.chn", 2016),
        0.001,
    ),
    # 'Coal from Russia as percent of total Chinese coal and lignite imports'
    (
        "energy.dep.coal-share.rus-chn",
        2021,
        lambda: 100 * v("energy.coal.volume.rus-chn", 2021) / v("energy.coal.imports.chn", 2021),
        0.001,
    ),
    # 'derived: pipeline 14.67 + LNG 6.11 of 151.58'
    ("energy.dep.gas-share.rus-chn", 2022, lambda: 100 * (14.67 + 6.11) / EI_TOTAL_2022, 0.01),
    # Russian over all LNG by tonnage
    (
        "energy.dep.lng-share.rus-chn",
        2024,
        lambda: 100 * v("energy.lng.volume.rus-chn", 2024) / v("energy.lng.imports-mt.chn", 2024),
        0.01,
    ),
    # '67.13 LNG + 34.53 pipeline'
    ("energy.gas.imports-mt.chn", 2020, lambda: 67.13 + 34.53, 0.001),
    # '11.2 Mt line total less 1.2 Mt Kazakh oil'
    ("energy.crude.kaz-transit.rus-chn", 2024, lambda: 11.2 - 1.2, 0.001),
    # share of the customs value of pipeline gas from the five origins
    (
        "energy.dep.pipegas-value-share.rus-chn",
        2025,
        lambda: 100 * v("energy.gas.pipeline-value.rus-chn", 2025) / pipeline_gas(2025),
        0.001,
    ),
    # in 2024 the share rests on the rounded 8.03 bn of its source, not on the 8,039.9 of customs, which give 38.13
    (
        "energy.dep.pipegas-value-share.rus-chn",
        2024,
        lambda: 100 * 8030 / (pipeline_gas(2024) - v("energy.gas.pipeline-value.rus-chn", 2024) + 8030),
        0.001,
    ),
    # --- finance
    # cross rate: roubles per dollar over yuan per dollar
    (
        "finance.fx.cny-rub.cross",
        2008,
        lambda: v("finance.fx.usd-rub", 2008) / v("finance.fx.usd-cny", 2008),
        0.001,
    ),
    (
        "finance.fx.cny-rub.cross",
        2022,
        lambda: v("finance.fx.usd-rub", 2022) / v("finance.fx.usd-cny", 2022),
        0.01,
    ),
    # 'derived: 1.3 of 21'
    ("finance.invest.fdi-share.chn-rus.cbr", 2014, lambda: 100 * 1.3 / 21, 0.05),
    # 'derived: 3.184 plus the withdrawn 1.005'
    ("finance.invest.fdi-stock.chn-rus.cbr.q", "2017-Q4", lambda: 3.184 + 1.005, 0.0005),
    # 'derived: dollar 54.5 plus euro 29.7'
    ("finance.settle.toxic.rus-exports", 2021, lambda: 54.5 + 29.7, 0.001),
    # 'derived: yuan 12.5 plus rouble 5.8'
    ("finance.settle.natcur.chn-rus", 2017, lambda: 12.5 + 5.8, 0.001),
    # 'derived: 12.2 plus the stated 2.0 point fall'
    ("finance.russia.reserves-cny-share.m", "2019-03", lambda: 12.2 + 2.0, 0.001),
    # 'derived: 2,500 less 978 non-Russia'
    ("finance.sanctions.us-sdn.rus", 2023, lambda: 2500 - 978, 0),
    # 'derived: September plus the stated 1.08 fall'
    ("finance.swift.cny-share.m", "2024-08", lambda: v("finance.swift.cny-share.m", "2024-09") + 1.08, 0.005),
    # --- diplomacy: 100 A / N, and the two halves of A and N
    ("un.ga.agree.chn-rus", 1992, lambda: 100 * 30 / 71, 0.005),
    ("un.ga.agree.chn-rus", 2025, lambda: 100 * 150 / 192, 0.01),
    ("un.sc.agree.chn-rus", 2024, lambda: 100 * 37 / 45, 0.005),
    # 'derived: March and June meetings plus two announced (SCO, APEC)'
    ("dip.meetings.heads-of-state", 2007, lambda: 2 + 2, 0),
    # 'ten meetings from March 2013 up to the May 2015 visit, less five in 2013'
    ("dip.meetings.heads-of-state", 2014, lambda: 10 - v("dip.meetings.heads-of-state", 2013), 0),
    # in person and by video together
    (
        "dip.meetings.heads-of-state",
        2025,
        lambda: v("dip.meetings.heads-of-state.inperson", 2025) + v("dip.meetings.heads-of-state.video", 2025),
        0,
    ),
    # the Chinese side's running count of Xi and Putin since March 2013 is the sum of the years
    (
        "dip.meetings.xi-putin.cumulative",
        2021,
        lambda: sum(v("dip.meetings.heads-of-state", y) for y in range(2013, 2022)),
        0,
    ),
    (
        "dip.meetings.xi-putin.cumulative",
        2024,
        lambda: sum(v("dip.meetings.heads-of-state", y) for y in range(2013, 2025)),
        0,
    ),
    # two vetoes together in 2012: 4 February and 19 July, both on Syria
    ("un.sc.vetoes.chn-rus", 2012, lambda: len(joint_vetoes(2012)), 0),
    # China alone: Guatemala 1997
    (
        "un.sc.vetoes.chn",
        1997,
        lambda: len([e for e in events(1997, words="veto") if "China alone" in e.what]),
        0,
    ),
    # --- security: five-year windows of SIPRI TIV, patrols as dated events
    (
        "security.arms.share5.rus-in-chn-imports",
        1999,
        lambda: (
            100
            * window("security.arms.tiv.rus-chn", 1999)
            / window("security.arms.tiv-register.world-chn", 1999)
        ),
        0.05,
    ),
    (
        "security.arms.share5.ind-in-rus-exports",
        2010,
        lambda: (
            100
            * window("security.arms.tiv.rus-ind", 2010)
            / window("security.arms.tiv-register.rus-world", 2010)
        ),
        0.05,
    ),
    (
        "security.arms.share5.chn-in-rus-exports",
        2024,
        lambda: (
            100
            * window("security.arms.tiv.rus-chn", 2024)
            / window("security.arms.tiv-register.rus-world", 2024)
        ),
        0.05,
    ),
    # dated bomber patrols of the year: 24 May and 30 November
    ("security.patrols.air.chn-rus", 2022, lambda: len(events(2022, kind="patrol", words="air patrol")), 0),
    # ships around Japan, 17 to 23 October
    ("security.patrols.naval.chn-rus", 2021, lambda: len(events(2021, kind="patrol", words="naval patrol")), 0),
    # 'growth of nearly 120% in 2022', 'growth of nearly 170% in 2023; upper bound'
    (
        "security.dualuse.machine-tools.chn-rus",
        2021,
        lambda: v("security.dualuse.machine-tools.chn-rus", 2022) / 2.2,
        1.0,
    ),
    (
        "security.dualuse.machine-tools.chn-rus",
        2023,
        lambda: v("security.dualuse.machine-tools.chn-rus", 2022) * 2.7,
        1.0,
    ),
    # --- society
    # 'mean of 12 months', 'mean of 3 months'
    ("society.gpr.rus.a", 2022, lambda: sum(monthly("society.gpr.rus.m", 2022)) / 12, 0.0001),
    ("society.gpr.chn.q", "2018-Q3", lambda: sum(monthly("society.gpr.chn.m", 2018)[6:9]) / 3, 0.0001),
    # calendar year minus birth year: Xi 1953, Putin 1952, Yeltsin 1931
    ("society.leader.age.chn", 2024, lambda: 2024 - 1953, 0),
    ("society.leader.age.rus", 2014, lambda: 2014 - 1952, 0),
    ("society.leader.age.rus", 1996, lambda: 1996 - 1931, 0),
    # Xi in power from 15 November 2012; to 31 December 2021 that is 9.13 years
    ("society.leader.tenure.chn", 2021, lambda: 9 + 46 / 365.25, 0.01),
    # 'October 2024 release states fall of 5 points since May'
    ("society.levada.china-good", "2024-05", lambda: v("society.levada.china-good", "2024-10") + 5, 0),
    # 'derived from 2025 value and growth of 11%' and of 14%
    ("society.trade.chn-ca5.exports", 2024, lambda: v("society.trade.chn-ca5.exports", 2025) / 1.11, 0.1),
    ("society.trade.chn-ca5.imports", 2024, lambda: v("society.trade.chn-ca5.imports", 2025) / 1.14, 0.1),
    # exports and imports make the trade of 2025
    (
        "society.trade.chn-ca5",
        2025,
        lambda: v("society.trade.chn-ca5.exports", 2025) + v("society.trade.chn-ca5.imports", 2025),
        0.11,
    ),
    # '2024 value plus stated fall of 30.8 thousand'
    ("society.pop.rfe.new", 2023, lambda: v("society.pop.rfe.new", 2024) + 30.8, 0.05),
    # 'derived from 2022 value and growth of 28%'
    ("society.rail.rus-chn", 2021, lambda: v("society.rail.rus-chn", 2022) / 1.28, 0.1),
    # 'derived from 2018 value and growth of 3%'
    ("society.visits.rus-chn", 2017, lambda: v("society.visits.rus-chn", 2018) / 1.03, 1.0),
    # --- forcings
    # '19.3 less the 16.2 point rise of 2017-2021, both PIIE'
    ("tariff.usa-chn.average", "2017-Q1", lambda: 19.3 - 16.2, 0.001),
    # '20.8 plus two 10-point steps of 4 February and 4 March'
    ("tariff.usa-chn.average", "2025-Q1", lambda: 20.8 + 10 + 10, 0.001),
    # '125 + 20 by 10 April'
    ("tariff.usa-chn.added", "2025-04", lambda: 125 + 20, 0),
    # 'net change -8717 km2' over 2,000, clipped to -1
    ("war.ukraine.momentum", "2022-Q3", lambda: max(-8717 / 2000, -1), 0.001),
    # 'net change +480 km2' over 2,000
    ("war.ukraine.momentum", "2023-Q1", lambda: 480 / 2000, 0.001),
    # 'Crimea polygon only, 27,178 km2' of 603,628
    ("war.ukraine.russian-held", "2014-Q1", lambda: 100 * 27178 / 603628, 0.01),
    # 'Crimea and pre-2022 Donbas zone, 43,983 km2'
    ("war.ukraine.russian-held", "2015-Q1", lambda: 100 * 43983 / 603628, 0.01),
    # 16 members and the three of 12 March 1999
    ("nato.members", 1999, lambda: v("nato.members", 1998) + 3, 0),
    # quarter end is the month-end map of December
    (
        "war.ukraine.russian-held",
        "2024-Q4",
        lambda: 100 * v("war.ukraine.russian-held-km2", "2024-12") / 603628,
        0.01,
    ),
    # the annual claim is the sum of its quarters
    (
        "war.russia.personnel-losses.ua-claim-annual",
        2023,
        lambda: sum(v("war.russia.personnel-losses.ua-claim", f"2023-Q{q}") for q in range(1, 5)),
        1000,
    ),
    # 'a further 8% lower'
    ("chokepoint.suez.cargo", 2025, lambda: 0.92 * v("chokepoint.suez.cargo", 2024), 1.0),
]


@pytest.mark.parametrize(
    ("series", "period", "expected", "tolerance"), CHECKS, ids=[f"{c[0]}@{c[1]}" for c in CHECKS]
)
def test_hand_checked(series, period, expected, tolerance):
    assert v(series, period) == pytest.approx(expected(), abs=tolerance, rel=0)


def test_at_least_forty_across_all_topics():
    topics = Counter(RECORD.series[series].topic for series, *_ in CHECKS)
    assert len(CHECKS) >= 40
    assert set(topics) == set(RECORD.topics)
    assert min(topics.values()) >= 5


def noted(pattern):
    """Every original observation whose note fits, with the match."""
    found = [(row, re.search(pattern, row.note)) for row in RECORD.observations]
    return [(row, match) for row, match in found if match]


def test_every_agreement_is_a_hundred_a_over_n():
    rows = [(r, m) for r, m in noted(r"\bA=(\d+), N=(\d+)") if RECORD.series[r.series].unit == "percent"]
    assert len(rows) >= 985
    for row, match in rows:
        assert row.value == pytest.approx(100 * int(match[1]) / int(match[2]), abs=0.00501), row


def test_joint_vetoes_are_the_dated_events_of_each_year():
    for point in RECORD.timeseries("un.sc.vetoes.chn-rus").points:
        assert point.value == len(joint_vetoes(point.period)), point


def test_momentum_is_the_net_change_over_two_thousand_clipped():
    rows = noted(r"net change ([+-]\d+) km2")
    assert len(rows) >= 14
    for row, match in rows:
        assert row.value == pytest.approx(max(-1, min(1, int(match[1]) / 2000)), abs=0.006), row


def test_what_was_carried_forward_is_what_was_there():
    rows = [(r, m) for r, m in noted(r"^carried forward from (\d{4}-Q[1-4])")]
    assert len(rows) > 1000
    for row, match in rows:
        assert row.value == v(row.series, match[1]), row


@pytest.mark.parametrize("place", ["chn", "global", "rus", "twn", "usa"])
def test_geopolitical_risk_is_the_mean_of_its_months(place):
    for year in range(1992, 2026):
        months = monthly(f"society.gpr.{place}.m", year)
        assert v(f"society.gpr.{place}.a", year) == pytest.approx(sum(months) / 12, abs=1e-4)
        for quarter in range(1, 5):
            mean = sum(months[3 * quarter - 3 : 3 * quarter]) / 3
            assert v(f"society.gpr.{place}.q", f"{year}-Q{quarter}") == pytest.approx(mean, abs=1e-4)


@pytest.mark.parametrize("year", range(1999, 2025))
def test_arms_shares_are_those_of_five_year_windows(year):
    imports = window("security.arms.tiv-register.world-chn", year)
    exports = window("security.arms.tiv-register.rus-world", year)
    for name, flow, of in [
        ("rus-in-chn-imports", "rus-chn", imports),
        ("chn-in-rus-exports", "rus-chn", exports),
        ("ind-in-rus-exports", "rus-ind", exports),
        ("vnm-in-rus-exports", "rus-vnm", exports),
    ]:
        share = 100 * window(f"security.arms.tiv.{flow}", year) / of
        assert v(f"security.arms.share5.{name}", year) == pytest.approx(share, abs=0.051)


FAMILIES = [
    (
        "energy.price.crude-vs-brent.rus-chn",
        lambda p: v("energy.price.crude.rus-chn", p) / BBL_PER_TONNE - v("energy.price.brent", p),
        0.02,
    ),
    (
        "energy.price.crude-vs-brent.rus-chn.m",
        lambda p: v("energy.price.crude.rus-chn.m", p) / BBL_PER_TONNE - v("energy.price.brent.m", p),
        0.02,
    ),
    (
        "energy.dep.crude-share.rus-chn",
        lambda p: 100 * v("energy.crude.volume.rus-chn", p) / v("energy.crude.imports.chn", p),
        0.001,
    ),
    (
        "energy.dep.coal-share.rus-chn",
        lambda p: 100 * v("energy.coal.volume.rus-chn", p) / v("energy.coal.imports.chn", p),
        0.001,
    ),
    (
        "energy.price.gas.rus-chn",
        lambda p: v("energy.gas.pipeline-value.rus-chn", p) / v("energy.gas.pos1.rus-chn", p),
        0.1,
    ),
    ("finance.fx.cny-rub.cross", lambda p: v("finance.fx.usd-rub", p) / v("finance.fx.usd-cny", p), 0.001),
    (
        "trade.share.rus-in-chn-total.calc",
        lambda p: 100 * v("trade.total.chn-rus" + (".imf" if p < "2020" else ""), p) / both("chn", p),
        0.02,
    ),
    (
        "trade.exports.chn-rus.imf",
        lambda p: v("trade.total.chn-rus.imf", p) - v("trade.exports.rus-chn.cow", p),
        0.0015,
    ),
    (
        "trade.exports.rus-chn.imf-rus",
        lambda p: v("trade.total.chn-rus.imf-rus", p) - v("trade.exports.chn-rus.cow", p),
        0.0015,
    ),
]


@pytest.mark.parametrize(("series", "expected", "tolerance"), FAMILIES, ids=[f[0] for f in FAMILIES])
def test_every_value_of_a_derived_series(series, expected, tolerance):
    points = RECORD.timeseries(series).points
    assert len(points) >= 6
    for point in points:
        assert point.value == pytest.approx(expected(point.period), abs=tolerance, rel=0), point
