"""Groups trust, status, symbolism and regime-affinity: what the two think and say of each other."""

from __future__ import annotations

from math import exp
from typing import Any

from amur.system.decisions import Answer, Leverage, Risk, Support, Taiwan, Treaty, Ukraine
from reference.lines import LINES
from reference.maths import Names

type Contributions = dict[str, dict[str, Any]]

FORCE = (Taiwan.BLOCKADE, Taiwan.WAR)


def motives(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    """Utilities of a treaty."""
    liking = (now.trust_rus + now.trust_chn) / 2 + now.coordination + 1 - now.border_worry
    goodwill = p.goodwill_treaty * liking - p.treaty_bother
    if was.treaty != Treaty.NONE:
        goodwill += p.treaty_term
    doubt = p.alliance_trust * (1 - min(now.trust_rus, now.trust_chn))
    return {
        "trust.goodwill_makes_treaties": {"treaty__friendship": goodwill, "treaty__guarantee": goodwill - doubt}
    }


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    """Changes of trust, resentment, status, rhetoric, coordination; what words do to trade and lines."""
    return {
        **_conduct(now, was, chosen, outside, p),
        **_resentment(now, chosen, p),
        **_words(now, chosen, p),
        **_kinship(now, chosen, outside, p),
    }


def _conduct(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    from_rus, from_chn = 1 + now.trust_rus, 1 + now.trust_chn
    to_rus, to_chn = 1 - now.trust_rus, 1 - now.trust_chn

    forbears = p.trust_gain if chosen.leverage == Leverage.FORBEAR else 0.0
    steady = 0.0 if chosen.risk > was.risk else p.trust_gain
    hurt = {Leverage.SQUEEZE: p.squeeze_hurt, Leverage.DEMAND: p.demand_hurt}.get(chosen.leverage, 0.0)
    begun = p.surprise_hurt if chosen.risk == Risk.WAR and was.risk != Risk.WAR else 0.0
    struck = p.surprise_hurt if chosen.taiwan in FORCE and was.taiwan not in FORCE else 0.0
    favour = 0.0
    if chosen.answer == Answer.STRATEGIC:
        favour = p.concession_warmth * to_chn
    elif chosen.answer == Answer.DEFY and chosen.leverage == Leverage.DEMAND:
        favour = -p.concession_warmth * from_chn
    unmet = 0.0
    if chosen.ukraine == Ukraine.FULL:
        unmet = p.unmet_hurt * (1 - chosen.support / Support.LETHAL)
    jostling = p.friction_hurt * now.casia_friction
    leak = p.leak_hurt * outside.exposure
    common = max(min(now.trust_rus, now.trust_chn), 0)
    return {
        "trust.forbearance_builds_trust": {"trust_rus": forbears * to_rus, "trust_chn": steady * to_chn},
        "trust.pressure_costs_trust": {"trust_rus": -hurt * from_rus},
        "trust.surprises_cost_trust": {"trust_chn": -begun * from_chn, "trust_rus": -struck * from_rus},
        "trust.favours_and_refusals": {"trust_chn": favour},
        "trust.unmet_asks_cost_trust": {"trust_rus": -unmet * from_rus},
        "trust.jostling_costs_trust": {"trust_rus": -jostling * from_rus, "trust_chn": -jostling * from_chn},
        "trust.exposure_costs_trust": {"trust_rus": -leak * from_rus, "trust_chn": -leak * from_chn},
        "trust.trust_lets_forces_meet": {"integration": p.trust_drills * common * (1 - now.integration)},
    }


def _resentment(now: Names, chosen: Names, p: Names) -> Contributions:
    gave = chosen.answer / 2 if chosen.leverage == Leverage.DEMAND else 0.0
    felt = p.demand_resented * gave * (1 - now.resentment) - p.resentment_fades * now.resentment
    due = p.status_courtesy + (1 - p.status_courtesy) * now.threat_chn
    if chosen.leverage == Leverage.DEMAND:
        due /= 2
    return {
        "trust.yielding_is_resented": {"resentment": felt},
        "trust.resentment_costs_trust": {
            "trust_rus": -p.resentment_hurt * now.resentment * (1 + now.trust_rus)
        },
        "status.need_buys_status": {"status": p.status_pace * (due - now.status)},
        "status.status_wins_goodwill": {
            "trust_rus": p.status_goodwill * now.status * (1 - now.trust_rus),
            "resentment": -p.status_soothes * now.status * now.resentment,
        },
    }


def _words(now: Names, chosen: Names, p: Names) -> Contributions:
    threat = max(now.threat_chn, now.threat_rus)
    warmer = (p.words_of_threat * threat + p.words_of_habit) * now.coordination
    hushed = p.words_hushed * now.rhetoric if chosen.risk == Risk.WAR else 0.0
    deeds = p.words_to_deeds * now.rhetoric
    return {
        "symbolism.summits_warm_the_words": {
            "rhetoric": warmer * (1 - now.rhetoric) - p.words_fade * now.rhetoric
        },
        "symbolism.war_hushes_the_words": {"rhetoric": -hushed},
        "symbolism.words_move_little": {"pull_raw_chn": deeds, "pull_lines": [deeds] * len(LINES)},
    }


def _kinship(now: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    alike = exp(-(outside.democracy_chn + outside.democracy_rus) / p.affinity_scale)
    calm = 0.0 if chosen.leverage == Leverage.DEMAND else p.affinity_trust * alike
    return {
        "regime-affinity.like_rule_votes_alike": {
            "coordination": p.affinity_votes * alike * (1 - now.coordination)
        },
        "regime-affinity.no_preaching_builds_trust": {
            "trust_rus": calm * (1 - now.trust_rus),
            "trust_chn": calm * (1 - now.trust_chn),
        },
    }
