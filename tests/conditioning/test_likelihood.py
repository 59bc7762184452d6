"""Densities of observations against formulas written out once more with SciPy."""

from dataclasses import replace
from types import SimpleNamespace

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from amur.conditioning.evidence import evidence
from amur.conditioning.likelihood import _shown, data, last_seen, observable_density, ordered
from amur.system import measurement
from amur.system.observables import FREEDOM, OBSERVABLES
from amur.system.observe import replicate

ROUGH = {"rough_start": np.array([1.5]), "rough_years": np.array([4.0])}


def shown(values):
    return _shown("exports_rus_chn", values)


def test_a_series_is_student_about_what_was_left_of_its_last_discrepancy():
    made = OBSERVABLES["exports_rus_chn"]
    kept, scale = 0.6, 0.2
    p = SimpleNamespace(**{made.scales[0]: np.array([scale]), made.lasting: np.array([kept])}, **ROUGH)
    record = np.array([2.0, np.nan, np.nan, 3.0, 2.5])
    predicted = np.array([1.8, 2.0, 2.2, 2.6, 2.7])
    found = np.asarray(observable_density(made, jnp.asarray(predicted)[:, None], shown(record), p))[:, 0]
    at = scale * (1 + 1.5 * np.exp(-np.arange(5) / 4.0))
    off = (np.log(record) - np.log(predicted)) / at
    t = stats.t(FREEDOM)
    first = t.logpdf(off[0]) - np.log(at[0])
    left = np.sqrt(1 - kept**6)
    gap = t.logpdf((off[3] - kept**3 * off[0]) / left) - np.log(left * at[3])
    left = np.sqrt(1 - kept**2)
    last = t.logpdf((off[4] - kept * off[3]) / left) - np.log(left * at[4])
    np.testing.assert_allclose(found[[0, 3, 4]], [first, gap, last], rtol=1e-5)


def test_slopes_of_what_was_last_seen_are_those_of_looking_it_up():
    record = np.array([np.nan, 1.0, np.nan, 2.0, 4.0, np.nan, 3.0, np.nan])
    off = jnp.asarray(np.random.default_rng(1).normal(size=(8, 3)))
    seen = shown(record)

    def total(of, look):
        return jnp.sum(jnp.where(seen.gap[:, None] > 0, jnp.sin(look(of)) * jnp.arange(8.0)[:, None], 0.0))

    mine = jax.grad(lambda of: total(of, lambda x: last_seen(x, seen)))(off)
    plain = jax.grad(lambda of: total(of, lambda x: x[seen.before]))(off)
    np.testing.assert_allclose(mine, plain, rtol=1e-6)
    assert abs(mine).sum() > 0


def test_counts_are_negative_binomial_given_those_before():
    """The closed form of the filter equals the ratio of two integrals over the factor, where nothing is forgotten."""
    made = OBSERVABLES["vetoes"]
    breadth, mean = 1.7, np.array([1.0, 2.0, 0.5])
    counts = np.array([2.0, 3.0, 0.0])
    p = SimpleNamespace(**{made.scales[0]: jnp.array([breadth]), made.lasting: jnp.array([1.0])})
    found = np.asarray(
        measurement.count_densities(made, jnp.asarray(counts), jnp.ones(3, bool), jnp.asarray(mean)[:, None], p)
    )[:, 0]
    factor = np.linspace(1e-5, 40, 400_001)
    prior = stats.gamma(breadth, scale=1 / breadth).pdf(factor)
    joint = [
        np.trapezoid(
            prior * np.prod([stats.poisson.pmf(counts[k], mean[k] * factor) for k in range(n)], axis=0), factor
        )
        for n in range(4)
    ]
    np.testing.assert_allclose(found, np.diff(np.log(joint)), atol=2e-3)


def test_a_count_that_is_not_there_is_not_counted_and_what_was_seen_fades():
    made = OBSERVABLES["vetoes"]
    p = SimpleNamespace(**{made.scales[0]: np.array([2.0]), made.lasting: np.array([0.5])})
    many = measurement.factor_after(made, np.array([9.0]), np.array([[1.0]]), p)
    later = measurement.factor_after(made, np.array([9.0, np.nan, np.nan, np.nan]), np.ones((4, 1)), p)
    assert many.shape / many.rate > later.shape / later.rate > 1
    q = SimpleNamespace(**{name: jnp.asarray(value) for name, value in vars(p).items()})
    counts, there = jnp.array([9.0, 0.0, 0.0, 2.0]), jnp.array([True, False, False, True])
    found = measurement.count_densities(made, counts, there, jnp.ones((4, 1)), q)
    before = measurement.factor_after(made, np.array([9.0, np.nan, np.nan]), np.ones((3, 1)), p)
    exact = stats.nbinom(before.shape, before.rate / (before.rate + 1)).logpmf(2)
    assert float(found[3, 0]) == pytest.approx(float(exact[0]), abs=1e-4)


def test_counts_drawn_have_the_density_stated():
    made = OBSERVABLES["vetoes"]
    members = 40_000
    p = SimpleNamespace(**{made.scales[0]: np.full(members, 1.5), made.lasting: np.full(members, 0.8)})
    rng = np.random.default_rng(1)
    now = measurement.factor_after(made, np.array([4.0, 1.0]), np.ones((2, members)), p)
    drawn = measurement.draw_counts(
        made, np.full((1, members), 2.0), now, p, (rng.random((1, members)), rng.random((1, members)))
    )[0]
    a, b = now.shape[0], now.rate[0]
    for count in range(5):
        exact = stats.nbinom(a, b / (b + 2.0)).pmf(count)
        assert (drawn == count).mean() == pytest.approx(exact, abs=0.008)


