"""Arguments: verdicts on toy positions, choices at the present, and every argument put to a small ensemble."""

from __future__ import annotations

import json

import numpy as np
import pytest

from amur.errors import AmurError
from amur.questions.arguments import ARGUMENTS, argue, argument, entry
from amur.questions.arguments.coded import quarters
from amur.questions.arguments.lab import Both, Lab, at
from amur.questions.arguments.natural_or_necessity import _share
from amur.questions.arguments.odds import a_year, chances
from amur.questions.arguments.put import put, statement
from amur.questions.arguments.strategic_rear import correlation
from amur.questions.arguments.vassal_proxy_or_concert import evidence
from amur.questions.arguments.verdict import Position, shown
from amur.questions.published import published
from amur.system.interventions import Cut, Hold

WITHOUT_HISTORY = tuple(name for name in ARGUMENTS if name != "natural-or-necessity")
"""All but the one that runs history again, which costs another compilation."""


@pytest.mark.parametrize(
    ("before", "after", "verdict", "model"),
    [
        (0.5, 0.95, "supported", "holds"),
        (0.5, 0.05, "contradicted", "fails"),
        (0.2, 0.6, "undecided by the record", "open"),
        (0.95, 0.96, "undecided by the record", "holds"),
        (0.06, 0.05, "undecided by the record", "fails"),
        (0.9, 0.5, "undecided by the record", "open"),
    ],
)
def test_a_verdict_needs_both_a_probability_and_a_record_that_moved_it(before, after, verdict, model):
    position = Position(("G8",), "it is so", after, before)
    assert (position.verdict, position.model) == (verdict, model)
    assert np.sign(position.bits) == np.sign(after - before)


def test_bits_are_doublings_of_the_odds():
    assert Position(("G8",), "it is so", 2 / 3, 0.5).bits == pytest.approx(1.0)
    assert Position(("G8",), "it is so", 1.0, 1.0).bits == 0.0


def test_what_the_record_shows_needs_no_model():
    assert shown("T13", "there are none", False).verdict == "contradicted"
    assert shown("T13", "there are some", True).verdict == "supported"
    assert shown("T13", "there are some", True).bits is None


def test_the_share_that_stands_of_a_growth():
    first, now = np.array([1.0, 0.0, 2.0]), np.array([3.0, 1.0, 2.0])
    assert _share(first, now, np.array([2.0, 1.0, 9.0]))[:2].tolist() == [0.5, 1.0]
    assert np.isnan(_share(first, now, np.array([2.0, 1.0, 9.0]))[2])


def test_a_reading_that_foretold_every_year_better_comes_first():
    scores = np.zeros((20, 3))
    scores[:, 1] = 2.0
    assert (evidence(scores, draws=200).argmax(axis=1) == 1).all()
    alike = evidence(np.zeros((20, 3)), draws=600).argmax(axis=1)
    np.testing.assert_allclose(np.bincount(alike, minlength=3) / 600, 1 / 3, atol=0.08)
    np.testing.assert_allclose(evidence(np.ones((20, 2)), draws=5, noise=0.0), 20.0)


def test_rank_correlation_of_what_rises_together_and_of_what_stands_still():
    weights = np.full(50, 0.02)
    rising = np.arange(50.0)
    assert correlation(rising, rising**3, weights) == pytest.approx(1.0)
    assert correlation(rising, -rising, weights) == pytest.approx(-1.0)
    assert correlation(rising, np.ones(50), weights) == 0.0


def test_a_year_of_quarters():
    assert a_year(np.array([0.0, 0.5, 1.0])).tolist() == [0.0, 0.9375, 1.0]


def test_quarters_of_the_coded_record():
    all_, many = quarters(lambda of: of("support") >= 0, lambda of: of("support") >= 0)
    assert all_ == many == 136
    squeezed, _ = quarters(lambda of: of("leverage") == 1, lambda of: of("leverage") >= 0)
    assert 0 < squeezed < 40


def test_choices_at_the_present_are_probabilities_and_answer_to_what_is_otherwise(few):
    plain = chances(few, "support", {}).after
    np.testing.assert_allclose(plain.sum(axis=0), 1.0, atol=1e-5)
    near = chances(few, "support", {"collapse": 0.9}, {"ukraine": 3}).after
    far = chances(few, "support", {"collapse": 0.05}, {"ukraine": 3}).after
    assert (near[3] >= far[3]).mean() > 0.95
    feared = chances(few, "support", {"collapse": 0.9}, {"ukraine": 3, "secondary": 5}).after
    free = chances(few, "support", {"collapse": 0.9}, {"ukraine": 3, "secondary": 0}).after
    assert (feared[3] <= free[3] + 1e-6).mean() > 0.95


