"""The books of trade: supply meets shares, capacities and cuts, and everything sold is bought by someone.

Nothing here is a claim. The mechanisms pull shares, prices and use; this file turns them into tonnes, cubic metres
and dollars that close: shares sum to one, no pipe carries more than it can, Russia's exports to China are China's
imports from Russia. Annual rates throughout.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from amur.system.declare import Array, Parameters, parameter, quantity
from amur.system.forcings import Forcings
from amur.system.lines import Capacities
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

BARRELS = 7.33  # barrels of crude to the tonne
MMBTU = 35.7  # million British thermal units to 1,000 cubic metres at 40 MJ
FOOD_BY_SEA = 5.0  # Mt/yr of food that Russia's Pacific ports can load for China

# fmt: off
parameter("reroute", Beta(0.6, 8), "share", "Of a flow cut off at once, the share that finds another buyer within the quarter.", "R5 T6")
parameter("pacific_port", LogNormal(40, 1.15), "Mt/yr", "What Kozmino and its neighbours can load for China.", "P17")
parameter("opensea_share", Beta(0.2, 30), "share", "China's crude from West Africa and the Americas that can avoid Malacca; published shares through it run from 62 to 84 percent.", "P17")
parameter(
    "gulf_share",
    Beta(0.6, 40),
    "share",
    "Of China's crude through Malacca what is loaded in the Persian Gulf: Saudi Arabia, Iraq, the Emirates and Iran, "
    "some 240 of 390 Mt in 2023 (series energy.crude.sau-chn, irq-chn, are-chn, irn-chn.est).",
    "P21",
)
parameter("raw_base", LogNormal(26, 1.12), "US$ bn/yr", "Russia's other exports in 1992.", "G3")
parameter("raw_trade", LogNormal(1.08, 1.07), "elasticity", "Other exports follow world trade a little more than one to one: 41 bn dollars in 1997, 214 in 2013 (exports less crude, gas, coal and food).")
parameter("raw_oil", LogNormal(0.2, 1.5), "elasticity", "Oil products and metals follow the oil price.")
parameter("tech_share", Beta(0.4, 60), "share", "Machinery, electronics and technology in Russia's imports; customs put machinery near half.", "G9")
parameter("gas_contract", LogNormal(0.9, 1.15), "ratio", "Price of Russian gas in Europe over the market price there.")
parameter("coal_price", LogNormal(95, 1.2), "US$/t", "Russian coal at 70 dollars a barrel of Brent.")
parameter("coal_oil", Beta(0.6, 20), "elasticity", "Coal follows the oil price.")
parameter("food_price", LogNormal(420, 1.3), "US$/t", "A tonne of exported food.")
parameter("dualuse_share", LogNormal(0.06, 1.5), "share", "High-priority goods in China's technology exports to Russia before any special supply.", "P1 G9")
parameter("arms_price", LogNormal(0.8e-3, 1.4), "US$ bn per TIV mn", "What a delivery of one TIV million adds to trade by customs, which count few arms.")
# fmt: on


class Pulls(NamedTuple):
    """What the mechanisms ask of the flows; zero when nothing pulls. Destinations are relative to other markets."""

    pull_oil_chn: Array = quantity("log", "Attraction of China for Russian crude")
    pull_oil_wst: Array = quantity("log", "Attraction of the West for Russian crude")
    pull_lng_chn: Array = quantity("log", "Attraction of China for Russian liquefied gas")
    pull_lng_wst: Array = quantity("log", "Attraction of the West for Russian liquefied gas")
    pull_coal_chn: Array = quantity("log", "Attraction of China for Russian coal")
    pull_coal_wst: Array = quantity("log", "Attraction of the West for Russian coal")
    pull_food_chn: Array = quantity("log", "Attraction of China for Russian food")
    pull_raw_chn: Array = quantity("log", "Attraction of China for Russia's other exports")
    pull_raw_wst: Array = quantity("log", "Attraction of the West for Russia's other exports")
    pull_goods_chn: Array = quantity("log", "Attraction of China as a source of goods")
    pull_goods_wst: Array = quantity("log", "Attraction of the West as a source of goods")
    pull_tech_chn: Array = quantity("log", "Attraction of China as a source of technology")
    pull_tech_wst: Array = quantity("log", "Attraction of the West as a source of technology")
    pull_gas_wst: Array = quantity("log-odds", "Use of the westward gas pipes")
    pull_gas_chn: Array = quantity("log-odds", "Use of the eastward gas lines")
    pull_concession: Array = quantity("US$/bbl", "Price concession on crude that Beijing can get")
    pull_urals_gap: Array = quantity("US$/bbl", "Discount of Russian crude in all markets")
    pull_gas_price: Array = quantity("log", "Price of gas to China over its formula")
    pull_imports: Array = quantity("log", "What Russia can import for its revenue")
    pull_oil_supply: Array = quantity("log", "Crude that can be produced and shipped")
    pull_raw_supply: Array = quantity("log", "Other goods that can be produced and shipped")
    pull_dualuse: Array = quantity("log", "Supply of high-priority goods over the ordinary")
    pull_lines: Array = quantity("log", "Readiness to move each project to its next stage", kind="lines")


class Limits(NamedTuple):
    """What interventions do to flows: ``cut`` multiplies (1 leaves alone), ``add`` adds, by name of the flow."""

    cut: dict[str, Array]
    add: dict[str, Array]


CUTTABLE = (
    "oil_chn", "oil_wst", "oil_sou", "gas_chn", "gas_wst", "lng_chn", "lng_wst", "lng_sou", "coal_chn", "coal_wst",
    "coal_sou", "food_chn", "food_oth", "raw_chn", "raw_wst", "raw_sou", "goods_chn", "goods_wst", "goods_sou",
    "tech_chn", "tech_wst", "tech_sou", "arms_chn", "arms_ind", "arms_vnm", "arms_oth",
)  # fmt: skip
NO_LIMITS = Limits({name: jnp.float32(1.0) for name in CUTTABLE}, {name: jnp.float32(0.0) for name in CUTTABLE})


def power(base: Array, exponent: Array) -> Array:
    """A positive number to a power that a member has of its own; the processor has no ``**`` for many at once."""
    return jnp.exp(exponent * jnp.log(base))


def split(
    good: str, supply: Array, shares: tuple[Array, Array], limits: Limits, reroute: Array | float
) -> dict[str, Array]:
    """A supply by destination China, West and others: never more than there is, cuts partly rerouted.

    What is cut from China or the West goes, as far as it can be rerouted, to other markets; what is cut from
    other markets, to China.
    """
    chn, wst = shares
    parts = {f"{good}_chn": chn, f"{good}_wst": wst, f"{good}_sou": jnp.maximum(1 - chn - wst, 0)}
    wanted = {name: share * supply + limits.add[name] for name, share in parts.items()}
    wanted = {name: jnp.maximum(volume, 0) for name, volume in wanted.items()}
    fit = jnp.minimum(1.0, supply / jnp.maximum(sum(wanted.values()), 1e-9))
    kept = {name: volume * fit * limits.cut[name] for name, volume in wanted.items()}
    lost = {name: volume * fit - kept[name] for name, volume in wanted.items()}
    freed = reroute * (lost[f"{good}_chn"] + lost[f"{good}_wst"]) * limits.cut[f"{good}_sou"]
    back = reroute * lost[f"{good}_sou"] * limits.cut[f"{good}_chn"]
    kept[f"{good}_sou"] += freed
    kept[f"{good}_chn"] += back
    return kept


def settle(
    after: State, pulls: Pulls, outside: Forcings, p: Parameters, limits: Limits, can: Capacities
) -> State:
    """The flows of the quarter from the shares after adjustment."""
    cut, add = limits
    flows: dict[str, Array] = {}
    oil = outside.oil_supply_rus * jnp.exp(pulls.pull_oil_supply)
    flows |= split("oil", oil, (after.share_oil_chn, after.share_oil_wst), limits, p.reroute)
    most = outside.oil_demand_chn
    flows["oil_sou"] += jnp.maximum(flows["oil_chn"] - most, 0) * p.reroute * cut["oil_sou"]
    flows["oil_chn"] = jnp.minimum(flows["oil_chn"], most)
    gas = _gas(after, outside, limits, can)
    flows |= gas | split("lng", can.lng, (after.share_lng_chn, after.share_lng_wst), limits, p.reroute)
    room = jnp.maximum(outside.gas_demand_chn - gas["gas_chn"], 0)
    flows["lng_sou"] += jnp.maximum(flows["lng_chn"] - room, 0) * p.reroute * cut["lng_sou"]
    flows["lng_chn"] = jnp.minimum(flows["lng_chn"], room)
    flows |= split(
        "coal", outside.coal_supply_rus, (after.share_coal_chn, after.share_coal_wst), limits, p.reroute
    )
    flows["coal_chn"] = jnp.minimum(flows["coal_chn"], outside.coal_demand_chn)
    flows |= _food(after, outside, limits, can)
    raw = p.raw_base * power(outside.world_trade / 3800, p.raw_trade) * power(outside.oil_price / 19, p.raw_oil)
    flows |= split(
        "raw",
        raw * jnp.exp(pulls.pull_raw_supply),
        (after.share_raw_chn, after.share_raw_wst),
        limits,
        0.3 * p.reroute,
    )
    flows |= {
        f"arms_{to}": jnp.maximum(getattr(after, f"orders_{to}") * cut[f"arms_{to}"] + add[f"arms_{to}"], 0)
        for to in ("chn", "ind", "vnm", "oth")
    }
    goods, tech = after.import_budget * (1 - p.tech_share), after.import_budget * p.tech_share
    flows |= split("goods", goods, (after.share_goods_chn, after.share_goods_wst), limits, 0.3 * p.reroute)
    flows |= split("tech", tech, (after.share_tech_chn, after.share_tech_wst), limits, 0.1 * p.reroute)
    flows["dualuse_chn"] = flows["tech_chn"] * jnp.minimum(p.dualuse_share * jnp.exp(pulls.pull_dualuse), 0.6)
    flows |= _routes(flows, outside, p, can)
    flows |= _values(flows, after, pulls, outside, p)
    return after._replace(**flows)


def _gas(after: State, outside: Forcings, limits: Limits, can: Capacities) -> dict[str, Array]:
    """Gas is bound to its pipes: what flows is the use of each direction's capacity."""
    cut, add = limits
    east = jnp.clip(after.gas_chn_use * can.gas_pipe * cut["gas_chn"] + add["gas_chn"], 0, can.gas_pipe)
    west = after.gas_wst_share * outside.gas_west_capacity * cut["gas_wst"] + add["gas_wst"]
    return {
        "gas_chn": jnp.minimum(east, outside.gas_demand_chn),
        "gas_wst": jnp.clip(west, 0, outside.gas_west_capacity),
    }


