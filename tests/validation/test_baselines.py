"""The simple forecasters: what is known of their forecasts, gaps, short and constant series, counts, failed fits."""

from __future__ import annotations

import sys
from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amur.errors import AmurError
from amur.validation import baselines_numbers as numbers
from amur.validation.baselines import BASELINES, DESCRIPTIONS, LEAST, known
from amur.validation.baselines_numbers import ENOUGH
from amur.validation.scores import covered, pit

QUICK = ("persistence", "drift", "conflictology", "ar1")


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def walk(step: float = 0.1, spread: float = 0.2, long: int = 30, seed: int = 3) -> np.ndarray:
    return np.cumsum(rng(seed).normal(step, spread, long))


def test_every_baseline_is_described() -> None:
    assert list(BASELINES) == list(DESCRIPTIONS)
    assert set(BASELINES) == {"persistence", "drift", "conflictology", "ar1", "ets", "arima"}


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize("link", ["log", "count"])
def test_samples_have_their_shape_and_come_again_with_the_seed(name: str, link: str) -> None:
    history = rng(5).poisson(2, 20).astype(float) if link == "count" else walk()
    fell: Counter[str] = Counter()
    drawn = BASELINES[name](history, 5, 300, rng(), link, fell=fell)
    assert drawn.shape == (5, 300)
    assert np.isfinite(drawn).all()
    assert not fell
    np.testing.assert_array_equal(drawn, BASELINES[name](history, 5, 300, rng(), link))
    if link == "count":
        assert (drawn >= 0).all()
        assert (drawn == np.round(drawn)).all()


@pytest.mark.parametrize("name", ["drift", "ets", "arima"])
def test_a_trend_goes_on(name: str) -> None:
    """Steps of 0.5 with a little noise: five ahead is 2.5 higher."""
    history = 0.5 * np.arange(30) + rng(2).normal(0, 0.05, 30)
    drawn = BASELINES[name](history, 5, 4000, rng())
    assert np.median(drawn[4]) == pytest.approx(history[-1] + 2.5, abs=0.25)


def test_drift_has_the_spread_of_a_random_walk_with_an_unsure_step() -> None:
    """Variance of horizon h: s2 (h + h2/n), widened by the unsure s2: (n-1)/(n-3) for the n steps."""
    history = walk(long=41)
    steps = np.diff(history)
    drawn = numbers.drift(history, 5, 200_000, rng())
    ahead = np.arange(1, 6)
    spread = np.sqrt(steps.var(ddof=1) * (ahead + ahead**2 / 40) * 39 / 37)
    np.testing.assert_allclose(drawn.mean(axis=1), history[-1] + ahead * steps.mean(), atol=0.01)
    np.testing.assert_allclose(drawn.std(axis=1), spread, rtol=0.02)


def test_persistence_stays_and_spreads_as_past_changes_did() -> None:
    history = walk(0.0, 1.0, 60)
    drawn = numbers.persistence(history, 3, 200_000, rng())
    freedom = 59
    for ahead in (1, 2, 3):
        apart = history[ahead:] - history[:-ahead]
        wide = np.sqrt(np.mean(apart**2) * freedom / (freedom - 2))
        assert drawn[ahead - 1].std() == pytest.approx(wide, rel=0.02)
    np.testing.assert_allclose(np.median(drawn, axis=1), history[-1], atol=0.03)


def test_persistence_of_a_series_that_returns_does_not_spread_like_a_walk() -> None:
    noise = rng(8).normal(0, 1, 200)
    drawn = numbers.persistence(noise, 5, 20_000, rng())
    assert drawn[4].std() / drawn[0].std() < 1.15


def test_conflictology_draws_the_last_values_alike() -> None:
    history = np.array([9.0, 9.0, 1.0, np.nan, 2.0, 3.0, 4.0, 5.0])
    drawn = numbers.conflictology(history, 4, 50_000, rng())
    values, many = np.unique(drawn, return_counts=True)
    np.testing.assert_array_equal(values, [1, 2, 3, 4, 5])
    np.testing.assert_allclose(many / drawn.size, 0.2, atol=0.01)


def test_ar1_returns_to_the_mean_of_a_series_that_does() -> None:
    """With a slope of 0.5 about 3: five ahead of a value 1 above, 1/32 is left."""
    draw, history = rng(4), [3.0]
    for _ in range(400):
        history.append(3 + 0.5 * (history[-1] - 3) + 0.2 * draw.normal())
    history.append(4.0)
    drawn = numbers.ar1(np.array(history), 5, 20_000, rng())
    assert drawn[0].mean() == pytest.approx(3.5, abs=0.1)
    assert drawn[4].mean() == pytest.approx(3 + 1 / 32, abs=0.1)
    assert drawn[4].std() == pytest.approx(0.2 / np.sqrt(1 - 0.25), rel=0.1)


@pytest.mark.parametrize("name", ["persistence", "drift", "ar1", "ets"])
def test_own_draws_are_covered(name: str) -> None:
    """On random walks the forecasters that know them are right: nine in ten outcomes inside 90 percent."""
    walks = np.cumsum(rng(11).normal(0, 0.3, (150, 33)), axis=1)
    drawn = np.stack([BASELINES[name](each[:30], 3, 400, rng(place)) for place, each in enumerate(walks)])
    inside = covered(pit(walks[:, 30:].reshape(-1), drawn.reshape(-1, 400), rng()), 0.9)
    assert 0.8 < inside.mean() < 0.98