def test_nothing_done_has_no_effect_and_more_done_no_less(few):
    lab = Lab(few, lucks=1)
    nothing = lab.effect(at("trust_rus", "2030-Q4"), ())
    assert not nothing.after.any()
    assert not nothing.before.any()
    some, more = (
        lab.effect(at("oil_chn", "2030-Q4"), (Cut("oil_chn", share, start="2029-Q1"),)).after
        for share in (0.2, 0.6)
    )
    assert (more <= some + 1e-3).all()
    assert (some < 0).all()


def test_what_is_done_later_changes_nothing_before(few):
    early = Lab(few, lucks=1).effect(at("trust_rus", "2027-Q4"), (Hold("oil_price", 150, start="2028-Q1"),))
    assert not early.after.any()


def test_lucks_are_joined_so_that_each_set_has_its_own(few):
    lab = Lab(few, lucks=2)
    seen = lab.look(at("trust_rus", "2030-Q4"))
    assert seen.after.shape == (lab.of.members,) == (2 * few.mixture.members,)
    assert lab.of.rounds == 2 * few.mixture.rounds
    assert lab.of.weights.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("name", WITHOUT_HISTORY)
def test_every_argument_answers_with_positions_and_a_verdict(name, few, monkeypatch, there_and_back):
    from importlib import import_module

    from amur.questions.arguments import lab
    from amur.questions.arguments import put as putting

    monkeypatch.setattr(putting, "Lab", lambda common: lab.Lab(common, lucks=1))
    module = import_module(f"amur.questions.arguments.{name.replace('-', '_')}")
    made = put(name, module, few)
    assert there_and_back(made) == made
    told = entry(made)
    assert {"name", "number", "low90", "high90", "unit", "data_share", "verdict", "by_reading"} <= set(told)
    json.dumps(told, allow_nan=False)
    assert told["low90"] <= told["number"] <= told["high90"] or told["unit"] == "probability"
    assert told["verdict"] in ("supported", "contradicted", "undecided by the record")
    assert made.numbers[0].data_share is not None
    stated = {claim for row in made.tables["positions"] for claim in str(row["claims"]).split()}
    assert stated == set(argument(name).claims)
    for row in made.tables["positions"]:
        assert row["tested"] in made.statement
        assert row["hold"]
    assert made.rests.mechanisms
    assert made.rests.sources
    golden = published(f"argue:{name}")
    assert [(each.name, each.about, dict(each.keys)) for each in made.numbers] == [
        (each.name, each.about, dict(each.keys)) for each in golden.numbers
    ]
    for ours, theirs in zip(made.numbers, golden.numbers, strict=True):
        # Few futures against many: as far apart as both Monte Carlo errors allow.
        far = 6 * np.hypot(ours.error, theirs.error) + 1e-3 * abs(theirs.value)
        assert abs(ours.value - theirs.value) <= far, (ours, theirs)


def test_a_statement_turns_with_its_numbers(few):
    from dataclasses import replace

    from amur.questions.answer import Number

    number = Number("x", "the share", "share", 0.4, 0.3, 0.5, 0.2, 0.6, 0.01, 0.6, {"a": 0.1, "b": 0.9})
    positions = (Position(("G8",), "it is so", 0.95, 0.5),)
    assert "supported" in statement("Is it?", number, positions)
    assert "mostly data" in statement("Is it?", number, positions)
    turned = (Position(("G8",), "it is so", 0.05, 0.5),)
    assert "contradicted" in statement("Is it?", replace(number, data_share=0.1), turned)
    assert "mostly assumption" in statement("Is it?", replace(number, data_share=0.1), turned)


def test_both_work_on_both():
    assert (Both(np.ones(2), np.zeros(2)) - Both(np.ones(2), np.ones(2))).before.tolist() == [-1.0, -1.0]


def test_unknown_names_are_refused_with_the_nearest(amur, refused):
    with pytest.raises(AmurError, match="lethal-aid"):
        argue("lethal-ade")
    assert "Did you mean squeeze?" in refused("argue", "squeze")
    assert "no reading" in refused("argue", "squeeze", "--weights", "nonsense=1")
    assert "--all" in refused("argue", "squeeze", "--all")
    assert "cannot be saved" in refused("argue", "squeeze", "--save", "answer.docx")
    assert "futures" in refused("argue", "squeeze", "--futures", "3")


def test_the_list_names_all_twelve(amur):
    listed = json.loads(amur("argue", "--json").out)
    assert [each["name"] for each in listed] == list(ARGUMENTS)
    assert len(listed) == 12
