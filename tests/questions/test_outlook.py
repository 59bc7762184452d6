"""Where is it heading: what must hold of the answer whatever the model says, and what is refused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from amur.charts.answers import chart
from amur.errors import AmurError
from amur.futures.plan import plan
from amur.futures.simulate import pieces_of
from amur.questions import ensembles
from amur.questions.outlook import Asked, answer
from amur.questions.outlook.courses import seen
from amur.record import load
from amur.system.decisions import OPTIONS

RULES = """
[[endstates]]
name = "warm"
title = "Warm"
what = "Moscow trusts Beijing."
when = [["trust_rus >= 0.1"]]

[[endstates]]
name = "cold"
title = "Cold"
what = "It does not."
when = []
"""


@pytest.fixture(scope="module")
def asked(few):
    return Asked(quantities=("dependence_rus", "support", "oil_price"), futures=few.futures)


@pytest.fixture(scope="module")
def made(asked):
    return answer(asked)


def test_chances_of_end_states_and_of_options_sum_to_one(made):
    sums = defaultdict(float)
    for each in made.numbers:
        if each.name.endswith(" at the end") or "option" in each.keys:
            sums[each.name.partition(":")[0] if "option" in each.keys else "end", each.keys["year"]] += (
                each.value
            )
    assert set(sums) == {(name, year) for name in ("end", "support") for year in ("2030", "2036", "2046")}
    assert list(sums.values()) == pytest.approx([1] * len(sums))
    yearly = defaultdict(float)
    for row in [*made.tables["endstates"], *made.tables["decisions"]]:
        yearly[row.get("decision"), row["year"]] += row["share"]
    assert len(yearly) == 2 * 55
    assert list(yearly.values()) == pytest.approx([1] * len(yearly), abs=1e-4)


def test_an_end_state_is_reached_at_least_as_often_as_it_holds_and_ever_more(made):
    held = {(row["endstate"], row["year"]): row["share"] for row in made.tables["endstates"]}
    before = {}
    for row in made.tables["first passages"]:
        assert row["reached"] >= held[row["endstate"], row["year"]] - 1e-4
        assert row["reached"] >= before.get(row["endstate"], 0)
        before[row["endstate"]] = row["reached"]
    for each in made.numbers:
        if each.name.endswith(" ever"):
            assert each.value == pytest.approx(before[each.keys["endstate"]], abs=1e-4)
        if each.name.endswith(" entered"):
            assert 2026 < each.low90 <= each.low50 <= each.value <= each.high50 <= each.high90 < 2047


def test_parts_of_the_spread_sum_to_all_of_it_and_the_oil_price_is_the_worlds(made):
    sums = defaultdict(float)
    for row in made.tables["spread"]:
        sums[row["outcome"], row["year"], row["variance"] > 0] += row["share"]
    assert all(total == pytest.approx(1, abs=1e-3) for (*_, moves), total in sums.items() if moves)
    assert {name for name, *_ in sums} > {"dependence_rus", "oil_price", "endstate", *OPTIONS}
    for row in made.tables["spread"]:
        if row["outcome"] == "oil_price":
            assert row["share"] == (1 if row["source"] == "world" else 0)


def test_fans_are_in_order_joined_to_history_and_have_the_record_on_top(made):
    rows = [row for row in made.tables["fans"] if row["quantity"] == "dependence_rus"]
    assert [row["year"] for row in rows] == list(range(1992, 2047))
    for row in made.tables["fans"]:
        assert row["low90"] <= row["low50"] <= row["middle"] <= row["high50"] <= row["high90"]
    record = load().timeseries("trade.share.chn-in-rus-total.calc")
    shown = {row["year"]: row["seen"] for row in rows}
    assert shown[2024] == pytest.approx(record.values["2024"] / 100, rel=1e-3)
    assert all(shown[year] is None for year in range(2026, 2047))
    assert seen("trust_rus") == {}, "trust is seen through other things only"
    oil = [row for row in made.tables["fans"] if row["quantity"] == "oil_price" and row["year"] < 2026]
    assert all(row["low90"] == row["high90"] for row in oil), "the past of a forcing is known"


def test_the_median_is_that_of_the_members(made, asked, futures):
    weights = asked.common.mixture.weights
    values = futures["dependence_rus"][futures.at("2036")]
    below = weights[values < made.number("dependence_rus", year="2036").value].sum()
    assert below == pytest.approx(0.5, abs=0.02)


def test_asked_again_it_is_the_same_and_survives_json(made, asked, there_and_back):
    again = answer(Asked(**asked.as_json()))
    assert again.as_json() == made.as_json()
    assert there_and_back(made).as_json() == made.as_json()


def test_a_shorter_outlook_is_the_beginning_of_the_longer(made, asked):
    short = answer(replace(asked, until="2033", quantities=("dependence_rus",)))
    assert {each.keys["year"] for each in short.numbers if "year" in each.keys} == {"2030", "2033"}
    assert max(row["year"] for row in short.tables["endstates"]) == 2033
    assert short.number("dependence_rus", year="2030") == made.number("dependence_rus", year="2030")


def test_rules_of_ones_own_classify_the_same_futures(tmp_path, asked, futures, amur, refused):
    file = tmp_path / "rules.toml"
    file.write_text(RULES, encoding="utf-8")
    told = replace(asked, endstates=str(file), quantities=("trust_rus",))
    own = answer(told)
    warm = futures["trust_rus"][futures.at("2046")] >= 0.1
    value = own.number("warm at the end", year="2046").value
    assert value == pytest.approx(asked.common.mixture.weights[warm].sum())
    assert {row["outcome"] for row in own.tables["spread"] if row["kind"] == "endstate"} == {"warm", "cold"}
    file.write_text(RULES.replace("0.1", "0.2"), encoding="utf-8")
    with pytest.raises(AmurError, match="is not what it was"):
        replace(told)
    file.write_text(RULES.replace("trust_rus >= 0.1", "trust_rus is warm"), encoding="utf-8")
    assert "rules.toml, line 6" in refused("ask", "outlook", "--endstates", str(file))


def test_the_picture_shows_fans_options_end_states_and_parts(made):
    spec = chart(made).to_dict()
    fans, support, states, parts = spec["vconcat"] if "vconcat" in spec else spec["concat"]
    assert len(fans["concat"]) == 2
    assert "support" in " ".join(support["title"]["text"])
    assert "End state" in " ".join(states["title"]["text"])
    assert "2046" in " ".join(parts["title"]["text"])
    assert spec["title"]["text"].startswith(made.numbers[0].about.partition(" at the end")[0])


def test_the_command_says_when_and_why(amur, few):
    ran = amur("ask", "outlook", "dependence_rus", "--futures", str(few.futures))
    assert ran.code == 0, ran
    assert "the likeliest of 7 end states" in ran.out
    assert "first entered" in ran.out
    assert "chance in decisions" in ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["dependance_rus"], "no quantity 'dependance_rus'. Did you mean dependence_rus"),
        (["line_stage"], "no quantity 'line_stage'"),
        (["--until", "2050"], "Give one from 2026 to 2046"),
        (["--until", "soon"], "'soon' is not a year ahead"),
        (["--endstates", "nowhere.toml"], "nowhere.toml: there is no such file"),
        (["--weights", "fair"], "does not say how to weigh the readings"),
        (["--futures", "3"], "3 is not allowed"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(refused, words, told):
    assert told in refused("ask", "outlook", *words)


# Streams of chances


def ends(few, **asked):
    """A few numbers of the first quarter and of the last, by name, of futures with the common parameters."""
    told = plan(
        members=few.mixture.members, seed=few.seed, keep="all", parameters=ensembles.posterior(few), **asked
    )
    (piece,) = pieces_of(told)
    return piece


def test_streams_that_are_given_the_seed_itself_change_no_bit(few, futures):
    same = ends(few, seeds={"world": few.seed, "options": few.seed, "noise": few.seed})
    assert set(same) == set(futures.names)
    assert all(np.array_equal(same[name], futures[name], equal_nan=True) for name in same)


def test_a_stream_with_a_seed_of_its_own_moves_only_what_hangs_on_it(few, futures):
    choices = ends(few, seeds={"options": 99})
    assert np.array_equal(choices["oil_price"], futures["oil_price"])
    assert not np.array_equal(choices["ukraine"], futures["ukraine"])
    world = ends(few, seeds={"world": 99})
    assert not np.array_equal(world["oil_price"], futures["oil_price"])
    # What was chosen in the first quarter ahead answers what was there before it.
    assert np.array_equal(world["ukraine"][0], futures["ukraine"][0])
    assert not np.array_equal(choices["ukraine"][0], futures["ukraine"][0])
    noise = ends(few, seeds={"noise": 99})
    assert np.array_equal(noise["oil_price"], futures["oil_price"])
    assert np.array_equal(noise["ukraine"][0], futures["ukraine"][0])
    assert not np.array_equal(noise["trust_rus"], futures["trust_rus"])


@pytest.mark.parametrize(("seeds", "told"), [({"luck": 1}, "stream of chances"), ({"world": -1}, "-1")])
def test_streams_that_do_not_exist_are_refused(seeds, told):
    with pytest.raises(AmurError, match=told):
        plan(members=1, seeds=seeds)
