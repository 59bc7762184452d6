"""Groups taiwan and rear: the strait, and Russia and China as each other's rear."""

from __future__ import annotations

from amur.system.decisions import Taiwan, Ukraine
from reference.maths import Names

type Values = dict[str, float]
type Contributions = dict[str, Values]

COERCION, CRISIS = "taiwan__coercion", "taiwan__crisis"
BLOCKADE, WAR = "taiwan__blockade", "taiwan__war"


def motives(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    """Utilities of calm, pressure and force in the strait."""
    pressure = now.assertiveness * now.rivalry_usa_chn / 4
    force = p.press_force * pressure
    trade = p.trade_price * min(outside.trade_chn_wst / max(outside.gdp_chn, 1), 0.4)
    rear = p.rear_ready * now.rear_chn
    ready = p.power_ready * min(outside.gdp_chn / max(outside.gdp_wst, 1), 1.5)
    second = p.two_fronts if was.ukraine == Ukraine.FULL else 0.0
    passing = {COERCION: 0.0, BLOCKADE: 0.0, WAR: 0.0}
    if was.taiwan == Taiwan.CRISIS:
        passing = {COERCION: p.show_spent, BLOCKADE: p.runs_away, WAR: p.runs_away}
    elif was.taiwan == Taiwan.BLOCKADE:
        passing[WAR] = p.runs_away
    elif was.taiwan == Taiwan.WAR:
        passing[WAR] = p.war_holds
    return {
        "taiwan.force_has_its_price": {
            COERCION: -p.coercion_price,
            CRISIS: -p.crisis_price,
            BLOCKADE: -p.blockade_price,
            WAR: -p.war_price,
        },
        "taiwan.assertive_beijing_presses": {
            COERCION: p.press_coercion * pressure,
            CRISIS: p.press_crisis * pressure,
            BLOCKADE: force,
            WAR: force,
        },
        "taiwan.detente_brings_calm": {"taiwan__calm": p.detente_calms * max(1 - now.rivalry_usa_chn / 2, 0)},
        "taiwan.trade_restrains_force": {BLOCKADE: -trade, WAR: -trade},
        "taiwan.rear_makes_ready": {BLOCKADE: rear, WAR: rear},
        "taiwan.own_clock": {BLOCKADE: ready, WAR: ready},
        "taiwan.second_front": {CRISIS: second, BLOCKADE: second, WAR: second},
        "taiwan.crises_pass_wars_hold": passing,
    }


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    """Chinese plants in Russia, and what is turned to China by land when the sea is closed."""
    shut_out = was.sanctions / 3
    moved = p.plant_pace * shut_out * (1 - now.plants)
    joined = 0.5 + 0.5 * outside.western_coordination
    return {
        "rear.production_moves": {"plants": moved},
        "rear.imports_replace_plants": {"plants": -p.plant_fade * (1 - shut_out) * now.plants},
        "rear.transfer_is_prevented": {"plants": -p.plant_block * outside.production_controls * joined * moved},
        "rear.front_and_rear_switch": _switch(now, chosen, outside, p),
        **_strikes(now, chosen, p),
    }


def _switch(now: Names, chosen: Names, outside: Names, p: Names) -> Values:
    closed = max(1 - outside.malacca_open, 1 - outside.opensea_open)
    if chosen.taiwan in (Taiwan.BLOCKADE, Taiwan.WAR):
        closed = max(closed, 0.5)
    turn = p.rear_speed * (1 + now.trust_rus) / 2 * closed
    oil_routes = min((now.oil_pipe_capacity + p.pacific_port) / max(outside.oil_supply_rus, 1), 1)
    food_routes = min((now.land_capacity + 5) / max(outside.food_supply_rus, 0.1), 1)
    return {
        "share_oil_chn": turn * max(oil_routes - now.share_oil_chn, 0),
        "share_food_chn": turn * max(food_routes - now.share_food_chn, 0),
        "share_lng_chn": turn * (1 - now.share_lng_chn),
        "gas_chn_use": turn * (1 - now.gas_chn_use),
    }


def _strikes(now: Names, chosen: Names, p: Names) -> Contributions:
    hit = min(p.rear_hit, 1) if chosen.taiwan == Taiwan.WAR else 0.0
    spared = p.rear_immunity * hit
    by_land = ("share_oil_chn", "share_food_chn", "gas_chn_use")
    return {
        "rear.war_reaches_for_the_rear": {name: -hit * now[name] for name in by_land},
        "rear.the_nuclear_rear_is_spared": {name: spared * now[name] for name in by_land},
    }
