"""Mixtures: members by weight, whole, and none from a reading without weight."""

from __future__ import annotations

import numpy as np
import pytest

from amur.errors import AmurError
from amur.system.parameters import NAMES
from amur.validation.forecasts_of_model import HORIZON, Forecast
from amur.validation.mixtures import even, mixed, picks, pooled, thinned
from amur.validation.targets import TARGETS


def constant(value, members=50, without=()):
    samples = np.full((len(TARGETS), HORIZON, members), value, np.float32)
    samples[list(without)] = np.nan
    return Forecast(
        "given",
        "2010",
        samples,
        {"support": np.full((20, 4), value)},
        {"support": np.full((20, members), value)},
    )


def test_members_come_by_weight_to_one():
    rng = np.random.default_rng(1)
    taken = picks({"a": 0.7, "b": 0.25, "c": 0.05}, {"a": 500, "b": 500, "c": 500}, 1000, rng)
    counts = {name: len(each) for name, each in taken.items()}
    assert sum(counts.values()) == 1000
    for name, weight in (("a", 700), ("b", 250), ("c", 50)):
        assert abs(counts[name] - weight) <= 1
    assert len(set(taken["b"])) == counts["b"]


@pytest.mark.parametrize("weights", [{"a": 1.0, "b": 0.0}, {"a": 1.0}])
def test_a_reading_without_weight_has_no_members(weights):
    made = mixed({"a": constant(1), "b": constant(2)}, weights, 100)
    assert (made.samples == 1).all()
    assert (made.chosen["support"] == 1).all()
    assert (made.chances["support"] == 1).all()


def test_samples_and_chances_are_weighed_alike():
    made = mixed({"a": constant(0), "b": constant(1)}, {"a": 0.3, "b": 0.7}, 1000)
    assert made.samples.mean() == pytest.approx(0.7, abs=0.002)
    assert made.chances["support"][0, 0] == pytest.approx(0.7)
    assert (made.samples[0, 0] == made.samples[5, 3]).all()  # members stay whole


def test_a_target_that_a_reading_lacks_comes_from_the_others():
    made = mixed({"a": constant(1), "b": constant(2, without=[3])}, {"a": 0.5, "b": 0.5}, 100)
    assert (made.samples[3] == 1).all()
    assert made.samples[4].mean() == pytest.approx(1.5, abs=0.02)


def test_no_weight_at_all_is_an_error():
    with pytest.raises(AmurError, match="weight"):
        mixed({"a": constant(1)}, {"b": 1.0}, 10)


def test_parameter_sets_are_pooled_by_weight_and_thinned_evenly():
    sets = {name: {each: np.full(40, number) for each in NAMES} for number, name in enumerate("ab")}
    made = pooled(sets, {"a": 0.25, "b": 0.75}, 100)
    assert made[NAMES[0]].mean() == pytest.approx(0.75, abs=0.011)
    assert len(made[NAMES[-1]]) == 100
    line = {each: np.arange(40.0) for each in NAMES}
    assert thinned(line, 10)[NAMES[0]].tolist() == list(range(0, 40, 4))
    assert len(thinned(line, 100)[NAMES[0]]) == 100
    assert even("ab") == {"a": 0.5, "b": 0.5}
