"""Emboldening: what makes Moscow probe or go to war, and what that does to the West."""

from __future__ import annotations

from amur.system.decisions import Kremlin, Risk, Ukraine
from reference.maths import Names


def motives(now: Names, was: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    """What speaks for and against daring."""
    at_war = was.ukraine == Ukraine.FULL
    stirred = p.threat_stirs * now.threat_rus + p.east_turn * now.orientation - p.probing_hurdle
    if was.kremlin == Kremlin.WESTERN:
        stirred -= p.western_kremlin
    far_end = stirred + p.war_emboldens if at_war else stirred - p.war_hurdle
    backed = p.emboldening * now.cover * (0.5 + now.status)
    means = p.means_tempt * now.war_capacity * (1 - now.fiscal_strain)
    gap = p.weakness_tempts * (1 - now.cohesion_wst) * now.war_capacity
    cost = p.cost_restrains * (was.sanctions / 3) * (1 - now.dependence_rus)
    losses = now.collapse
    if at_war:
        losses += max(-now.momentum, 0)
    pause = 1.5 * p.war_hurdle if was.ukraine == Ukraine.CEASEFIRE else 0.0
    return {
        "emboldening.threat_stirs_moscow": {"risk__probing": stirred},
        "emboldening.war_is_the_far_end_of_probing": {"risk__war": far_end},
        "emboldening.cover_emboldens": {"risk__probing": backed, "risk__war": backed},
        "emboldening.means_tempt": {"risk__probing": means, "risk__war": 1.5 * means},
        "emboldening.weakness_invites": {"risk__probing": gap, "risk__war": gap},
        "emboldening.costs_restrain_a_little": {"risk__probing": -cost / 2, "risk__war": -cost},
        "emboldening.losses_restrain": {"risk__war": -p.losses_restrain * losses},
        "emboldening.a_truce_is_a_pause": {"risk__war": -pause},
    }


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    """What daring does to the West."""
    united = {"cohesion_wst": 0.0, "rivalry_wst_rus": 0.0}
    if chosen.risk >= Risk.PROBING:
        united = {
            "cohesion_wst": p.probing_unites * (1 - now.cohesion_wst),
            "rivalry_wst_rus": p.probing_hardens * (1 - now.rivalry_wst_rus / 4),
        }
    return {"emboldening.daring_unites_the_west": united}
