"""The world seen from an origin: nothing of later is in it, and it follows the rules that are stated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from amur.record.record import load
from amur.system.forcings import Forcings
from amur.system.history import history
from amur.validation.world import WINDOW, carried_on, forcings, known_by, past_of, world_at

ORIGIN = 2013


@pytest.fixture(scope="module")
def record():
    return load(overlay=False)


def changed_after(record, year, factor=1.7):
    """The record with another future: larger numbers (codes stay codes), and war in Ukraine throughout."""

    def other(row):
        if int(row.period[:4]) <= year:
            return row
        if row.series == "war.ukraine.state":
            return row._replace(value=3.0)
        return row._replace(value=row.value * factor) if row.value > 10 else row

    rows = [other(row) for row in record.tables.observations]
    return replace(record, tables=replace(record.tables, observations=rows))


def test_values_are_known_when_their_period_is_over_and_not_before(record):
    cut = known_by(record, ORIGIN)
    last = cut.timeseries("trade.gdp.chn").points[-1]
    assert last.period == str(ORIGIN)
    assert max(event.date[:4] for event in cut.events) == str(ORIGIN)


def test_what_came_later_changes_nothing(record):
    other = changed_after(record, ORIGIN)
    assert not np.allclose(history(other).quarters.outside[-1], history(record).quarters.outside[-1])
    here, there = (past_of(each, ORIGIN) for each in (record, other))
    for mine, theirs in zip(here.quarters, there.quarters, strict=True):
        if mine is not None:
            np.testing.assert_array_equal(mine, theirs)
    assert world_at(here) == world_at(there)


def test_a_flat_end_goes_on_at_the_trend_and_a_line_to_the_end_is_left_alone():
    line = np.concatenate([np.arange(100.0, 100 + 4 * WINDOW + 4), np.full(4, 147.0)])
    made = carried_on(line)
    first = int(np.flatnonzero(line == line[-1])[0])
    assert (made[:first] == line[:first]).all()
    yearly = (line[first] - line[first - 4 * WINDOW]) / WINDOW
    assert made[-1] - made[-2] == pytest.approx(yearly / 4)
    young = np.concatenate([np.ones(3), np.full(4, 2.0)])
    assert (carried_on(young) == young).all()


def test_the_level_of_oil_lies_between_its_mean_and_the_present(record):
    past = past_of(record, ORIGIN)
    price = np.asarray(past.quarters.outside)[:, Forcings._fields.index("oil_price")]
    level = world_at(past).priors["oil_level"].median
    mean, present = np.exp(np.log(price[-4 * WINDOW :]).mean()), np.exp(np.log(price[-4:]).mean())
    assert min(mean, present) < level < max(mean, present)
    assert level == pytest.approx(np.sqrt(mean * present), rel=1e-4)


@pytest.mark.parametrize("origin", [2005, 2013, 2024])
def test_forcings_ahead_are_numbers_near_the_last_ones(record, origin):
    past = past_of(record, origin)
    made = forcings(world_at(past), seed=3, block=0, quarters=20)
    assert np.isfinite(made).all()
    for name in ("gdp_chn", "world_trade", "oil_demand_chn", "coal_supply_rus"):
        place = Forcings._fields.index(name)
        ratio = np.median(made[0, place]) / float(past.quarters.outside[-1, place])
        assert 0.9 < ratio < 1.15, name
    np.testing.assert_array_equal(made, forcings(world_at(past), seed=3, block=0, quarters=20))


def test_no_peak_is_in_sight_and_the_transition_stays_as_expected(record):
    past = past_of(record, ORIGIN)
    made = forcings(world_at(past), seed=3, block=0, quarters=20)
    demand = np.median(made[:, Forcings._fields.index("oil_demand_chn")], axis=1)
    assert demand[-1] > 1.2 * demand[0]
    expected = made[:, Forcings._fields.index("transition")]
    assert (expected == np.float32(past.quarters.outside[-1, Forcings._fields.index("transition")])).all()
