"""Futures from what the record left of the readings."""

import numpy as np
import pytest

from amur.conditioning import store
from amur.errors import AmurError
from amur.futures.plan import plan
from amur.system.parameters import NAMES, draw


def test_a_simulation_can_take_the_parameters_that_the_record_left():
    asked = plan(members=300, until="2026-Q1", seed=4, parameters="posterior")
    mixture = store.ensemble(300, 4, "stacking")
    assert all(np.array_equal(asked.parameters[name], mixture[name]) for name in NAMES)
    assert asked.parameters_hash != plan(members=300, until="2026-Q1", seed=4).parameters_hash
    other = plan(members=300, until="2026-Q1", seed=4, parameters="prequential")
    assert other.parameters_hash != asked.parameters_hash


def test_what_the_record_speaks_of_is_narrower_than_before():
    left = store.ensemble(600, 1)
    before = draw(600, 1)
    for name in ("scale_imports_rus", "scale_exports_rus"):
        assert np.log(left[name]).std() < 0.6 * np.log(np.asarray(getattr(before, name))).std()


def test_an_unknown_mixture_is_refused():
    with pytest.raises(AmurError, match="'best' is no parameter set") as fault:
        plan(members=10, until="2026-Q1", parameters="best")
    assert fault.value.field == "parameters"
