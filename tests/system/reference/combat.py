"""Groups war and support-decision: the war in Ukraine, and what Beijing gives Moscow for it."""

from __future__ import annotations

from math import tanh

from amur.system.decisions import Kremlin, Risk, Support, Ukraine
from reference.maths import Names, clip, sigmoid

type Values = dict[str, float]
type Contributions = dict[str, Values]

POLITICAL, DUAL_USE, LETHAL = "support__political", "support__dual_use", "support__lethal"
PEACE, LOW, FROZEN = "ukraine__peace", "ukraine__low", "ukraine__frozen"
FULL, CEASEFIRE = "ukraine__full", "ukraine__ceasefire"


def motives(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    """Utilities of help, and of the turns of the war."""
    return {
        **_what_help_brings(now, was, outside, p),
        **_what_help_costs(now, was, outside, p),
        **_turns(now, was, p),
    }


def _what_help_brings(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    at_war = was.ukraine == Ukraine.FULL
    hostile = now.rivalry_wst_rus / 4
    both = now.rivalry_usa_chn / 4 * hostile
    goods = (p.distraction + p.war_distraction if at_war else p.distraction) * both
    slow = clip((8 - outside.growth_chn) / 8, 0, 1)
    worth = p.worth * (slow + now.rivalry_usa_chn / 4) / 2 * hostile
    kin = p.kinship * (1 - outside.democracy_chn) * (1 - outside.democracy_rus) * hostile
    master = (1 - now.war_capacity) * (1 - now.leverage_chn)
    near = sigmoid((now.collapse - p.collapse_near) / 0.07) if at_war else 0.0
    waiting = {DUAL_USE: 0.0, LETHAL: 0.0}
    if at_war:
        doubt = p.wait * (1 - abs(now.momentum))
        for target, level in ((DUAL_USE, Support.DUAL_USE), (LETHAL, Support.LETHAL)):
            waiting[target] = p.back_winner * now.momentum - (doubt if was.support < level else 0)
    return {
        "support-decision.distraction_pays": {POLITICAL: p.distraction * both, DUAL_USE: goods, LETHAL: goods},
        "support-decision.partner_worth_more": {POLITICAL: worth, DUAL_USE: worth, LETHAL: worth},
        "support-decision.kinship_counts_a_little": {POLITICAL: kin, DUAL_USE: kin, LETHAL: kin},
        "support-decision.kept_below_threshold": {POLITICAL: p.below_threshold * hostile * master},
        "support-decision.collapse_calls_for_rescue": {
            DUAL_USE: p.rescue * p.rescue_goods * near,
            LETHAL: p.rescue * near,
        },
        "support-decision.battlefield_first": waiting,
    }


def danger(now: Names, was: Names, outside: Names, p: Names) -> Values:
    """The rival in which Beijing gives more as danger grows."""
    near = now.collapse if was.ukraine == Ukraine.FULL else 0.0
    return {DUAL_USE: p.rescue * (1 - p.collapse_near) * near, LETHAL: p.rescue * near**2}


def _what_help_costs(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    idle = 0.0 if was.ukraine == Ukraine.FULL else p.idle_arms
    goods = p.words_price + p.goods_price + idle
    over = now.west_over_rus / (1 + now.west_over_rus)
    exposed = p.market_fear * min(outside.trade_chn_wst / max(outside.gdp_chn, 1), 0.4) * over
    threat = p.deterrence * was.secondary / 5 * (1 + now.cohesion_wst) / 2
    europe = p.europe_price * now.europe_tie
    return {
        "support-decision.help_has_its_price": {
            POLITICAL: -p.words_price,
            DUAL_USE: -goods,
            LETHAL: -goods - p.arms_price_step,
        },
        "support-decision.western_markets_hold_back": {DUAL_USE: -0.2 * exposed, LETHAL: -exposed},
        "support-decision.sanctions_deter": {DUAL_USE: -p.deterred_goods * threat, LETHAL: -threat},
        "support-decision.europe_would_turn": {DUAL_USE: -0.3 * europe, LETHAL: -europe},
    }


def _hurdles(state: int, p: Names) -> Values:
    """What stands before each turn of the war, given where it stands."""
    never = 12.0
    table = {
        Ukraine.PEACE: {
            LOW: p.start_hurdle,
            FROZEN: never,
            FULL: p.start_hurdle + 1,
            CEASEFIRE: never,
        },
        Ukraine.LOW: {PEACE: never, FULL: p.renew_hurdle, CEASEFIRE: p.end_hurdle},
        Ukraine.FROZEN: {
            PEACE: p.settle_hurdle,
            LOW: p.renew_hurdle / 2,
            FULL: p.renew_hurdle,
            CEASEFIRE: never,
        },
        Ukraine.FULL: {
            PEACE: never,
            LOW: never,
            FROZEN: p.end_hurdle + 0.5,
            CEASEFIRE: p.end_hurdle,
        },
        Ukraine.CEASEFIRE: {
            PEACE: p.settle_hurdle,
            LOW: p.renew_hurdle / 2,
            FROZEN: p.end_hurdle / 2,
            FULL: p.renew_hurdle,
        },
    }
    hurdles = table[Ukraine(state)]
    return {name: -hurdles.get(name, 0.0) for name in (PEACE, LOW, FROZEN, FULL, CEASEFIRE)}


def _turns(now: Names, was: Names, p: Names) -> Contributions:
    at_war = was.ukraine == Ukraine.FULL
    tired = p.exhaustion * now.fiscal_strain if at_war else 0.0
    offered = p.bargain * was.wedge / 2 if at_war else 0.0
    reckless = was.risk == Risk.WAR
    low = full = peace = 0.0
    if at_war:
        full = 0.3 if reckless else 0.0
    else:
        will = p.war_will * (was.risk - 1)
        low = 0.7 * will
        full = will + (1.5 * p.war_will if reckless else 0)
        peace = 0.5 * p.war_will if was.kremlin == Kremlin.WESTERN else 0.0
    return {
        "war.war_has_its_hurdles": _hurdles(was.ukraine, p),
        "war.strain_ends_wars": {FROZEN: 0.5 * tired, CEASEFIRE: tired},
        "war.movement_keeps_war_going": {FULL: p.stalemate * abs(now.momentum) if at_war else 0.0},
        "war.offers_invite_a_truce": {CEASEFIRE: offered},
        "war.risk_makes_war": {LOW: low, FULL: full, PEACE: peace},
    }


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    """Changes of the capacity for war, of the front and of the nearness of collapse."""
    at_war = chosen.ukraine == Ukraine.FULL
    aided = now.aid_ukr / (now.aid_ukr + 60)
    means = now.output_rus / (now.output_rus + 1) * (1 - p.strain_bite * now.fiscal_strain)
    mobilised = 0.0
    if at_war:
        raised = p.mobilise * (1 - now.fiscal_strain) * (1 - now.war_capacity)
        mobilised = p.capacity_speed * (raised - p.losses_bite * aided * now.war_capacity)
    supplied = p.rear_supply * now.dualuse_chn / (now.dualuse_chn + 5)
    if chosen.support == Support.LETHAL:
        supplied += p.lethal_supply

    fighting = {Ukraine.FULL: 1.0, Ukraine.LOW: 0.2}.get(chosen.ukraine, 0.0)
    defence = p.defence_ukr + p.defence_aid * aided
    front = fighting * tanh(p.front_gain * (now.war_capacity - defence))
    fall = -p.collapse_decay * now.collapse
    if at_war:
        beaten = sigmoid((-0.5 - now.momentum) / 0.08) * sigmoid((0.32 - now.war_capacity) / 0.04)
        fall += p.collapse_rise * beaten * (1 - now.collapse)
    return {
        "war.means_of_war": {"war_capacity": p.capacity_speed * (means - now.war_capacity)},
        "war.war_mobilises_and_wears": {"war_capacity": mobilised},
        "war.china_is_the_rear_of_the_war": {
            "war_capacity": p.capacity_speed * (1 - now.war_capacity) * supplied
        },
        "war.the_front_follows_strength": {"momentum": p.front_speed * (front - now.momentum)},
        "war.armies_collapse_at_once": {"collapse": fall},
    }


RIVALS = {"support-decision.collapse_calls_for_rescue": {"P12": danger}}
