"""Coordinates: priors laid out so that they are standard, and back."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from amur.conditioning.coordinates import as_parameters, coordinates, draws, log_prior, values
from amur.system.parameters import NAMES, PARAMETERS
from amur.system.priors import Beta, LogNormal, Normal

MEMBERS = 4000


@pytest.fixture(scope="module")
def through():
    return coordinates()


@pytest.fixture(scope="module")
def drawn(through):
    return draws(MEMBERS, 3, through)


def test_draws_in_coordinates_are_draws_of_the_priors(through, drawn):
    made = np.asarray(values(jnp.asarray(drawn, jnp.float32), through))
    for place, name in enumerate(NAMES):
        prior = PARAMETERS[name].prior
        for at in (0.05, 0.5, 0.95):
            share = (made[place] < prior.quantile(np.array(at))).mean()
            assert share == pytest.approx(at, abs=0.035), name


def test_draws_are_about_standard_in_coordinates(drawn):
    assert abs(drawn.mean(axis=1)).max() < 0.1
    assert abs(drawn.std(axis=1) - 1).max() < 0.1


def test_the_density_is_that_of_the_prior_with_its_slope_of_change(through, drawn):
    """Differences of the log density along one coordinate equal those of the prior, Jacobian included."""
    middle = jnp.zeros((len(NAMES), 1))
    seen = set()
    for place, name in enumerate(NAMES):
        prior = PARAMETERS[name].prior
        if type(prior) in seen:
            continue
        seen.add(type(prior))
        moved = middle.at[place].set(0.8)
        gained = float((log_prior(moved, through) - log_prior(middle, through))[0])

        def density(at, prior=prior, place=place):
            value = values(at, through)[place, 0]
            slope = jax.grad(lambda z: values(middle.at[place].set(z), through)[place, 0])(at[place, 0])
            return float(prior.log_density(value) + jnp.log(slope))

        assert gained == pytest.approx(density(moved) - density(middle), abs=2e-4), name
    assert seen == {Normal, LogNormal, Beta}


def test_a_reading_takes_the_place_of_the_base_prior(through):
    firm = coordinates({"trust_gain": LogNormal(5.0, 1.01), "political_yield": Beta(0.9, 400)})
    p = as_parameters(jnp.asarray(draws(500, 1, firm), jnp.float32), firm)
    assert float(p.trust_gain.mean()) == pytest.approx(5.0, rel=0.01)
    assert float(p.political_yield.mean()) == pytest.approx(0.9, abs=0.02)
    base = as_parameters(jnp.asarray(draws(500, 1, through), jnp.float32), through)
    assert np.allclose(p.oil_europe_part, base.oil_europe_part)


def test_wider_priors_are_wider_about_the_same_middle():
    narrow, wide = coordinates(), coordinates(width=1.5)
    at = jnp.asarray(draws(MEMBERS, 2, wide), jnp.float32)
    p, q = as_parameters(jnp.asarray(draws(MEMBERS, 2, narrow), jnp.float32), narrow), as_parameters(at, wide)
    for name, declared in PARAMETERS.items():
        a, b = np.asarray(getattr(p, name)), np.asarray(getattr(q, name))
        if isinstance(declared.prior, LogNormal):
            a, b = np.log(a), np.log(b)
        if not isinstance(declared.prior, Beta):
            assert b.std() == pytest.approx(1.5 * a.std(), rel=0.02), name
        else:
            assert b.std() > a.std(), name
            assert b.mean() == pytest.approx(a.mean(), abs=0.03 * (declared.prior.high - declared.prior.low)), (
                name
            )


def test_each_parameter_has_a_stream_of_its_own(through):
    one, two = draws(50, 1, through), draws(50, 2, through)
    assert not np.allclose(one, two)
    assert stats.pearsonr(one[0], one[1]).statistic < 0.5
