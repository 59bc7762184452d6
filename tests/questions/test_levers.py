"""The question of levers on the model itself, its options, files of aims, chart and command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from amur.errors import AmurError
from amur.questions import ask
from amur.questions.answer import Answer
from amur.questions.ensembles import Common
from amur.questions.levers import Asked, conditions, effects
from amur.questions.levers.actors import actor, read
from amur.questions.levers.weighing import weigh
from amur.system.scenario_files import scenario

EXPOSURE = """
[[aims]]
name = "told"
about = "what the West makes public"
of = "exposure"
how = "mean"
want = "more"
why = "A test: only one lever does this."
claims = ["P23"]

[[costs]]
name = "momentum"
about = "momentum"
of = "momentum"
want = "more"
weight = 0
why = "Nothing is paid."
"""


@pytest.fixture(scope="module")
def told(few: Common) -> Answer:
    return ask("levers", actor="coalition", most=2, when="2030-Q4,2036", futures=few.futures)


def test_nothing_done_has_no_effect_and_twins_have_the_same_luck(few: Common) -> None:
    done = scenario("expose").interventions
    looks = {
        "trust": lambda run: run["trust_rus"][run.at("2030")],
        "told": lambda run: run["exposure"][run.at("2030")],
    }
    made = effects({"nothing": (), "expose": done, "again": done}, few, looks)
    assert not made.of("nothing", "trust").any()
    np.testing.assert_array_equal(made.change[1], made.change[2])
    assert made.of("expose", "trust").mean() < 0
    np.testing.assert_allclose(made.base[1] + made.of("expose", "told"), 0.6, atol=1e-6)
    with pytest.raises(AmurError, match="expose"):
        made.of("exposed", "trust")


def test_the_answer_holds_together(told: Answer, there_and_back: Callable[[Answer], Answer]) -> None:
    assert there_and_back(told) == told
    rows = told.tables["portfolios"]
    best = rows[0]
    assert (
        len(rows) == 29
    )  # none, seven alone, twenty-one pairs: no two of the coalition's levers exclude each other
    assert best["best"]
    assert told.number("net").value == pytest.approx(best["net"])
    assert best["net"] == pytest.approx(told.number("gain").value - told.number("cost").value)
    empty = next(row for row in rows if row["size"] == 0)
    assert (empty["gain"], empty["cost"], empty["net"]) == (0, 0, 0)
    front = [row for row in rows if row["not dominated"]]
    for one in front:
        assert not any(two["gain"] > one["gain"] and two["cost"] < one["cost"] for two in rows)
    assert best in front
    assert min(row["regret"] for row in told.tables["regret"]) >= 0
    assert {row["when"] for row in told.tables["aims"]} == {"2030-Q4", "2036-Q4"}
    assert all(each.data_share is not None and 0 <= each.data_share <= 1 for each in told.numbers)


def test_points_of_the_aims_and_costs_add_up_to_gain_and_cost(told: Answer) -> None:
    for row in told.tables["levers"]:
        own = [each for each in told.tables["aims"] if each["portfolio"] == row["title"]]
        gain = sum(each["points"] for each in own if each["kind"] == "aim") / 2
        cost = -sum(each["points"] for each in own if each["kind"] == "cost") / 2 + row["political"]
        assert row["gain"] == pytest.approx(gain, abs=1e-9)
        assert row["cost"] == pytest.approx(cost, abs=1e-9)


def test_a_weight_doubles_what_its_aim_counts_and_nothing_else(few: Common) -> None:
    def single(weight: str) -> Any:
        return weigh(Asked("moscow", when="2030", most=1, weight=weight, futures=few.futures))

    plain, doubled, none = single(""), single("revenue=2"), single("revenue=0, strain=0")
    place = [aim.name for aim in plain.actor.aims].index("revenue")
    part = plain.found.change[:, place] / plain.scales[0, place]
    np.testing.assert_allclose(doubled.points.gain - plain.points.gain, part, atol=1e-9)
    np.testing.assert_allclose(plain.points.gain - none.points.gain, part, atol=1e-9)
    np.testing.assert_array_equal(doubled.points.cost, plain.points.cost)
    assert not np.array_equal(none.points.cost, plain.points.cost)


def test_a_file_of_aims_chooses_the_lever_that_serves_them(tmp_path: Path, few: Common) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(EXPOSURE)
    made = ask("levers", actor="washington", most=1, when="2030", aims=str(file), futures=few.futures)
    assert made.tables["portfolios"][0]["levers"] == "expose"
    assert "as weighed by you" in made.statement
    only = [row for row in made.tables["levers"] if abs(row["gain"]) > 1e-9]
    assert [row["lever"] for row in only] == ["expose"]
    # The same question of another text is another question.
    before = Asked("washington", aims=str(file)).as_json()
    file.write_text(EXPOSURE.replace('"told"', '"seen"'))
    assert Asked("washington", aims=str(file)).as_json() != before


def test_conditions_of_failure_are_judged_by_sets_that_did_not_find_them(few: Common) -> None:
    of = few.mixture
    random = np.random.default_rng(3)
    name = f"{conditions.PARAMETER}trust_gain"
    features = {name: random.random(of.members)} | {
        f"{conditions.PARAMETER}trust_loss{place}": random.random(of.members) for place in range(20)
    }
    found = conditions.when("nothing", features[name] > 0.6, {name: features[name], **features}, few, "2036-Q4")
    assert found is not None
    assert found.holds
    assert found.judged.density > 0.8
    assert "trust_gain (trust) is at least" in " and ".join(found.words)
    luck = conditions.when("nothing", random.random(of.members) < 0.3, {name: features[name]}, few, "2036-Q4")
    assert luck is None or not luck.holds
    assert conditions.when("nothing", np.zeros(of.members), features, few, "2036-Q4") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ('of = "exposure"', 'of = "exposre"', 5, "of", "exposure"),
        ('of = "exposure"', 'of = "support == lethl"', 5, "of", "lethal"),
        ('of = "exposure"', 'of = "oil_chn * 2"', 5, "of", "sum"),
        ('how = "mean"', 'how = "ever"', 6, "how", "mean"),
        ('how = "mean"', 'how = "often"', 6, "how", "share"),
        ('want = "more"\nwhy', 'want = "up"\nwhy', 7, "want", "less"),
        ('want = "more"\nwhy', 'wants = "more"\nwhy', 7, "wants", "want"),
        ('about = "what the West makes public"\n', "", 2, "about", "Write"),
        ("weight = 0", "weight = -1", 16, "weight", "from 0"),
        ('name = "momentum"', 'name = "told"', 3, "name", "once"),
        ("[[aims]]", "[[aim]]", 2, "aim", "aims"),
        ("[[aims]]", '[[levers]]\nscenario = "exposed"\n[[aims]]', 3, "scenario", "expose"),
        ("[[aims]]", "[[aims]", 2, None, "TOML"),
    ],
)
def test_a_fault_in_a_file_names_line_field_and_mend(
    tmp_path: Path, old: str, new: str, line: int, field: str | None, says: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(EXPOSURE.replace(old, new, 1))
    with pytest.raises(AmurError) as caught:
        read(file, actor("moscow"))
    assert (caught.value.file, caught.value.line, caught.value.field) == (str(file), line, field)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--actor", "bejing"], "field 'actor': there is no actor 'bejing'. Did you mean beijing?"),
        (["--actor", "moscow", "--weight", "warcapacity=2"], "war-capacity"),
        (["--weight", "war-capacity=much"], "from 0 up"),
        (["--when", "2026-Q1"], "2027-Q1"),
        (["--when", "soon"], "2027-Q1"),
        (["--most", "9"], "1 to 6"),
        (["--aims", "nowhere.toml"], "nowhere.toml"),
        (["--futures", "10"], "256"),
    ],
)
def test_a_wrong_option_is_refused_in_one_line(
    refused: Callable[..., str], options: list[str], says: str
) -> None:
    assert says in refused("ask", "levers", *options)


def test_the_command_prints_and_the_chart_names_the_best(
    told: Answer, few: Common, amur: Callable[..., Any]
) -> None:
    from amur.charts import render
    from amur.charts.answers import chart

    ran = amur("ask", "levers", "--actor", "coalition", "--most", "2", "--futures", str(few.futures))
    assert ran.code == 0, ran.err
    assert "Each lever alone" in ran.out
    assert "takes none" in " ".join(ran.out.split())
    drawn = render(chart(told), ".svg").decode()
    assert "A pays best" in drawn
    assert str(told.tables["portfolios"][0]["levers"]).split(", ")[0] in drawn