def _food(after: State, outside: Forcings, limits: Limits, can: Capacities) -> dict[str, Array]:
    cut, add = limits
    supply = outside.food_supply_rus
    wanted = jnp.clip(after.share_food_chn * supply * cut["food_chn"] + add["food_chn"], 0, supply)
    east = jnp.minimum(jnp.minimum(wanted, can.land + FOOD_BY_SEA), outside.food_demand_chn)
    west = jnp.clip((supply - east) * cut["food_oth"] + add["food_oth"], 0, supply - east)
    return {"food_chn": east, "food_oth": west}


def _routes(flows: dict[str, Array], outside: Forcings, p: Parameters, can: Capacities) -> dict[str, Array]:
    """China's oil, gas and food by route; what a closed route keeps away is unmet."""
    piped = jnp.minimum(flows["oil_chn"], can.oil_pipe)
    pacific = jnp.minimum(flows["oil_chn"] - piped, p.pacific_port)
    detour = flows["oil_chn"] - piped - pacific
    rest = jnp.maximum(outside.oil_demand_chn - flows["oil_chn"], 0)
    asia = jnp.minimum(outside.oil_cas, rest)
    opensea = (rest - asia) * p.opensea_share
    malacca = (rest - asia) * (1 - p.opensea_share) + detour
    from_gulf = 1 - p.gulf_share * (1 - outside.hormuz_open)
    passed = malacca * outside.malacca_open * from_gulf
    sailed = opensea * outside.opensea_open
    gas_pacific = flows["lng_chn"]
    gas_land = jnp.minimum(flows["gas_chn"] + outside.gas_cas, outside.gas_demand_chn - gas_pacific)
    gas_sea = jnp.maximum(outside.gas_demand_chn - gas_land - gas_pacific, 0)
    # Half of the gas by sea needs the open sea alone; the other half Malacca, and half of that comes out of the Gulf.
    gas_open = 0.5 * outside.malacca_open * (0.5 + 0.5 * outside.hormuz_open) + 0.5 * outside.opensea_open
    food_land = jnp.minimum(flows["food_chn"], can.land)
    food_sea = jnp.maximum(outside.food_demand_chn - food_land, 0)
    return {
        "chn_oil_overland": piped + asia,
        "chn_oil_pacific": pacific,
        "chn_oil_malacca": passed,
        "chn_oil_opensea": sailed,
        "chn_oil_unmet": malacca - passed + opensea - sailed,
        "chn_gas_overland": gas_land,
        "chn_gas_pacific": gas_pacific,
        "chn_gas_sea": gas_sea * gas_open,
        "chn_gas_unmet": gas_sea * (1 - gas_open),
        "chn_food_overland": food_land,
        "chn_food_sea": food_sea * outside.opensea_open,
        "chn_food_unmet": food_sea * (1 - outside.opensea_open),
    }


