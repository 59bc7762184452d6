"""A reading taken through a few years of the record. The model's slopes are compiled once, with little optimising."""

import jax.numpy as jnp
import numpy as np
import pytest

from amur.conditioning import condition as conditioning
from amur.conditioning import likelihood
from amur.conditioning.condition import condition
from amur.conditioning.coordinates import coordinates, draws
from amur.conditioning.evidence import evidence
from amur.conditioning.likelihood import data, slopes
from amur.readings import reading
from amur.system.model import Model
from amur.system.parameters import NAMES

pytestmark = pytest.mark.xdist_group("slopes")
LAST = "1994"
SPOKEN_OF = (
    "influence_base", "stress_cost", "agree_base", "scale_exports_rus", "scale_exports_rus_chn", "persistence_imports_rus",
    "rough_start",
)  # fmt: skip
"""Parameters on which series of three years have much to say: levels of the 1990s, and how rough their statistics were."""
NOT_YET = ("machine_tools_lead", "car_slope", "scale_yuan_share", "scale_transit")
"""Parameters of series that begin later."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A cache folder of the tests' own, and a compiler in a hurry."""
    folder = tmp_path_factory.mktemp("conditioned")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conditioning, "folder", lambda: folder)
        patch.setattr(likelihood, "OPTIONS", {"xla_backend_optimization_level": 0})
        yield folder


@pytest.fixture(scope="module")
def seen():
    return evidence(until=LAST)


@pytest.fixture(scope="module")
def run(kept, seen):
    told = []
    made = condition(reading("necessity"), seen, members=200, steps=1, progress=lambda *each: told.append(each))
    return made, told


def test_slopes_are_those_of_the_log_target(kept, seen):
    through = coordinates()
    rng = np.random.default_rng(1)
    at = 0.5 * draws(256, 1, through)
    weights = np.asarray(seen.there, float)
    arguments = (through, data(seen), jnp.asarray(weights, jnp.float32), jnp.int32(11))

    def value(point):
        return np.asarray(slopes(Model(), jnp.asarray(point, jnp.float32), *arguments)[0], float)

    slope = np.asarray(slopes(Model(), jnp.asarray(at, jnp.float32), *arguments)[1], float)
    toward = rng.standard_normal(at.shape) / np.sqrt(len(NAMES))
    small = 0.02
    found = (value(at + small * toward) - value(at - small * toward)) / (2 * small)
    exact = (slope * toward).sum(axis=0)
    # Single precision, kinks of clipped quantities: nearly all members agree closely.
    off = abs(found - exact) / (1 + abs(exact))
    assert np.median(off) < 0.01
    assert np.quantile(off, 0.95) < 0.15


def test_years_that_are_passed_over_leave_those_before_as_they_are(kept, seen):
    through = coordinates()
    at = jnp.asarray(0.5 * draws(256, 2, through), jnp.float32)
    shown, weights = data(seen), jnp.zeros(len(seen.year))
    whole, part = (
        np.asarray(slopes(Model(), at, through, shown, weights, jnp.int32(upto))[2]) for upto in (135, 7)
    )
    first = (seen.year < 2) & seen.there
    assert first.any()
    np.testing.assert_allclose(part[first], whole[first], rtol=1e-4, atol=1e-4)


def test_a_member_whose_model_breaks_down_foretells_nothing(seen, monkeypatch):
    broken = np.array([1.0, np.nan]), np.full((len(NAMES), 2), np.nan), np.array([[-1.0, np.nan]])
    monkeypatch.setattr(conditioning, "slopes", lambda *_: broken)
    total, slope, items = conditioning.target_in(coordinates(), data(seen))(
        np.zeros((len(NAMES), 2)), np.zeros(1), 3
    )
    assert total.tolist() == [1.0, -np.inf]
    assert not slope.any()
    assert items.tolist() == [[-1.0, -np.inf]]


def test_every_year_leaves_its_evidence_and_a_posterior(run, seen):
    made, told = run
    assert made.years == ("1992", "1993", "1994")
    assert np.isfinite(made.increments).all()
    assert made.members == 256  # whole chunks
    assert list(made.posterior) == ["1991", "1992", "1993", "1994"]
    assert set(made.posterior["1994"]) == set(NAMES)
    assert [done for _, done, _ in told] == [0, 1, 2, 3]
    densities = np.concatenate(list(made.predictive.values()))
    assert (np.isfinite(densities) == seen.there).all()


def test_the_record_moves_what_it_speaks_of_and_leaves_the_rest(run):
    made, _ = run
    before, after = (made.posterior.coordinates(year).astype(float) for year in ("1991", "1994"))
    moved = dict(zip(NAMES, after.std(axis=1) / before.std(axis=1), strict=True))
    learnt = {name: moved[name] for name in SPOKEN_OF}
    assert all(spread < 0.85 for spread in learnt.values()), learnt
    left = {name: moved[name] for name in NOT_YET}
    assert all(0.8 < spread < 1.2 for spread in left.values()), left
    assert 0.8 < np.median(list(moved.values())) < 1.2  # most are not spoken of in three years


def test_a_finished_run_is_read_again(run, kept, seen):
    made, _ = run
    files = list(kept.glob("*.npz"))
    again = condition(reading("necessity"), seen, members=200, steps=1, progress=None)
    assert list(kept.glob("*.npz")) == files
    np.testing.assert_array_equal(again.increments, made.increments)
    np.testing.assert_array_equal(again.posterior.points, made.posterior.points)
    assert again.stages == made.stages
    for name, each in made.predictive.items():
        np.testing.assert_allclose(again.predictive[name], each, rtol=1e-6)


def test_persistence_needs_no_parameters(kept, seen):
    made = condition(reading("persistence"), seen)
    assert len(made.posterior) == 0
    assert made.members == 0
    assert np.isfinite(made.increments).all()
    first = conditioning.firsts(seen)
    assert made.predictive["exports_rus"][0] == pytest.approx(first["exports_rus"])
