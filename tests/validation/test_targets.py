"""What is forecast: enough series in three groups, and a reason for whatever is left out."""

from __future__ import annotations

import numpy as np
import pytest

from amur.system.observables import OBSERVABLES
from amur.system.observe import observed
from amur.validation.targets import GROUPS, LEAST, NO_TARGET, SINCE, TARGETS, left_out, values_since


@pytest.fixture(scope="module")
def seen():
    return observed()


def test_at_least_twenty_series_and_some_in_each_group():
    assert len(TARGETS) >= 20
    assert all(len(names) >= 5 for names in GROUPS.values())


def test_every_observable_is_a_target_or_left_out_for_a_reason(seen):
    reasons = left_out(seen)
    assert set(TARGETS) | set(reasons) == set(OBSERVABLES)
    assert not set(TARGETS) & set(reasons)
    assert all(reasons.values())


def test_whoever_has_enough_values_is_in_and_nobody_else(seen):
    enough = {name for name in OBSERVABLES if values_since(name, seen) >= LEAST}
    assert enough - set(NO_TARGET) == set(TARGETS)


def test_quarters_are_averaged_over_whole_years(seen):
    target = TARGETS["concession"]
    quarters = seen.values["concession"]
    shown = target.shown(seen)
    place = seen.years.index("2015")
    assert len(shown) == len(seen.years)
    assert shown[place] == pytest.approx(quarters[4 * place : 4 * place + 4].mean())
    assert np.isnan(shown[seen.years.index(str(SINCE - 10))])


def test_counts_are_scored_as_they_are_and_flows_in_logs():
    assert TARGETS["vetoes"].scaled([3.0])[0] == 3
    assert TARGETS["exports_rus_chn"].scaled([np.e])[0] == pytest.approx(1.0)
    floor = OBSERVABLES["arms_chn"].floor
    assert TARGETS["arms_chn"].scaled([0.0])[0] == pytest.approx(np.log(floor))
