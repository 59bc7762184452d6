"""Groups keys, leaders and succession: the two great-power keys of the outlook, and who rules."""

from __future__ import annotations

from math import log

from amur.system.decisions import Kremlin, Sanctions, Ukraine, Zhongnanhai
from reference.maths import Names, sigmoid

type Values = dict[str, float]
type Contributions = dict[str, Values]


def motives(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    """Utilities of a succession; all of them are 0 once the incumbent has gone."""
    return {**_moscow(now, was, outside, p), **_beijing(now, was, outside, p)}


def _moscow(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    old = shaken = eastern = western = 0.0
    if was.kremlin == Kremlin.INCUMBENT:
        old = max(p.exit_level + p.exit_age * (outside.age_rus - 65), 0)
        shaken = p.hardship_topples * outside.stress_rus / 3 + p.defeat_topples * now.collapse
        subjection = now.autonomy_worry * now.dependence_rus
        east = p.outlook_picks * now.orientation + p.capture_picks * now.capture - p.fear_picks * subjection
        eastern, western = log(2 * sigmoid(east)), log(2 * sigmoid(-east))
    return {
        "succession.age_ends_rule_in_moscow": {"kremlin__eastern": old, "kremlin__western": old},
        "succession.failure_ends_rule": {"kremlin__eastern": shaken, "kremlin__western": shaken},
        "succession.next_generation_chooses": {"kremlin__eastern": eastern, "kremlin__western": western},
    }


def _beijing(now: Names, was: Names, outside: Names, p: Names) -> Contributions:
    old = careful = assertive = 0.0
    if was.zhongnanhai == Zhongnanhai.INCUMBENT:
        trouble = outside.stress_chn / 2
        old = max(p.exit_level + p.exit_age * (outside.age_chn - 65) + p.hardship_topples * trouble, 0)
        mood = p.threat_picks * (now.threat_chn - 0.5) + p.mood_picks * (now.assertiveness - 0.5)
        hard = mood - p.trouble_picks * trouble
        careful, assertive = log(2 * sigmoid(-hard)), log(2 * sigmoid(hard))
    return {
        "succession.age_ends_rule_in_beijing": {"zhongnanhai__careful": old, "zhongnanhai__assertive": old},
        "succession.times_choose_heir": {"zhongnanhai__careful": careful, "zhongnanhai__assertive": assertive},
    }


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    """Changes of assertiveness, reform, orientation and the bond of the leaders."""
    return {
        **_assertiveness(now, chosen, outside, p),
        **_reform(now, chosen, outside, p),
        **_orientation(now, chosen, p),
        **_leaders(now, chosen, p),
    }


def _assertiveness(now: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    power = min(p.power_scale * outside.gdp_chn / max(outside.gdp_wst, 1), 1)
    tone = 0 if chosen.zhongnanhai == Zhongnanhai.CAREFUL else 1
    return {
        "keys.power_emboldens": {"assertiveness": p.power_pace * (power - now.assertiveness)},
        "keys.leader_sets_tone": {"assertiveness": p.leader_tone * (tone - now.assertiveness)},
    }


def _reform(now: Names, chosen: Names, outside: Names, p: Names) -> Contributions:
    at_war = chosen.ukraine == Ukraine.FULL
    hardship = 0.0 if at_war else p.hardship * now.fiscal_strain * (1 - now.reform)
    closed = 0.0
    if at_war:
        closed += 0.6
    if chosen.sanctions in (Sanctions.SECTORAL, Sanctions.COMPREHENSIVE):
        closed += 0.4
    opened = p.western_reform * (1 - now.reform) if chosen.kremlin == Kremlin.WESTERN else 0.0
    return {
        "keys.rents_slow_reform": {"reform": -p.rents * now.reform * min(outside.oil_price / 60, 3)},
        "keys.hardship_brings_reform": {"reform": hardship},
        "keys.war_closes_economy": {"reform": -p.war_economy * now.reform * closed},
        "keys.westernisers_reform": {"reform": opened},
    }


def _orientation(now: Names, chosen: Names, p: Names) -> Contributions:
    outlook = now.orientation
    trade = now.dependence_rus - 0.5 * (now.share_oil_wst + now.share_raw_wst)
    led = 0.0
    if chosen.kremlin == Kremlin.EASTERN:
        led = p.leader_turns * (1 - outlook)
    elif chosen.kremlin == Kremlin.WESTERN:
        led = -p.leader_turns * (1 + outlook)
    fear = p.subjection_fear * now.autonomy_worry * now.dependence_rus
    return {
        "keys.confrontation_turns_east": {"orientation": p.turn_east * now.rivalry_wst_rus / 4 * (1 - outlook)},
        "keys.trade_draws_outlook": {"orientation": p.trade_turns * (trade - outlook)},
        "keys.leader_turns_country": {"orientation": led},
        "keys.subjection_is_feared": {"orientation": -fear * (1 + outlook)},
    }


def _leaders(now: Names, chosen: Names, p: Names) -> Contributions:
    if chosen.kremlin == Kremlin.INCUMBENT and chosen.zhongnanhai == Zhongnanhai.INCUMBENT:
        change = p.bond_growth * (1 - now.bond)
    else:
        change = -p.bond_loss * now.bond
    return {
        "leaders.years_together_make_a_bond": {"bond": change},
        "leaders.bond_sets_the_tone": {
            "coordination": p.bond_votes * now.bond * (1 - now.coordination),
            "rhetoric": p.bond_words * now.bond * (1 - now.rhetoric),
        },
    }
