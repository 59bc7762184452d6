"""The Arctic, the border, Central Asia, Greater Eurasia and history."""

from __future__ import annotations

from amur.system.decisions import Treaty, Ukraine
from reference.maths import Names


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    """What happens where the two meet on the map, and in memory."""
    return {
        **_arctic(now, was, p),
        **_border(now, chosen, outside, p),
        **_central_asia(now, was, chosen, outside, p),
        **_history(now, outside, p),
    }


def _arctic(now: Names, was: Names, p: Names) -> dict[str, dict[str, float]]:
    access = now.arctic_access
    by_gas = 0.5 + now.lng_chn / (now.lng_chn + 20)
    return {
        "arctic.gas_opens_the_north": {
            "arctic_access": p.arctic_open * (was.sanctions / 3) * by_gas * (1 - access)
        },
        "arctic.moscow_guards_the_north": {
            "arctic_access": -p.arctic_guard * now.autonomy_worry * (1 - was.sanctions / 4) * access,
        },
        "arctic.northern_gas_goes_to_china": {"pull_lng_chn": p.arctic_route * access},
    }


def _border(now: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    worry = now.border_worry
    settled = 1.0 if chosen.treaty >= Treaty.FRIENDSHIP else 0.0
    imbalance = outside.population_chn / (outside.population_chn + p.border_crowd * outside.population_rfe)
    quiet = p.border_peace * settled * (1 - worry)
    return {
        "border.settlement_calms": {"border_worry": -p.border_settle * settled * worry},
        "border.joint_drills_calm": {"border_worry": -p.border_drills * now.integration * worry},
        "border.numbers_frighten": {
            "border_worry": p.border_fear * imbalance * (0.3 + now.assertiveness) * (1 - worry),
        },
        "border.quiet_border_builds_trust": {
            "trust_rus": quiet * (1 - now.trust_rus),
            "trust_chn": quiet * (1 - now.trust_chn),
        },
        "border.worry_sours_trust": {"trust_rus": -p.border_sour * worry * (1 + now.trust_rus)},
    }


def _central_asia(
    now: Names, was: Names, chosen: Names, outside: Names, p: Names
) -> dict[str, dict[str, float]]:
    friction, linked = now.casia_friction, now.eurasia
    gdp_rus = max(outside.price_level_rus * now.output_rus, 1)
    footprint = outside.gdp_chn / (outside.gdp_chn + p.casia_half * gdp_rus)
    busy = 2 if chosen.ukraine == Ukraine.FULL else 1
    looking_east, looking_west = max(now.orientation, 0), max(-now.orientation, 0)
    return {
        "central-asia.footprint_rubs": {"casia_friction": p.casia_rub * footprint * busy * (1 - friction)},
        "central-asia.labour_is_divided": {
            "casia_friction": -p.casia_ease * (now.coordination + linked) / 2 * friction,
        },
        "greater-eurasia.union_meets_belt": {
            "eurasia": p.eurasia_link * (was.sanctions / 3 + looking_east) * now.coordination * (1 - linked),
        },
        "greater-eurasia.friction_leaves_it_on_paper": {
            "eurasia": -p.eurasia_fade * (friction + looking_west) * linked,
        },
        "greater-eurasia.the_link_eases_trade": {
            "pull_goods_chn": p.eurasia_trade * linked,
            "pull_raw_chn": p.eurasia_trade * linked,
        },
    }


def _history(now: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    grievance = now.grievance
    phobia = p.grievance_phobia * grievance
    return {
        "history.incidents_stir": {"grievance": p.grievance_flare * outside.grievance_spark * (1 - grievance)},
        "history.pride_stirs": {"grievance": p.grievance_pride * now.assertiveness * (1 - grievance)},
        "history.officials_keep_it_down": {"grievance": -p.grievance_restraint * now.coordination * grievance},
        "history.phobia_returns": {
            "trust_rus": -phobia * (1 + now.trust_rus),
            "trust_chn": -phobia * (1 + now.trust_chn),
        },
    }
