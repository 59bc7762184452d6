"""The books close: for any state, prior draw, cut and addition, what is sold is bought and nothing is made of nothing."""

from __future__ import annotations

import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from amur.system import examples
from amur.system.flows import CUTTABLE, Limits, settle
from amur.system.history import history
from amur.system.lines import capacities
from amur.system.mechanisms import lock_in
from amur.system.parameters import draw
from amur.system.run import Setting, run
from amur.system.start import initial
from amur.system.state import Flows

MANY = 128
SPLIT = ("oil", "lng", "coal", "raw", "goods", "tech")
ENDS = ("chn", "wst", "sou")


@functools.cache
def _settled() -> Any:
    def books(now: Any, pulls: Any, outside: Any, p: Any, cut: Any, add: Any) -> Any:
        can = capacities(now)
        limits = Limits(dict(zip(CUTTABLE, cut, strict=True)), dict(zip(CUTTABLE, add, strict=True)))
        return settle(now, pulls, outside, p, limits, can), can

    return jax.jit(books)


def _books(seed: int, most_added: float) -> tuple[dict[str, Any], ...]:
    """The books of random states under random cuts and additions: state after, capacities, forcings, pulls, parameters, cuts."""
    points = examples.points(MANY, seed=seed, edges=0.3)
    now, _, outside, p, pulls = examples.arguments(points)["settle"]
    generator = np.random.default_rng([seed, 1])
    cut = np.where(
        generator.random((len(CUTTABLE), MANY)) < 0.3, generator.integers(0, 2, (len(CUTTABLE), MANY)), 1
    )
    cut = np.where(generator.random(cut.shape) < 0.3, generator.random(cut.shape), cut).astype(np.float32)
    add = np.where(generator.random(cut.shape) < 0.3, generator.normal(0, 1, cut.shape) * most_added, 0)
    after, can = _settled()(now, pulls, outside, p, jnp.asarray(cut), jnp.asarray(add, jnp.float32))

    def plain(table: Any) -> dict[str, Any]:
        return {name: np.asarray(value, np.float64) for name, value in table._asdict().items() if name != "was"}

    return (
        plain(after),
        plain(can),
        plain(outside),
        plain(pulls),
        plain(p),
        dict(zip(CUTTABLE, cut, strict=True)),
    )


books = given(seed=st.integers(0, 2**31), most_added=st.sampled_from([0.0, 5.0, 500.0]))
few = settings(max_examples=6, deadline=None)


def _at_most(part: Any, whole: Any) -> None:
    np.testing.assert_array_less(part, whole * (1 + 1e-5) + 1e-3)


@few
@books
def test_flows_are_finite_and_never_negative(seed: int, most_added: float) -> None:
    after, *_ = _books(seed, most_added)
    for name in (*Flows._fields, "energy_revenue"):
        assert np.isfinite(after[name]).all(), name
        assert after[name].min() >= 0, name


@few
@books
def test_no_more_is_sold_than_there_is(seed: int, most_added: float) -> None:
    after, can, outside, pulls, p, _ = _books(seed, most_added)
    raw = (
        p["raw_base"]
        * (outside["world_trade"] / 3800) ** p["raw_trade"]
        * (outside["oil_price"] / 19) ** p["raw_oil"]
    )
    supply = {
        "oil": outside["oil_supply_rus"] * np.exp(pulls["pull_oil_supply"]),
        "lng": can["lng"],
        "coal": outside["coal_supply_rus"],
        "raw": raw * np.exp(pulls["pull_raw_supply"]),
        "goods": after["import_budget"] * (1 - p["tech_share"]),
        "tech": after["import_budget"] * p["tech_share"],
    }
    for good, most in supply.items():
        _at_most(sum(after[f"{good}_{end}"] for end in ENDS), most)
    _at_most(after["food_chn"] + after["food_oth"], outside["food_supply_rus"])
    _at_most(after["imports_rus"], after["import_budget"])


@few
@books
def test_no_pipe_carries_more_than_it_can(seed: int, most_added: float) -> None:
    after, can, outside, *_ = _books(seed, most_added)
    _at_most(after["gas_chn"], can["gas_pipe"])
    _at_most(after["gas_wst"], outside["gas_west_capacity"])
    _at_most(after["chn_oil_overland"], can["oil_pipe"] + outside["oil_cas"])
    _at_most(after["chn_gas_overland"], can["gas_pipe"] + outside["gas_cas"])
    _at_most(after["chn_food_overland"], can["land"])


