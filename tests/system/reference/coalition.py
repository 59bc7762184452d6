"""Groups rivalry, coalition and western-policy: the quarrels of the powers and what the West does about them."""

from __future__ import annotations

from amur.system.decisions import Kremlin, Support, Taiwan, Ukraine
from reference.maths import Names

type Values = dict[str, float]
type Contributions = dict[str, Values]

FORCE = (Taiwan.BLOCKADE, Taiwan.WAR)


def motives(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    """Utilities of sanctions, secondary sanctions and of wooing Moscow."""
    at = {
        Ukraine.PEACE: -0.3,
        Ukraine.LOW: 1.7,
        Ukraine.FROZEN: 2.0,
        Ukraine.FULL: 3.3,
        Ukraine.CEASEFIRE: p.sanctions_truce,
    }[was.ukraine]
    unity = 0.8 + 0.3 * now.cohesion_wst
    want = (at + p.sanctions_probing * was.risk) * unity - p.wedge_lifts * was.wedge / 2

    helpers = 1.3 * (was.sanctions - 1) + p.secondary_exposed * outside.exposure
    if was.support in (Support.DUAL_USE, Support.LETHAL):
        helpers += p.secondary_dualuse
    if was.support == Support.LETHAL:
        helpers += p.secondary_lethal
    if was.sanctions > 1:
        helpers += p.secondary_cohesion * (now.cohesion_wst - 0.5)

    traded = p.secondary_price * min(outside.trade_chn_wst / max(outside.gdp_wst, 1) / 0.03, 3)
    drive = p.wedge_want * now.rivalry_usa_chn * now.rivalry_wst_rus / 16 * (1 - now.cohesion_wst)
    return {
        "western-policy.sanctions_answer_war": _rule(
            "sanctions", ("targeted", "sectoral", "comprehensive"), p.sanctions_rule, want
        ),
        "western-policy.helpers_are_sanctioned_too": _rule(
            "secondary",
            ("announced", "entities", "threatened", "banks", "large_banks"),
            p.secondary_rule,
            helpers,
        ),
        "western-policy.trade_with_china_stays_the_hand": {
            "secondary__banks": -0.2 * traded,
            "secondary__large_banks": -traded,
        },
        "western-policy.two_rivals_invite_a_wedge": {
            "wedge__signal": drive - p.wedge_hurdle,
            "wedge__offer": 1.5 * drive - 2 * p.wedge_hurdle,
        },
    }


def _rule(decision: str, levels: tuple[str, ...], rule: float, want: float) -> Values:
    """The utility of each level, greatest for the one nearest to what is wanted."""
    return {
        f"{decision}__{name}": rule * level * (2 * want - level) / 2
        for level, name in enumerate(levels, start=1)
    }


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    """Changes of the two rivalries, the coalition's cohesion, its aid, and China's standing in Europe."""
    return {
        **_rivalry_with_china(now, chosen, outside, p),
        **_hostility_to_moscow(now, chosen, p),
        **_cohesion(now, was, chosen, outside, p),
        "western-policy.levers_reinforce": _levers(now, chosen, outside, p),
        **_europe(now, chosen, outside, p),
        "coalition.aid_follows_cohesion": {"aid_ukr": _aid(now, chosen, p)},
    }


def _rivalry_with_china(now: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    parity = min(outside.gdp_chn / max(outside.gdp_wst, 1), 1.5)
    strait = chosen.taiwan + (4 if chosen.taiwan in FORCE else 0)
    acts = p.rivalry_taiwan * strait + p.rivalry_support * max(chosen.support - 1, 0)
    speed, target = p.rivalry_speed, "rivalry_usa_chn"
    return {
        "rivalry.rivalry_with_china_can_ease": {target: -speed * now.rivalry_usa_chn},
        "rivalry.parity_breeds_rivalry": {target: speed * p.rivalry_parity * parity},
        "rivalry.assertiveness_breeds_rivalry": {target: speed * p.rivalry_assertive * now.assertiveness},
        "rivalry.acts_breed_rivalry": {target: speed * acts},
    }


def _hostility_to_moscow(now: Names, chosen: Names, p: Names) -> Contributions:
    war = {
        Ukraine.PEACE: 0.0,
        Ukraine.LOW: 0.6,
        Ukraine.FROZEN: 0.5,
        Ukraine.FULL: 1.0,
        Ukraine.CEASEFIRE: 0.6,
    }[chosen.ukraine]
    kept = p.hostility_war * war + p.hostility_sanctions * chosen.sanctions
    thaw = p.wedge_thaws * chosen.wedge / 4
    if chosen.kremlin == Kremlin.WESTERN:
        thaw += p.successor_thaws
    target = "rivalry_wst_rus"
    return {
        "rivalry.hostility_to_moscow_can_ease": {target: -p.hostility_speed * now.rivalry_wst_rus},
        "rivalry.war_keeps_hostility": {target: p.hostility_speed * kept},
        "rivalry.overtures_thaw": {target: -now.rivalry_wst_rus * thaw},
    }


def _cohesion(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    cohesion = now.cohesion_wst
    binds = 0.0
    if chosen.ukraine != Ukraine.PEACE:
        binds += p.common_foe
    if chosen.ukraine == Ukraine.FULL:
        binds += p.war_unites
    war_begins = chosen.ukraine == Ukraine.FULL and was.ukraine != Ukraine.FULL
    strait_closes = chosen.taiwan in FORCE and was.taiwan not in FORCE
    if war_begins or strait_closes:
        binds += p.shock_unites
    joint = outside.western_coordination - 0.5
    target = "cohesion_wst"
    return {
        "coalition.cohesion_tires": {target: p.fatigue * (p.cohesion_rest - cohesion)},
        "coalition.war_unites_the_west": {target: (1 - cohesion) * binds},
        "coalition.offers_divide_the_west": {target: -p.wedge_divides * cohesion * chosen.wedge / 2},
        "coalition.exposure_rallies_the_west": {target: p.exposure_unites * outside.exposure * (1 - cohesion)},
        "coalition.coordination_binds_the_west": {
            target: p.coordination_binds * joint * min(cohesion, 1 - cohesion)
        },
    }


def _levers(now: Names, chosen: Names, outside: Names, p: Names) -> Values:
    measures = [outside.link_controls, outside.production_controls, outside.exposure, chosen.sanctions / 3]
    pairs = sum(a * b for place, a in enumerate(measures) for b in measures[:place])
    joint = p.synergy * outside.western_coordination * now.cohesion_wst * max(pairs, 0)
    return {
        "pull_tech_chn": -0.3 * joint,
        "pull_dualuse": -joint,
        "war_capacity": -0.01 * joint * now.war_capacity,
    }


def _europe(now: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    part = min(outside.trade_chn_wst / max(outside.exports_chn + outside.imports_chn, 1), 1)
    opened = p.europe_opens * part * (1 - now.europe_tie)
    strain = p.europe_cools + p.europe_rivalry * max(now.rivalry_usa_chn - 2, 0)
    cost = p.exposure_europe * outside.exposure
    if chosen.support != Support.NEUTRAL:
        burden = {Ukraine.LOW: 0.1, Ukraine.FULL: 1.0}.get(chosen.ukraine, 0.0)
        cost += p.europe_betrayed * burden * (0.7 + 0.3 * chosen.support)
    return {
        "coalition.trade_ties_europe": {"europe_tie": opened - strain * now.europe_tie},
        "coalition.support_costs_europe": {"europe_tie": -now.europe_tie * min(cost, 1)},
    }


def _aid(now: Names, chosen: Names, p: Names) -> float:
    level = {Ukraine.FULL: 1.0, Ukraine.FROZEN: p.aid_after, Ukraine.CEASEFIRE: p.aid_after}.get(
        chosen.ukraine, 0.0
    )
    due = p.aid_full * level * now.cohesion_wst * (1 - p.wedge_aid * chosen.wedge / 2)
    return 0.3 * (due - now.aid_ukr)
