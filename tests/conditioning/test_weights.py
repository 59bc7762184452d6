"""Weights of readings: known answers, the optimum proved, nothing of the future used."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from amur.conditioning import weights
from amur.errors import AmurError

YEARS = ("2001", "2002", "2003", "2004")
EVIDENCE = {
    "a": np.array([-1.0, -2.0, -1.5, -3.0]),
    "b": np.array([-2.0, -1.0, -2.5, -1.0]),
    "c": np.array([-1.6, -1.6, -1.6, -1.6]),
}


def test_posterior_probabilities_of_two_coins():
    heads = [1, 1, 0, 1]
    coins = {
        name: np.log([p if each else 1 - p for each in heads]) for name, p in {"fair": 0.5, "bent": 0.8}.items()
    }
    made = weights.prequential(coins, YEARS, {"fair": 3, "bent": 1})
    joint = np.array([3 * 0.5**4, 0.8**3 * 0.2])
    np.testing.assert_allclose(made.values[-1], joint / joint.sum())
    np.testing.assert_allclose(made.start, [0.75, 0.25])
    np.testing.assert_allclose(made.before[1:], made.values[:-1])
    assert made.at("1999") == {"fair": 0.75, "bent": 0.25}


def test_evidence_of_a_normal_mean_known_or_not():
    """Two readings whose evidence is known: the mean is 0, or normal with variance 4."""
    values = np.array([1.2, 0.7, 1.9, 1.1])
    free, batch = [], stats.multivariate_normal(np.zeros(4), np.eye(4) + 4).logpdf(values)
    for n, value in enumerate(values):
        variance = 1 / (1 / 4 + n)
        free.append(stats.norm.logpdf(value, variance * values[:n].sum(), np.sqrt(1 + variance)))
    evidence = {"free": np.array(free), "zero": stats.norm.logpdf(values)}
    made = weights.prequential(evidence, YEARS)
    odds = batch - stats.norm.logpdf(values).sum()
    assert np.log(made.values[-1, 0] / made.values[-1, 1]) == pytest.approx(odds)


def test_stacking_finds_a_mixture_that_no_reading_is():
    rng = np.random.default_rng(3)
    values = np.where(rng.random(6000) < 0.7, rng.normal(0, 1, 6000), rng.normal(3, 1, 6000))
    scores = np.stack([stats.norm.logpdf(values, at) for at in (0, 3, -6)], 1)
    found = weights.stack(scores, np.full(3, 1 / 3))
    np.testing.assert_allclose(found, [0.7, 0.3, 0], atol=0.025)


def test_stacking_agrees_with_a_general_optimiser():
    scores = np.stack(list(EVIDENCE.values()), 1)
    prior, strength = np.array([0.5, 0.3, 0.2]), 0.7

    def lost(free):
        w = np.exp(np.r_[free, 0]) / np.exp(np.r_[free, 0]).sum()
        return -np.log(np.exp(scores) @ w).sum() - strength * prior @ np.log(w)

    best = optimize.minimize(lost, np.zeros(2), tol=1e-12)
    w = np.exp(np.r_[best.x, 0]) / np.exp(np.r_[best.x, 0]).sum()
    np.testing.assert_allclose(weights.stack(scores, prior, strength), w, atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(2, 10), st.integers(0, 10_000), st.floats(0.05, 60))
def test_no_weights_are_better(items, readings, seed, wide):
    scores = np.random.default_rng(seed).normal(0, wide, (items, readings))
    prior = np.full(readings, 1 / readings)
    w = weights.stack(scores, prior)
    likely = np.exp(scores - scores.max(1, keepdims=True))
    slope = (likely / (likely @ w)[:, None]).sum(0) + prior / w
    assert w.sum() == pytest.approx(1)
    assert (w > 0).all()
    # of a concave function: nothing on the simplex is higher by more than this
    assert slope.max() - slope @ w < 1e-6


@pytest.mark.parametrize("kind", weights.KINDS)
def test_the_future_is_left_out(kind):
    later = {name: each + np.array([0, 0, 5, -7]) * (name == "b") for name, each in EVIDENCE.items()}
    for origin in ("2001", "2002"):
        assert weights.at_origin(EVIDENCE, YEARS, origin, kind) == weights.at_origin(later, YEARS, origin, kind)
    assert weights.at_origin(EVIDENCE, YEARS, "2004", kind) != weights.at_origin(later, YEARS, "2004", kind)
    even = weights.at_origin(EVIDENCE, YEARS, "1995", kind)
    assert list(even.values()) == pytest.approx([1 / 3] * 3)


def test_weights_through_time_are_those_at_each_origin():
    made = weights.stacking(EVIDENCE, YEARS)
    for year in YEARS:
        assert made.at(year) == pytest.approx(weights.at_origin(EVIDENCE, YEARS, year), abs=1e-6)
    np.testing.assert_allclose(made.values.sum(1), 1)


def test_pseudo_bma_lies_between_even_and_posterior():
    made = weights.pseudo_bma(EVIDENCE, YEARS)
    assert sum(made.values()) == pytest.approx(1)
    one = weights.pseudo_bma({"a": np.zeros(4), "b": np.full(4, -50.0)}, YEARS)
    assert one["a"] > 0.999
    assert weights.pseudo_bma({"a": np.zeros(4), "b": np.zeros(4)}, YEARS)["a"] == pytest.approx(0.5)


def test_pooled_runs_average_evidence_and_not_its_logarithm():
    runs = {"a": np.log([[0.2, 0.5], [0.4, 0.25]])}
    made = weights.pooled(runs)["a"]
    np.testing.assert_allclose(np.exp(np.cumsum(made)), [0.3, 0.1])


def test_monte_carlo_error_of_runs_whose_error_is_known():
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 0.3, (40, 4))
    runs = {"a": EVIDENCE["a"] + noise, "b": np.tile(EVIDENCE["b"], (40, 1))}
    made = weights.monte_carlo(runs, YEARS)
    assert made.spread["a"] == pytest.approx(0.6, rel=0.25)  # four years of 0.3
    assert made.evidence["a"] == pytest.approx(made.spread["a"] / np.sqrt(40))
    assert made.evidence["b"] == 0
    p = weights.prequential({"a": EVIDENCE["a"], "b": EVIDENCE["b"]}, YEARS).values[-1, 0]
    # the log odds move by the standard error of the log evidence
    assert made.weights["prequential"][-1, 0] == pytest.approx(p * (1 - p) * made.evidence["a"], rel=0.4)
    assert (made.weights["stacking"][-1] > 0).all()


def test_runs_that_agree_have_no_error():
    runs = {name: np.tile(each, (3, 1)) for name, each in EVIDENCE.items()}
    made = weights.monte_carlo(runs, YEARS, draws=5)
    assert max(made.evidence.values()) < 1e-12
    assert max(each.max() for each in made.weights.values()) < 1e-12
    with pytest.raises(AmurError, match="a has one run only"):
        weights.monte_carlo({"a": np.zeros((1, 4))}, YEARS)


def test_sensitivity_says_what_moved():
    swapped = {"a": EVIDENCE["b"], "b": EVIDENCE["a"], "c": EVIDENCE["c"]}
    rows = weights.sensitivity(EVIDENCE, {"same": dict(EVIDENCE), "swapped": swapped}, YEARS)
    by = {(row.name, row.kind): row for row in rows}
    assert by["same", "stacking"].moved == by["base", "prequential"].moved == 0
    base = weights.prequential(EVIDENCE, YEARS).at("2004")
    assert by["swapped", "prequential"].moved == pytest.approx(abs(base["a"] - base["b"]))
    assert by["base", "prequential"].leader == "c"
    assert by["base", "stacking"].evidence["a"] == pytest.approx(-7.5)
    with pytest.raises(AmurError, match="'less' has other readings than the base"):
        weights.sensitivity(EVIDENCE, {"less": {"a": EVIDENCE["a"]}}, YEARS)


@pytest.mark.parametrize(
    ("increments", "options", "told"),
    [
        ({"a": np.zeros(3)}, {}, "the evidence of a is not one number for each of 4 years"),
        ({"a": np.full(4, np.nan)}, {}, "the evidence of a is not"),
        ({"a": np.zeros(4)}, {"prior": {"b": 1}}, "prior weight above 0"),
    ],
)
def test_faults_are_named(increments, options, told):
    with pytest.raises(AmurError, match=told):
        weights.stacking(increments, YEARS, **options)


def test_an_unknown_kind_is_named():
    with pytest.raises(AmurError, match="no weights of the kind 'stakcing'.*Did you mean stacking"):
        weights.at_origin(EVIDENCE, YEARS, "2004", "stakcing")
    with pytest.raises(AmurError, match="no weights for '2009'"):
        weights.stacking(EVIDENCE, YEARS).at("2009")


def test_a_reading_that_held_a_year_impossible_keeps_only_its_prior():
    made = weights.stacking({"a": np.zeros(4), "b": np.array([0, -np.inf, 0, 0])}, YEARS)
    assert made.values[1, 1] < made.values[0, 1]
    assert weights.prequential({"a": np.zeros(4), "b": np.array([0, -np.inf, 0, 0])}, YEARS).values[-1, 1] == 0
    with pytest.raises(AmurError, match="impossible under every reading"):
        weights.stacking({"a": np.array([0, -np.inf, 0, 0])}, YEARS)
