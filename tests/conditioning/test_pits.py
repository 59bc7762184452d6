"""Where observations fall: distribution functions against the densities that the readings are judged by."""

from types import SimpleNamespace

import jax.numpy as jnp
import numpy as np
import pytest
from scipy import integrate, special

from amur.conditioning import pits
from amur.conditioning.likelihood import _shown, observable_density
from amur.system.observables import OBSERVABLES

ROUGH = {"rough_start": np.array([1.5]), "rough_years": np.array([4.0])}


def density(made, record, predicted, p):
    found = observable_density(made, jnp.asarray(predicted)[:, None], _shown(made.name, record), p)
    return np.asarray(found, float)[:, 0]


def test_a_series_falls_where_its_density_says():
    """The distribution function is the integral of the density, after a gap too."""
    made = OBSERVABLES["agreement"]
    p = SimpleNamespace(**{made.scales[0]: np.array([0.3]), made.lasting: np.array([0.6])}, **ROUGH)
    record, predicted = np.array([0.55, np.nan, 0.6, 0.7]), np.array([0.5, 0.55, 0.65, 0.66])

    def at(latent):
        changed = record.copy()
        changed[3] = special.expit(latent)
        return np.exp(density(made, changed, predicted, p)[3])

    below, _ = integrate.quad(at, -12, special.logit(0.7), epsabs=1e-6, points=[0, 0.5])
    fall = pits.falls(made, record, predicted[:, None], p)
    assert fall.at[3] == pytest.approx(below, abs=1e-4)
    assert fall.below[3] == fall.at[3]
    assert np.isnan(fall.at[1])


def test_a_count_falls_between_the_sums_of_its_probabilities():
    made = OBSERVABLES["vetoes"]
    p = SimpleNamespace(**{made.scales[0]: np.array([1.7]), made.lasting: np.array([0.8])})
    predicted = np.array([1.0, 2.0, 0.5])
    fall = pits.falls(made, np.array([2.0, 3.0, 1.0]), predicted[:, None], p)
    chances = [np.exp(density(made, np.array([2.0, 3.0, k]), predicted, p)[2]) for k in (0.0, 1.0)]
    assert fall.below[2] == pytest.approx(chances[0], abs=1e-5)
    assert fall.at[2] == pytest.approx(sum(chances), abs=1e-5)


def test_a_code_falls_between_the_sums_of_its_probabilities():
    made = OBSERVABLES["stance"]
    p = SimpleNamespace(**dict(zip(made.scales, (np.array([0.3]), np.array([0.9])), strict=True)))
    predicted = np.full(5, 0.8)
    fall = pits.falls(made, np.arange(5.0), predicted[:, None], p)
    chances = np.exp(density(made, np.arange(5.0), predicted, p))
    np.testing.assert_allclose(fall.at, np.cumsum(chances), atol=1e-5)
    np.testing.assert_allclose(fall.below[1:], fall.at[:-1], atol=1e-9)
    assert fall.at[-1] == 1


def test_values_that_come_from_the_model_fall_evenly():
    """Draws of the measurement model, judged by itself, are uniform; judged with half the scale they are not."""
    made = OBSERVABLES["exports_chn_rus"]
    rng = np.random.default_rng(4)
    kept, scale, found, sure = 0.5, 0.2, [], []
    for _ in range(60):
        off = [rng.standard_t(5)]
        for _ in range(11):
            off.append(kept * off[-1] + np.sqrt(1 - kept**2) * rng.standard_t(5))
        record = np.exp(np.array(off) * scale * (1 + 1.5 * np.exp(-np.arange(12) / 4)))
        for at, into in ((scale, found), (scale / 2, sure)):
            p = SimpleNamespace(**{made.scales[0]: np.array([at]), made.lasting: np.array([kept])}, **ROUGH)
            into.append(pits.falls(made, record, np.ones((12, 1)), p).at)
    assert pits.uniformity(np.concatenate(found)) > 0.001
    assert pits.inside(np.concatenate(found), 0.9) == pytest.approx(0.9, abs=0.04)
    assert pits.uniformity(np.concatenate(sure)) < 1e-6


def test_a_pick_lies_in_its_range_and_a_mixture_between_its_parts():
    fall = pits.Fall(np.array([0.1, np.nan, 0.4]), np.array([0.3, np.nan, 0.4]))
    picked = pits.picked(fall, "vetoes")
    assert len(picked) == 2
    assert 0.1 <= picked[0] <= 0.3
    assert picked[1] == 0.4
