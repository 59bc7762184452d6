"""Western policy: sanctions by rule, threats to Chinese banks, offers to Moscow, cohesion and Europe."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Support, Taiwan, Ukraine
from amur.system.declare import Array, Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "sanctions_rule",
    LogNormal(1.0, 1.25),
    "utility",
    "Sanctions came within a quarter or two of each Russian step.",
    "P9",
)
parameter(
    "sanctions_probing",
    LogNormal(0.4, 1.4),
    "level",
    "Georgia 2008 and Salisbury 2018 alone brought next to none.",
    "P9",
)
parameter(
    "sanctions_truce", LogNormal(2.5, 1.08), "level", "Sanctions of 2014 outlived the fighting by years.", "P9"
)
parameter(
    "wedge_lifts",
    LogNormal(0.3, 1.5),
    "level",
    "Full American offers without European ones lift little: nothing was lifted in 2025.",
    "T11",
)
parameter(
    "secondary_rule",
    LogNormal(0.5, 1.3),
    "utility",
    "Steps of 2017, 2018, 2023 and 2025 came one by one, years apart.",
    "G14 P2",
)
parameter(
    "secondary_dualuse",
    LogNormal(0.8, 1.4),
    "level",
    "Banks were threatened in the year in which dual-use supply was found.",
    "P2 G14",
)
parameter(
    "secondary_lethal",
    LogNormal(2.0, 1.3),
    "level",
    "Western leaders said that arms would bring severe costs.",
    "P2",
)
parameter(
    "secondary_cohesion",
    LogNormal(1.0, 1.5),
    "level per index",
    "A threat to Chinese banks needs Europe too.",
    "P24 P2",
)
parameter(
    "secondary_exposed", LogNormal(0.8, 1.5), "level per index", "Listings follow published transfers.", "P23"
)
parameter(
    "secondary_price",
    LogNormal(1.5, 1.3),
    "utility",
    "No large Chinese bank has been cut off; trade with China is above 3 percent of Western output.",
    "T4 G14",
)
parameter(
    "wedge_want",
    LogNormal(5.0, 1.3),
    "utility",
    "Signals in 2021 and 2024 and an offer in 2025, all with rivalry against both.",
    "T11",
)
parameter(
    "wedge_hurdle", LogNormal(0.9, 1.3), "utility per step", "No signal in the rivalry of 2014-2020.", "T11"
)
parameter(
    "cohesion_rest",
    Beta(0.37, 60),
    "index",
    "Without a common foe the coalition rests near its level of the 1990s.",
    "P9",
)
parameter("fatigue", LogNormal(0.05, 1.3), "1/quarter", "Half of a surge fades in three to four years.", "P9")
parameter(
    "common_foe",
    LogNormal(0.015, 1.4),
    "index/quarter",
    "Sanctions of 2014-2021 held though no more were agreed.",
    "P9",
)
parameter("war_unites", LogNormal(0.1, 1.3), "index/quarter", "Aid and sanctions of 2022-2024.", "P9 T8")
parameter(
    "shock_unites",
    Beta(0.45, 20),
    "share",
    "In the first quarter of 2022 half of what was lacking came at once.",
    "P9 T8",
)
parameter(
    "wedge_divides",
    LogNormal(0.08, 1.4),
    "index/quarter",
    "American offers over Europe's head divided the coalition in 2025.",
    "T11 P9",
)
parameter(
    "exposure_unites",
    LogNormal(0.05, 1.5),
    "index/quarter",
    "Published transfers rallied Europe against the suppliers.",
    "P23",
)
parameter(
    "coordination_binds",
    LogNormal(0.03, 1.5),
    "index/quarter",
    "Fully coordinated measures hold the coalition a tenth of an index higher.",
    "P24",
)
parameter(
    "synergy",
    Beta(0.25, 5, 0.0, 1.0),
    "log per pair",
    "Loose: how much coordinated measures add to their single effects is not in the record.",
    "P24",
)
parameter("noise_cohesion", LogNormal(0.015, 1.3), "index/quarter", "Unexplained change of cohesion.")
parameter(
    "europe_opens",
    LogNormal(0.12, 1.3),
    "1/quarter per share",
    "China's standing in Europe rose with trade until about 2016.",
    "T4 P10",
)
parameter("europe_cools", LogNormal(0.02, 1.3), "1/quarter", "Complaints about trade that need no war.", "P10")
parameter(
    "europe_rivalry",
    LogNormal(0.02, 1.5),
    "1/quarter per code",
    "Europe called China a systemic rival in 2019.",
    "P10",
)
parameter(
    "europe_betrayed",
    LogNormal(0.09, 1.3),
    "1/quarter",
    "Support of Russia in full war: society.ciss and Pew medians for China halved in 2022-2024.",
    "P10 T8",
)
parameter(
    "exposure_europe",
    LogNormal(0.08, 1.5),
    "1/quarter per index",
    "A proven secret transfer, or a leaked pact, would ruin China's position in Europe.",
    "P10 P23",
)


def _quadratic(rule: Array, level: int, wanted: Array) -> Array:
    """The utility of a level of a ladder, highest at the level wanted, 0 for none."""
    return rule * level * (2 * wanted - level) / 2


@mechanism(
    writes="sanctions__targeted~ sanctions__sectoral~ sanctions__comprehensive~",
    claims="P9 P21 T11",
    equation="at = 1.7 * (was.ukraine == Ukraine.LOW) + 2 * (was.ukraine == Ukraine.FROZEN) + 3.3 * (was.ukraine == Ukraine.FULL)"
    " + sanctions_truce * (was.ukraine == Ukraine.CEASEFIRE) - 0.3 * (was.ukraine == Ukraine.PEACE);"
    "want = (at + sanctions_probing * was.risk) * (0.8 + 0.3 * cohesion_wst) - wedge_lifts * was.wedge / 2;"
    "sanctions__targeted += sanctions_rule * 1 * (2 * want - 1) / 2; sanctions__sectoral += sanctions_rule * 2 * (2 * want - 2) / 2;"
    "sanctions__comprehensive += sanctions_rule * 3 * (2 * want - 3) / 2",
)
def sanctions_answer_war(now: State, outside: Forcings, p: Parameters) -> Change:
    """The West sanctions Russia by what it does in Ukraine and how united the West is; offers lift a little.

    The coded levels stepped up with the war in 2014 and 2022 and never down, which the inertia of this decision says.
    """
    mode = now.was.ukraine
    at = 1.7 * (mode == Ukraine.LOW) + 2.0 * (mode == Ukraine.FROZEN) + 3.3 * (mode == Ukraine.FULL)
    at = at + p.sanctions_truce * (mode == Ukraine.CEASEFIRE) - 0.3 * (mode == Ukraine.PEACE)
    want = (at + p.sanctions_probing * now.was.risk) * (
        0.8 + 0.3 * now.cohesion_wst
    ) - p.wedge_lifts * now.was.wedge / 2
    return Change(
        sanctions__targeted=_quadratic(p.sanctions_rule, 1, want),
        sanctions__sectoral=_quadratic(p.sanctions_rule, 2, want),
        sanctions__comprehensive=_quadratic(p.sanctions_rule, 3, want),
    )


_LADDER = ("announced", "entities", "threatened", "banks", "large_banks")


@mechanism(
    writes=" ".join(f"secondary__{name}~" for name in _LADDER),
    claims="G14 P2 P23 P24",
    equation="want = 1.3 * (was.sanctions - 1) + secondary_dualuse * (was.support >= Support.DUAL_USE)"
    " + secondary_lethal * (was.support == Support.LETHAL) + secondary_cohesion * (cohesion_wst - 0.5) * (was.sanctions > 1)"
    " + secondary_exposed * exposure;"
    + ";".join(
        f"secondary__{name} += secondary_rule * {level} * (2 * want - {level}) / 2"
        for level, name in enumerate(_LADDER, 1)
    ),
)
def helpers_are_sanctioned_too(now: State, outside: Forcings, p: Parameters) -> Change:
    """Chinese helpers are sanctioned by how far they help, how united the West is and what has been exposed."""
    want = 1.3 * (now.was.sanctions - 1) + p.secondary_dualuse * (now.was.support >= Support.DUAL_USE)
    want = (
        want + p.secondary_lethal * (now.was.support == Support.LETHAL) + p.secondary_exposed * outside.exposure
    )
    want = want + p.secondary_cohesion * (now.cohesion_wst - 0.5) * (now.was.sanctions > 1)
    return Change(
        {
            f"secondary__{name}": _quadratic(p.secondary_rule, level, want)
            for level, name in enumerate(_LADDER, 1)
        }
    )


@mechanism(
    writes="secondary__banks- secondary__large_banks-",
    claims="T4 G14",
    equation="weight = min(trade_chn_wst / max(gdp_wst, 1) / 0.03, 3);"
    "secondary__banks += -0.2 * secondary_price * weight; secondary__large_banks += -secondary_price * weight",
)
def trade_with_china_stays_the_hand(now: State, outside: Forcings, p: Parameters) -> Change:
    """The more the West trades with China, the dearer it is to strike at Chinese banks, large ones above all."""
    weight = p.secondary_price * jnp.minimum(outside.trade_chn_wst / jnp.maximum(outside.gdp_wst, 1) / 0.03, 3)
    return Change(secondary__banks=-0.2 * weight, secondary__large_banks=-weight)


@mechanism(
    writes="wedge__signal~ wedge__offer~",
    claims="T11 P9",
    equation="drive = rivalry_usa_chn * rivalry_wst_rus / 16 * (1 - cohesion_wst);"
    "wedge__signal += wedge_want * drive - wedge_hurdle; wedge__offer += 1.5 * wedge_want * drive - 2 * wedge_hurdle",
)
def two_rivals_invite_a_wedge(now: State, outside: Forcings, p: Parameters) -> Change:
    """Washington woos Moscow when it is at odds with both and its coalition no longer binds it."""
    drive = p.wedge_want * now.rivalry_usa_chn * now.rivalry_wst_rus / 16 * (1 - now.cohesion_wst)
    return Change(wedge__signal=drive - p.wedge_hurdle, wedge__offer=1.5 * drive - 2 * p.wedge_hurdle)


@mechanism(
    writes="cohesion_wst~",
    claims="P9",
    equation="cohesion_wst += fatigue * (cohesion_rest - cohesion_wst)",
)
def cohesion_tires(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Left alone, the coalition drifts back to its level of quiet times."""
    return Change(cohesion_wst=p.fatigue * (p.cohesion_rest - now.cohesion_wst))


