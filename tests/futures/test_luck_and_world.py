"""The luck and the world ahead: what a seed means, and that the world stays sane."""

from __future__ import annotations

import numpy as np
import pytest

from amur.errors import AmurError
from amur.futures import shocks
from amur.futures.outside import OUTSIDE
from amur.futures.plan import plan
from amur.futures.processes import SWINGS, forcings, projections
from amur.record import load
from amur.system.decisions import TERMS
from amur.system.declare import table
from amur.system.forcings import Forcings
from amur.system.history import history


@pytest.fixture(scope="module")
def start():
    return plan(members=1).begin


@pytest.fixture(scope="module")
def world(start):
    return {name: forcings(start, 3, 0, 84)[:, place] for place, name in enumerate(Forcings._fields)}


def test_a_longer_horizon_leaves_the_earlier_luck_alone():
    short, long = shocks.shocks(5, 2, 8), shocks.shocks(5, 2, 20)
    for a, b in zip(short, long, strict=True):
        assert np.array_equal(a, b[:8])


def test_seeds_blocks_and_names_have_luck_of_their_own():
    def first(seed, block, name):
        return shocks.stream(seed, block, name).random()

    assert len({first(1, 0, "a"), first(2, 0, "a"), first(1, 1, "a"), first(1, 0, "b")}) == 4


def test_gumbel_numbers_draw_from_the_softmax():
    logits = np.array([0.0, 1.0, -1.0])
    luck = shocks.shocks(7, 0, 84).options[:, : len(logits)]
    share = np.bincount((luck + logits[None, :, None]).argmax(axis=1).ravel(), minlength=3) / luck[:, 0].size
    expected = np.exp(logits) / np.exp(logits).sum()
    error = np.sqrt(expected * (1 - expected) / luck[:, 0].size)
    assert (abs(share - expected) < 4 * error).all()
    assert shocks.shocks(7, 0, 84).options.shape[1] == len(TERMS)


def test_the_cache_forgets_the_oldest_first():
    cache = shocks.Cache(100)
    made = []
    for name in "abac":
        cache.get(name, lambda name=name: made.append(name) or np.zeros(40, np.int8))
    assert made == ["a", "b", "c"]
    cache.get("b", lambda: made.append("again") or np.zeros(40, np.int8))
    assert made[-1] == "again"


def test_every_forcing_is_finite_within_bounds_and_the_same_for_the_same_seed(start, world):
    for name, declared in table(Forcings).items():
        assert np.isfinite(world[name]).all(), name
        assert (world[name] >= np.float32(declared.low)).all(), name
        assert (world[name] <= np.float32(declared.high)).all(), name
    assert np.array_equal(forcings(start, 3, 0, 40)[:, 0], world["oil_price"][:40])


def test_the_world_goes_on_from_where_history_ends(start, world):
    last = np.asarray(history().quarters.outside)[-1]
    for name, value in zip(Forcings._fields, last, strict=True):
        declared = table(Forcings)[name]
        smooth = name not in (
            "espionage",
            "exposure",
            "grievance_spark",
            "stress_chn",
            "stress_rus",
            "growth_chn",
            "gas_price",
        )
        if smooth and value > 0 and declared.high > 1:
            assert np.median(world[name][0]) == pytest.approx(value, rel=0.12), name


def test_prices_swing_as_much_as_they_did(world):
    now = np.log(world["oil_price"])
    assert 0.1 < np.diff(now, axis=0).std() < 0.22  # 0.15 in the record since 1992
    assert 0.3 < np.exp(now[-1]).std() / np.exp(now[-1]).mean() < 1.2


def test_fossil_imports_peak_in_a_year_that_is_unsure(world):
    peak = world["oil_demand_chn"].argmax(axis=0)
    assert len(np.unique(peak)) > 8
    assert np.median(world["oil_demand_chn"][-1]) < np.median(world["oil_demand_chn"][0])
    assert np.median(world["transition"][40]) > np.median(world["transition"][0])


def test_people_grow_fewer_as_projected(start, world):
    ratio = dict(projections(load())["chn"])
    before = np.interp(2026.0, *zip(*start.people["chn"], strict=True))
    at = np.interp(2047.0, *zip(*start.people["chn"], strict=True)) / before
    assert np.median(world["population_chn"][-1]) / start.last["population_chn"] == pytest.approx(at, rel=0.01)
    assert ratio[2050.0] < ratio[2030.0] < 1


def test_ages_rise_by_a_quarter_and_straits_stay_open(start, world):
    assert np.allclose(world["age_rus"][3], start.last["age_rus"] + 1)
    assert (world["malacca_open"] == 1).all()


def test_swings_and_priors_name_things_that_exist():
    assert set(SWINGS) <= set(Forcings._fields)
    for declared in OUTSIDE.values():
        assert declared.why.endswith(".")
        assert np.isfinite(declared.prior.quantile(np.array([0.001, 0.5, 0.999]))).all()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"members": 0}, "members"),
        ({"members": 2.5}, "members"),
        ({"seed": -1}, "seed"),
        ({"until": "2020-Q4"}, "until"),
        ({"until": "later"}, "until"),
        ({"start": "2040-Q1"}, "start"),
        ({"precision": 16}, "precision"),
        ({"annual": True, "until": "2030-Q3"}, "annual"),
        ({"scenario": "taiwan-wars"}, "scenario"),
        ({"parameters": {}}, "parameters"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(asked, field):
    with pytest.raises(AmurError) as caught:
        plan(**asked)
    assert caught.value.field == field


def test_unknown_quantities_and_parameters_are_named():
    with pytest.raises(AmurError, match="oil_price"):
        plan(keep=["oil_prize"])
    with pytest.raises(AmurError, match="parameter"):
        plan(priors={"no_such": OUTSIDE["oil_level"].prior})
