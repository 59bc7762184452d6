"""The books: Russia's flows by destination and origin, China's imports by route, and what they are worth."""

from __future__ import annotations

from math import exp

from reference.maths import Names, clip

BARRELS = 7.33


def flows(
    moved: Names, carries: Names, outside: Names, p: Names, pulls: Names, cut: Names, add: Names
) -> Names:
    """All flows of the quarter, as annual rates."""
    made = Names()
    raw_supply = (
        p.raw_base * (outside.world_trade / 3800) ** p.raw_trade * (outside.oil_price / 19) ** p.raw_oil
    )
    goods_part, tech_part = moved.import_budget * (1 - p.tech_share), moved.import_budget * p.tech_share
    _split(made, "oil", outside.oil_supply_rus * exp(pulls.pull_oil_supply), p.reroute, moved, cut, add)
    _split(made, "lng", carries.can_lng, p.reroute, moved, cut, add)
    _split(made, "coal", outside.coal_supply_rus, p.reroute, moved, cut, add)
    _split(made, "raw", raw_supply * exp(pulls.pull_raw_supply), 0.3 * p.reroute, moved, cut, add)
    _split(made, "goods", goods_part, 0.3 * p.reroute, moved, cut, add)
    _split(made, "tech", tech_part, 0.1 * p.reroute, moved, cut, add)
    _bound_by_china(made, moved, carries, outside, p, cut, add)
    _gas_food_arms(made, moved, carries, outside, cut, add)
    made["dualuse_chn"] = made.tech_chn * min(p.dualuse_share * exp(pulls.pull_dualuse), 0.6)
    _routes(made, carries, outside, p)
    _values(made, moved, outside, p, pulls)
    return made


def _split(made: Names, good: str, supply: float, regain: float, moved: Names, cut: Names, add: Names) -> None:
    chn, wst, sou = f"{good}_chn", f"{good}_wst", f"{good}_sou"
    share_chn, share_wst = moved[f"share_{chn}"], moved[f"share_{wst}"]
    to_chn = max(share_chn * supply + add[chn], 0)
    to_wst = max(share_wst * supply + add[wst], 0)
    to_sou = max(max(1 - share_chn - share_wst, 0) * supply + add[sou], 0)
    wanted = to_chn + to_wst + to_sou
    if wanted > supply:
        fit = min(1, supply / max(wanted, 1e-9))
        to_chn, to_wst, to_sou = to_chn * fit, to_wst * fit, to_sou * fit
    lost_by_two = to_chn * (1 - cut[chn]) + to_wst * (1 - cut[wst])
    lost_by_others = to_sou * (1 - cut[sou])
    made[chn] = (to_chn + regain * lost_by_others) * cut[chn]
    made[wst] = to_wst * cut[wst]
    made[sou] = (to_sou + regain * lost_by_two) * cut[sou]


def _bound_by_china(
    made: Names, moved: Names, carries: Names, outside: Names, p: Names, cut: Names, add: Names
) -> None:
    pipe = carries.can_gas_pipe
    by_pipe = clip(moved.gas_chn_use * pipe * cut.gas_chn + add.gas_chn, 0, pipe)
    made["gas_chn"] = min(by_pipe, outside.gas_demand_chn)
    too_much_oil = max(made.oil_chn - outside.oil_demand_chn, 0)
    made["oil_sou"] += too_much_oil * p.reroute * cut.oil_sou
    made["oil_chn"] -= too_much_oil
    room = max(outside.gas_demand_chn - made.gas_chn, 0)
    too_much_lng = max(made.lng_chn - room, 0)
    made["lng_sou"] += too_much_lng * p.reroute * cut.lng_sou
    made["lng_chn"] = min(made.lng_chn, room)
    made["coal_chn"] = min(made.coal_chn, outside.coal_demand_chn)