@mechanism(
    writes="cohesion_wst+",
    claims="P9 T8",
    equation="begun = (ukraine == Ukraine.FULL) * (was.ukraine != Ukraine.FULL) + (taiwan >= Taiwan.BLOCKADE) * (was.taiwan < Taiwan.BLOCKADE);"
    "foe = common_foe * (ukraine != Ukraine.PEACE) + war_unites * (ukraine == Ukraine.FULL);"
    "cohesion_wst += (1 - cohesion_wst) * (foe + shock_unites * min(begun, 1))",
)
def war_unites_the_west(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """War unites the West instead of dividing it: at once when it begins, then as long as it lasts."""
    begun = 1.0 * (chosen.ukraine == Ukraine.FULL) * (now.was.ukraine != Ukraine.FULL)
    begun = begun + 1.0 * (chosen.taiwan >= Taiwan.BLOCKADE) * (now.was.taiwan < Taiwan.BLOCKADE)
    foe = p.common_foe * (chosen.ukraine != Ukraine.PEACE) + p.war_unites * (chosen.ukraine == Ukraine.FULL)
    return Change(cohesion_wst=(1 - now.cohesion_wst) * (foe + p.shock_unites * jnp.minimum(begun, 1)))


@mechanism(
    writes="cohesion_wst-",
    claims="T11 P9",
    equation="cohesion_wst += -wedge_divides * cohesion_wst * wedge / 2",
)
def offers_divide_the_west(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """An American offer to Moscow over the heads of allies divides them."""
    return Change(cohesion_wst=-p.wedge_divides * now.cohesion_wst * chosen.wedge / 2)


@mechanism(
    writes="cohesion_wst+",
    claims="P23 P9",
    equation="cohesion_wst += exposure_unites * exposure * (1 - cohesion_wst)",
)
def exposure_rallies_the_west(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Covert transfers made public rally the West."""
    return Change(cohesion_wst=p.exposure_unites * outside.exposure * (1 - now.cohesion_wst))


@mechanism(
    writes="cohesion_wst~",
    claims="P24",
    equation="cohesion_wst += coordination_binds * (western_coordination - 0.5) * min(cohesion_wst, 1 - cohesion_wst)",
)
def coordination_binds_the_west(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Measures taken together hold the coalition together; measures taken alone loosen it."""
    room = jnp.minimum(now.cohesion_wst, 1 - now.cohesion_wst)
    return Change(cohesion_wst=p.coordination_binds * (outside.western_coordination - 0.5) * room)


@mechanism(
    writes="pull_tech_chn- pull_dualuse- war_capacity-",
    claims="P24 P21 P22 P23",
    equation="measures = link_controls + production_controls + exposure + sanctions / 3;"
    "pairs = (measures ** 2 - link_controls ** 2 - production_controls ** 2 - exposure ** 2 - (sanctions / 3) ** 2) / 2;"
    "joint = synergy * western_coordination * cohesion_wst * max(pairs, 0);"
    "pull_tech_chn += -0.3 * joint; pull_dualuse += -joint; war_capacity += -0.01 * joint * war_capacity",
)
def levers_reinforce(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Controls on links and on production, exposure and sanctions close each other's gaps if they are coordinated.

    A sum over pairs, so that one lever alone adds nothing here; what each does alone stands with what it acts on.
    """
    links, plants, told, level = (
        outside.link_controls,
        outside.production_controls,
        outside.exposure,
        chosen.sanctions / 3,
    )
    alone = links**2 + plants**2 + told**2 + level**2
    pairs = jnp.maximum(((links + plants + told + level) ** 2 - alone) / 2, 0)
    joint = p.synergy * outside.western_coordination * now.cohesion_wst * pairs
    return Change(
        pull_tech_chn=-0.3 * joint, pull_dualuse=-joint, war_capacity=-0.01 * joint * now.war_capacity
    )


@mechanism(
    writes="europe_tie~",
    claims="T4 P10",
    equation="open = europe_opens * min(trade_chn_wst / max(exports_chn + imports_chn, 1), 1);"
    "strain = europe_cools + europe_rivalry * max(rivalry_usa_chn - 2, 0);"
    "europe_tie += open * (1 - europe_tie) - strain * europe_tie",
)
def trade_ties_europe(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Trade raises China's standing in Europe, quarrels over trade and rivalry with America lower it."""
    west = jnp.minimum(outside.trade_chn_wst / jnp.maximum(outside.exports_chn + outside.imports_chn, 1), 1)
    strain = p.europe_cools + p.europe_rivalry * jnp.maximum(now.rivalry_usa_chn - 2, 0)
    return Change(europe_tie=p.europe_opens * west * (1 - now.europe_tie) - strain * now.europe_tie)


@mechanism(
    writes="europe_tie-",
    claims="P10 T8 P23",
    equation="burden = 0.1 * (ukraine == Ukraine.LOW) + (ukraine == Ukraine.FULL);"
    "europe_tie += -europe_tie * min(europe_betrayed * burden * (0.7 + 0.3 * support) * (support >= Support.POLITICAL)"
    " + exposure_europe * exposure, 1)",
)
def support_costs_europe(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Support of Russia in its war, and transfers that come to light, cost China its standing in Europe."""
    burden = 0.1 * (chosen.ukraine == Ukraine.LOW) + (chosen.ukraine == Ukraine.FULL)
    backing = burden * (0.7 + 0.3 * chosen.support) * (chosen.support >= Support.POLITICAL)
    lost = jnp.minimum(p.europe_betrayed * backing + p.exposure_europe * outside.exposure, 1)
    return Change(europe_tie=-now.europe_tie * lost)
