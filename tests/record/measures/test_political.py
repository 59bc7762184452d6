"""Votes, vetoes, meetings, arms, exercises, alliance markers, attitudes: values worked out by hand from the record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.errors import AmurError
from amur.record import load
from amur.record.measures import council, markers, measure, running, security, society, votes
from amur.record.measures.registry import Dyad, Measure, catalogue
from amur.record.record import Record
from amur.record.timeseries import Point


@pytest.fixture(scope="module")
def record() -> Record:
    return load(overlay=False)


OWN = [
    thing
    for module in (votes, council, security, markers, society)
    for thing in vars(module).values()
    if isinstance(thing, Measure)
]

HAND_CHECKED = [
    # China and Russia in 2024: YY 51, YA 6, YN 11, AY 1, AA 2, AN 12, NY 1, NA 0, NN 10 of 94 roll calls.
    # China: 68 yes, 15 abstain, 11 no; Russia: 53, 8, 33.
    ("votes.ga.agreement", "CHN-RUS", "2024", 67.02),
    ("votes.ga.opposite", "CHN-RUS", "2024", 12.77),
    # 1 - (31/94) / (1 - (68*53 + 15*8 + 11*33)/94^2)
    ("votes.ga.kappa", "CHN-RUS", "2024", 0.386398),
    # mean votes 60.5, 11.5, 22: 1 - (31/94) / (1 - (60.5^2 + 11.5^2 + 22^2)/94^2)
    ("votes.ga.pi", "CHN-RUS", "2024", 0.360895),
    # observed (19/4 + 12)/94 over expected ((544 + 795 + 495 + 88)/4 + 2244 + 583)/94^2
    ("votes.ga.kappa.squared", "CHN-RUS", "2024", 0.523962),
    # observed (19/2 + 12)/94 over expected (1922/2 + 2827)/94^2
    ("votes.ga.kappa.absolute", "CHN-RUS", "2024", 0.466447),
    ("votes.ga.s", "CHN-RUS", "2024", 1 - 2 * (19 / 2 + 12) / 94),
    # Russia voted no on 33: China no on 10; China voted no on 11: Russia no on 10
    ("votes.ga.joined-no", "CHN-RUS", "2024", 100 * 10 / 33),
    ("votes.ga.joined-no", "RUS-CHN", "2024", 100 * 10 / 11),
    ("votes.ga.agreement.contested", "CHN-RUS", "2025", 66.67),
    # United States and Japan, not a series of the record: 32 + 3 + 15 of 94
    ("votes.ga.agreement", "USA-JPN", "2024", 100 * 50 / 94),
    # 45 adopted, agreement 82.22 percent (8 apart), 16 not unanimous
    ("votes.sc.agreement.contested", "CHN-RUS", "2024", 50.0),
    # 54 adopted, 6 apart, 18 not unanimous
    ("votes.sc.agreement.contested", "CHN-RUS", "2022", 100 * 12 / 18),
    ("votes.sc.vetoes.joint.cumulative", "CHN-RUS", "2024", 16),
    # China alone in 1997 and 1999: 18 vetoes, 16 of them joint
    ("votes.sc.vetoes.joined", "RUS-CHN", "2024", 100 * 16 / 18),
    ("votes.sc.vetoes.joined", "CHN-RUS", "2024", 100 * 16 / 39),
    ("meetings.leaders.cumulative", "CHN-RUS", "2024", 45),
    ("meetings.leaders", "CHN-RUS", "2025", 2 + 1),
    # India in Russian exports 2016-20: 6,503.51 of 28,526.53 million TIV (the essay's 23 percent)
    ("arms.share-of-exports.5y", "RUS-IND", "2020", 100 * 6503.51 / 28526.53),
    ("arms.share-of-imports", "RUS-IRN", "2022", 100 * 69 / 75.05),
    ("arms.share-of-imports", "JPN-USA", "2022", 100 * 1506.9 / 1570.9),
    # 5,015.00 of 13,856.43 million TIV, published as 36 percent for 2019-23
    ("arms.share-of-imports.5y.beside-published", "IND-RUS", "2023", 100 * 5015 / 13856.43 - 36),
    ("exercises.tally.cumulative", "CHN-RUS", "2019", 23),
    ("patrols.cumulative", "CHN-RUS", "2025", 10 + 6),
    ("alliance.treaties", "CHN-RUS", "2025", 100 * 2 / 3),
    ("alliance.treaties", "RUS-PRK", "2023", 100 * 2 / 3),
    ("alliance.treaties", "RUS-PRK", "2024", 100),
    ("alliance.score", "CHN-RUS", "2024", 100 * 5 / 7),
    ("attitudes.levada.net", "RUS-CHN", "2024-10", 81 - 9),
    ("attitudes.levada.good.annual", "RUS-CHN", "2024", (86 + 81) / 2),
    ("attitudes.fom.net", "RUS-CHN", "2006", 48 - 30),
    ("people.students.both", "CHN-RUS", "2025", 56 + 21),
    ("regime.distance.libdem", "CHN-RUS", "2024", 0.056 - 0.036),
]


@pytest.mark.parametrize(("name", "dyad", "period", "value"), HAND_CHECKED)
def test_hand_checked(record: Record, name: str, dyad: str, period: str, value: float) -> None:
    point = measure(record, name, dyad).at(period)
    assert point is not None
    assert point.value == pytest.approx(value, abs=5e-4)


@pytest.mark.parametrize("one", OWN, ids=lambda m: m.name)
def test_every_measure_serves_every_dyad_with_sources_and_a_known_unit(record: Record, one: Measure) -> None:
    assert one.unit in record.units
    assert one.claims
    assert one.definition
    assert one.formula
    assert one.literature
    for dyad in one.dyads:
        found = one.of(record, dyad)
        assert len(found), f"{one.name} {dyad} is empty"
        periods = [point.period for point in found.points]
        assert periods == sorted(set(periods))
        assert all(point.sources for point in found.points)
        assert all(source in record.sources for point in found.points for source in point.sources)


def test_the_catalogue_holds_them() -> None:
    assert {one.name for one in OWN} <= set(catalogue())
    assert len({one.name for one in OWN}) == len(OWN)


@pytest.mark.parametrize("contested", [False, True])
def test_joint_counts_give_the_recorded_agreement_exactly(record: Record, contested: bool) -> None:
    checked = 0
    for text in votes.JOINT_CONTESTED if contested else votes.JOINT:
        name = f"un.ga.agree.{'contested.' if contested else ''}{text.lower()}"
        if name not in record:
            continue
        recorded = record.timeseries(name)
        counted = votes.joint(record, Dyad.parse(text), contested)
        assert set(recorded.values) == set(counted)
        for point in recorded.points:
            joint = counted[point.period]
            assert point.note.startswith(f"A={joint.agreed:.0f}, N={joint.many:.0f}")
            assert point.value == pytest.approx(100 * joint.agreed / joint.many, abs=0.006)
            checked += 1
    assert checked == (4 * 34 if contested else 4 * 34 + 7 * 33)


def test_joint_counts_give_the_recorded_opposition(record: Record) -> None:
    counted = votes.joint(record, Dyad.parse("CHN-RUS"))
    recorded = record.timeseries("un.ga.opposite.chn-rus").values
    assert {year: round(100 * v.opposed / v.many, 2) for year, v in counted.items()} == recorded


def test_contested_votes_are_among_all_votes(record: Record) -> None:
    for text in votes.JOINT_CONTESTED:
        every = votes.joint(record, Dyad.parse(text))
        for year, contested in votes.joint(record, Dyad.parse(text), contested=True).items():
            assert all(
                some <= all_
                for i in range(3)
                for some, all_ in zip(contested.table[i], every[year].table[i], strict=True)
            )


COUNTS = st.lists(st.integers(0, 60), min_size=3, max_size=3).map(tuple)
TABLES = st.lists(COUNTS, min_size=3, max_size=3).map(tuple)


@given(table=TABLES, distance=st.sampled_from(sorted(votes.DISTANCES)), pooled=st.booleans())
def test_beyond_chance_is_at_most_one_and_does_not_ask_who_is_first(
    table: votes.Table, distance: str, pooled: bool
) -> None:
    apart = votes.DISTANCES[distance]
    value = votes.beyond_chance(table, apart, pooled)
    swapped = votes.beyond_chance(tuple(zip(*table, strict=True)), apart, pooled)
    if value is None:
        assert swapped is None
        return
    assert value <= 1 + 1e-12
    assert swapped == pytest.approx(value, abs=1e-9)
    off_diagonal = sum(table[i][j] for i in range(3) for j in range(3) if i != j)
    assert (value == 1) == (off_diagonal == 0)


@given(first=COUNTS, second=COUNTS, distance=st.sampled_from(sorted(votes.DISTANCES)))
def test_votes_independent_of_each_other_have_kappa_zero(
    first: tuple[int, ...], second: tuple[int, ...], distance: str
) -> None:
    table = tuple(tuple(float(p * q) for q in second) for p in first)
    value = votes.beyond_chance(table, votes.DISTANCES[distance], pooled=False)
    assert value is None or value == pytest.approx(0, abs=1e-9)


def test_beyond_chance_has_no_value_where_chance_cannot_disagree() -> None:
    only_yes = ((40.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    nothing = ((0.0,) * 3,) * 3
    assert votes.beyond_chance(only_yes, votes.DISTANCES["nominal"], pooled=False) is None
    assert votes.beyond_chance(nothing, votes.DISTANCES["nominal"], pooled=True) is None


def test_2025_says_that_it_does_not_compare(record: Record) -> None:
    for name in ("votes.ga.agreement", "votes.ga.kappa", "votes.ga.pi.squared"):
        point = measure(record, name, "CHN-RUS").at("2025")
        assert point is not None
        assert "not comparable" in point.note
    contested = measure(record, "votes.ga.kappa.contested", "CHN-RUS").at("2025")
    assert contested is not None
    assert "not comparable" not in contested.note


def test_the_running_total_of_meetings_meets_every_published_total(record: Record) -> None:
    ours = measure(record, "meetings.leaders.cumulative", "CHN-RUS").values
    published = record.timeseries("dip.meetings.xi-putin.cumulative").values
    assert published
    assert {year: ours[year] for year in published} == published


def test_lower_bounds_of_meetings_say_so(record: Record) -> None:
    meetings = measure(record, "meetings.leaders", "CHN-RUS")
    bounds = [point.period for point in meetings.points if point.note.startswith("at least")]
    assert bounds == ["2005", "2009", "2012"]


def test_five_year_arms_shares_are_those_of_the_record(record: Record) -> None:
    pairs = {
        "security.arms.share5.chn-in-rus-exports": ("arms.share-of-exports.5y", "RUS-CHN"),
        "security.arms.share5.ind-in-rus-exports": ("arms.share-of-exports.5y", "RUS-IND"),
        "security.arms.share5.vnm-in-rus-exports": ("arms.share-of-exports.5y", "RUS-VNM"),
        "security.arms.share5.rus-in-chn-imports": ("arms.share-of-imports.5y", "CHN-RUS"),
    }
    for name, (ours, dyad) in pairs.items():
        computed = measure(record, ours, dyad).values
        for period, value in record.timeseries(name).values.items():
            assert computed[period] == pytest.approx(value, abs=0.051), (name, period)


def test_no_arms_share_passes_the_whole(record: Record) -> None:
    for one in OWN:
        if one.name.startswith("arms.share-of-") and one.unit == "percent":
            for dyad in one.dyads:
                assert all(0 <= value <= 100.001 for value in one.of(record, dyad).values.values()), (
                    one.name,
                    dyad,
                )


def test_arms_before_the_register_say_that_vintages_mix(record: Record) -> None:
    shares = measure(record, "arms.share-of-imports", "CHN-RUS")
    early, late = shares.at("1994"), shares.at("1995")
    assert early
    assert "spring 2026 release" in early.note
    assert len(early.sources) == 2
    assert late
    assert late.note == ""
    assert late.sources == ("security-sipri-register-2026",)


def test_exercise_counts_side_by_side(record: Record) -> None:
    rows = {row.year: row for row in security.exercise_counts(record)}
    assert rows["2022"] == ("2022", 2, 28, 6, None, 2, 1)
    assert rows["2020"].tally is None
    assert rows["2020"].tally_cumulative is None
    assert rows["2024"].csis_cumulative == 102
    assert rows["2024"].tally_cumulative == 34


def test_a_missing_year_makes_the_running_total_a_lower_bound(record: Record) -> None:
    total = measure(record, "exercises.tally.cumulative", "CHN-RUS")
    notes = {point.period: point.note for point in total.points}
    assert "2020" not in notes
    assert "no value for 2020: a lower bound" in notes["2021"]
    assert "lower bound" not in notes["2019"]


def test_exercises_with_third_states_name_their_events(record: Record) -> None:
    point = measure(record, "exercises.with-others", "CHN-RUS").at("2025")
    assert point is not None
    assert point.value == 1
    assert point.note == "1 of 3 dated exercises: 2025-03-09.exercise"


def test_profile_tells_held_absent_and_missing_apart(record: Record) -> None:
    now = markers.profile(record, "RUS-CHN", 2025)
    assert str(now.dyad) == "CHN-RUS"
    assert now.absent == ("mutual-defence-treaty", "joint-command")
    assert now.missing == ("permanent-basing", "nuclear-sharing", "integrated-planning-doctrine")
    assert set(now.held) == {
        "consultation-treaty",
        "nonaggression-treaty",
        "base-access",
        "joint-patrols",
        "intelligence-treaty",
    }
    assert now.score == pytest.approx(5 / 7)
    assert now.bounds == (0.5, 0.8)
    assert now.treaties == pytest.approx(2 / 3)
    carried = now.by_name["nonaggression-treaty"]
    assert carried.carried
    assert carried.coded == "2018"
    assert "nonaggression-treaty (2018)" in now.note()


def test_profile_before_and_after_a_change(record: Record) -> None:
    before, after = (markers.profile(record, "RUS-BLR", year) for year in (2022, 2023))
    assert before.by_name["nuclear-sharing"].held is False
    assert after.by_name["nuclear-sharing"].held is True
    assert markers.profile(record, "RUS-BLR", 1995).by_name["permanent-basing"].held is None


def test_profile_as_of_knows_only_what_was_coded(record: Record) -> None:
    then = markers.profile(record.cut("2022-12-31"), "CHN-RUS", 2025)
    assert then.by_name["mutual-defence-treaty"].coded == "2018"


def test_profile_as_json_has_every_marker(record: Record) -> None:
    data = markers.profile(record, "CHN-IRN", "2025").as_json()
    assert data["score"] == 0
    assert data["known"] == 3
    assert data["total"] == 10
    shown = data["markers"]
    assert isinstance(shown, list)
    assert [m["marker"] for m in shown] == list(markers.MARKERS)


def test_comparison_uses_only_markers_coded_for_both(record: Record) -> None:
    ours, minsk = markers.profile(record, "CHN-RUS", 2025), markers.profile(record, "RUS-BLR", 2025)
    found = markers.compare(ours, minsk)
    assert found.both == ("consultation-treaty", "nonaggression-treaty")
    assert found.only_second == ("mutual-defence-treaty", "joint-command")
    assert found.neither == found.only_first == ()
    assert found.distance == pytest.approx(0.5)
    assert len(found.not_comparable) == 6


@pytest.mark.parametrize(
    ("dyad", "year", "said"), [("USA-CHN", 2025, "CHN-USA"), ("CHN-RUS", "soon", "not a year")]
)
def test_profile_refuses_what_it_cannot_serve(record: Record, dyad: str, year: str | int, said: str) -> None:
    with pytest.raises(AmurError) as caught:
        markers.profile(record, dyad, year)
    assert said in str(caught.value) or "no alliance markers" in str(caught.value)


def test_a_dyad_without_joint_votes_is_refused(record: Record) -> None:
    with pytest.raises(AmurError, match="cannot serve votes.ga.kappa for CHN-DEU"):
        measure(record, "votes.ga.kappa", "CHN-DEU")


def test_as_of_cuts_measures(record: Record) -> None:
    then = record.cut("2014-12-31")
    latest = measure(then, "votes.ga.kappa", "CHN-RUS").latest
    assert latest is not None
    assert latest.period == "2013"
    assert latest.revised
    assert measure(record.cut("1990-01-01"), "votes.ga.kappa", "CHN-RUS").latest is None
    assert measure(record.cut("1990-01-01"), "alliance.score", "CHN-RUS").latest is None


def test_window_needs_every_year_and_says_where_notes_belong() -> None:
    points = [
        Point(str(year), 1.0, ("s",), "none" if year in (2001, 2002, 2003) else "")
        for year in range(2000, 2006)
    ]
    sums = running.window(points, 4)
    assert [(p.period, p.value, p.note) for p in sums] == [
        ("2003", 4, "none (2001 to 2003)"),
        ("2004", 4, "none (2001 to 2003)"),
        ("2005", 4, "none (2002, 2003)"),
    ]
    assert running.window([p for p in points if p.period != "2002"], 3) == [
        Point("2005", 3.0, ("s",), "none (2003)"),
    ]
