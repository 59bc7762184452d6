"""Economic measures: values worked by hand from the rows of the record, and what every point must carry."""

from __future__ import annotations

import math

import pytest

import amur.record
from amur.errors import AmurError
from amur.record.measures import points as arithmetic
from amur.record.measures import published
from amur.record.measures.registry import catalogue, measure
from amur.record.record import Record
from amur.record.timeseries import Point

PREFIXES = ("trade.", "energy.", "price.", "finance.")


@pytest.fixture(scope="module")
def record() -> Record:
    return amur.record.load(overlay=False)


# Every value is worked from rows of observations.csv, in the order of the formula.
HAND = [
    # Russian customs 2021: exports 68.679, imports 72.693; Russia's exports 494.161, imports 301.046
    ("trade.dependence", "RUS-CHN", "2021", 100 * (68.679 + 72.693) / (494.161 + 301.046)),
    # China customs total 190.27 once Russian customs is silent; exports 592.075, imports 276.511
    ("trade.dependence", "RUS-CHN", "2022", 100 * 190.27 / (592.075 + 276.511)),
    # Russia's report to the IMF 88.799; exports 521.836, imports 341.269
    ("trade.dependence", "RUS-CHN", "2013", 100 * 88.799 / (521.836 + 341.269)),
    # China customs 146.887; China's exports 3316.022, imports 2679.412
    ("trade.dependence", "CHN-RUS", "2021", 100 * 146.887 / (3316.022 + 2679.412)),
    # Correlates of War 216.115 + 110.516; exports 496.807, imports 307.877
    ("trade.dependence", "RUS-EUU", "2014", 100 * (216.115 + 110.516) / (496.807 + 307.877)),
    # only published: 11 percent
    ("trade.dependence", "RUS-EUU", "2024", 11),
    # Correlates of War total 34.029
    ("trade.dependence", "RUS-BLR", "2014", 100 * 34.029 / (496.807 + 307.877)),
    # Indian fiscal year 2024: 68.7; exports 433.634, imports 301.55
    ("trade.dependence", "RUS-IND", "2024", 100 * 68.7 / (433.634 + 301.55)),
    # Factbook: 36 percent of exports, 28 of imports
    ("trade.dependence", "IRN-CHN", "2022", (36 + 28) / 2),
    # Iran in China's trade: China customs 15.795; exports 3544.434, imports 2706.507
    ("trade.dependence", "CHN-IRN", "2022", 100 * 15.795 / (3544.434 + 2706.507)),
    # GDP 1829.187
    ("trade.dependence-gdp", "RUS-CHN", "2021", 100 * (68.679 + 72.693) / 1829.187),
    ("trade.export-dependence", "RUS-CHN", "2021", 100 * 68.679 / 494.161),
    ("trade.import-dependence", "RUS-CHN", "2021", 100 * 72.693 / 301.046),
    # China customs exports 115.49 in 2024: no Russian figure
    ("trade.import-dependence", "RUS-CHN", "2024", 100 * 115.49 / 301.55),
    (
        "trade.asymmetry",
        "RUS-CHN",
        "2022",
        (190.27 / (592.075 + 276.511)) / (190.27 / (3544.434 + 2706.507)),
    ),
    # exports to China 129.32 of 433.634; China buys 2583.218 of 24913.695 less Russia's 301.55
    ("trade.intensity", "RUS-CHN", "2024", (129.32 / 433.634) / (2583.218 / (24913.695 - 301.55))),
    # USA 501.221 + 165.157 by China customs, EU 628.848 + 234.588 by the EU, Russia 240.11
    ("trade.western-multiple", "CHN-RUS", "2023", (501.221 + 165.157 + 628.848 + 234.588) / 240.11),
    # soya: 24.17 of 99.41 Mt
    ("trade.soya-dependence", "CHN-USA", "2023", 100 * 24.17 / 99.41),
    # crude: 108.4713 of 553.42 Mt
    ("energy.crude-import-dependence", "CHN-RUS", "2024", 100 * 108.4713 / 553.42),
    # crude sold: 86.2455 to China of 264.65 Mt
    ("energy.crude-export-dependence", "RUS-CHN", "2022", 100 * 86.2455 / 264.65),
    # 31.12 bcm by pipe plus 8.3092 Mt of LNG; all gas 183.109 bcm
    ("energy.gas-import-dependence", "CHN-RUS", "2024", 100 * (31.12 + 1.36 * 8.3092) / 183.109),
    # five origins by value
    (
        "energy.pipeline-gas-value-dependence",
        "CHN-RUS",
        "2024",
        100 * 8039.9408 / (8039.9408 + 9570 + 1360 + 726 + 1390),
    ),
    (
        "energy.pipeline-gas-import-concentration",
        "CHN-WLD",
        "2024",
        sum((100 * v / 21085.9408) ** 2 for v in (8039.9408, 9570, 1360, 726, 1390)),
    ),
    # 62425.8379 US$ mn of crude in 189.1 bn of earnings
    ("energy.oil-earnings-dependence", "RUS-CHN", "2024", 62.4258379 / 189.1 * 100),
    # 38.8 of 38 bcm; of 56 in all contracts
    ("energy.pipeline-fulfilment", "RUS-CHN", "2025", 100 * 38.8 / 38),
    ("energy.contract-fulfilment", "RUS-CHN", "2025", 100 * 38.8 / 56),
    # March 2022, the same days in all four buyers: 167.64, 722.22, 20.59, 83.7 of 1206.43
    ("energy.fossil-export-dependence.m", "RUS-CHN", "2022-03", 100 * 167.64 / 1206.43),
    (
        "energy.fossil-export-concentration-low.m",
        "RUS-WLD",
        "2022-03",
        sum((100 * v / 1206.43) ** 2 for v in (167.64, 722.22, 20.59, 83.7)),
    ),
    (
        "energy.fossil-export-concentration-high.m",
        "RUS-WLD",
        "2022-03",
        sum((100 * v / 1206.43) ** 2 for v in (167.64, 722.22, 20.59, 83.7, 212.28)),
    ),
    # Brent 100.93; 58448.9084 US$ mn for 86.2455 Mt
    ("price.crude-concession", "RUS-CHN", "2022", 100.93 - 58448.9084 / 86.2455 / 7.33),
    # Brent 69.14; 3.54 yuan a kilogram at 7.1875
    ("price.crude-concession", "RUS-CHN", "2025", 69.14 - 3540 / 7.1875 / 7.33),
    # Brent 122.71; 716.0078 US$ a tonne
    ("price.crude-concession.m", "RUS-CHN", "2022-06", 122.71 - 716.0078 / 7.33),
    ("price.crude-concession-origins", "RUS-CHN", "2025", 100 * (3.67 - 3.54) / 3.67),
    # economy ministry: Europe 401.9, China 248.7
    ("price.gas-concession", "RUS-CHN", "2025", 401.9 - 248.7),
    # customs 3980.8567 US$ mn over 15.4 bcm against 983.8
    ("price.gas-concession-customs", "RUS-CHN", "2022", 100 * (1 - 3980.8567 / 15.4 / 983.8)),
    # Germany 24.17 US$/mmbtu
    (
        "price.gas-concession-germany",
        "RUS-CHN",
        "2022",
        100 * (1 - 3980.8567 / 15.4 * 1.055056 / 38 / 24.17),
    ),
    ("price.espo-concession.m", "RUS-CHN", "2025-12", 5.5),
    # yuan 13.2 (40.8 percent) of exports, 9.1 (38.5 percent) of imports
    ("finance.yuan-settlement.m", "RUS-CHN", "2024-01", (13.2 + 9.1) / (13.2 / 40.8 + 9.1 / 38.5)),
    # Chinese 19 of 286 and 44 of 155
    ("finance.sanctions-chinese-share", "EUU-CHN", "2025", 100 * (19 + 44) / (286 + 155)),
    # AidData 2017 to 2021
    ("finance.commitments", "CHN-RUS", "2021", 4.6759 + 2.9831 + 2.077 + 5.4803 + 7.5412),
    ("finance.investment-dependence", "RUS-CHN", "2014", 100 * 1.3 / 22.031),
]


