"""The sampler on targets whose evidence and posterior are known in closed form."""

import numpy as np
import pytest
from scipy import stats

from amur.conditioning.sampler import through_years

YEARS = ("1992", "1993", "1994", "1995", "1996")
DIMENSIONS, NOISE = 6, 0.4


def linear(seed=0, scale=NOISE):
    """Standard normal coordinates seen through a random matrix, three observations a year, and the exact answers."""
    rng = np.random.default_rng(seed)
    year_of = np.repeat(np.arange(len(YEARS)), 3).astype(np.int32)
    loads = rng.normal(size=(len(year_of), DIMENSIONS))
    seen = loads @ rng.normal(size=DIMENSIONS) + scale * rng.normal(size=len(year_of))

    def target(at, weights, until):
        off = seen[:, None] - loads @ at
        items = stats.norm.logpdf(off, scale=scale)
        total = (weights[:, None] * items).sum(0) - 0.5 * (at**2).sum(0)
        slope = loads.T @ (weights[:, None] * off) / scale**2 - at
        return total, slope, items

    def evidence(years=0, only=None):
        rows = year_of < years if only is None else np.arange(len(year_of)) == only
        spread = loads[rows] @ loads[rows].T + scale**2 * np.eye(rows.sum())
        return stats.multivariate_normal.logpdf(seen[rows], cov=spread)

    precision = loads.T @ loads / scale**2 + np.eye(DIMENSIONS)
    middle = np.linalg.solve(precision, loads.T @ seen / scale**2)
    return target, year_of, evidence, middle, np.linalg.inv(precision)


def run(target, year_of, seed=1, members=512, there=None, **how):
    start = np.random.default_rng([seed, 3]).standard_normal((DIMENSIONS, members))
    there = np.ones(len(year_of), bool) if there is None else there
    return list(through_years(target, start, year_of, there, YEARS, seed, chunk=256, **how))


def test_evidence_of_each_year_is_that_of_the_closed_form():
    target, year_of, evidence, *_ = linear()
    runs = np.array([[year.stage.evidence for year in run(target, year_of, seed)] for seed in range(8)])
    exact = np.diff([0.0] + [evidence(last + 1) for last in range(len(YEARS))])
    error = runs.std(axis=0, ddof=1) / np.sqrt(len(runs))
    assert (abs(runs.mean(axis=0) - exact) < 4 * error + 0.05).all()
    assert runs.sum(axis=1).std() < 0.6


def test_the_posterior_is_that_of_the_closed_form():
    target, year_of, _, middle, spread = linear()
    at = np.concatenate([run(target, year_of, seed)[-1].at for seed in range(4)], axis=1)
    error = np.sqrt(np.diag(spread) / 400)  # members of one run are not quite independent
    assert (abs(at.mean(axis=1) - middle) < 5 * error).all()
    np.testing.assert_allclose(at.std(axis=1), np.sqrt(np.diag(spread)), rtol=0.15)


def test_a_year_that_surprises_is_let_in_by_degrees():
    target, year_of, *_ = linear(scale=0.02)
    years = run(target, year_of)
    assert len(years[0].stage.temperatures) > 2
    assert years[0].stage.temperatures[-1] == pytest.approx(1)
    assert all(np.diff(year.stage.temperatures).min(initial=1) > 0 for year in years)


def test_what_is_not_there_is_not_learnt():
    target, year_of, *_ = linear()
    nothing = run(target, year_of, there=np.zeros(len(year_of), bool))
    assert all(year.stage.evidence == pytest.approx(0) for year in nothing)
    assert abs(nothing[-1].at.mean(axis=1)).max() < 0.2
    assert abs(nothing[-1].at.std(axis=1) - 1).max() < 0.12


def test_foretold_densities_are_those_before_the_year_is_seen():
    target, year_of, evidence, *_ = linear()
    foretold = run(target, year_of, members=4096)[0].foretold
    assert foretold == pytest.approx([evidence(only=item) for item in range(3)], abs=0.2)


def test_the_same_seed_gives_the_same_members():
    target, year_of, *_ = linear()
    one, two, other = (run(target, year_of, seed)[-1].at for seed in (5, 5, 6))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)
