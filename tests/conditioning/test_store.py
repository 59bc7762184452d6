"""The published posteriors: there, fresh, quick to read, and what they give."""

import numpy as np
import pytest

from amur.conditioning import store
from amur.errors import AmurError
from amur.readings import readings
from amur.system.parameters import NAMES


@pytest.fixture(scope="module")
def known():
    return store.published()


def test_what_is_published_is_made_of_what_is_here(known):
    """`amur condition` must be run again when the record, a reading or the model has changed."""
    assert store.fresh(), "the published posteriors are stale: run `amur condition`"


def test_every_reading_is_published(known):
    assert set(known.runs) == set(readings())
    for name, run in known.runs.items():
        assert np.isfinite(run.increments).all(), name
        assert run.years[0] == "1992"
        assert run.years[-1] == "2025"


def test_evidence_widens_few_parameters(known):
    """In units of the prior's spread. A sampler that learns from the members it moves leaves most too wide (docs/experiments/sampler.md)."""
    with_parameters = {name: run.posterior for name, run in known.runs.items() if len(run.posterior)}
    assert len(with_parameters) == len(known.runs) - 1
    for name, posterior in with_parameters.items():
        spread = posterior.coordinates("2025").astype(float).std(axis=1)
        assert np.median(spread) < 1.0, name
        assert np.quantile(spread, 0.95) < 1.12, name  # 512 members know a spread to within 3%


def test_weights_sum_to_one_and_follow_the_evidence(known):
    for kind in ("stacking", "prequential"):
        weights = known.weights(kind)
        assert sum(weights.values()) == pytest.approx(1)
    totals = {name: run.evidence for name, run in known.runs.items()}
    likeliest = max(totals, key=totals.get)
    assert max(known.weights("prequential"), key=known.weights("prequential").get) == likeliest


def test_an_ensemble_mixes_the_readings_by_weight(known):
    alone = store.ensemble(300, 1, {"alliance": 1.0})
    held = known.runs["alliance"].posterior["2025"]
    assert set(alone) == set(NAMES)
    assert np.isin(alone["trust_gain"], held["trust_gain"]).all()
    both = store.ensemble(4000, 1, {"alliance": 0.25, "necessity": 0.75})
    share = np.isin(both["trust_gain"], held["trust_gain"]).mean()
    assert share == pytest.approx(0.25, abs=0.03)
    again = store.ensemble(300, 1, {"alliance": 1.0})
    assert all(np.array_equal(alone[name], again[name]) for name in NAMES)


def test_persistence_alone_has_no_parameters_to_give(known):
    with pytest.raises(AmurError, match="no reading with parameters"):
        store.ensemble(10, 1, {"persistence": 1.0})
    with pytest.raises(AmurError, match="no published reading 'alliances'"):
        store.ensemble(10, 1, {"alliances": 1.0})


def test_it_is_small(known):
    assert store.FILE.stat().st_size < 6e6
