"""The reading without structure: its evidence against brute force, its forecasts against its own densities."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special, stats

from amur.conditioning import habits, persistence
from amur.conditioning.evidence import QUARTERS, YEARS, Evidence, evidence
from amur.conditioning.habits import Code, Level, Rate
from amur.errors import AmurError
from amur.system.declare import PARAMETERS
from amur.system.observables import OBSERVABLES

NAN = float("nan")
LEVEL = persistence.level_of(OBSERVABLES["oil_chn"])


def small(last="2025", options=None, **shown):
    """Evidence of a few series whose first values are given, and nothing after."""
    series = {name: np.r_[values, np.full(len(YEARS) - len(values), NAN)] for name, values in shown.items()}
    codes = {
        name: np.r_[each, np.full(len(QUARTERS) - len(each), -1)].astype(np.int32)
        for name, each in (options or {}).items()
    }
    return Evidence(series, codes, last, None)


@pytest.fixture(scope="module")
def whole():
    return evidence()


def test_the_evidence_of_a_series_is_the_integral_over_all_that_is_unknown():
    values = np.array([0.0, 0.3, NAN, -0.2, 0.5, 0.6])
    prior = PARAMETERS["scale_oil_chn"].prior
    places, nodes = [0, 1, 3, 4, 5], np.linspace(-7, 7, 4001)

    def likelihood(scale, smoothing, drifts):
        level, product = values[0], 1.0
        for before, now in pairwise(places):
            gap = now - before
            level += drifts * gap * (values[before] - values[0]) / (before + habits.STILL)
            wide = scale * np.sqrt(1 + (gap - 1) * smoothing**2)
            product *= stats.t.pdf(values[now], 5, level, wide)
            level += (1 - (1 - smoothing) ** gap) * (values[now] - level)
        return product

    total = 0.0
    for number, smoothing in enumerate(habits.SMOOTHING):
        mass = 0.5 if number == 19 else 0.5 / 19
        for drifts in (0, 1):
            each = likelihood(prior.median * prior.factor**nodes, smoothing, drifts) * stats.norm.pdf(nodes)
            total += mass / 2 * integrate.trapezoid(each, nodes)
    assert np.nansum(LEVEL.score(values)) == pytest.approx(np.log(total), abs=2e-3)


def test_a_gap_widens_what_a_random_walk_foretells(monkeypatch):
    monkeypatch.setattr(habits, "SMOOTHING", np.array([0.5, 1.0]))
    monkeypatch.setattr(habits, "RANDOM_WALK", 1 - 1e-15)
    sure = Level(np.array([0.2]), np.array([1.0]))
    for gap in (1, 2, 5):
        values = np.r_[1.0, np.full(gap - 1, NAN), 1.7]
        assert sure.score(values)[-1] == pytest.approx(stats.t.logpdf(0.7, 5, scale=0.2 * np.sqrt(gap)))


def test_counts_are_poisson_with_a_gamma_mean(monkeypatch):
    monkeypatch.setattr(habits, "DISCOUNTS", np.array([1.0]))
    shape, rate = habits.RATE

    def joint(*counts):
        def each(mean):
            return stats.gamma.pdf(mean, shape, scale=1 / rate) * np.prod(stats.poisson.pmf(counts, mean))

        return integrate.quad(each, 0, 60, limit=200, points=[0.5, 2, 5])[0]

    scores = Rate().score(np.array([3.0, 5.0, NAN, 2.0]))
    assert np.nansum(scores) == pytest.approx(np.log(joint(3, 5, 2) / joint(3)), abs=1e-5)


def test_discounting_forgets_toward_the_prior(monkeypatch):
    monkeypatch.setattr(habits, "DISCOUNTS", np.array([0.4]))
    scores = Rate().score(np.array([40.0, *[NAN] * 60, 2.0]))
    shape, rate = habits.RATE
    assert scores[-1] == pytest.approx(stats.nbinom.logpmf(2, shape, rate / (1 + rate)), abs=1e-6)


def test_the_evidence_of_codes_is_in_closed_form():
    codes = np.array([0, 0, 0, 1, 1, 0, 2, 2, 2, 2, 1, 1.0])
    counts = np.zeros((3, 3))
    for old, new in pairwise(codes.astype(int)):
        counts[old, new] += 1
    stays, moves = np.diag(counts), counts.sum(1) - np.diag(counts)
    going = 0.0  # Dirichlet-multinomial of where each row went when it left
    for row in range(3):
        others = np.delete(counts[row], row)
        going += special.gammaln(2 * habits.ANY) - special.gammaln(2 * habits.ANY + others.sum())
        going += np.sum(special.gammaln(habits.ANY + others) - special.gammaln(habits.ANY))
    parts = []
    for mean in habits.STAYING:
        for sure in habits.SURENESS:
            a, b = mean * sure, (1 - mean) * sure
            own = np.sum(special.betaln(a + stays, b + moves) - special.betaln(a, b))
            shared = special.betaln(a + stays.sum(), b + moves.sum()) - special.betaln(a, b)
            parts += [own, shared]
    expected = going + special.logsumexp(parts) - np.log(len(parts))
    assert np.nansum(Code(3).score(codes)) == pytest.approx(expected)


def test_a_change_surprises_more_the_longer_nothing_changed():
    short, long = (Code(4).score(np.r_[np.zeros(n), 1.0]) for n in (5, 60))
    assert long[-1] < short[-1] < short[-2] < 0
    assert long[-2] > -0.02


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=12), st.integers(0, 9))
def test_chances_sum_to_one_whatever_came_before(past, count):
    codes = [np.exp(Code(4).score(np.array([*past, new], float))[-1]) for new in range(4)]
    assert sum(codes) == pytest.approx(1)
    across = [np.exp(Code(4).score(np.array([*past, NAN, NAN, new], float))[-1]) for new in range(4)]
    assert sum(across) == pytest.approx(1)
    for rate in (Rate(), Rate(regular=4)):
        counts = [np.exp(rate.score(np.array([*past, count, new], float))[-1]) for new in range(100)]
        assert sum(counts) == pytest.approx(1, abs=1e-3)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(-2, 2), min_size=3, max_size=8), st.floats(-2, 2))
def test_nothing_is_learnt_from_what_comes_later(past, later):
    for habit, values in (
        (LEVEL, np.array(past)),
        (Rate(), np.round(np.abs(past))),
        (Rate(regular=4), np.round(np.abs(past))),
        (Code(5), np.round(past) + 2),
    ):
        longer = np.r_[values, abs(round(later))]
        np.testing.assert_array_equal(habit.score(longer)[:-1], habit.score(values))


def test_draws_follow_the_densities():
    values, many = np.array([0.1, 0.4, 0.2, 0.9, 0.7]), 40_000
    drawn = LEVEL.draw(values, 2, many, np.random.default_rng(1))
    at = np.linspace(-6, 8, 1401)
    density = np.exp([LEVEL.score(np.r_[values, x])[-1] for x in at])
    below = integrate.cumulative_trapezoid(density, at, initial=0)
    assert below[-1] == pytest.approx(1, abs=5e-3)
    found = np.searchsorted(np.sort(drawn[0]), at) / many
    assert np.abs(found - below).max() < 0.012

    counts = np.array([2.0, 0.0, 3.0, 1.0])
    for rate in (Rate(), Rate(regular=4)):
        drawn = rate.draw(counts, 1, many, np.random.default_rng(2))
        chance = np.exp([rate.score(np.r_[counts, x])[-1] for x in range(6)])
        assert [np.mean(drawn == x) for x in range(6)] == pytest.approx(chance, abs=0.01)

    codes = np.array([0.0, 0.0, 0.0, 2.0, 2.0, 0.0])
    drawn = Code(3).draw(codes, 1, many, np.random.default_rng(3))
    chance = np.exp([Code(3).score(np.r_[codes, x])[-1] for x in range(3)])
    assert [np.mean(drawn == x) for x in range(3)] == pytest.approx(chance, abs=0.01)


def test_a_gap_at_the_end_is_drawn_through():
    rng = np.random.default_rng(0)
    values = np.array([0.0, 0.2, -0.1, 0.1])
    near = LEVEL.draw(values, 1, 20_000, rng)
    far = LEVEL.draw(np.r_[values, NAN, NAN, NAN], 1, 20_000, rng)
    through = LEVEL.draw(values, 4, 20_000, rng)[3:]
    assert near.shape == far.shape == (1, 20_000)
    ends = [np.subtract(*np.quantile(each, [0.95, 0.05])) for each in (near, far, through)]
    assert ends[1] == pytest.approx(ends[2], rel=0.06)
    assert ends[1] > 1.5 * ends[0]


def test_intervals_cover_what_random_walks_do():
    rng, inside = np.random.default_rng(7), 0
    for _ in range(120):
        walk = np.cumsum(0.2 * rng.standard_t(5, 28))
        low, high = np.quantile(LEVEL.draw(walk[:25], 3, 400, rng)[2], [0.05, 0.95])
        inside += low <= walk[27] <= high
    assert 0.83 <= inside / 120 <= 0.97


def test_increments_are_the_sums_of_the_years():
    seen = small(
        last="1995",
        oil_chn=[1.0, 1.2, NAN, 2.0],
        vetoes=[0, 1, 0, 2.0],
        options={"sanctions": [0] * 7 + [1] * 9},
    )
    scores = persistence.predictive(seen)
    by_hand = np.nan_to_num(scores["oil_chn"])[:4] + np.nan_to_num(scores["vetoes"])[:4]
    by_hand += np.nan_to_num(scores["sanctions"]).reshape(-1, 4).sum(1)[:4]
    np.testing.assert_allclose(persistence.increments(seen), by_hand)
    assert np.isnan(scores["oil_chn"][[0, 2]]).all()
    assert persistence.firsts(seen) == {"oil_chn": "1992", "vetoes": "1992", "sanctions": "1992-Q1"}
    given = persistence.increments(seen, {"oil_chn": -3.0, "sanctions": -0.5})
    np.testing.assert_allclose(given - by_hand, [-3.5, 0, 0, 0])


def test_left_out_and_cut_evidence(whole):
    some = whole.only("arms", "sanctions")
    scores = persistence.predictive(some)
    assert {name for name, each in scores.items() if np.isfinite(each).any()} == {
        "arms_chn", "arms_ind", "arms_vnm", "arms_world", "sanctions",
    }  # fmt: skip
    early = persistence.increments(evidence(until="2010"))
    np.testing.assert_allclose(early, persistence.increments(whole)[: len(early)])


def test_the_whole_record_takes_no_time(whole):
    before = time.perf_counter()
    total = persistence.increments(whole)
    assert time.perf_counter() - before < 5
    assert total.shape == (34,)
    assert np.isfinite(total).all()
    scores = persistence.predictive(whole)
    seen = sum(int(np.isfinite(each).sum()) for each in scores.values())
    assert seen == whole.there.sum() - len(persistence.firsts(whole))


def test_its_forecasts_start_from_what_was_known(whole):
    drawn = persistence.samples(whole, "2013", 3, 500, 4)
    assert set(drawn) <= set(whole.shown) | set(whole.options)
    assert "gas_chn" not in drawn
    assert all(each.shape == (3, 500) for each in drawn.values())
    cut = persistence.samples(
        evidence(until="2013"), "2013", 3, 500, 4, names=["exports_rus", "concession", "ukraine"]
    )
    for name, each in cut.items():
        np.testing.assert_array_equal(each, drawn[name])
    known = whole.shown["exports_rus"][YEARS.index("2013")]
    assert np.median(drawn["exports_rus"][0]) == pytest.approx(known, rel=0.15)
    quarters = persistence.samples(whole, "2013", 3, 500, 4, names=["concession", "ukraine"], quarterly=True)
    np.testing.assert_allclose(quarters["concession"].reshape(3, 4, 500).mean(1), drawn["concession"])
    np.testing.assert_array_equal(quarters["ukraine"][3::4], drawn["ukraine"])


def test_what_cannot_be_forecast_is_said(whole):
    with pytest.raises(AmurError, match="'gas_chn' had not been seen by the end of 2013"):
        persistence.samples(whole, "2013", 1, 10, 0, names=["gas_chn"])
    with pytest.raises(AmurError, match="no evidence of the year '2031'"):
        persistence.samples(whole, "2031", 1, 10, 0)
