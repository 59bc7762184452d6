"""Scores with known answers: closed forms, uniform PIT, coverage, ties of counts, what is missing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from amur.validation.scores import (
    LEVELS,
    brier,
    covered,
    crps,
    event_log_score,
    log_score,
    pit,
    scores,
)


@pytest.fixture(scope="module")
def scoringrules() -> Any:
    """Takes seconds to load, which all who only look for tests would wait for."""
    import scoringrules

    return scoringrules


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_crps_of_normal_samples_is_the_closed_form(scoringrules: Any) -> None:
    seen = np.array([-1.0, 0.0, 0.7, 3.0])
    drawn = rng().normal(0.5, 2.0, (4, 40_000))
    np.testing.assert_allclose(crps(seen, drawn), scoringrules.crps_normal(seen, 0.5, 2.0), rtol=0.02)


def test_crps_by_hand_and_fair(scoringrules: Any) -> None:
    """Samples 1 and 3 about 2: mean distance 1, less half of the mean distance of two different samples, 2."""
    assert crps(np.array([2.0]), np.array([[1.0, 3.0]]))[0] == pytest.approx(0.0)
    assert crps(np.array([5.0]), np.array([[2.0, 2.0, 2.0]]))[0] == pytest.approx(3.0)
    drawn = rng().normal(size=(20_000, 3))
    expected = scoringrules.crps_normal(0.4, 0.0, 1.0)
    assert crps(np.full(20_000, 0.4), drawn).mean() == pytest.approx(expected, abs=0.01)


def test_log_score_of_normal_samples_is_near_the_density() -> None:
    seen = np.array([-1.0, 0.0, 1.5])
    drawn = rng().normal(0.0, 1.0, (3, 20_000))
    np.testing.assert_allclose(log_score(seen, drawn), -stats.norm.logpdf(seen), atol=0.05)


def test_log_score_far_away_is_that_of_the_wide_kernel_and_no_more() -> None:
    drawn = rng().normal(size=(1, 1000))
    wide = stats.norm.logpdf(20.0, np.median(drawn), 10 * drawn.std())
    assert log_score(np.array([20.0]), drawn)[0] == pytest.approx(np.log(1001) - wide, abs=1e-6)


def test_log_score_of_a_single_number_is_that_of_the_narrowest_kernel() -> None:
    found = log_score(np.array([2.0]), np.full((1, 999), 2.0))[0]
    density = 0.999 * stats.norm.pdf(0, 0, 0.01) + 0.001 * stats.norm.pdf(0, 0, 0.1)
    assert found == pytest.approx(-np.log(density))


def test_log_score_of_counts_is_the_smoothed_share() -> None:
    """Ten samples, counts 0 to 3 or one beyond what was seen, half a sample added to each."""
    drawn = np.array([[0.0] * 6 + [1.0] * 3 + [2.0]] * 3)
    found = log_score(np.array([0.0, 1.0, 5.0]), drawn, counts=True)
    np.testing.assert_allclose(found, -np.log([6.5 / 12, 3.5 / 12, 0.5 / 13.5]))


def test_smoothed_shares_of_counts_sum_to_one() -> None:
    """Over the counts up to the largest that does not stretch the list."""
    drawn = np.array([[0.0, 0.0, 1.0, 4.0]] * 5)
    chances = np.exp(-log_score(np.arange(5.0), drawn, counts=True))
    assert chances.sum() + 0.5 / (4 + 3) == pytest.approx(1.0)


@pytest.mark.parametrize("kind", ["numbers", "counts"])
def test_pit_of_own_draws_is_uniform_and_covers_what_it_says(kind: str) -> None:
    draw = rng(7)
    many, samples = 4000, 50
    if kind == "counts":
        mean = draw.gamma(1.0, 1.0, many)[:, None]
        every = draw.poisson(mean, (many, samples + 1)).astype(float)
    else:
        every = draw.normal(size=(many, samples + 1))
    where = pit(every[:, 0], every[:, 1:], draw)
    assert stats.kstest(where, "uniform").pvalue > 0.01
    for level in LEVELS.values():
        assert covered(where, level).mean() == pytest.approx(level, abs=0.03)


def test_closed_intervals_of_counts_would_cover_too_much() -> None:
    """Why the PIT is spread: of a Poisson count with mean 0.2 the closed 50 percent interval is 0 to 0."""
    draw = rng(2)
    every = draw.poisson(0.2, (5000, 200)).astype(float)
    seen, drawn = every[:, 0], every[:, 1:]
    low, high = np.quantile(drawn, [0.25, 0.75], axis=1)
    assert ((seen >= low) & (seen <= high)).mean() > 0.75
    assert covered(pit(seen, drawn, draw), 0.5).mean() == pytest.approx(0.5, abs=0.03)


def test_what_is_missing_has_no_score() -> None:
    seen = np.array([np.nan, 1.0, 1.0])
    drawn = np.array([[0.0, 1.0], [np.nan, 1.0], [0.0, 1.0]])
    for link in ("log", "count"):
        for values in scores(seen, drawn, link, rng()).values():
            np.testing.assert_array_equal(np.isfinite(values), [False, False, True])


def test_no_forecasts_have_no_scores() -> None:
    for values in scores(np.empty(0), np.empty((0, 10)), "log", rng()).values():
        assert values.shape == (0,)


def test_shapes_that_do_not_fit_are_refused() -> None:
    for drawn in (np.zeros((2, 5)), np.zeros(5), np.zeros((3, 1))):
        with pytest.raises(ValueError, match="observed"):
            crps(np.zeros(3), drawn)


def test_brier_and_log_score_of_events() -> None:
    happened, chance = np.array([1.0, 0.0, np.nan, 1.0]), np.array([0.8, 0.8, 0.5, 0.0])
    np.testing.assert_allclose(brier(happened, chance), [0.04, 0.64, np.nan, 1.0])
    expected = [-np.log(0.8), -np.log(0.2), np.nan, -np.log(1e-3)]
    np.testing.assert_allclose(event_log_score(happened, chance), expected)
    with pytest.raises(ValueError, match="from 0 to 1"):
        brier(happened, np.full(4, 1.2))
    with pytest.raises(ValueError, match="0, 1 or NaN"):
        brier(np.array([0.5]), np.array([0.5]))


@settings(max_examples=50, deadline=None)
@given(
    seen=st.floats(-50, 50),
    drawn=st.lists(st.floats(-50, 50), min_size=2, max_size=30),
    shift=st.floats(-10, 10),
    times=st.floats(0.1, 10),
)
def test_crps_moves_and_stretches_with_the_scale(
    seen: float, drawn: list[float], shift: float, times: float
) -> None:
    plain = crps(np.array([seen]), np.array([drawn]))
    moved = crps(np.array([seen * times + shift]), np.array([drawn]) * times + shift)
    np.testing.assert_allclose(moved, plain * times, atol=1e-8)
    by_hand = np.abs(np.array(drawn) - seen).mean()
    by_hand -= np.abs(np.subtract.outer(drawn, drawn)).sum() / (2 * len(drawn) * (len(drawn) - 1))
    np.testing.assert_allclose(plain, by_hand, atol=1e-8)