def test_the_mean_of_counts_is_that_of_the_last_three() -> None:
    """Negative binomial of shape 6.5 and rate 3: its mean is 6.5/3, its variance the mean times 4/3."""
    drawn = BASELINES["persistence"](np.array([9.0, 9, 9, 1, 2, 3]), 2, 200_000, rng(), "count")
    np.testing.assert_allclose(drawn.mean(axis=1), 6.5 / 3, rtol=0.01)
    np.testing.assert_allclose(drawn.var(axis=1), 6.5 / 3 * 4 / 3, rtol=0.02)


@pytest.mark.parametrize("name", BASELINES)
def test_noughts_stay_near_nought(name: str) -> None:
    drawn = BASELINES[name](np.zeros(15), 5, 500, rng(), "count")
    assert (drawn == 0).mean() > 0.7


def test_counts_that_rise_go_on_rising_under_drift() -> None:
    drawn = BASELINES["drift"](np.arange(1.0, 21.0), 5, 20_000, rng(), "count")
    np.testing.assert_allclose(drawn.mean(axis=1), np.arange(21, 26) + 0.5 / 3, rtol=0.01)


@pytest.mark.parametrize("name", BASELINES)
def test_gaps_before_between_and_after(name: str) -> None:
    """What is missing first does not matter; what is missing last is forecast on the way."""
    history = walk(long=25)
    history[[7, 8, 15]] = np.nan
    plain = BASELINES[name](history, 7, 500, rng())
    before = BASELINES[name](np.r_[np.nan, np.nan, history], 7, 500, rng())
    after = BASELINES[name](np.r_[history, np.nan, np.nan], 5, 500, rng())
    np.testing.assert_array_equal(plain, before)
    np.testing.assert_array_equal(plain[2:], after)


def test_a_change_over_two_years_counts_as_one_over_two() -> None:
    """A gap that a straight line would cross says nothing new: drift goes on with the same step."""
    drawn = numbers.drift(np.array([0.0, 1, np.nan, 3, 4, np.nan, np.nan, 7, 8]), 3, 1000, rng())
    np.testing.assert_allclose(drawn, np.array([9.0, 10, 11])[:, None].repeat(1000, 1))


def test_too_short_is_one_line_and_short_falls_back() -> None:
    history = walk(long=40)
    with pytest.raises(AmurError, match="4 values.*at least 5"):
        BASELINES["drift"](np.r_[history[: LEAST - 1], np.nan], 5, 10, rng())
    for name in ("ar1", "ets", "arima"):
        for long, falls in ((LEAST, 1), (ENOUGH - 1, 1), (ENOUGH, 0)):
            fell: Counter[str] = Counter()
            drawn = BASELINES[name](history[:long], 5, 50, rng(), fell=fell)
            assert fell[name] == falls
            if falls:
                np.testing.assert_array_equal(drawn, BASELINES["drift"](history[:long], 5, 50, rng()))


@pytest.mark.parametrize("name", BASELINES)
def test_a_constant_series_is_forecast_to_stay(name: str) -> None:
    np.testing.assert_allclose(BASELINES[name](np.full(20, 2.5), 5, 50, rng()), 2.5)


@pytest.mark.parametrize("told", [None, np.nan, 0.0])
def test_a_fit_that_fails_is_counted(told: float | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception, numbers that are none, and an interval without width."""

    class Broken:
        def __init__(self, **options: object) -> None: ...

        def forecast(self, y: np.ndarray, h: int, level: list[int]) -> dict[str, np.ndarray]:
            if told is None:
                raise Exception("no suitable model")
            return {name: np.full(h, told) for name in ("mean", "lo-80", "hi-80")}

    module = SimpleNamespace(AutoETS=Broken, AutoARIMA=Broken)
    monkeypatch.setitem(sys.modules, "statsforecast.models", module)
    fell: Counter[str] = Counter()
    history = walk()
    for name in ("ets", "arima"):
        drawn = BASELINES[name](history, 5, 50, rng(), fell=fell)
        np.testing.assert_array_equal(drawn, BASELINES["drift"](history, 5, 50, rng()))
    assert fell == {"ets": 1, "arima": 1}


def test_samples_below_the_floor_count_as_the_floor() -> None:
    free = BASELINES["drift"](walk(-0.5), 5, 500, rng())
    held = BASELINES["drift"](walk(-0.5), 5, 500, rng(), "log", lowest=-14.0)
    np.testing.assert_array_equal(held, np.maximum(free, -14.0))
    assert (free < -14).any()


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.one_of(st.just(float("nan")), st.floats(-20, 20)), min_size=1, max_size=30),
    name=st.sampled_from(QUICK),
)
def test_any_history_gives_numbers_or_one_line(values: list[float], name: str) -> None:
    history = np.array(values)
    if np.isfinite(history).sum() < LEAST:
        with pytest.raises(AmurError):
            known(history)
    else:
        drawn = BASELINES[name](history, 3, 20, rng())
        assert drawn.shape == (3, 20)
        assert np.isfinite(drawn).all()


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.one_of(st.just(float("nan")), st.integers(0, 40).map(float)), min_size=5, max_size=30),
    name=st.sampled_from(QUICK),
)
def test_any_counts_give_counts(values: list[float], name: str) -> None:
    history = np.array(values)
    if np.isfinite(history).sum() >= LEAST:
        drawn = BASELINES[name](history, 3, 20, rng(), "count")
        assert (drawn >= 0).all()
        assert (drawn == np.round(drawn)).all()
