"""Forecasts of the model from an origin: the past is history, and nothing that came later gets in."""

from __future__ import annotations

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest

from amur.errors import AmurError
from amur.record.record import load
from amur.system.history import history
from amur.system.model import DECISIONS, Model
from amur.system.observables import KEEP
from amur.system.observe import CATEGORIES, observed, predict
from amur.system.parameters import NAMES, draw
from amur.system.run import Setting, keep_compiled, run
from amur.system.start import initial
from amur.system.state import QUANTITIES
from amur.system.step import Luck, Quarter
from amur.validation.forecasts_of_model import (
    FREE,
    HORIZON,
    forecast,
    luck_after,
    parameters,
    situation,
    through,
)
from amur.validation.targets import TARGETS, places

MEMBERS, ORIGIN = 64, "2013"
NOISE = {declared.noise for declared in QUANTITIES.values() if declared.noise}


@pytest.fixture(scope="module")
def record():
    keep_compiled()
    return load(overlay=False)


@pytest.fixture(scope="module")
def seen(record):
    return observed(record)


@pytest.fixture(scope="module")
def sets():
    return draw(MEMBERS, 5)._asdict()


@pytest.fixture(scope="module")
def given(record, seen):
    return situation("given", ORIGIN, record, seen)


@pytest.fixture(scope="module")
def nothing(record, seen):
    return situation("nothing", ORIGIN, record, seen)


@pytest.fixture(scope="module")
def of_given(given, sets):
    return forecast(given, sets, seed=2)


@pytest.fixture(scope="module")
def of_nothing(nothing, sets):
    return forecast(nothing, sets, seed=2)


def as_happened(record, members):
    """History in the shapes of a hindcast, so that nothing is compiled twice, and luck that does nothing."""
    quarters = history(record).quarters
    outside = jnp.repeat(quarters.outside[..., None], members, axis=-1)
    return Quarter(*quarters)._replace(outside=outside)


def test_with_everything_given_and_no_noise_it_is_history(record, seen, sets):
    at = situation("given-lines", ORIGIN, record, seen)
    fixed = np.asarray(history(record).quarters.fixed)
    at = at._replace(quarters=at.quarters._replace(fixed=fixed))
    p = parameters(sets | {name: np.zeros(MEMBERS) for name in NOISE})
    made = through(at, p, seed=9)
    idle = Luck(*(jnp.zeros_like(each) for each in luck_after(at, 9, MEMBERS)))
    setting = Setting(Model(), KEEP, motives=True, odds=True)
    truth = run(setting, initial(p), p, as_happened(record, MEMBERS), idle)
    for name in KEEP:
        np.testing.assert_allclose(made.kept[name], truth.kept[name], rtol=1e-5, atol=1e-6, err_msg=name)


def test_before_the_origin_there_is_no_luck(given, sets):
    p = parameters(sets)
    one, other = through(given, p, seed=1), through(given, p, seed=2)
    for name in KEEP:
        np.testing.assert_array_equal(one.kept[name][: given.ahead], other.kept[name][: given.ahead])
    assert any((one.kept[name][given.ahead] != other.kept[name][given.ahead]).any() for name in KEEP)


def test_the_same_seed_gives_the_same_samples_and_another_seed_others(given, sets, of_given):
    np.testing.assert_array_equal(forecast(given, sets, seed=2).samples, of_given.samples)
    assert (forecast(given, sets, seed=3).samples != of_given.samples).any()


SPLICED = {"west_over_rus"}
"""Targets whose past is laid on a later level by a splice: of today's vintage, as the record of them is."""


def test_nothing_known_after_the_origin_enters(record, sets, of_nothing):
    later = {"war.ukraine.state": 3.0}

    def other(row):
        if row.period[:4] <= ORIGIN:
            return row
        return row._replace(value=later.get(row.series, row.value * 1.7 if row.value > 10 else row.value))

    rows = [other(row) for row in record.tables.observations]
    future = replace(record, tables=replace(record.tables, observations=rows))
    made = forecast(situation("nothing", ORIGIN, future, observed(future)), sets, seed=2)
    for name, place in places().items():
        if name not in SPLICED:
            np.testing.assert_array_equal(made.samples[place], of_nothing.samples[place], err_msg=name)
    for name in CATEGORIES:
        np.testing.assert_array_equal(made.chances[name], of_nothing.chances[name])


def test_a_discrepancy_goes_on_from_the_last_residual(given, sets):
    name = "exports_rus_chn"
    small = {f"persistence_{name}": np.full(MEMBERS, 1 - 1e-7), f"scale_{name}": np.full(MEMBERS, 1e-4)}
    stuck = sets | small | {"rough_start": np.zeros(MEMBERS)}
    made = forecast(given, stuck, seed=2).samples[places()[name]]
    p = parameters(stuck)
    lucky = int(np.random.SeedSequence([2, int(ORIGIN)]).generate_state(1)[0])
    predicted = np.asarray(predict(through(given, p, lucky), p, given.labels)[name])
    first = given.ahead // 4
    off = given.shown[name][first - 1] / predicted[first - 1]
    np.testing.assert_allclose(made, predicted[first : first + HORIZON] * off, rtol=1e-3)


def test_what_is_given_is_as_it_happened_and_the_rest_is_drawn(given, of_given, of_nothing, seen):
    codes = slice(given.ahead, given.stop)
    for name in CATEGORIES:
        came = seen.options[name][codes]
        same = (of_given.chosen[name] == came[:, None]).all()
        assert same == (name not in FREE) or name == "treaty", name
    assert (of_nothing.chosen["sanctions"] != seen.options["sanctions"][codes][:, None]).any()
    assert (np.asarray(given.quarters.fixed)[given.ahead :, DECISIONS.index("support")] == -1).all()
    for made in (of_given, of_nothing):
        for chances in made.chances.values():
            np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-4)


def test_every_target_has_samples_to_the_end_of_the_record_and_none_after(record, seen, sets, of_given):
    assert np.isfinite(of_given.samples).all()
    late = forecast(situation("given", "2023", record, seen), sets, seed=2).samples
    assert np.isfinite(late[:, :2]).all()
    assert np.isnan(late[:, 2:]).all()
    assert late.shape == (len(TARGETS), HORIZON, MEMBERS)


def test_without_a_mechanism_group_the_forecast_is_another(given, sets, of_given):
    made = forecast(given, sets, seed=2, without=("price",))
    place = places()["concession"]
    assert (made.samples[place] != of_given.samples[place]).any()
    with pytest.raises(AmurError, match="mechanism group"):
        forecast(given, sets, without=("prices",))


@pytest.mark.parametrize(("setting", "origin"), [("something", "2013"), ("given", "2025"), ("given", "1887")])
def test_a_setting_or_origin_that_there_is_not_is_one_error(record, seen, setting, origin):
    with pytest.raises(AmurError):
        situation(setting, origin, record, seen)


def test_parameter_sets_are_taken_by_name(sets):
    assert tuple(parameters(sets)._fields) == NAMES
