"""Ambiguity, autonomy, the common rival, cover and divergence."""

from __future__ import annotations

from math import exp

from amur.system.decisions import Risk, Support, Taiwan, Treaty
from reference.maths import Names


def motives(now: Names, was: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    """What speaks for and against a guarantee."""
    much_in_the_west = now.west_over_rus / (1 + now.west_over_rus)
    wars = 1.0
    if was.risk == Risk.WAR:
        wars += 1
    if was.taiwan >= Taiwan.CRISIS:
        wars += 1
    return {
        "ambiguity.ambiguity_pays": {
            "treaty__guarantee": -p.ambiguity_worth * (now.europe_tie + much_in_the_west) / 2,
        },
        "autonomy.worry_refuses_a_bond": {"treaty__guarantee": -p.autonomy_refuses * now.autonomy_worry},
        "autonomy.no_war_for_the_other": {"treaty__guarantee": -p.entrapment * wars},
        "common-rival.threat_asks_for_alliance": {
            "treaty__guarantee": p.threat_alliance * now.threat_chn * now.threat_rus + now.integration,
        },
    }


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    """What moves the bond itself."""
    return {
        **_alliance_and_autonomy(now, chosen, p),
        **_common_rival(now, outside, p),
        **_cover(now, chosen, p),
        **_divergence(now, chosen, outside, p),
    }


def _alliance_and_autonomy(now: Names, chosen: Names, p: Names) -> dict[str, dict[str, float]]:
    rallied = {"cohesion_wst": 0.0, "europe_tie": 0.0, "integration": 0.0}
    if chosen.treaty == Treaty.GUARANTEE:
        rallied = {
            "cohesion_wst": p.guarantee_rallies * (1 - now.cohesion_wst),
            "europe_tie": -p.guarantee_estranges * now.europe_tie,
            "integration": p.guarantee_binds * (1 - now.integration),
        }
    bound = min(now.dependence_rus + now.leverage_chn, 1) * (1 - p.nuclear_comfort)
    worry_wanted = p.worry_base + (1 - p.worry_base) * bound
    return {
        "ambiguity.alliance_rallies_the_west": rallied,
        "autonomy.dependence_worries_moscow": {
            "autonomy_worry": p.worry_pace * (worry_wanted - now.autonomy_worry)
        },
        "autonomy.worry_loosens_integration": {
            "integration": -p.autonomy_loosens * now.autonomy_worry * now.integration,
        },
    }


def _common_rival(now: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    joint = now.threat_chn * now.threat_rus
    alike = exp(-(outside.democracy_chn + outside.democracy_rus) / p.affinity_scale)
    inner = (alike + (1 - now.border_worry) + now.dependence_rus) / 3
    return {
        "common-rival.rivalry_is_felt": {
            "threat_chn": p.threat_pace * (now.rivalry_usa_chn / 4 - now.threat_chn),
            "threat_rus": p.threat_pace * (now.rivalry_wst_rus / 4 - now.threat_rus),
        },
        "common-rival.threat_draws_together": {
            "coordination": p.threat_amplifies * joint * inner * (1 - now.coordination),
            "integration": p.threat_drills * joint * inner * (1 - now.integration),
        },
    }


def _necessity(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> dict[str, float]:
    joint = min(now.threat_chn, now.threat_rus)
    return {
        "coordination": p.necessity_votes * joint * (1 - now.coordination),
        "integration": p.necessity_drills * joint * (1 - now.integration),
    }


def _cover(now: Names, chosen: Names, p: Names) -> dict[str, dict[str, float]]:
    given = 0.0
    if chosen.support >= Support.POLITICAL:
        given = p.cover_reach * (1 + chosen.risk / 2) / 2
    shunned = p.isolation_cost * now.output_rus * (1 - now.cover) if chosen.risk == Risk.WAR else 0.0
    return {
        "cover.cover_follows_support": {"cover": p.cover_pace * (given - now.cover)},
        "cover.alone_at_war_is_costly": {"output_rus": -shunned},
    }


def _divergence(now: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    apart, coordination = now.divergence, now.coordination
    wars = 0.0
    if chosen.risk == Risk.WAR:
        wars += 1
    if chosen.taiwan >= Taiwan.CRISIS:
        wars += 0.5
    weight_chn = outside.gdp_chn / (outside.gdp_chn + outside.gdp_wst)
    trade = (now.dependence_rus + now.dependence_chn) / 2
    return {
        "divergence.geography_divides": {"divergence": p.divergence_pace * (p.divergence_base - apart)},
        "divergence.own_wars_divide": {"divergence": p.own_wars * wars * (1 - apart)},
        "divergence.projects_in_the_sphere": {
            "divergence": p.sphere_friction * weight_chn * (1 - now.eurasia) * (1 - apart),
        },
        "divergence.keep_out_of_each_others_way": {"divergence": -p.side_by_side * coordination * apart},
        "divergence.divergence_sets_a_ceiling": {
            "coordination": -p.divergence_votes * apart * coordination,
            "integration": -p.divergence_ceiling * apart * now.integration,
        },
        "divergence.trade_joins": {"coordination": p.trade_votes * trade * (1 - coordination)},
        "divergence.quiet_border_joins": {
            "coordination": p.border_votes * (1 - now.border_worry) * (1 - coordination),
        },
    }


RIVALS = {"common-rival.threat_draws_together": {"R12": _necessity}}
