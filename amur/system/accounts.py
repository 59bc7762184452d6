"""Read off the books each quarter: trade dependence, asymmetry, leverage, capacities and the two rears."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.declare import Array, Parameters, parameter
from amur.system.forcings import Forcings
from amur.system.lines import Capacities
from amur.system.priors import LogNormal
from amur.system.state import State

parameter("leverage_trade", LogNormal(1.2, 1.4), "per share", "What a full trade dependence would weigh in leverage.", "G17 B2")
parameter("leverage_tech", LogNormal(0.5, 1.5), "per share", "What a full technology dependence would weigh in leverage.", "G17")
parameter("leverage_pipe", LogNormal(0.5, 1.5), "per share", "What having a single buyer for energy weighs in leverage.", "G18")
parameter("leverage_cover", LogNormal(0.3, 1.6), "per index", "What diplomatic cover weighs: its withdrawal would be costly.", "B10")


def share(part: Array, whole: Array) -> Array:
    """Part of a whole, 0 where there is none."""
    return part / jnp.maximum(whole, 1e-6)


def account(now: State, outside: Forcings, p: Parameters, can: Capacities) -> State:
    """The state with every account brought up to date."""
    both = now.exports_rus_chn + now.exports_chn_rus
    on_china = share(both, now.exports_rus + now.imports_rus)
    on_russia = share(both, outside.exports_chn + outside.imports_chn)
    tech = share(now.tech_chn, now.tech_chn + now.tech_wst + now.tech_sou)
    piped = jnp.minimum(now.oil_chn, can.oil_pipe) * 0.55 + now.gas_chn * now.gas_price_chn / 1000
    bound = share(piped, now.energy_revenue)
    exits = 0.5 * (now.share_raw_wst + now.share_oil_wst)
    weight = p.leverage_trade * on_china + p.leverage_tech * tech + p.leverage_pipe * bound + p.leverage_cover * now.cover
    leverage = (1 - jnp.exp(-weight)) * (1 - exits) * (1 - jnp.minimum(on_russia / jnp.maximum(on_china, 1e-6), 1))
    more_oil = jnp.maximum(can.oil_pipe + p.pacific_port - now.oil_chn, 0) + jnp.maximum(outside.oil_cas - now.chn_oil_overland, 0)
    more_oil = jnp.minimum(more_oil, outside.oil_supply_rus - now.oil_chn) + now.chn_oil_overland + now.chn_oil_pacific
    sea_oil = outside.oil_demand_chn * (1 - p.opensea_share)
    sea_gas = outside.gas_demand_chn
    rear_oil = jnp.clip(share(more_oil, sea_oil), 0, 1)
    rear_gas = jnp.clip(share(can.gas_pipe + outside.gas_cas + can.lng, sea_gas), 0, 1)
    rear_food = jnp.clip(share(jnp.minimum(can.land, outside.food_supply_rus), outside.food_demand_chn), 0, 1)
    china_rear = jnp.clip((tech + share(now.goods_chn, now.goods_chn + now.goods_wst + now.goods_sou) + now.yuan_share + now.plants) / 4, 0, 1)
    return now._replace(
        dependence_rus=on_china,
        dependence_chn=jnp.minimum(on_russia, 1),
        asymmetry=jnp.clip(jnp.log(jnp.maximum(on_china, 1e-6) / jnp.maximum(on_russia, 1e-6)), -5, 5),
        tech_dependence=tech,
        single_buyer=jnp.clip(bound, 0, 1),
        leverage_chn=jnp.clip(leverage, 0, 1),
        oil_pipe_capacity=can.oil_pipe,
        gas_pipe_capacity=can.gas_pipe,
        lng_capacity=can.lng,
        land_capacity=can.land,
        rear_oil=rear_oil,
        rear_gas=rear_gas,
        rear_food=rear_food,
        rear_chn=(rear_oil + rear_gas + rear_food) / 3,
        rear_rus=china_rear,
        west_over_rus=jnp.minimum(share(outside.trade_chn_wst, both), 1000),
    )
