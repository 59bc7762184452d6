"""Data share: nought where the record changed nothing, one where nothing is left of what was, the rest between."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amur.questions.answer import in_words
from amur.questions.share import moved

ONES = np.ones(2000)


def draws(seed: int, where: float = 0.0) -> np.ndarray:
    return np.random.default_rng(seed).normal(where, 1, 2000)


def test_two_samples_of_one_distribution_have_moved_nothing():
    assert np.mean([moved(draws(seed), ONES, draws(100 + seed), ONES) for seed in range(20)]) < 0.02


def test_what_has_nothing_in_common_has_moved_wholly():
    assert moved(draws(1, 50), ONES, draws(2), ONES) == 1
    assert moved(np.ones(2000), ONES, np.zeros(2000), ONES) == pytest.approx(1)


@pytest.mark.parametrize("where", [0.5, 1.0, 2.0])
def test_a_shift_moves_as_much_as_the_overlap_of_the_normals_says(where):
    true = 1 - 2 * stats.norm.cdf(-where / 2)
    found = np.mean([moved(draws(seed, where), ONES, draws(100 + seed), ONES) for seed in range(10)])
    # Ten classes see a little less than all of it.
    assert found == pytest.approx(true, abs=0.05)


def test_probabilities_of_yes_and_no_move_by_their_difference():
    after, before = np.arange(2000) < 1400, np.arange(2000) < 600
    assert moved(after.astype(float), ONES, before.astype(float), ONES) == pytest.approx(0.4, abs=0.03)


def test_narrowing_alone_is_data_too():
    assert moved(draws(1) / 10, ONES, draws(2), ONES) > 0.6


def test_weights_are_as_good_as_more_members():
    values, weights = draws(3, 1), np.where(draws(4) > 0, 2.0, 1.0)
    twice = np.repeat(values, weights.astype(int))
    apart = moved(values, weights, draws(5), ONES) - moved(twice, np.ones(len(twice)), draws(5), ONES)
    assert abs(apart) < 0.03


def test_what_is_not_a_number_is_a_value_of_its_own():
    values, gone = draws(6), np.where(np.arange(2000) < 1000, np.nan, draws(6))
    assert moved(gone, ONES, values, ONES) == pytest.approx(0.5, abs=0.06)
    nothing = np.full(2000, np.nan)
    assert moved(nothing, ONES, nothing, ONES) == 0


@given(st.floats(-3, 3), st.floats(0.1, 10))
def test_a_change_of_unit_changes_no_share(where, factor):
    after, before = draws(7, where), draws(8)
    once = moved(after, ONES, before, ONES)
    assert 0 <= once <= 1
    assert moved(3 + factor * after, ONES, 3 + factor * before, ONES) == pytest.approx(once, abs=0.02)


def test_words_follow_the_share():
    assert [in_words(each) for each in (None, 0.0, 0.19, 0.2, 0.49, 0.5, 1.0)] == [
        "data", "mostly assumption", "mostly assumption", "mixed", "mixed", "mostly data", "mostly data",
    ]  # fmt: skip
