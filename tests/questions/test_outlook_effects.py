"""Parts of a spread and first passages, on toys whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

from amur.questions.outlook import passage
from amur.questions.outlook.design import drawn, other
from amur.questions.outlook.effects import allowed, apart, effects

MEMBERS = 4000


def crossed(outcome, inputs, members=MEMBERS, seed=1):
    """The outcomes of every choice of two versions of standard normal inputs, (2^k, members, 1)."""
    versions = np.random.default_rng(seed).standard_normal((inputs, 2, members))
    made = [outcome(*(versions[i, run >> i & 1] for i in range(inputs))) for run in range(2**inputs)]
    return np.stack(made)[..., None]


def test_effects_of_a_sum_with_an_interaction_are_those_worked_out_by_hand():
    """x + 2y + xz has variance 1 + 4 + 1; the interaction is shared between x and z."""
    made = effects(apart(crossed(lambda x, y, z: x + 2 * y + x * z, 3)))
    off = 4 * made.error[:, 0]
    assert (abs(made.share[:, 0] - np.array([1.5, 4, 0.5]) / 6) < off).all()
    assert made.alone[:, 0] == pytest.approx(np.array([1, 4, 0]) / 6, abs=0.03)
    assert made.last[:, 0] == pytest.approx(np.array([2, 4, 1]) / 6, abs=0.03)
    assert made.variance[0] == pytest.approx(6, rel=0.1)
    assert (made.error > 0).all()
    assert (made.error < 0.02).all()


def test_effects_sum_to_the_variance_and_alone_is_never_beyond_last_for_a_sum():
    made = effects(apart(crossed(lambda *x: sum(x) + x[0] * x[1] * x[4], 5, 500)))
    assert made.share.sum(axis=0) == pytest.approx(1, abs=1e-12)
    assert (made.alone <= made.last + 0.1).all()


def test_monte_carlo_errors_are_as_large_as_shares_scatter():
    """Over many seeds the shares scatter by about as much as one of them says."""
    many = [effects(apart(crossed(lambda x, y: x + y + x * y, 2, 800, seed))) for seed in range(60)]
    scatter = np.std([each.share[0, 0] for each in many])
    told = np.mean([each.error[0, 0] for each in many])
    assert 0.6 < told / scatter < 1.6


def test_of_codes_it_is_whether_they_are_the_same():
    """A code that copies one input is all that input's; the sum over its indicators is the same number."""
    codes = crossed(lambda x, y: np.digitize(x, [-1, 0, 1]) + 0 * y, 2).astype(np.int8)
    made = effects(apart(codes, codes=True))
    assert made.share[:, 0] == pytest.approx([1, 0], abs=1e-12)
    by_option = sum(apart((codes == code).astype(float)) for code in range(4))
    assert apart(codes, codes=True) == pytest.approx(by_option)


def test_an_outcome_that_never_differs_has_no_parts():
    made = effects(apart(np.ones((4, 64, 1))))
    assert made.variance[0] == 0
    assert (made.share == 0).all()
    assert (made.error == 0).all()


def test_parameters_count_after_the_reading_that_they_belong_to():
    """Sets of different readings have nothing in common, so that alone a set means nothing, and after its reading all."""
    orders = allowed(3, {1: 0})
    assert len(orders) == 3
    assert all(order.index(0) < order.index(1) for order in orders)
    draw = np.random.default_rng(2)
    mean, own = np.array([0.0, 2.0]), draw.standard_normal((2, 50))
    reading, at = draw.integers(0, 2, (2, 20000)), draw.integers(0, 50, (2, 20000))
    made = [(mean[reading[run & 1]] + own[reading[run & 1], at[run >> 1 & 1]]) for run in range(4)]
    found = effects(apart(np.stack(made)[..., None]), {1: 0})
    between = (mean + own.mean(axis=1)).var()
    whole = between + own.var(axis=1).mean()
    assert found.share[:, 0] == pytest.approx([between / whole, 1 - between / whole], abs=0.02)


def test_readings_are_drawn_as_often_as_they_weigh_and_versions_are_independent():
    made = drawn([0.5, 0.0, 0.3, 0.2], 1000, 1)
    for version in made.reading:
        assert np.bincount(version, minlength=4).tolist() == [500, 0, 300, 200]
    assert abs(np.corrcoef(*made.level)[0, 1]) < 0.15
    assert np.mean(made.reading[0] == made.reading[1]) == pytest.approx(0.38, abs=0.06)
    again = drawn([0.5, 0.0, 0.3, 0.2], 1000, 1)
    assert all(
        np.array_equal(a, b) for x, y in zip(made, again, strict=True) for a, b in zip(x, y, strict=True)
    )
    assert len({1, 2, other(1), other(2)}) == 4


LABELS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
PATHS = np.array([[0, 0, 1, 2], [1, 0, 1, 2], [1, 0, 0, 2], [0, 0, 1, 2]], np.int8)
"""Four futures: to 1 in the second quarter and back, never, in 1 from before the first, and always elsewhere."""


def test_first_passages_of_paths_drawn_by_hand():
    years = passage.middles(LABELS)
    assert years.tolist() == [2026.125, 2026.375, 2026.625, 2026.875]
    stood = np.array([0, 0, 1, 2])
    dates = passage.entered(PATHS, 1, years, stood)
    assert dates[0] == 2026.375
    assert np.isnan(dates[1:]).all(), "never, already there, elsewhere"
    assert passage.entered(PATHS, 1, years, np.zeros(4))[2] == 2026.125
    assert passage.held(PATHS, 1).tolist() == [[0, 0, 1, 0], [1, 0, 1, 0], [1, 0, 1, 0], [1, 0, 1, 0]]
    assert (np.diff(passage.held(PATHS, 0).astype(int), axis=0) >= 0).all()
