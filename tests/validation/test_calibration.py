"""Simulation-based calibration: the test of ranks, and a whole calibration where the answer is known."""

import numpy as np
import pytest

from amur.conditioning.sampler import through_years
from amur.system.parameters import NAMES
from amur.validation import calibration
from amur.validation.calibration import Calibrated


def test_uniform_ranks_pass_and_others_do_not():
    rng = np.random.default_rng(2)
    even = [calibration.uniformity(tuple(rng.integers(0, 256, 64)), 255, 300) for _ in range(40)]
    assert np.mean(np.array(even) < 0.1) < 0.3
    narrow = tuple(np.where(rng.random(64) < 0.5, rng.integers(0, 40, 64), rng.integers(215, 256, 64)))
    wide = tuple(rng.integers(90, 166, 64))
    low = tuple(rng.integers(0, 128, 64))
    assert all(calibration.uniformity(each, 255) < 0.01 for each in (narrow, wide, low))


def test_table_says_which_way():
    made = Calibrated({"low": (0,) * 32, "even": tuple(range(0, 256, 8))}, 255, "2007", ())
    low, even = made.table()
    assert low.mean < 0.01
    assert low.p < 0.001
    assert even.mean == pytest.approx(0.5, abs=0.02)
    assert even.spread == pytest.approx(1, abs=0.02)
    assert even.p > 0.5
    assert calibration.from_json(calibration.as_json(made)) == made


def test_free_parameters_are_the_models():
    assert set(calibration.FREE) <= set(NAMES)
    assert len(set(calibration.FREE)) == 6


def test_the_sampler_is_calibrated_where_the_posterior_is_known():
    """Normal means under normal noise, four years: ranks of 60 truths by the sampler of the readings, no model run."""
    rng, items = np.random.default_rng(8), 8
    year_of, there = np.repeat(np.arange(4, dtype=np.int32), 2), np.ones(items, bool)
    found = []
    for number in range(60):
        truth = rng.normal(size=(2, 1))
        seen = np.tile(truth[:, 0], 4) + rng.normal(size=items)

        def target(at, weights, until, seen=seen):
            off = seen[:, None] - np.tile(at, (4, 1))
            log = -0.5 * off**2
            slope = (weights[:, None] * off).reshape(4, 2, -1).sum(axis=0) - at
            return (weights[:, None] * log).sum(axis=0) - 0.5 * (at**2).sum(axis=0), slope, log

        start = np.random.default_rng([number, 1]).normal(size=(2, 128))
        *_, last = through_years(target, start, year_of, there, tuple("abcd"), number, 128, 5)
        found.append((last.at < truth).sum(axis=1))
    for ranks in np.array(found).T:
        assert calibration.uniformity(tuple(ranks), 128) > 0.005
