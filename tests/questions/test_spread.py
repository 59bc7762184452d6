"""From members to numbers: quantiles, intervals of probabilities that cover, and Monte Carlo errors that are right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amur.questions.mixture import Mixture
from amur.questions.spread import chance, mean, quantiles, quantity

TWO = ("a", "b")


def even(sets: int, rounds: int = 2) -> Mixture:
    return Mixture(TWO, sets, rounds, {"a": 0.5, "b": 0.5})


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.floats(0.01, 0.99))
def test_even_weights_give_the_quantiles_of_numpy(values, level):
    found = quantiles(np.array(values), np.ones(len(values)), (level,))[0]
    assert found == pytest.approx(np.quantile(values, level, method="hazen"), abs=1e-6)


def test_a_weight_of_two_is_as_good_as_two_members_far_from_the_ends():
    rng = np.random.default_rng(1)
    values, weights = rng.normal(size=4000), rng.integers(1, 4, 4000)
    levels = (0.1, 0.5, 0.9)
    np.testing.assert_allclose(
        quantiles(values, weights, levels), np.quantile(np.repeat(values, weights), levels), atol=0.01
    )


def test_what_is_not_a_number_or_has_no_weight_counts_for_nothing():
    values, weights = np.array([1.0, np.nan, 3.0, 99.0]), np.array([1.0, 5.0, 1.0, 0.0])
    assert quantiles(values, weights, (0.5,))[0] == 2
    assert np.isnan(quantiles(np.full(3, np.nan), np.ones(3))).all()


def test_quantiles_along_the_last_axis_are_those_of_each_row():
    values = np.random.default_rng(2).normal(size=(3, 4, 50))
    found = quantiles(values, np.ones(50), (0.25, 0.5))
    assert found.shape == (2, 3, 4)
    assert found[1, 2, 3] == quantiles(values[2, 3], np.ones(50), (0.5,))[0]


def test_a_quantity_of_a_known_distribution_has_its_quantiles_and_its_error():
    of = even(4000, 1)
    values = np.random.default_rng(3).normal(10, 2, of.members)
    number = quantity("x", "", "Mt", values, of)
    assert number.value == pytest.approx(10, abs=0.1)
    assert number.low90 == pytest.approx(10 - 1.645 * 2, abs=0.15)
    assert number.high50 == pytest.approx(10 + 0.674 * 2, abs=0.1)
    # The standard error of a median of normal values is 1.2533 that of their mean.
    assert number.error == pytest.approx(1.2533 * 2 / np.sqrt(of.members), rel=0.6)


@pytest.mark.parametrize("make", ["quantity", "mean", "chance"])
def test_monte_carlo_errors_are_those_found_by_doing_it_again_and_shrink_with_the_root_of_members(make):
    def one(sets: int, seed: int):
        rng, of = np.random.default_rng(seed), even(sets)
        level = np.tile(rng.normal(size=2 * sets), 2)
        values = level + rng.normal(size=of.members)
        if make == "chance":
            return chance("x", "", values > 0.8, of)
        return (quantity if make == "quantity" else mean)("x", "", "", values, of)

    few, many = ([one(sets, seed) for seed in range(120)] for sets in (40, 360))
    for again in (few, many):
        told = np.sqrt(np.mean([each.error**2 for each in again]))
        assert told == pytest.approx(np.std([each.value for each in again]), rel=0.3)
    ratio = np.mean([each.error for each in few]) / np.mean([each.error for each in many])
    assert ratio == pytest.approx(3, rel=0.2)


def test_the_interval_of_a_probability_covers_the_chances_of_the_parameter_sets_and_not_their_luck():
    of = Mixture(("a",), 3000, 2, {"a": 1.0})
    chances = stats.beta(4, 6)
    true = chances.rvs(of.sets, random_state=5)
    hits = np.random.default_rng(6).random(of.members) < np.tile(true, 2)
    number = chance("x", "", hits, of)
    assert number.value == pytest.approx(chances.mean(), abs=0.02)
    assert number.low90 == pytest.approx(chances.ppf(0.05), abs=0.03)
    assert number.high90 == pytest.approx(chances.ppf(0.95), abs=0.03)
    assert np.mean((true > number.low50) & (true < number.high50)) == pytest.approx(0.5, abs=0.06)


def test_where_sets_do_not_differ_the_interval_is_narrow_however_lucky_each_was():
    of = Mixture(("a",), 2000, 2, {"a": 1.0})
    number = chance("x", "", np.random.default_rng(7).random(of.members) < 0.3, of)
    assert number.low90 > 0.2
    assert number.high90 < 0.4


def test_readings_that_disagree_make_an_interval_from_one_to_the_other():
    of = even(500)
    number = chance("x", "", (of.reading == 1) == (np.random.default_rng(8).random(of.members) < 0.95), of)
    assert number.low90 < 0.1
    assert number.high90 > 0.9
    assert number.by_reading["a"] == pytest.approx(0.05, abs=0.03)


def test_what_never_came_about_is_not_impossible():
    number = chance("x", "", np.zeros(even(20).members), even(20))
    assert number.value == 0
    assert 0 < number.high90 < 0.2
    assert number.error > 0


def test_the_mean_of_twins_that_mostly_do_nothing_is_seen_where_their_median_is_not():
    of = even(300)
    values = np.where(np.random.default_rng(9).random(of.members) < 0.1, 5.0, 0.0)
    assert quantity("x", "", "", values, of).value == 0
    assert mean("x", "", "", values, of).value == pytest.approx(0.5, abs=0.15)


def test_data_share_is_told_only_beside_what_was_before():
    of = even(200)
    rng = np.random.default_rng(10)
    values, old = rng.normal(size=of.members), rng.normal(5, 1, of.members)
    assert quantity("x", "", "", values, of).data_share is None
    assert quantity("x", "", "", values, of, old, of).data_share > 0.9
    assert chance("x", "", values > 0, of, old > 6, of).data_share > 0.9
    assert mean("x", "", "", values, of, values, of).data_share == 0
