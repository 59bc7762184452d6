"""Read off the books each quarter: trade dependence, asymmetry, leverage, capacities and the two rears.

Nothing here acts: the accounts are definitions, and a definition that one would rather have otherwise is changed here.

* *Trade dependence* of a side is the other's share of its goods trade, imports and exports together.
* *Single buyer* is the value share of Russia's energy exports that leaves by pipes which end in China.
* *Leverage* of Beijing is what dependence weighs, ``1 - exp(-(trade + technology + pipes + cover))``, times what is
  missing of a way back (the West's share of Russia's crude and other exports), times the asymmetry (one less China's
  dependence over Russia's). It is 0 where dependence is mutual and near 1 where it is complete and one-sided.
* ``rear_oil``: of the crude that would come past Malacca if there were no rear, the share that Russia and Central Asia
  carry or could carry at once: what comes by pipe and from Pacific ports, and what these have free as far as Russia has
  the crude. ``rear_gas`` and ``rear_food`` likewise, over what comes by sea from anyone else: by pipe and from Russian
  plants; by rail, bridge and grain terminal. Each grows as the rear is built and is 1 where it would suffice.
* ``rear_chn`` is the mean of the three.
* ``rear_rus`` is the mean of China's share of Russia's technology imports, its share of Russia's imports of goods, the
  yuan's share of their trade and the production moved.
"""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.declare import Array, Parameters, parameter
from amur.system.flows import BARRELS
from amur.system.forcings import Forcings
from amur.system.lines import Capacities
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "leverage_trade",
    LogNormal(1.2, 1.4),
    "per share",
    "What a full trade dependence would weigh in leverage.",
    "G17 B2",
)
parameter(
    "leverage_tech",
    LogNormal(0.5, 1.5),
    "per share",
    "What a full technology dependence would weigh in leverage.",
    "G17",
)
parameter(
    "leverage_pipe",
    LogNormal(0.5, 1.5),
    "per share",
    "What having a single buyer for energy weighs in leverage.",
    "G18",
)
parameter(
    "leverage_cover",
    LogNormal(0.3, 1.6),
    "per index",
    "What diplomatic cover weighs: its withdrawal would be costly.",
    "B10",
)

CRUDE = BARRELS / 1000  # US$ bn for a million tonnes at a dollar a barrel


def share(part: Array, whole: Array) -> Array:
    """Part of a whole, 0 where there is none."""
    return part / jnp.maximum(whole, 1e-6)


def account(now: State, outside: Forcings, p: Parameters, can: Capacities) -> State:
    """The state with every account brought up to date."""
    both = now.exports_rus_chn + now.exports_chn_rus
    on_china = share(both, now.exports_rus + now.imports_rus)
    on_russia = share(both, outside.exports_chn + outside.imports_chn)
    tech = share(now.tech_chn, now.tech_chn + now.tech_wst + now.tech_sou)
    goods = share(now.goods_chn, now.goods_chn + now.goods_wst + now.goods_sou)
    bound = jnp.clip(single_buyer(now, outside, can), 0, 1)
    relative = share(on_russia, on_china)
    return now._replace(
        dependence_rus=on_china,
        dependence_chn=jnp.minimum(on_russia, 1),
        asymmetry=-jnp.log(jnp.clip(relative, 0.006738, 148.41)),
        tech_dependence=tech,
        single_buyer=bound,
        leverage_chn=leverage(now, p, on_china, tech, bound, relative),
        oil_pipe_capacity=can.oil_pipe,
        gas_pipe_capacity=can.gas_pipe,
        lng_capacity=can.lng,
        land_capacity=can.land,
        rear_rus=jnp.clip((tech + goods + now.yuan_share + now.plants) / 4, 0, 1),
        west_over_rus=jnp.minimum(share(outside.trade_chn_wst, both), 1000),
        **rear(now, outside, p, can),
    )


def single_buyer(now: State, outside: Forcings, can: Capacities) -> Array:
    """The share of Russia's energy exports, by value, that goes by pipes with China at their end."""
    price = jnp.maximum(outside.oil_price - now.crude_concession, 0.2 * outside.oil_price)
    piped = jnp.minimum(now.oil_chn, can.oil_pipe) * price * CRUDE + now.gas_chn * now.gas_price_chn / 1000
    return share(piped, now.energy_revenue)


def leverage(now: State, p: Parameters, trade: Array, tech: Array, bound: Array, relative: Array) -> Array:
    """Beijing's leverage: the weight of dependence, without the ways out, as far as it is one-sided."""
    exits = 0.5 * (now.share_raw_wst + now.share_oil_wst)
    weight = (
        p.leverage_trade * trade
        + p.leverage_tech * tech
        + p.leverage_pipe * bound
        + p.leverage_cover * now.cover
    )
    return (1 - jnp.exp(-weight)) * jnp.clip(1 - exits, 0, 1) * (1 - jnp.clip(relative, 0, 1))


def rear(now: State, outside: Forcings, p: Parameters, can: Capacities) -> dict[str, Array]:
    """What the rear carries or could carry at once, over that and what now comes by sea past it."""
    oil = now.chn_oil_overland + now.chn_oil_pacific
    oil_free = jnp.maximum(can.oil_pipe + p.pacific_port * can.port + outside.oil_cas - oil, 0)
    oil_more = jnp.minimum(oil_free, jnp.maximum(outside.oil_supply_rus - now.oil_chn, 0))
    gas = now.chn_gas_overland + now.chn_gas_pacific
    gas_more = jnp.maximum(can.gas_pipe + outside.gas_cas + can.lng - gas, 0)
    food = now.chn_food_overland
    food_more = jnp.maximum(jnp.minimum(can.land, outside.food_supply_rus) - food, 0)
    oil_part = jnp.clip(share(oil + oil_more, oil + now.chn_oil_malacca + now.chn_oil_unmet), 0, 1)
    gas_part = jnp.clip(share(gas + gas_more, gas + now.chn_gas_sea + now.chn_gas_unmet), 0, 1)
    food_part = jnp.clip(share(food + food_more, food + now.chn_food_sea + now.chn_food_unmet), 0, 1)
    whole = (oil_part + gas_part + food_part) / 3
    return {"rear_oil": oil_part, "rear_gas": gas_part, "rear_food": food_part, "rear_chn": whole}
