"""Decisions against base rates: known answers for simple pasts, and scores that order forecasters as they should."""

from __future__ import annotations

import numpy as np
import pytest
from made_up import made_up

from amur.system.observe import observed
from amur.validation.decisions_scored import (
    BASE,
    DECISIONS,
    decision_chances,
    frequency,
    reliability,
    stay,
    summary,
)


def test_frequencies_count_one_more_of_each():
    made = frequency(np.array([0, 0, 0, 1]), 3, 2)
    np.testing.assert_allclose(made, [[4 / 7, 2 / 7, 1 / 7]] * 2)


def test_the_present_option_stays_but_for_the_rate_of_changes():
    codes = np.array([0] * 9 + [1] * 10)
    made = stay(codes, 3, 3)
    rate = (1 + 1) / (19 + 1)
    assert made[0, 1] == pytest.approx(1 - rate)
    np.testing.assert_allclose(made.sum(axis=1), 1)
    assert made[0, 1] > made[1, 1] > made[2, 1]
    assert made[0, 0] > made[0, 2] > 0  # rather back to what was than to what never was


@pytest.fixture(scope="module")
def chances():
    seen = observed()
    forecasts = {
        ("given", origin): {
            "sharp": made_up(seen, "given", origin, sure=0.95),
            "blunt": made_up(seen, "given", origin, sure=0.3),
        }
        for origin in ("2012", "2016", "2020")
    }
    return decision_chances(forecasts, lambda origin: {"sharp": 0.8, "blunt": 0.2})


def test_chances_sum_to_one_and_one_option_happens(chances):
    place = ["setting", "origin", "ahead", "forecaster", "decision"]
    sums = chances.groupby(place)[["chance", "happened"]].sum()
    assert np.allclose(sums, 1, atol=1e-5)
    assert set(chances.decision) == set(DECISIONS)
    assert set(chances.ahead) == {1, 2, 3, 4}


def test_the_sharper_is_scored_better_and_the_mixture_by_its_weights(chances):
    table = summary(chances).set_index(["decision", "forecaster"])
    for decision in DECISIONS:
        score = table.loc[decision]
        assert (
            score.log["reading:sharp"] < score.log["mixture"] < score.log["mean"] < score.log["reading:blunt"]
        )
        assert score.log["reading:sharp"] == pytest.approx(-np.log(0.95), rel=1e-4)
        assert score.log["mixture"] == pytest.approx(-np.log(0.8 * 0.95 + 0.2 * 0.3), rel=1e-4)
        assert max(score.skill[name] for name in BASE) == pytest.approx(0)
        assert (score.forecasts == 12).all()


def test_in_each_bin_what_was_given_stands_beside_what_came(chances):
    table = reliability(chances[chances.forecaster == "reading:sharp"])
    top = table[table.bin == "0.9-0.98"].iloc[0]
    assert top.given == pytest.approx(0.95, abs=1e-4)
    assert top.came == 1
    assert table.forecasts.sum() == len(chances[chances.forecaster == "reading:sharp"])
