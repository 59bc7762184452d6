"""The economy, the budget and Chinese investment."""

from __future__ import annotations

from math import exp, log

from amur.system.decisions import Sanctions, Support, Ukraine
from reference.maths import Names, clip


def changes(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    """What moves output, the budget and Chinese capital."""
    return {
        **_output(now, was, chosen, outside, p),
        **_budget(now, chosen, outside, p),
        **_investment(now, chosen, p),
    }


def _output(now: Names, was: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    output = now.output_rus
    potential = p.potential_rus * exp(p.potential_reform * (now.reform - 0.3))
    potential *= (outside.gdp_wst / 14000) ** p.potential_world

    share = min(now.energy_revenue / max(outside.price_level_rus * output, 1), 0.5)
    ahead = log(max(now.exports_rus, 0.001) / max(now.import_budget, 0.001) / p.purse_usual)

    level, level_before = (chosen.sanctions / 3) ** 2, (was.sanctions / 3) ** 2
    tightened = max(level - level_before, 0)
    taken = p.sanctions_cost * level
    helped = min(p.china_relief * (now.dependence_rus + now.tech_dependence) / 2, 1)
    missing = clip(1 - now.imports_rus / max(now.import_budget, 0.001), 0, 1)

    strained = max(now.fiscal_strain - 0.5, 0)
    stimulus = p.war_stimulus * (1 - now.fiscal_strain) if chosen.ukraine == Ukraine.FULL else 0.0
    return {
        "economy.catching_up": {"output_rus": p.catch_up * output * log(potential / output)},
        "economy.windfall": {"output_rus": output * (p.windfall_growth / 4) * (share - p.windfall_usual)},
        "economy.full_purse": {"output_rus": output * (p.purse_growth / 4) * clip(ahead, -1, 1)},
        "economy.crises_cost_output": {"output_rus": -p.stress_cost * output * outside.stress_rus**2},
        "economy.sanctions_cost_growth": {"output_rus": -output * (taken + p.sanctions_shock * tightened)},
        "economy.china_softens_sanctions": {"output_rus": output * taken * helped},
        "economy.missing_imports": {"output_rus": -p.missing_cost * output * missing},
        "economy.war_economy": {"output_rus": output * (stimulus - p.strain_cost * strained)},
    }


def _budget(now: Names, chosen: Names, outside: Names, p: Names) -> dict[str, dict[str, float]]:
    strain = now.fiscal_strain
    demands = (
        p.strain_usual + p.strain_sanctions * (chosen.sanctions / 3) ** 2 + p.strain_stress * outside.stress_rus
    )
    if chosen.ukraine == Ukraine.FULL:
        demands += p.strain_war
    part = clip(now.exports_rus_chn / max(now.exports_rus, 0.001), 0, 1)
    usual = now.energy_revenue / max(outside.price_level_rus * now.output_rus, 1) / p.windfall_usual
    relief = p.strain_speed * strain * p.revenue_relief * min(usual, 4) / 2
    return {
        "economy.demands_strain_the_budget": {
            "fiscal_strain": p.strain_speed * (1 - strain) * demands / (demands + 1),
        },
        "economy.revenue_eases_the_budget": {"fiscal_strain": -relief * (1 - part)},
        "economy.sales_to_china_keep_the_regime": {"fiscal_strain": -relief * part},
    }


def _investment(now: Names, chosen: Names, p: Names) -> dict[str, dict[str, float]]:
    capital = now.chn_capital
    lent = 0.0
    if chosen.support >= Support.POLITICAL and chosen.sanctions >= Sanctions.SECTORAL:
        lent = p.policy_bank_lending * exp(-capital / 40)
    worn = p.capital_leaves + p.capital_hostile * (1 - now.reform) ** 2
    return {
        "investment.capital_follows_trade": {
            "chn_capital": p.capital_follows * now.reform * (1 - now.payment_friction) * now.exports_rus_chn,
        },
        "investment.hostile_climate_repels": {"chn_capital": -worn * capital},
        "investment.policy_banks_step_in": {"chn_capital": lent},
        "investment.owners_buy_output": {
            "pull_raw_chn": 0.05 * log(1 + capital),
            "pull_lng_chn": 0.1 * log(1 + capital),
        },
    }
