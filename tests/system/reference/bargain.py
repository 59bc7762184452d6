"""Groups leverage-decision and price: what Beijing asks, what Moscow gives, and what oil and gas then cost."""

from __future__ import annotations

from math import exp

from amur.system.decisions import Answer, Leverage, Sanctions, Ukraine
from reference.maths import Names, clip

type Values = dict[str, float]
type Contributions = dict[str, Values]

SQUEEZE, DEMAND = "leverage__squeeze", "leverage__demand"
COMMERCIAL, STRATEGIC = "answer__commercial", "answer__strategic"


def motives(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    """Utilities of pressing, and of giving way."""
    return {**_pressing(now, was, outside, p), **_giving_way(now, was, outside, p)}


def _pressing(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    waits = outside.transition * (1 - outside.transition)
    care = p.care * (1 - now.assertiveness)
    settled = 0.0
    if was.leverage == Leverage.SQUEEZE:
        settled = p.settle if was.answer == Answer.DEFY else 2 * p.settle
    lost = p.losing_partner * now.threat_chn
    rivals = now.orders_ind + now.orders_vnm
    armed = rivals / max(rivals + now.orders_chn + now.orders_oth, 1)
    return {
        "leverage-decision.leverage_tempts": {
            SQUEEZE: p.tempt * now.leverage_chn,
            DEMAND: p.tempt_demand * now.leverage_chn,
        },
        "leverage-decision.single_buyer_bargains": {
            SQUEEZE: p.buyer_hold * (1 - exp(-now.single_buyer / 0.05))
        },
        "leverage-decision.buyer_can_wait": {SQUEEZE: p.clock * waits * now.leverage_chn},
        "leverage-decision.care_restrains": {SQUEEZE: -care, DEMAND: -care - p.open_challenge},
        "leverage-decision.disputes_are_settled": {SQUEEZE: -settled},
        "leverage-decision.rival_restrains": {SQUEEZE: -0.3 * lost, DEMAND: -lost},
        "leverage-decision.cover_can_be_withdrawn": {
            DEMAND: p.cover_leverage * now.cover * now.rivalry_wst_rus / 4
        },
        "leverage-decision.arms_for_rivals_irritate": {DEMAND: p.rivals_armed * now.assertiveness * armed},
    }


def _giving_way(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    routine = p.routine if was.leverage == Leverage.SQUEEZE else 0.0
    asked = p.asked * now.leverage_chn if was.leverage == Leverage.DEMAND else 0.0
    needed = p.need * now.fiscal_strain
    alone = now.rivalry_wst_rus / 8 + (0.5 if was.ukraine == Ukraine.FULL else 0)
    bought = p.bought * now.capture
    return {
        "leverage-decision.autonomy_is_prized": {
            COMMERCIAL: -p.giving_price,
            STRATEGIC: -p.autonomy_price - p.autonomy_weight * now.autonomy_worry,
        },
        "leverage-decision.dependence_is_not_obedience": {
            COMMERCIAL: p.yielding * now.leverage_chn,
            STRATEGIC: p.yielding * p.political_yield * now.leverage_chn,
        },
        "leverage-decision.pressure_is_answered": {COMMERCIAL: routine, STRATEGIC: asked},
        "leverage-decision.nuclear_floor_holds": {STRATEGIC: -p.nuclear_floor * now.leverage_chn**2},
        "leverage-decision.economics_weigh_little": {
            COMMERCIAL: needed,
            STRATEGIC: needed * p.strategy_for_money,
        },
        "leverage-decision.cover_is_repaid": {STRATEGIC: p.cover_debt * now.cover * alone},
        "leverage-decision.bought_friends_concede": {COMMERCIAL: bought, STRATEGIC: bought},
        "leverage-decision.orientation_opens_doors": {STRATEGIC: p.eastern_turn * now.orientation},
    }


def obedience(now: Names, was: Names, outside: Names, p: Names) -> Values:
    """The rival in which dependence turns into obedience."""
    leverage = now.leverage_chn
    return {COMMERCIAL: p.yielding * leverage, STRATEGIC: p.yielding * (leverage + leverage**2)}


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    """Pulls on the concession on crude, the gas price and what other buyers pay."""
    elsewhere = 1 - min(now.share_oil_chn + now.share_oil_wst, 1)
    exits = min(now.share_oil_wst + 0.5 * elsewhere, 1)
    squeezed = forborne = 0.0
    if chosen.leverage == Leverage.FORBEAR:
        forborne = p.forbearance_price * (1 + now.trust_chn) / 2 * now.leverage_chn
    else:
        squeezed = 1 - exp(-3 * now.leverage_chn)
    barred = 1 if chosen.sanctions == Sanctions.COMPREHENSIVE else 0
    closed = clip(barred + outside.embargo, 0, 1)
    return {
        "price.single_buyer_lowers_price": {
            "pull_concession": p.single_buyer_price * now.single_buyer * (1 - exits)
        },
        "price.squeeze_takes_more": {
            "pull_concession": 2 * p.squeeze_price * squeezed,
            "pull_gas_price": -2 * p.squeeze_gas * squeezed,
        },
        "price.forbearance_leaves_price": {"pull_concession": -forborne},
        "price.barred_barrels_sell_cheap": {
            "pull_concession": p.distress_chn * closed * now.share_oil_wst,
            "pull_urals_gap": closed * (p.sanction_gap + p.distress_elsewhere * now.share_oil_wst),
        },
    }


def bargain(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Values:
    """The rival in which the two split the loss of taking bound oil elsewhere."""
    return {"pull_concession": p.bargain_share * p.fallback_loss * outside.oil_price * now.single_buyer}


def settles(now: Names, was: Names, chosen: Names, outside: Names, p: Names, pulls: Names) -> Contributions:
    """The prices move toward what the pulls say."""
    due = p.concession_usual + pulls.pull_concession
    formula = p.gas_link * outside.oil_price * exp(clip(pulls.pull_gas_price, -3, 3))
    return {
        "price.concession_settles": {"crude_concession": p.concession_speed * (due - now.crude_concession)},
        "price.gas_follows_oil": {"gas_price_chn": p.gas_lag * (formula - now.gas_price_chn)},
    }


RIVALS = {
    "leverage-decision.dependence_is_not_obedience": {"G17": obedience},
    "price.single_buyer_lowers_price": {"bargain": bargain},
}
