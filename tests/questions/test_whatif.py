"""What-ifs of the model: what must hold whatever its numbers are."""

from __future__ import annotations

import numpy as np
import pytest

from amur.charts.answers import chart
from amur.errors import AmurError
from amur.questions.ensembles import run
from amur.questions.whatif import Asked, answer
from amur.system.decisions import OPTIONS
from amur.system.endstates import rules
from amur.system.interventions import Cut, Hold, Scale

SQUEEZE = "full-european-embargo"


@pytest.fixture(scope="module")
def ceasefire(few):
    """The answer about one scenario."""
    return answer(Asked(scenario="ceasefire", futures=few.futures))


def test_without_interventions_exactly_nothing_differs(few):
    made = answer(Asked(futures=few.futures))
    assert not any(row["effect"] for row in made.tables["effects"])
    assert not any(number.value or number.low90 or number.high90 for number in made.numbers)
    assert not any(row["change"] for row in made.tables["decisions"])
    assert "differs" in made.statement
    assert chart(made).to_dict()


def test_two_equal_worlds_differ_by_nothing(few):
    made = answer(Asked(scenario=SQUEEZE, against=SQUEEZE, futures=few.futures))
    assert not any(row["effect"] for row in made.tables["effects"])
    assert not any(row["change"] for row in (*made.tables["endstates"], *made.tables["decisions"]))


def test_comparing_two_worlds_gives_the_difference_of_their_effects(few):
    both = {"quantity": ("gas_wst", "oil_chn"), "futures": few.futures}
    one = answer(Asked(scenario=SQUEEZE, **both))
    other = answer(Asked(scenario="europe-returns", **both))
    apart = answer(Asked(scenario=SQUEEZE, against="europe-returns", **both))
    for number in apart.numbers[:6]:
        first, second = (each.number(number.name, when=number.keys["when"]).value for each in (one, other))
        assert number.value == pytest.approx(first - second, rel=1e-4, abs=1e-4)
    assert apart.number("gas_wst").value < 0
    assert chart(apart).to_dict()


@pytest.mark.parametrize("flow", ["gas_chn", "tech_chn", "oil_wst"])
def test_a_deeper_cut_never_leaves_more_of_its_own_flow(few, flow):
    slight, deep = (run(few, (Cut(flow, share, start="2027-Q1"),)) for share in (0.2, 0.6))
    at = slight.at("2027-Q1")
    none = run(few)[flow][at]
    assert (deep[flow][at] <= slight[flow][at] + 1e-3).all()
    assert (slight[flow][at] <= none + 1e-3).all()
    assert deep[flow][at].mean() < 0.9 * none.mean()


def test_a_mechanism_at_more_strength_does_more(few):
    weak, strong = (
        run(few, (Scale("economy.sanctions_cost_growth", strength, start="2027-Q1"),))
        for strength in (0.5, 2.0)
    )
    at = weak.at("2027-Q1")
    assert (strong["output_rus"][at] <= weak["output_rus"][at] + 1e-6).all()
    assert (strong["output_rus"][at] < weak["output_rus"][at]).any()


def test_nothing_changes_before_an_intervention_begins(few):
    world = (Hold("oil_price", 150.0, start="2030-Q1"), Cut("oil_chn", 0.5, start="2030-Q1"))
    made, base = run(few, world), run(few)
    before = made.at("2029-Q4") + 1
    for name in made.names:
        assert np.array_equal(made[name][:before], base[name][:before]), name
    assert not np.array_equal(made["oil_chn"][before:], base["oil_chn"][before:])
    told = answer(Asked(interventions=world, at="2029", futures=few.futures))
    assert not any(number.value for number in told.numbers)


def test_effects_come_strongest_first_and_the_first_number_is_the_strongest(ceasefire):
    ranks = [row["rank"] for row in ceasefire.tables["effects"] if row["rank"]]
    assert set(ranks) == set(range(1, max(ranks) + 1))
    sizes = [abs(row["relative"]) for row in ceasefire.tables["effects"]]
    assert sizes == sorted(sizes, reverse=True)
    first = ceasefire.numbers[0]
    own = {
        row["when"]: abs(row["relative"])
        for row in ceasefire.tables["effects"]
        if row["quantity"] == first.name
    }
    assert own[first.keys["when"]] == max(own.values())
    assert first.unit in ceasefire.statement
    assert "aid_ukr" not in {number.name for number in ceasefire.numbers}, "it is held itself"


def test_probabilities_of_end_states_and_options_add_up(ceasefire):
    for when in ("2030-Q4", "2036-Q4", "2046-Q4"):
        for side in ("without", "under"):
            shares = [row[side] for row in ceasefire.tables["endstates"] if row["when"] == when]
            assert len(shares) == len(rules().names)
            assert sum(shares) == pytest.approx(1)
            for decision in OPTIONS:
                of = [row for row in ceasefire.tables["decisions"] if row["decision"] == decision]
                assert sum(row[side] for row in of if row["when"] == when) == pytest.approx(1)
    forced = [
        row
        for row in ceasefire.tables["decisions"]
        if row["option"] == "ceasefire" and "ever" not in row["when"]
    ]
    assert all(row["under"] == pytest.approx(1) and row["forced"] for row in forced)
    assert not any(number.name.startswith("ukraine:") for number in ceasefire.numbers)


def test_an_effect_is_that_of_the_runs_themselves(few, ceasefire):
    from amur.system.scenario_files import scenario

    under, base = run(few, scenario("ceasefire").interventions), run(few)
    first = ceasefire.numbers[0]
    at = under.at(first.keys["when"])
    apart = under[first.name][at].astype(float) - base[first.name][at]
    assert first.value == pytest.approx(np.average(apart, weights=few.mixture.weights), rel=1e-5)
    assert set(first.by_reading) == set(few.mixture.readings)
    assert 0 <= first.data_share <= 1
    assert first.low90 <= first.low50 <= first.high50 <= first.high90


def test_readings_can_be_weighed_otherwise(few, ceasefire):
    first = ceasefire.numbers[0]
    alone = answer(
        Asked(scenario="ceasefire", futures=few.futures, weights="vassalage", quantity=first.name)
    ).number(first.name, **first.keys)
    assert alone.value == pytest.approx(first.by_reading["vassalage"], rel=1e-5)


def test_it_can_be_told_as_json_and_drawn(ceasefire, there_and_back):
    back = there_and_back(ceasefire)
    assert back.as_json() == there_and_back(back).as_json()
    assert back.statement == ceasefire.statement
    drawn = chart(back).to_dict()
    assert "Ceasefire in Ukraine" in str(drawn["title"])


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"scenario": "cease-fire-now"}, "scenario"),
        ({"against": "nowhere"}, "against"),
        ({"quantity": "trust_russ"}, "quantity"),
        ({"at": "2050"}, "at"),
        ({"at": ""}, "at"),
        ({"at": "soon"}, "at"),
        ({"do": "hold oil_price"}, "value"),
        ({"futures": 10}, "futures"),
        ({"weights": "mine"}, "weights"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(asked, field):
    with pytest.raises(AmurError) as refused:
        Asked(**{"scenario": "ceasefire"} | asked)
    assert refused.value.field == field


def test_a_date_before_the_first_quarter_ahead_is_refused(few):
    with pytest.raises(AmurError, match="was not run"):
        answer(Asked(scenario="ceasefire", at="2020", futures=few.futures))
