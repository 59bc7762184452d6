"""Groups trade, technology, payments and lock-in: what pulls trade about, and how slowly it turns."""

from __future__ import annotations

from math import exp, log, sqrt

from amur.system.decisions import Sanctions, Secondary, Support
from reference.maths import Names, clip, sigmoid

type Values = dict[str, float]
type Contributions = dict[str, Values]

FEAR = {
    Secondary.NONE: 0.0,
    Secondary.ANNOUNCED: 0.05,
    Secondary.ENTITIES: 0.15,
    Secondary.THREATENED: 0.6,
    Secondary.BANKS: 0.75,
    Secondary.LARGE_BANKS: 1.5,
}
"""How much the banks fear at each level of secondary sanctions."""


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    """Pulls on the flows, and changes of the means of payment."""
    return {
        **_attraction(now, outside, p),
        **_sanctions(now, chosen, outside, p),
        **_technology(now, chosen, outside, p),
        **_payments(now, chosen, p),
    }


def _wall(chosen: Names, p: Names) -> float:
    """How high the sanctions stand: 1 when comprehensive."""
    heights = {
        Sanctions.NONE: 0.0,
        Sanctions.TARGETED: p.sectoral_weight / 2,
        Sanctions.SECTORAL: p.sectoral_weight,
        Sanctions.COMPREHENSIVE: 1.0,
    }
    return heights[chosen.sanctions]


def _attraction(now: Names, outside: Names, p: Names) -> Contributions:
    size = log(outside.gdp_chn / (0.038 * outside.gdp_sou))
    source = p.source_size * log(outside.exports_chn / (0.022 * outside.world_trade))
    warm = p.friendship_trade * now.coordination
    bridges = max(now.land_capacity - 3, 0)
    return {
        "trade.demand_draws_exports": {
            "pull_oil_chn": p.demand_oil * log((outside.oil_demand_chn + 10) / 20),
            "pull_lng_chn": p.demand_lng * log((outside.gas_demand_chn + 20) / 20),
            "pull_coal_chn": p.demand_coal * log((outside.coal_demand_chn + 10) / 12),
            "pull_food_chn": p.demand_food * log((outside.food_demand_chn + 5) / 18),
            "pull_raw_chn": p.market_raw * size,
        },
        "trade.workshop_sells_to_russia": {"pull_goods_chn": source, "pull_tech_chn": 1.3 * source},
        "trade.outlets_open_the_east": {
            "pull_oil_chn": p.outlet * log(1 + now.oil_pipe_capacity / 10),
            "pull_food_chn": p.outlet * log(1 + bridges / 3),
        },
        "trade.friendship_eases_trade": {
            "pull_oil_chn": warm,
            "pull_raw_chn": warm,
            "pull_goods_chn": warm,
            "pull_food_chn": 2 * warm,
        },
    }