@pytest.mark.parametrize(("name", "dyad", "period", "value"), HAND)
def test_values_worked_by_hand(record: Record, name: str, dyad: str, period: str, value: float) -> None:
    point = measure(record, name, dyad).at(period)
    assert point is not None
    assert point.value == pytest.approx(value, rel=1e-9)


def economic() -> list[tuple[str, str]]:
    return [
        (name, str(dyad))
        for name, one in catalogue().items()
        if name.startswith(PREFIXES)
        for dyad in one.dyads
    ]


@pytest.mark.parametrize(("name", "dyad"), economic())
def test_every_declared_dyad_is_served_with_sources(record: Record, name: str, dyad: str) -> None:
    series = measure(record, name, dyad)
    assert len(series) > 0
    for point in series.points:
        assert math.isfinite(point.value)
        assert point.sources
        assert set(point.sources) <= record.sources.keys()
    assert len(set(series.values)) == len(series)


def test_every_measure_says_what_it_is(record: Record) -> None:
    for name, one in catalogue().items():
        if name.startswith(PREFIXES):
            assert one.unit in record.units, name
            assert one.definition.endswith("."), name
            assert one.formula, name
            assert one.literature, name
            assert one.frequency == ("M" if name.endswith(".m") else "A"), name


def test_shares_are_between_nothing_and_all(record: Record) -> None:
    for name, dyad in economic():
        if "dependence" in name or name.endswith("settlement"):
            values = measure(record, name, dyad).values.values()
            assert all(0 <= value <= 100 for value in values), (name, dyad)