def crude_price(after: State, pulls: Pulls, outside: Forcings) -> tuple[Array, Array]:
    """What a barrel of Russian crude earns in China and elsewhere, US$."""
    return (
        jnp.maximum(outside.oil_price - after.crude_concession, 0.2 * outside.oil_price),
        jnp.maximum(outside.oil_price - pulls.pull_urals_gap, 0.2 * outside.oil_price),
    )


def _values(
    flows: dict[str, Array], after: State, pulls: Pulls, outside: Forcings, p: Parameters
) -> dict[str, Array]:
    """Volumes times prices, in billions of dollars a year."""
    in_china, elsewhere = crude_price(after, pulls, outside)
    lng = outside.gas_price * MMBTU / 1000
    coal = p.coal_price * power(outside.oil_price / 70, p.coal_oil) / 1000
    food = p.food_price / 1000
    oil_chn = flows["oil_chn"] * BARRELS * in_china / 1000
    oil_else = (flows["oil_wst"] + flows["oil_sou"]) * BARRELS * elsewhere / 1000
    gas_chn = flows["gas_chn"] * after.gas_price_chn / 1000 + flows["lng_chn"] * lng
    gas_else = flows["gas_wst"] * lng * p.gas_contract + (flows["lng_wst"] + flows["lng_sou"]) * lng
    coal_chn, coal_else = flows["coal_chn"] * coal, (flows["coal_wst"] + flows["coal_sou"]) * coal
    energy_chn, energy_else = oil_chn + gas_chn + coal_chn, oil_else + gas_else + coal_else
    arms_chn = flows["arms_chn"] * p.arms_price
    arms_else = (flows["arms_ind"] + flows["arms_vnm"] + flows["arms_oth"]) * p.arms_price
    to_china = energy_chn + flows["food_chn"] * food + flows["raw_chn"] + arms_chn
    to_others = energy_else + flows["food_oth"] * food + flows["raw_wst"] + flows["raw_sou"] + arms_else
    from_china = flows["goods_chn"] + flows["tech_chn"]
    from_others = flows["goods_wst"] + flows["goods_sou"] + flows["tech_wst"] + flows["tech_sou"]
    return {
        "exports_rus_chn": to_china,
        "exports_rus": to_china + to_others,
        "exports_chn_rus": from_china,
        "imports_rus": from_china + from_others,
        "energy_revenue": energy_chn + energy_else,
    }