def _gas_food_arms(made: Names, moved: Names, carries: Names, outside: Names, cut: Names, add: Names) -> None:
    west, harvest = outside.gas_west_capacity, outside.food_supply_rus
    made["gas_wst"] = clip(moved.gas_wst_share * west * cut.gas_wst + add.gas_wst, 0, west)
    wanted = clip(moved.share_food_chn * harvest * cut.food_chn + add.food_chn, 0, harvest)
    made["food_chn"] = min(wanted, carries.can_land + 5, outside.food_demand_chn)
    left = harvest - made.food_chn
    made["food_oth"] = clip(left * cut.food_oth + add.food_oth, 0, left)
    for buyer in ("chn", "ind", "vnm", "oth"):
        flow = f"arms_{buyer}"
        made[flow] = max(moved[f"orders_{buyer}"] * cut[flow] + add[flow], 0)


def _routes(made: Names, carries: Names, outside: Names, p: Names) -> None:
    piped = min(made.oil_chn, carries.can_oil_pipe)
    pacific = min(made.oil_chn - piped, p.pacific_port)
    round_about = made.oil_chn - piped - pacific
    rest = max(outside.oil_demand_chn - made.oil_chn, 0)
    asia = min(outside.oil_cas, rest)
    at_sea = rest - asia
    opensea = at_sea * p.opensea_share
    malacca = at_sea - opensea + round_about
    made["chn_oil_overland"] = piped + asia
    made["chn_oil_pacific"] = pacific
    passing = outside.malacca_open * (1 - p.gulf_share * (1 - outside.hormuz_open))
    made["chn_oil_malacca"] = malacca * passing
    made["chn_oil_opensea"] = opensea * outside.opensea_open
    made["chn_oil_unmet"] = malacca * (1 - passing) + opensea * (1 - outside.opensea_open)

    made["chn_gas_pacific"] = made.lng_chn
    made["chn_gas_overland"] = min(made.gas_chn + outside.gas_cas, outside.gas_demand_chn - made.lng_chn)
    gas_sea = max(outside.gas_demand_chn - made.chn_gas_overland - made.chn_gas_pacific, 0)
    gas_open = outside.malacca_open * (1 + outside.hormuz_open) / 4 + outside.opensea_open / 2
    made["chn_gas_sea"] = gas_sea * gas_open
    made["chn_gas_unmet"] = gas_sea * (1 - gas_open)

    made["chn_food_overland"] = min(made.food_chn, carries.can_land)
    food_sea = max(outside.food_demand_chn - made.chn_food_overland, 0)
    made["chn_food_sea"] = food_sea * outside.opensea_open
    made["chn_food_unmet"] = food_sea * (1 - outside.opensea_open)


def _values(made: Names, moved: Names, outside: Names, p: Names, pulls: Names) -> None:
    least = 0.2 * outside.oil_price
    price_in_china = max(outside.oil_price - moved.crude_concession, least)
    price_elsewhere = max(outside.oil_price - pulls.pull_urals_gap, least)
    lng_price = outside.gas_price * 35.7 / 1000
    coal_price = p.coal_price * (outside.oil_price / 70) ** p.coal_oil / 1000
    food_price = p.food_price / 1000

    energy_chn = (
        made.oil_chn * BARRELS * price_in_china / 1000
        + made.gas_chn * moved.gas_price_chn / 1000
        + made.lng_chn * lng_price
        + made.coal_chn * coal_price
    )
    energy_else = (
        (made.oil_wst + made.oil_sou) * BARRELS * price_elsewhere / 1000
        + made.gas_wst * lng_price * p.gas_contract
        + (made.lng_wst + made.lng_sou) * lng_price
        + (made.coal_wst + made.coal_sou) * coal_price
    )
    arms_else = made.arms_ind + made.arms_vnm + made.arms_oth
    made["exports_rus_chn"] = (
        energy_chn + made.food_chn * food_price + made.raw_chn + made.arms_chn * p.arms_price
    )
    made["exports_rus"] = (
        made.exports_rus_chn
        + energy_else
        + made.food_oth * food_price
        + made.raw_wst
        + made.raw_sou
        + arms_else * p.arms_price
    )
    made["exports_chn_rus"] = made.goods_chn + made.tech_chn
    made["imports_rus"] = made.exports_chn_rus + made.goods_wst + made.goods_sou + made.tech_wst + made.tech_sou
    made["energy_revenue"] = energy_chn + energy_else