@pytest.mark.parametrize(
    "name",
    [
        "trade.concentration",
        "energy.crude-import-concentration",
        "energy.gas-import-concentration",
        "energy.crude-export-concentration",
        "energy.gas-export-concentration",
    ],
)
def test_bounds_of_concentration_hold_each_other(record: Record, name: str) -> None:
    dyad = "CHN-WLD" if "import" in name else "RUS-WLD"
    low = measure(record, f"{name}-low", dyad).values
    high = measure(record, f"{name}-high", dyad).values
    assert low.keys() == high.keys()
    assert all(0 < low[period] <= high[period] <= 10_000 for period in low)


def test_sources_of_all_inputs_are_kept(record: Record) -> None:
    point = measure(record, "price.crude-concession", "RUS-CHN").at("2025")
    assert point is not None
    assert set(point.sources) == {"energy-eia-brent", "energy-china-2025-crude", "finance-fred-fx"}


def test_the_switch_to_china_customs_is_flagged(record: Record) -> None:
    series = measure(record, "trade.dependence", "RUS-CHN")
    flagged = [point.period for point in series.points if "Russia published none after 2021" in point.note]
    assert flagged == ["2022", "2023", "2024", "2025"]
    assert "2001" not in series.values  # Russia's report for that year has one direction only


def test_the_cut_is_kept(record: Record) -> None:
    early = record.cut("2013-12-31")
    assert max(measure(early, "trade.dependence", "RUS-CHN").values) < "2014"
    assert measure(early, "energy.pipeline-fulfilment", "RUS-CHN").points == ()


def test_revised_vintages_are_marked(record: Record) -> None:
    point = measure(record.cut("2016-12-31"), "trade.dependence", "RUS-CHN").at("2010")
    assert point is not None
    assert point.revised  # World Bank totals are of a later vintage