def gravity(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Values:
    """The rival in which the size of China's economy draws exports."""
    size = log(outside.gdp_chn / (0.038 * outside.gdp_sou))
    return {
        "pull_oil_chn": p.gravity_size * size,
        "pull_lng_chn": p.demand_lng * size,
        "pull_coal_chn": p.gravity_size * size,
        "pull_food_chn": p.demand_food * size,
        "pull_raw_chn": p.market_raw * size,
    }


def _shut(wall: float, outside: Names, p: Names) -> Values:
    closed = max(wall + outside.embargo, 0)
    return {
        "pull_oil_wst": -p.barrier_oil * closed,
        "pull_lng_wst": -p.barrier_lng * closed,
        "pull_coal_wst": -p.barrier_coal * closed,
        "pull_raw_wst": -p.barrier_raw * wall,
        "pull_goods_wst": -p.barrier_goods * wall,
        "pull_gas_wst": -p.gas_break * closed,
        "pull_raw_supply": -p.lost_trade * wall,
    }


def enmity(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Values:
    """The rival in which enmity closes the West, whatever the law says."""
    return _shut((now.rivalry_wst_rus / 4) ** 6, outside, p)


def _sanctions(now: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    wall = _wall(chosen, p)
    filled = p.gap_filling * wall
    drawn = p.others_draw * max(wall + outside.embargo, 0)
    return {
        "trade.sanctions_close_the_west": _shut(wall, outside, p),
        "trade.chinese_firms_fill_gaps": {
            "pull_goods_chn": filled,
            "pull_raw_chn": 3 * filled,
            "pull_food_chn": 3 * filled,
        },
        "trade.others_take_barred_crude": {"pull_oil_chn": -drawn, "pull_oil_wst": -drawn},
        "trade.leaving_firms_leave_gaps": {"pull_imports": -p.lost_imports * wall * now.share_goods_wst},
    }


def _technology(now: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    wall = _wall(chosen, p)
    helps = {Support.DUAL_USE: 1.0, Support.LETHAL: 1.5}.get(chosen.support, 0.0)
    missing = p.tech_wear * wall * max(1 - now.share_tech_wst - 0.6 * now.share_tech_chn, 0)
    return {
        "technology.controls_turn_moscow_to_china": {
            "pull_tech_wst": -p.barrier_tech * wall,
            "pull_tech_chn": p.tech_turn * wall,
        },
        "technology.support_opens_dual_use": {
            "pull_dualuse": p.dualuse_supply * helps,
            "pull_tech_chn": 0.1 * p.dualuse_supply * helps,
        },
        "technology.fear_thins_dual_use": {"pull_dualuse": -p.dualuse_fear * now.payment_friction},
        "technology.plants_feed_dual_use": {
            "pull_dualuse": p.plant_supply * now.plants * (1 - outside.production_controls)
        },
        "technology.missing_technology_wears_supply": {
            "pull_raw_supply": -missing,
            "pull_oil_supply": -0.3 * missing,
        },
    }


def _payments(now: Names, chosen: Names, p: Names) -> Contributions:
    pushes = {
        Sanctions.NONE: 0.0,
        Sanctions.TARGETED: p.dollar_worry / 2,
        Sanctions.SECTORAL: p.dollar_worry,
        Sanctions.COMPREHENSIVE: p.dollar_cut,
    }
    friction = now.payment_friction
    drag = p.friction_drag * friction
    large = 0.0
    if chosen.secondary == Secondary.LARGE_BANKS:
        large = (1 - p.policy_bank_shield) * friction
    return {
        "payments.sanctions_bring_the_yuan": {"yuan_share": pushes[chosen.sanctions] * (1 - now.yuan_share)},
        "payments.capital_controls_hold_back": {"yuan_share": -p.capital_controls * now.yuan_share},
        "payments.banks_comply": {"payment_friction": p.bank_fear * FEAR[chosen.secondary] * (1 - friction)},
        "payments.payments_find_ways": {
            "payment_friction": -p.bank_learning * (1 + now.yuan_share) / 2 * friction
        },
        "payments.friction_slows_trade": {
            "pull_goods_chn": -drag,
            "pull_tech_chn": -drag,
            "pull_raw_chn": -0.5 * drag,
        },
        "payments.large_banks_listed_hurt_energy": {"pull_oil_supply": -0.3 * large, "pull_gas_chn": -large},
    }


def settles(now: Names, was: Names, chosen: Names, outside: Names, p: Names, pulls: Names) -> Contributions:
    """Shares turn part of the way each quarter to where they are drawn."""
    exports: Values = {}
    for good in ("oil", "lng", "coal", "raw"):
        exports |= _turn(good, p.turn_oil if good == "oil" else p.turn_exports, now, p, pulls)
    food = sigmoid(p.attraction_food_chn + pulls.pull_food_chn)
    exports["share_food_chn"] = p.turn_exports * (food - now.share_food_chn)
    imports = _turn("goods", p.turn_imports, now, p, pulls) | _turn("tech", p.turn_imports, now, p, pulls)

    need = clip(p.gas_west_need / max(outside.gas_west_capacity, 1), 0.02, 0.95)
    west = sigmoid(log(need / (1 - need)) + pulls.pull_gas_wst)
    east = sigmoid(p.gas_east_use + pulls.pull_gas_chn)
    produced = max(outside.price_level_rus * now.output_rus, 1)
    means = p.import_ratio * sqrt(max(now.exports_rus, 1) * produced)
    budget = means * exp(clip(pulls.pull_imports, -3, 3))
    return {
        "lock-in.exports_turn_slowly": exports,
        "lock-in.imports_turn_slowly": imports,
        "lock-in.pipes_bind_gas": {
            "gas_wst_share": p.turn_gas * (west - now.gas_wst_share),
            "gas_chn_use": p.turn_gas * (east - now.gas_chn_use),
        },
        "lock-in.imports_follow_revenue": {"import_budget": p.import_speed * (budget - now.import_budget)},
    }


def _turn(good: str, speed: float, now: Names, p: Names, pulls: Names) -> Values:
    drawn = {
        side: exp(clip(p[f"attraction_{good}_{side}"] + pulls[f"pull_{good}_{side}"], -12, 12))
        for side in ("chn", "wst")
    }
    whole = 1 + sum(drawn.values())
    return {
        f"share_{good}_{side}": speed * (drawn[side] / whole - now[f"share_{good}_{side}"])
        for side in ("chn", "wst")
    }


RIVALS = {
    "trade.demand_draws_exports": {"gravity": gravity},
    "trade.sanctions_close_the_west": {"R12": enmity},
}
