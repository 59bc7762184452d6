"""The arms market, friends that money buys, the energy transition and the services."""

from __future__ import annotations

from amur.system.decisions import Answer, Leverage, Ukraine
from reference.maths import Names


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    """What moves arms, insiders, the sellers' haste and the services."""
    return {
        **_arms(now, chosen, outside, p),
        **_elites(now, p),
        **_transition(now, outside, p),
        **_espionage(now, outside, p),
    }


def _arms(now: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    at_war = chosen.ukraine == Ukraine.FULL
    left_by_war = 1 - p.arms_war_need if at_war else 1.0
    gifted = chosen.answer == Answer.STRATEGIC and not at_war
    vetoed = chosen.leverage == Leverage.DEMAND and chosen.answer == Answer.STRATEGIC

    own = outside.gdp_chn / p.arms_home
    wanted_chn = p.arms_need_chn * (outside.gdp_chn / 1000) / (1 + own**2.5)

    growth = (outside.gdp_sou / 10000) ** p.arms_growth
    kept = 1 - p.arms_sanctions * chosen.sanctions / 3
    wanted_ind = p.arms_base_ind * growth * kept * left_by_war
    wanted_vnm = p.arms_base_vnm * growth**2 * kept**3 * left_by_war
    wanted_oth = p.arms_base_oth * growth * kept * left_by_war

    held_back = min(p.arms_refused, 1) if vetoed else 0.0
    return {
        "arms-market.china_buys_until_it_builds": {
            "orders_chn": p.arms_pace * (wanted_chn * left_by_war - now.orders_chn),
        },
        "arms-market.leading_weapons_sell": {"orders_chn": p.arms_release if gifted else 0.0},
        "arms-market.the_market_shrinks": {
            "orders_ind": p.arms_pace * (wanted_ind - now.orders_ind),
            "orders_vnm": p.arms_pace * (wanted_vnm - now.orders_vnm),
            "orders_oth": p.arms_pace * (wanted_oth - now.orders_oth),
        },
        "arms-market.beijing_vetoes_its_rivals_arms": {
            "orders_ind": -held_back * now.orders_ind,
            "orders_vnm": -held_back * now.orders_vnm,
        },
        "arms-market.chinese_orders_keep_the_works_going": {
            "war_capacity": p.arms_upkeep * min(now.orders_chn / 3000, 1) * (1 - now.war_capacity),
        },
    }


def _elites(now: Names, p: Names) -> dict[str, dict[str, float]]:
    money = (now.chn_capital / (now.chn_capital + p.capture_capital) + now.dependence_rus) / 2
    gained, faded = p.capture_gain * money * (1 - now.capture), p.capture_fades * now.capture
    return {"elite-capture.money_buys_friends": {"capture": gained - faded}}


def _transition(now: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    hurry = p.clock_hurry * outside.transition * (1 - now.share_oil_wst)
    return {
        "energy-transition.clock_weakens_the_seller": {
            "pull_concession": p.clock_price * outside.transition,
            "pull_gas_price": -p.clock_gas * outside.transition,
        },
        "energy-transition.clock_hurries_sales": {
            "pull_oil_chn": hurry,
            "pull_gas_chn": hurry,
            "pull_coal_chn": hurry,
        },
    }


def _espionage(now: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    alarm = now.alarm
    return {
        "espionage.spying_costs_trust": {
            "trust_rus": -p.alarm_hurt * (1 - p.kremlin_calm) * alarm * (1 + now.trust_rus),
            "trust_chn": -p.alarm_hurt * alarm * (1 + now.trust_chn),
        },
        "espionage.spy_cases_alarm_the_services": {
            "alarm": p.spying_alarms * outside.espionage * (1 - alarm) - p.alarm_fades * alarm,
        },
        "espionage.services_share_and_watch": {
            "intelligence": p.services_share * now.coordination * (1 - now.intelligence)
            - p.alarm_closes * alarm * now.intelligence,
        },
    }