def test_asymmetry_turns_over_with_the_dyad(record: Record) -> None:
    one = measure(record, "trade.asymmetry", "RUS-CHN").values
    other = measure(record, "trade.asymmetry", "CHN-RUS").values
    assert len(one) == 33
    assert all(one[year] * other[year] == pytest.approx(1) for year in one)


def test_a_dyad_the_record_cannot_serve_is_refused(record: Record) -> None:
    with pytest.raises(AmurError, match="cannot serve"):
        measure(record, "trade.dependence", "CHN-IND")


# --- computed beside published ---


def test_published_shares_agree_where_they_should(record: Record) -> None:
    found = published.compare(record)
    same = [row for row in found if row.series.endswith(".calc")]
    assert len(same) > 130
    assert all(abs(row.difference) < 0.0051 for row in same)


def test_known_disagreements_are_found(record: Record) -> None:
    found = {(row.measure, row.series, row.period): row for row in published.compare(record)}
    mirrored = found["trade.import-dependence", "trade.share.chn-in-rus-imports.cia", "2023"]
    assert mirrored.difference == pytest.approx(100 * 110.98 / 303.086 - 53)
    assert ("trade.dependence", "trade.share.euu-in-rus-total", "2024") not in found  # it rests on it


# --- arithmetic on points ---

A = [Point("2000", 2.0, ("a",)), Point("2001", 4.0, ("a",), "rounded", "mine", True)]
B = [Point("2001", 8.0, ("b", "a"), "derived"), Point("2002", 1.0, ("b",))]


def test_points_keep_where_they_came_from() -> None:
    assert arithmetic.ratio(A, B) == [Point("2001", 50.0, ("a", "b"), "rounded; derived", "mine", True)]
    assert [p.value for p in arithmetic.total(A, B)] == [12.0]
    assert [p.value for p in arithmetic.difference(A, B)] == [-4.0]


def test_division_by_zero_leaves_a_gap() -> None:
    assert arithmetic.ratio(A, [Point("2000", 0.0, ("z",))]) == []


def test_splice_prefers_the_first() -> None:
    spliced = arithmetic.splice((A, "first"), B)
    assert [(p.period, p.value, p.note) for p in spliced] == [
        ("2000", 2.0, "first"),
        ("2001", 4.0, "rounded; first"),
        ("2002", 1.0, ""),
    ]


def test_years_need_all_their_months() -> None:
    months = [Point(f"2020-{m:02d}", float(m), ("s",)) for m in range(1, 13)]
    assert [p.value for p in arithmetic.annual(months)] == [78.0]
    assert [p.value for p in arithmetic.annual(months, how="mean")] == [6.5]
    assert arithmetic.annual(months[:11]) == []
    assert [p.value for p in arithmetic.annual(months[:11], least=10)] == [66.0]


def test_steps_are_carried() -> None:
    steps = [Point("2000", 0.0, ("s",)), Point("2003", 1.0, ("s",))]
    carried = arithmetic.carried(steps, "2004")
    assert [(p.period, p.value) for p in carried] == [
        ("2000", 0.0),
        ("2001", 0.0),
        ("2002", 0.0),
        ("2003", 1.0),
        ("2004", 1.0),
    ]


def test_concentration_says_what_is_not_known() -> None:
    whole = [Point("2000", 200.0, ("w",))]
    partners = {"X": [Point("2000", 100.0, ("x",))], "Y": [Point("2000", 60.0, ("y",))]}
    low = arithmetic.concentration(whole, partners)[0]
    high = arithmetic.concentration(whole, partners, remainder="single")[0]
    assert (low.value, high.value) == pytest.approx((50**2 + 30**2, 50**2 + 30**2 + 20**2))
    assert low.note == "percent known: X 50.0, Y 30.0; not known: 20.0"
    assert low.sources == ("w", "x", "y")
    assert arithmetic.concentration(whole, partners, require=("Z",)) == []