REGULAR = replace(OBSERVABLES["vetoes"], regular=4)


def regular_density(count, breadth, mean):
    """Winkelmann's count: a period that begins anywhere between two events, each the last of four negative binomial steps."""
    steps = stats.nbinom(breadth, breadth / (breadth + 4 * mean))
    return np.mean([steps.cdf(4 * count + 3 - begun) - steps.cdf(4 * count - 1 - begun) for begun in range(4)])


@pytest.mark.parametrize("count", [0.0, 1.0, 3.0, 12.0])
def test_regular_counts_have_the_density_of_whole_steps(count):
    p = SimpleNamespace(**{REGULAR.scales[0]: jnp.array([3.0]), REGULAR.lasting: jnp.array([0.5])})
    found = measurement.count_densities(REGULAR, jnp.array([count]), jnp.ones(1, bool), jnp.array([[2.5]]), p)
    assert float(found[0, 0]) == pytest.approx(np.log(regular_density(count, 3.0, 2.5)), abs=2e-4)
    now = measurement.Factor(np.array([3.0]), np.array([3.0]))
    upto = [regular_density(each, 3.0, 2.5) for each in np.arange(count + 1)]
    assert measurement.at_most(REGULAR, count, np.array([2.5]), now) == pytest.approx(sum(upto))


def test_regular_counts_keep_their_mean_and_scatter_less():
    members = 40_000
    p = SimpleNamespace(**{REGULAR.scales[0]: np.full(members, 1e6), REGULAR.lasting: np.full(members, 0.5)})
    drawn = {}
    for made in (REGULAR, OBSERVABLES["vetoes"]):
        rng = np.random.default_rng(3)
        chances = rng.random((1, members)), rng.random((1, members))
        drawn[made.regular] = measurement.draw_counts(
            made, np.full((1, members), 2.6), measurement.unseen(made, p), p, chances
        )[0]
    assert drawn[4].mean() == pytest.approx(2.6, abs=0.02)
    assert drawn[1].var() == pytest.approx(2.6, rel=0.05)
    assert drawn[4].var() == pytest.approx(
        2.6 / 4 + (1 - 1 / 16) / 6, rel=0.05
    )  # steps, and where the period begins


def test_regular_counts_drawn_have_the_density_stated():
    members = 40_000
    p = SimpleNamespace(**{REGULAR.scales[0]: np.full(members, 2.0), REGULAR.lasting: np.full(members, 0.8)})
    rng = np.random.default_rng(1)
    now = measurement.factor_after(REGULAR, np.array([2.0, 3.0]), np.ones((2, members)), p)
    chances = rng.random((1, members)), rng.random((1, members))
    drawn = measurement.draw_counts(REGULAR, np.full((1, members), 1.5), now, p, chances)[0]
    q = SimpleNamespace(**{name: jnp.asarray(value[:1]) for name, value in vars(p).items()})
    means = jnp.array([[1.0], [1.0], [1.5]])
    for count in range(6):
        counts = jnp.array([2.0, 3.0, float(count)])
        stated = measurement.count_densities(REGULAR, counts, jnp.ones(3, bool), means, q)[2, 0]
        assert (drawn == count).mean() == pytest.approx(float(jnp.exp(stated)), abs=0.008)


@pytest.mark.parametrize("latent", [-2.0, 0.3, 6.0])
def test_codes_have_probabilities_that_sum_to_one(latent):
    chances = np.exp(
        [float(ordered(jnp.array(latent), jnp.array(float(code)), 0.5, 0.8, 4)) for code in range(5)]
    )
    assert chances.sum() == pytest.approx(1, abs=1e-5)
    above = [stats.logistic.cdf(latent - (0.5 + 0.8 * k)) for k in range(4)]
    np.testing.assert_allclose(np.cumsum(chances[::-1])[:4], above[::-1], atol=1e-5)


def test_replicates_scatter_as_the_density_says():
    """The mean log density of replicates is the entropy that a Student-t has, with the factor of rough years."""
    made = OBSERVABLES["exports_rus"]
    members = 4000
    p = SimpleNamespace(
        **{made.scales[0]: np.full(members, 0.1), made.lasting: np.full(members, 0.7)},
        rough_start=np.full(members, 1.0), rough_years=np.full(members, 3.0),
    )  # fmt: skip
    drawn = np.log(replicate({"exports_rus": np.ones((30, members))}, p, 2)["exports_rus"])
    assert np.median(abs(drawn[0])) == pytest.approx(2 * np.median(abs(drawn[-1])), rel=0.15)
    assert np.corrcoef(drawn[20], drawn[21])[0, 1] == pytest.approx(0.7, abs=0.06)


def test_data_of_all_evidence_have_one_shape():
    whole, part = data(evidence()), data(evidence(until="2005").without("trade"))
    assert whole.there.shape == part.there.shape
    assert {name: each.value.shape for name, each in whole.shown.items()} == {
        name: each.value.shape for name, each in part.shown.items()
    }
    assert float(part.there.sum()) < float(whole.there.sum())
