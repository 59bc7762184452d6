"""The accounts: shares that stay shares, rears that grow with the routes, leverage that needs dependence without exits."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from amur.system import examples
from amur.system.accounts import account
from amur.system.declare import table
from amur.system.forcings import Forcings
from amur.system.lines import Capacities
from amur.system.parameters import draw
from amur.system.start import initial
from amur.system.state import Accounts, State

OUTSIDE: dict[str, float] = {
    "oil_price": 70, "exports_chn": 3600, "imports_chn": 2600, "trade_chn_wst": 1500, "oil_supply_rus": 240,
    "food_supply_rus": 60, "oil_demand_chn": 550, "gas_demand_chn": 180, "food_demand_chn": 160, "oil_cas": 10, "gas_cas": 42,
}  # fmt: skip
FLOWS: dict[str, float] = {
    "exports_rus_chn": 125, "exports_chn_rus": 105, "exports_rus": 420, "imports_rus": 280, "tech_chn": 70, "tech_wst": 15,
    "tech_sou": 25, "goods_chn": 50, "goods_wst": 60, "goods_sou": 60, "oil_chn": 100, "gas_chn": 38, "gas_price_chn": 250,
    "energy_revenue": 230, "share_oil_wst": 0.05, "share_raw_wst": 0.15, "cover": 0.6, "yuan_share": 0.5, "plants": 0.1,
    "chn_oil_overland": 50, "chn_oil_pacific": 40, "chn_oil_malacca": 360, "chn_oil_opensea": 100, "chn_oil_unmet": 0,
    "chn_gas_overland": 80, "chn_gas_pacific": 13, "chn_gas_sea": 87, "chn_gas_unmet": 0,
    "chn_food_overland": 6, "chn_food_sea": 154, "chn_food_unmet": 0,
}  # fmt: skip
CAN = {"oil_pipe": 40.0, "gas_pipe": 39.0, "lng": 41.0, "land": 11.0, "port": 1.0}


def of_2025(
    outside: dict[str, float] | None = None, can: dict[str, float] | None = None, **flows: float
) -> Any:
    p = draw(20, 3)
    now = initial(p)
    like = now.trust_rus
    now = now._replace(**{name: like * 0 + value for name, value in {**FLOWS, **flows}.items()})
    forcings = Forcings(
        **{name: jnp.float32({**OUTSIDE, **(outside or {})}.get(name, 1.0)) for name in Forcings._fields}
    )
    capacities = Capacities(**{name: like * 0 + value for name, value in {**CAN, **(can or {})}.items()})
    return account(now, forcings, p, capacities)


@pytest.fixture(scope="module")
def anywhere() -> State:
    """The accounts of states drawn from everywhere inside their bounds."""
    now, _, outside, p = examples.arguments(examples.points(2000, seed=5, edges=0.2))["change"]
    size = now.trust_rus.shape
    generator = np.random.default_rng(0)
    can = Capacities(*(jnp.asarray(generator.uniform(0, 200, size), jnp.float32) for _ in range(5)))
    return account(now, outside, p, can)


@pytest.mark.parametrize("name", Accounts._fields)
def test_accounts_are_finite_and_inside_their_bounds(anywhere: State, name: str) -> None:
    value, declared = np.asarray(getattr(anywhere, name)), table(Accounts)[name]
    assert np.isfinite(value).all()
    if name in ("dependence_rus", "energy_revenue"):
        return  # read off flows that the random states do not close
    assert value.min() >= declared.low - 1e-5
    assert value.max() <= declared.high + 1e-5


@pytest.mark.parametrize(
    ("route", "rear"),
    [
        ("oil_pipe", "rear_oil"),
        ("gas_pipe", "rear_gas"),
        ("lng", "rear_gas"),
        ("land", "rear_food"),
        ("port", "rear_oil"),
    ],
)
def test_the_rear_grows_with_the_routes(route: str, rear: str) -> None:
    least, more = of_2025(), of_2025(can={route: CAN[route] * 2})
    assert (np.asarray(getattr(more, rear)) > np.asarray(getattr(least, rear))).all()
    assert (np.asarray(more.rear_chn) > np.asarray(least.rear_chn)).all()


def test_the_rear_gives_no_oil_that_russia_does_not_have() -> None:
    none_left = of_2025(outside={"oil_supply_rus": 100.0}, chn_oil_pacific=10.0)
    assert np.allclose(none_left.rear_oil, 60 / (60 + 360))
    assert np.allclose(of_2025(can={"gas_pipe": 500.0}).rear_gas, 1)


def test_the_rear_of_2025_covers_gas_well_oil_in_part_and_food_hardly() -> None:
    now = of_2025()
    oil, gas, food = (float(np.median(getattr(now, name))) for name in ("rear_oil", "rear_gas", "rear_food"))
    assert food < oil < gas
    assert 0.03 < food < 0.12
    assert 0.15 < oil < 0.35
    assert 0.5 < gas < 0.8
    assert float(np.median(now.rear_chn)) == pytest.approx((food + oil + gas) / 3, abs=0.01)


def test_leverage_needs_dependence_that_is_one_sided_and_without_exits() -> None:
    now = np.asarray(of_2025().leverage_chn)
    assert 0.2 < np.median(now) < 0.8
    assert (np.asarray(of_2025(share_oil_wst=0.5, share_raw_wst=0.5).leverage_chn) < now).all()
    assert (np.asarray(of_2025(cover=0.0).leverage_chn) < now).all()
    assert np.allclose(of_2025(outside={"exports_chn": 60.0, "imports_chn": 60.0}).leverage_chn, 0)


def test_the_single_buyer_is_what_flows_by_pipe_at_its_price() -> None:
    now = of_2025(crude_concession=5.0)
    by_hand = (40 * 7.33 * 65 / 1000 + 38 * 250 / 1000) / 230
    assert np.allclose(now.single_buyer, by_hand, rtol=1e-4)
    assert np.allclose(now.dependence_rus, 230 / 700)
    assert np.allclose(now.dependence_chn, 230 / 6200)
    assert np.allclose(now.asymmetry, np.log((230 / 700) / (230 / 6200)), rtol=1e-4)


def test_china_is_more_of_a_rear_with_plants_and_technology() -> None:
    now = np.asarray(of_2025().rear_rus)
    assert (np.asarray(of_2025(plants=0.5).rear_rus) > now).all()
    assert (np.asarray(of_2025(tech_wst=60.0).rear_rus) < now).all()