@few
@books
def test_routes_to_china_carry_its_demand_or_leave_it_unmet(seed: int, most_added: float) -> None:
    after, _, outside, *_ = _books(seed, most_added)
    routes = {
        "oil": ("overland", "pacific", "malacca", "opensea", "unmet"),
        "gas": ("overland", "pacific", "sea", "unmet"),
        "food": ("overland", "sea", "unmet"),
    }
    for cargo, ways in routes.items():
        carried = sum(after[f"chn_{cargo}_{way}"] for way in ways)
        np.testing.assert_allclose(carried, outside[f"{cargo}_demand_chn"], rtol=2e-5, atol=2e-3)
    _at_most(after["oil_chn"], outside["oil_demand_chn"])
    _at_most(after["gas_chn"] + after["lng_chn"], outside["gas_demand_chn"])
    _at_most(after["coal_chn"], outside["coal_demand_chn"])


@few
@books
def test_what_one_exports_the_other_imports(seed: int, most_added: float) -> None:
    after, *_ = _books(seed, most_added)
    from_china = after["goods_chn"] + after["tech_chn"]
    np.testing.assert_allclose(after["exports_chn_rus"], from_china, rtol=1e-5, atol=1e-4)
    every = sum(after[f"{good}_{end}"] for good in ("goods", "tech") for end in ENDS)
    np.testing.assert_allclose(after["imports_rus"], every, rtol=1e-5, atol=1e-4)
    _at_most(after["exports_rus_chn"], after["exports_rus"])
    _at_most(after["exports_chn_rus"], after["imports_rus"])
    _at_most(after["dualuse_chn"], after["tech_chn"])


@few
@given(seed=st.integers(0, 2**31))
def test_a_full_cut_stops_a_flow(seed: int) -> None:
    after, _, _, _, _, cut = _books(seed, 0.0)
    for name, share in cut.items():
        stopped = share == 0
        assert np.all(after[name][stopped] <= 1e-6), name


@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 2**31))
def test_history_keeps_the_books_for_any_strengths_and_priors(seed: int) -> None:
    """Mechanisms of any strength from 0 to 2: shares still sum to at most one and stay finite through 34 years."""
    past = history().quarters
    generator = np.random.default_rng([seed, 2])
    strength = jnp.asarray(2 * generator.random(past.strength.shape[1:]), jnp.float32)
    p = draw(16, seed)
    path = _long_run(past._replace(strength=jnp.broadcast_to(strength, past.strength.shape)), p)
    for good in SPLIT:
        both = path[f"share_{good}_chn"] + path[f"share_{good}_wst"]
        assert np.isfinite(both).all()
        assert both.max() <= 1 + 1e-5, good
    for name in Flows._fields:
        assert np.isfinite(path[name]).all(), name
        assert path[name].min() >= 0, name
    _at_most(path["exports_rus_chn"], path["exports_rus"])


def test_without_lock_in_shares_do_not_move() -> None:
    """With every mechanism at strength 0 each share stays where it stood in 1992."""
    past = history().quarters
    p = draw(16, 5)
    path = _long_run(past._replace(strength=jnp.zeros_like(past.strength)), p)
    start = initial(p)
    for good in SPLIT:
        for end in ("chn", "wst"):
            name = f"share_{good}_{end}"
            np.testing.assert_array_equal(
                path[name], np.broadcast_to(np.asarray(getattr(start, name)), path[name].shape)
            )


def test_shares_go_to_the_logit_of_their_attractions() -> None:
    """Quarter after quarter under the same pulls, a share ends at its attraction over the sum of all three."""
    now, chosen, outside, p, pulls = examples.arguments(examples.points(MANY, seed=3))["settle"]
    for _ in range(400):
        change = lock_in.exports_turn_slowly(now, chosen, outside, p, pulls)
        now = now._replace(**{name: getattr(now, name) + change[name] for name in change})
    east = np.exp(np.asarray(p.attraction_coal_chn + pulls.pull_coal_chn))
    west = np.exp(np.asarray(p.attraction_coal_wst + pulls.pull_coal_wst))
    np.testing.assert_allclose(np.asarray(now.share_coal_chn), east / (1 + east + west), rtol=1e-3, atol=1e-5)


KEPT = (*(f"share_{good}_{end}" for good in SPLIT for end in ("chn", "wst")), *Flows._fields)


def _long_run(quarters: Any, p: Any) -> dict[str, Any]:
    path = run(Setting(keep=KEPT, motives=False), initial(p), p, quarters)
    return {name: np.asarray(values) for name, values in path.kept.items()}
