"""Choosing among portfolios on made-up systems whose best portfolio, front, regret and synergy are known."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from amur.questions.levers import choice
from amur.questions.levers.actors import actor, actors
from amur.questions.levers.aims import Aim
from amur.questions.levers.effects import Effects, conflict, subsets
from amur.questions.levers.weighing import count
from amur.questions.mixture import Mixture
from amur.system.interventions import Force, Hold

SETS, ROUNDS = 40, 2
OF = Mixture(("plain", "other"), SETS, ROUNDS, {"plain": 0.75, "other": 0.25})
GAIN = {"a": 3.0, "b": 1.0, "c": 0.5}
COST = {"a": 1.0, "b": 0.2, "c": 1.5}
NAMES = [tuple(each) for size in range(4) for each in combinations("abc", size)]


def world(portfolio: tuple[str, ...], joint: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """A stub of the model: what a portfolio gains and costs in each member. Under the other reading lever a is worth nothing;
    ``joint`` is what a and b gain beyond their sum."""
    luck = np.random.default_rng(1).normal(0, 0.3, OF.members)
    gain = np.zeros(OF.members)
    for name in portfolio:
        worth = np.where((OF.reading == 1) & (name == "a"), 0.0, GAIN[name])
        gain = gain + worth * (1 + luck)
    if {"a", "b"} <= set(portfolio):
        gain = gain + joint
    return gain, np.full(OF.members, sum(COST[name] for name in portfolio))


def put(joint: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    gain, cost = zip(*(world(name, joint) for name in NAMES), strict=True)
    return np.stack(gain), np.stack(cost)


def test_the_best_the_front_and_the_regret_are_those_that_were_put_in() -> None:
    gain, cost = put()
    found = choice.choose(gain, cost, OF)
    # Weighed: a gains 0.75 * 3 - 1, b 1 - 0.2; c costs more than it gains.
    assert NAMES[found.best] == ("a", "b")
    assert NAMES[found.next] == ("a",)
    assert {NAMES[place] for place in np.flatnonzero(found.front)} == {
        (),
        ("a",),
        ("b",),
        ("a", "b"),
        ("a", "b", "c"),
    }
    # Under the other reading a is a waste: the best there is b alone, and a with b loses what a costs.
    assert found.regret[found.best] == pytest.approx([0.0, COST["a"]], abs=1e-9)
    assert NAMES[int(np.argmax(found.score[:, 1]))] == ("b",)
    assert found.expected[found.best] == pytest.approx(0.25 * COST["a"])
    # b alone would lose 2 under plain, so that taking both is safer.
    assert found.robust == found.best
    assert np.all(found.regret >= 0)
    assert np.all(found.regret.min(axis=0) == 0)


def test_robust_differs_from_best_where_one_reading_would_be_hurt() -> None:
    gain, cost = put()
    hurt = np.where(OF.reading == 1, 6.0, 0.0)
    cost = np.stack([each + hurt * ("a" in name) for name, each in zip(NAMES, cost, strict=True)])
    rich = Mixture(OF.readings, SETS, ROUNDS, {"plain": 0.95, "other": 0.05})
    found = choice.choose(gain, cost, rich)
    assert NAMES[found.best] == ("a", "b")
    assert NAMES[found.robust] == ("b",)
    assert found.regret[found.robust].max() < found.regret[found.best].max()


def test_what_is_foregone_in_futures_is_the_regret_on_average() -> None:
    gain, cost = put()
    net = gain - cost
    found = choice.choose(gain, cost, OF)
    for place in range(len(NAMES)):
        told = choice.foregone(net, found.score, place, OF)
        assert choice.by_reading(told, OF) == pytest.approx(found.regret[place])
        assert choice.average(told, OF.weights) == pytest.approx(found.expected[place])


@pytest.mark.parametrize("joint", [0.0, 0.7, -0.4])
def test_synergy_is_what_was_put_in_and_nought_where_levers_add_up(joint: float) -> None:
    gain, _ = put(joint)
    singles = [gain[NAMES.index((name,))] for name in "ab"]
    told = choice.synergy(singles, gain[NAMES.index(("a", "b"))])
    np.testing.assert_allclose(told, joint, atol=1e-12)
    found = Effects(
        ("a", "b", "a + b"),
        ("gain",),
        np.zeros((1, OF.members)),
        np.stack([[*singles, singles[0] + singles[1] + joint]]).transpose(1, 0, 2),
    )
    np.testing.assert_allclose(found.synergy("a + b", ("a", "b"), "gain"), joint, atol=1e-12)


def test_a_winner_by_luck_alone_is_found_out() -> None:
    net = np.random.default_rng(5).normal(0, 1, (60, OF.members))
    best = int(np.argmax(choice.average(net, OF.weights)))
    won = float(choice.average(net[best], OF.weights))
    honest = float(choice.average(choice.honest(net, OF), OF.weights))
    assert won > 0.12
    assert abs(honest) < 0.6 * won
    real = net + np.arange(60)[:, None]
    assert choice.average(choice.honest(real, OF), OF.weights) == pytest.approx(
        choice.average(real[59], OF.weights)
    )


def test_points_count_want_weight_scale_and_both_dates() -> None:
    aims = [
        Aim("x", "x", "oil_chn", "at", 1, 2.0, 0.0, "", ()),
        Aim("y", "y", "gas_chn", "at", -1, 1.0, 0.0, "", ()),
    ]
    costs = [Aim("z", "z", "oil_wst", "at", -1, 1.0, 0.0, "", ())]
    change = np.zeros((1, 2, 3, 4))
    change[0, 0] = np.array([5.0, 2.0, 8.0])[:, None]  # at the first date; at the second nothing has changed
    scales = np.array([[10.0, 4.0, 2.0]] * 2)
    made = count(change, aims, costs, scales, np.array([0.3]))
    np.testing.assert_allclose(made.gain, (2 * 5 / 10 - 2 / 4) / 2)
    np.testing.assert_allclose(made.cost, (8 / 2) / 2 + 0.3)
    np.testing.assert_allclose(made.net, made.gain - made.cost)


def test_levers_that_want_one_thing_two_ways_are_never_pulled_together() -> None:
    arms, words = (
        (Force("support", "lethal", start="2027-Q1"),),
        (Force("support", "political", start="2028-Q1"),),
    )
    later = (Force("support", "political", start="2031-Q1"),)
    short = (Force("support", "lethal", start="2027-Q1", end="2029-Q4"),)
    other = (Hold("exposure", 0.6, start="2027-Q1"),)
    assert conflict(arms, words)
    assert conflict(words, arms)
    assert not conflict(arms, arms)
    assert not conflict(arms, other)
    assert not conflict(short, later)
    made = subsets({"arms": arms, "words": words, "other": other}, 3)
    assert list(made) == [(), ("arms",), ("words",), ("other",), ("arms", "other"), ("words", "other")]
    assert made[("arms", "other")] == arms + other


def test_every_actor_has_levers_aims_and_costs_with_reasons_of_the_claims() -> None:
    from amur.claims import load

    known = {each.claim for each in load()}
    assert actors() == ("beijing", "brussels", "coalition", "moscow", "washington")
    for name in actors():
        who = actor(name)
        assert 5 <= len(who.levers) <= 8
        assert len(who.aims) >= 6
        assert len(who.costs) >= 5
        for each in (*who.aims, *who.costs):
            assert each.why, each.name
            assert each.claims, each.name
            assert set(each.claims) <= known, each.name
        assert all(lever.why for lever in who.levers)
        # No lever sets by itself what an aim of its actor looks at: it would win by definition.
        touched = {
            getattr(done, "quantity", getattr(done, "decision", ""))
            for lever in who.levers
            for done in lever.interventions
        }
        assert touched.isdisjoint({quantity for aim in who.aims for quantity in aim.quantities})
