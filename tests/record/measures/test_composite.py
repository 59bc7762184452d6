"""Composite measures: values worked out by hand from the record, the published shapes, and as-of discipline."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from amur.errors import AmurError
from amur.record.measures import bci, bci_shape, influence, ladder, measure, profiles
from amur.record.measures.registry import Dyad
from amur.record.record import Record, built_in
from amur.record.timeseries import Point

RUS_CHN, CHN_RUS = Dyad("RUS", "CHN"), Dyad("CHN", "RUS")


@pytest.fixture(scope="module")
def record() -> Record:
    return Record(built_in())


def values(points) -> dict[str, float]:
    return {point.period: point.value for point in points}


def with_later_nonsense(record: Record, after: str) -> Record:
    """The same record with every value of a period after a year turned into nonsense."""
    rows = [
        row._replace(value=row.value * 1000 + 7) if row.period[:4] > after else row
        for row in record.tables.observations
    ]
    return Record(replace(record.tables, observations=rows), record.as_of)


# Bilateral cooperation intensity


def test_a_component_on_its_scale_by_hand(record: Record) -> None:
    # un.ga.agree.contested.chn-rus: 1995 11.76 is the lowest and 2019 75 the highest of 1992-2019; 2013 is 57.14
    votes = bci.cooperation_intensity(record).components["votes"]
    assert (votes.low, votes.high) == (11.76, 75.0)
    assert values(votes.scaled)["2013"] == pytest.approx((57.14 - 11.76) / (75 - 11.76))


def test_the_year_2019_by_hand(record: Record) -> None:
    # 2019 is the top year for visits (6), votes (75) and exercises (3, shared); trade.salience peaks too;
    # crude share 15.3528 against 0.2137 (1995) and 15.4777 (2018); arms is the only low one.
    built = bci.cooperation_intensity(record)
    assert values(built.dimensions["political"])["2019"] == pytest.approx(1)
    energy = (15.3528 - 0.2137) / (15.4777 - 0.2137)
    assert values(built.dimensions["economic"])["2019"] == pytest.approx((1 + energy) / 2, abs=1e-4)
    dims = [values(built.dimensions[name])["2019"] for name in ("political", "economic", "military")]
    assert values(built.index)["2019"] == pytest.approx(sum(dims) / 3)


def test_arms_salience_by_hand(record: Record) -> None:
    # 1993: two years only. To China 1023 + 1011; all of Russia 2643.1 + 3486.29; all to China 1183.68 + 1230.18
    expected = 100 * 2034 / math.sqrt((2643.1 + 3486.29) * (1183.68 + 1230.18))
    point = next(point for point in bci.arms_salience(record) if point.period == "1993")
    assert point.value == pytest.approx(expected)
    assert "1992-1993" in point.note


def test_every_year_to_2025_has_an_index_and_says_what_it_lacks(record: Record) -> None:
    built = bci.cooperation_intensity(record)
    assert [point.period for point in built.index] == [str(year) for year in range(1992, 2026)]
    assert built.missing["1993"] == ("energy",)
    assert built.missing["2020"] == ("exercises",)
    assert built.missing["2010"] == ()
    note = next(point.note for point in built.index if point.period == "2020")
    assert note == "5 of 6 components; exercises carried from 2019"


def test_years_without_a_count_of_meetings_are_marked_as_a_minimum(record: Record) -> None:
    meetings = {point.period: point for point in bci.leaders_meetings(record)}
    assert meetings["2019"].value == 6
    assert meetings["1997"].value == 2
    assert "minimum" in meetings["1997"].note
    assert meetings["1997"].sources


def test_the_published_shape_is_reported_met_or_not_with_numbers(record: Record) -> None:
    # Judged as the record has it: a change of verdict must be looked at, not waved through.
    verdicts = {check.name: check.met for check in bci_shape.published_shape(record).checks}
    assert verdicts == {
        "steady-rise": False,
        "no-setback-2014": True,
        "no-dramatic-jump": False,
        "energy-low-to-2003": False,
        "energy-focal-since-2008": True,
        "economic-overtakes-2012": False,
        "political-leads": True,
        "highest-level-not-reached": False,
        "political-highest-since-2003": False,
        "military-dip-2008-2015": True,
        "economic-dip-1996-2003": True,
    }
    shape = bci_shape.published_shape(record)
    assert shape["economic-overtakes-2012"].figures == {"above for good since": 2011}
    assert shape["energy-low-to-2003"].figures["highest"] == pytest.approx((5.7665 - 0.2137) / 15.264, abs=1e-3)
    assert all(check.figures and check.source and check.rule for check in shape.checks)


def test_verdicts_that_hang_on_our_choices_are_shown(record: Record) -> None:
    table = bci_shape.shape_under_other_choices(record)
    assert set(table["no-setback-2014"].values()) == {True}
    assert set(table["energy-focal-since-2008"].values()) == {True, False}


def test_kendall_tau() -> None:
    assert bci_shape.kendall_tau({1: 1.0, 2: 2.0, 3: 3.0}) == 1
    assert bci_shape.kendall_tau({1: 3.0, 2: 2.0, 3: 1.0}) == -1
    assert bci_shape.kendall_tau({1: 1.0, 2: 3.0, 3: 2.0}) == pytest.approx(1 / 3)


def test_bounds_come_from_the_window_so_later_years_never_move_the_past(record: Record) -> None:
    before = bci.cooperation_intensity(record)
    after = bci.cooperation_intensity(with_later_nonsense(record, "2019"))
    for name, component in before.components.items():
        assert (component.low, component.high) == (after.components[name].low, after.components[name].high)
    early = {year: value for year, value in values(before.index).items() if year <= "2019"}
    assert early == {year: value for year, value in values(after.index).items() if year <= "2019"}


@pytest.mark.parametrize("cut", ["2013-12-31", "2014-06-30"])
def test_a_cut_uses_nothing_later(record: Record, cut: str) -> None:
    known = bci.cooperation_intensity(record.cut(cut))
    assert known.index[-1].period == ("2012" if cut == "2013-12-31" else "2013")
    for component in known.components.values():
        assert all(point.period <= "2013" for point in component.raw)
        window = [point.value for point in component.raw]
        assert (component.low, component.high) == (min(window), max(window))
    tampered = bci.cooperation_intensity(with_later_nonsense(record, "2013").cut(cut))
    assert tampered.as_json() == known.as_json()


def test_before_there_is_enough_there_is_no_index(record: Record) -> None:
    assert bci.cooperation_intensity(record.cut("1993-06-30")).index == ()
    shape = bci_shape.published_shape(record.cut("1993-06-30"))
    assert {check.met for check in shape.checks} == {None}


# The ladder


def test_the_rungs_by_date(record: Record) -> None:
    steps = {}
    for state in ladder.ladder(record):
        steps.setdefault((state.rung, state.wide), state.period)
    assert steps == {
        (0, 0): "1992-Q1",
        (1, 1): "1994-Q3",
        (3, 3): "1996-Q2",
        (4, 4): "2007-Q3",
        (4, 5): "2021-Q3",
        (4, 6): "2022-Q4",
    }


def test_every_rung_has_its_events_and_what_is_contested_both_views(record: Record) -> None:
    state = ladder.ladder_at(record, "2025")
    assert (state.rung, state.stage, state.wide, state.wide_stage) == (4, "moderate", 6, "deep")
    assert [one.status for one in state.rungs] == ["met"] * 4 + ["contested", "contested", "not met"]
    for rung in state.rungs:
        assert rung.events or rung.status != "met"
        assert rung.awaits or rung.status == "met"
    assert {one.event for one in state.rungs[4].contested} == {
        "2021-08-09.integration-marker",
        "2025-08-20.integration-marker",
    }
    assert all(one.view and one.counterview for rung in state.rungs for one in rung.contested)


def test_the_third_exercise_makes_exercises_regular(record: Record) -> None:
    # 2003-08-06, 2005-08-18, 2007-08-09: three within 4.01 years
    assert ladder.ladder_at(record, "2007-Q2").rung == 3
    state = ladder.ladder_at(record, "2007-Q3").rungs[3]
    assert (state.status, state.since) == ("met", "2007-08-09")


def test_an_event_counts_only_from_its_date_and_within_the_cut(record: Record) -> None:
    cut = record.cut("2007-08-08")
    assert ladder.ladder_at(cut, "2025").rung == 3
    assert ladder.ladder(cut)[-1].period == "2007-Q2"
    assert ladder.ladder(record.cut("2013-12-31"), "A")[-1].period == "2013"


def test_the_ladder_as_a_measure_names_events_and_sources(record: Record) -> None:
    rungs = measure(record, "alignment.rung")
    point = rungs.at("1996-Q2")
    assert point is not None
    assert point.value == 3
    assert "1996-04-26.multilateral" in point.note
    assert {record.event["1996-04-26.multilateral"].source} <= set(point.sources)
    assert measure(record, "alignment.rung-wide").at("2022-Q4").value == 6


GOOD = """
dyad = "CHN-RUS"
about = "a"
literature = "b"
[[rung]]
rung = 1
stage = "early"
name = "n"
criterion = "c"
needs = 1
events = [{ event = "2001-07-16.treaty", why = "w" }]
"""


def rules_in(folder: Path, text: str) -> ladder.Rules:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return ladder.read_rules(path)


def test_a_users_own_ladder(record: Record, tmp_path: Path) -> None:
    mine = rules_in(tmp_path, GOOD)
    assert ladder.ladder_at(record, "2001-Q2", mine).rung == 0
    assert ladder.ladder_at(record, "2001-Q3", mine).rung == 1


def test_an_event_can_end_a_rung(record: Record, tmp_path: Path) -> None:
    mine = rules_in(tmp_path, GOOD + 'ended = [{ event = "2021-06-28.treaty", why = "w" }]\n')
    assert ladder.ladder_at(record, "2021-Q1", mine).rung == 1
    assert ladder.ladder_at(record, "2021-Q2", mine).rung == 0


def test_an_unknown_event_is_named_with_file_line_field_and_mend(record: Record, tmp_path: Path) -> None:
    mine = rules_in(tmp_path, GOOD.replace("2001-07-16.treaty", "2001-07-15.treaty"))
    with pytest.raises(AmurError) as caught:
        ladder.ladder_at(record, "2001", mine)
    error = caught.value
    assert error.file is not None
    assert error.file.endswith("mine.toml")
    assert (error.line, error.field) == (11, "event")
    assert "2001-07-15.treaty" in error.problem
    assert "2001-07-16.treaty" in error.mend


@pytest.mark.parametrize(
    ("old", "new", "field", "line"),
    [
        ("rung = 1", "rung = 2", "rung", 6),
        ('stage = "early"', 'stage = "late"', "stage", 6),
        ('criterion = "c"', "", "criterion", 6),
        ("needs = 1", "needs = 0", "needs", 6),
        ("needs = 1", "neds = 1", "neds", 10),
        ('why = "w"', 'wy = "w"', "why", 6),
        ("events = [", "events = 3 # [", "events", 6),
    ],
)
def test_a_broken_rule_is_named(tmp_path: Path, old: str, new: str, field: str, line: int) -> None:
    with pytest.raises(AmurError) as caught:
        rules_in(tmp_path, GOOD.replace(old, new))
    assert (caught.value.field, caught.value.line) == (field, line)
    assert caught.value.mend


def test_what_is_not_toml_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(AmurError, match="not TOML") as caught:
        rules_in(tmp_path, GOOD + "needs = =\n")
    assert caught.value.line == 12
    with pytest.raises(AmurError, match="there is no such file"):
        ladder.read_rules(tmp_path / "none.toml")


# Bandwidth, dependence, leverage


def test_economic_leverage_by_hand(record: Record) -> None:
    # 2023: 240.11 bn; Russia's trade from its own side of the switch: 32.99 percent (trade.share.chn-in-rus-total.calc)
    point = measure(record, "leverage.economic", "RUS-CHN").at("2023")
    assert point is not None
    assert point.value == pytest.approx(math.log(240.11 / 0.1) / math.log(10_000) * 0.3299, abs=2e-4)


def test_security_dependence_of_russia_by_hand(record: Record) -> None:
    # 2005-2009 window: the market term is share x weight, the supplier term nought (no Chinese deliveries)
    years = [str(year) for year in range(2005, 2010)]

    def summed(name: str) -> float:
        series = record[name].values
        return sum(series[year] for year in years)

    sold, world = summed("security.arms.tiv.rus-chn"), summed("security.arms.tiv-register.rus-world")
    weight = min(world / (summed("security.milex.const.rus") / 1000) / 40, 1)
    found = values(influence.security_dependence(record, RUS_CHN))
    assert found["2009"] == pytest.approx(sold / world * weight)


def test_political_dependence_is_mutual_and_counted(record: Record) -> None:
    # joint vetoes 2019-2023: 3, 2, 0, 1, 1
    russia, china = (values(influence.political_dependence(record, dyad)) for dyad in (RUS_CHN, CHN_RUS))
    assert russia["2023"] == pytest.approx(0.7)
    assert russia == china


def test_leverage_is_the_product_and_directed(record: Record) -> None:
    found = influence.leverage(record, RUS_CHN)
    width, depth, product = map(values, (found.bandwidth, found.dependence, found.leverage))
    assert all(product[year] == pytest.approx(width[year] * depth[year]) for year in product)
    china = values(influence.leverage(record, CHN_RUS).leverage)
    assert china["2003"] > product["2003"]
    assert china["2023"] < product["2023"]
    assert all(0 <= value <= 1 for value in (*width.values(), *depth.values()))


def test_the_check_against_fbic_is_reported_as_it_is(record: Record) -> None:
    rows = {(row.dyad, row.ours): row for row in influence.against_fbic(record)}
    whole = rows["RUS-CHN", "leverage"]
    assert (whole.first, whole.last) == ("1998", "2023")
    assert whole.levels == pytest.approx(0.938, abs=0.005)
    assert whole.changes == pytest.approx(0.386, abs=0.005)
    assert rows["PRK-CHN", "leverage.economic"].levels == pytest.approx(-0.594, abs=0.005)


def test_agreement_of_two_series_by_hand() -> None:
    ours = [Point(str(2000 + i), float(v), ()) for i, v in enumerate((1, 2, 3, 4, 5, 6))]
    twice = [point._replace(value=2 * point.value) for point in ours]
    assert influence.agreement("x", "a", ours, "b", twice).levels == pytest.approx(1)
    assert influence.agreement("x", "a", ours, "b", twice).changes is None  # no variation
    assert influence.agreement("x", "a", ours[:3], "b", twice).levels is None  # too few
    assert influence.agreement("x", "a", ours, "b", []).years == 0


def test_leverage_cut_at_2013_rests_on_nothing_later(record: Record) -> None:
    cut = "2013-12-31"
    known = influence.leverage(record.cut(cut), RUS_CHN)
    assert known.leverage[-1].period == "2012"
    tampered = influence.leverage(with_later_nonsense(record, "2013").cut(cut), RUS_CHN)
    assert tampered.as_json() == known.as_json()


# Profiles


def test_a_component_of_the_iranization_profile_by_hand(record: Record) -> None:
    found = profiles.iranization_profile(record, 2023)["CHN-IRN"]
    rows = {one.name: one for one in found.compared}
    exports = rows["export-share"]
    assert (exports.value, exports.other, exports.year) == (33.0, 35.0, "2023")
    assert exports.difference == pytest.approx(0.02)
    # 1,050 thousand barrels a day at 7.33 barrels a tonne over 563.99 Mt
    imports = record["energy.crude.imports.chn"].values["2023"]
    assert rows["crude-share"].other == pytest.approx(100 * 1050 * 365 / 7.33 / 1000 / imports)
    assert rows["mutual-defence-treaty"].difference == 0
    assert rows["consultation-treaty"].difference == 1


def test_the_distance_is_the_mean_and_leaving_one_out_gives_the_range(record: Record) -> None:
    found = profiles.iranization_profile(record)["CHN-IRN"]
    differences = [one.difference for one in found.compared]
    assert found.distance == pytest.approx(sum(differences) / len(differences))
    first = found.compared[0]
    assert found.without[first.name] == pytest.approx(sum(differences[1:]) / (len(differences) - 1))
    assert found.low == min(found.without.values()) < found.distance < found.high == max(found.without.values())


def test_what_is_missing_is_named_and_nothing_is_lost(record: Record) -> None:
    for found in profiles.all_profile(record).distances:
        assert len(found.compared) + len(found.missing) == len(profiles.COMPONENTS)
        assert all(one.lacking for one in found.missing)
    lacking = {one.name: one.lacking for one in profiles.iranization_profile(record)["CHN-IRN"].missing}
    assert lacking["oil-discount"] == ("CHN-IRN",)
    assert lacking["nuclear-sharing"] == ("CHN-RUS", "CHN-IRN")


def test_a_dyad_is_at_no_distance_from_itself(record: Record) -> None:
    assert profiles.distance(record, CHN_RUS, 2021).distance == 0


def test_distances_over_common_components_only(record: Record) -> None:
    profile = profiles.all_profile(record)
    assert set(profile.common) == {
        "mutual-defence-treaty",
        "consultation-treaty",
        "nonaggression-treaty",
        "arms-to-junior",
    }
    japan = profile["USA-JPN"]
    parts = [one.difference for one in japan.compared if one.name in profile.common]
    assert japan.on_common == pytest.approx(sum(parts) / 4)


def test_which_of_two_is_nearer_and_whether_one_component_decides(record: Record) -> None:
    found = profiles.nearer(record, Dyad("CHN", "IRN"), Dyad("RUS", "BLR"), 2021)
    assert found.nearer == "RUS-BLR"
    assert not found.unanimous
    assert "export-share" in found.components
    assert profiles.nearer(record, Dyad("CHN", "IRN"), Dyad("RUS", "PRK"), 2021).unanimous


def test_a_treaty_moves_the_distance_when_it_is_signed(record: Record) -> None:
    # Russia and North Korea: mutual defence since 2024
    before, after = (profiles.distance(record, Dyad("RUS", "PRK"), year).distance for year in (2023, 2024))
    assert before is not None
    assert after is not None
    assert after > before


def test_no_value_is_older_than_six_years_or_later_than_asked(record: Record) -> None:
    for year in (2001, 2013, 2021, 2025):
        for found in profiles.all_profile(record, year).distances:
            for one in found.compared:
                assert year - profiles.OLDEST <= int(one.year) <= year
                assert year - profiles.OLDEST <= int(one.other_year) <= year


def test_profiles_cut_at_2013_rest_on_nothing_later(record: Record) -> None:
    cut = "2013-12-31"
    known = profiles.all_profile(record.cut(cut))
    assert known.year == "2013"
    tampered = profiles.all_profile(with_later_nonsense(record, "2013").cut(cut))
    assert tampered.as_json() == known.as_json()
    assert any(one.name == "votes" and one.year == "2012" for one in known["CHN-IRN"].compared)


def test_a_year_that_is_none(record: Record) -> None:
    with pytest.raises(AmurError, match="not a year"):
        profiles.iranization_profile(record, "next")


def test_the_distance_as_a_measure(record: Record) -> None:
    series = measure(record, "profile.distance", "CHN-IRN")
    point = series.at("2023")
    assert point is not None
    assert point.value == pytest.approx(profiles.distance(record, Dyad("CHN", "IRN"), 2023).distance)
    assert "10 components" in point.note
    assert point.revised
    with pytest.raises(AmurError, match="cannot serve"):
        measure(record, "profile.distance", "CHN-RUS")


def test_everything_goes_into_json(record: Record) -> None:
    things = [
        bci.cooperation_intensity(record),
        bci_shape.published_shape(record),
        ladder.ladder_at(record, "2025"),
        influence.leverage(record, RUS_CHN),
        *influence.against_fbic(record),
        profiles.all_profile(record),
        profiles.nearer(record, Dyad("CHN", "IRN"), Dyad("RUS", "BLR")),
    ]
    for thing in things:
        assert json.loads(json.dumps(thing.as_json(), allow_nan=False)) == thing.as_json()


def test_the_page_reports_the_verdicts_as_computed(record: Record) -> None:
    page = (Path(__file__).parents[3] / "docs" / "measures-composite.md").read_text(encoding="utf-8")
    for check in bci_shape.published_shape(record).checks:
        assert f"| {check.name} | {'met' if check.met else 'not met'} |" in page
    for row in influence.against_fbic(record):
        shown = f"| {row.dyad} | {row.ours} | {row.years} | {row.levels:.2f} | {row.changes:.2f} |"
        assert shown.replace("-0.", "−0.") in page
    for other in ("CHN-IRN", "RUS-BLR", "USA-JPN", "USA-GBR", "RUS-PRK", "CHN-PRK"):
        found = profiles.distance(record, Dyad.parse(other), 2025)
        assert f"| {found.distance:.2f} ({found.low:.2f}–{found.high:.2f}; {len(found.compared)}) |" in page
