"""The Western coalition: what unites and divides it, what it gives Ukraine, and where China stands in Europe."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Support, Taiwan, Ukraine
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

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
    "A judgement: Pew medians for China stood at 35 and 32 percent in 2024-2025; the fall itself is not in one series.",
    "P10 T8",
)
parameter(
    "exposure_europe",
    LogNormal(0.08, 1.5),
    "1/quarter per index",
    "A proven secret transfer, or a leaked pact, would ruin China's position in Europe.",
    "P10 P23",
)
parameter(
    "aid_full",
    LogNormal(135, 1.2),
    "EUR bn/yr",
    "aid.total.all-ukr ran at 80-105 a year in full war at cohesion of 0.6-0.8.",
    "P9",
)
parameter(
    "aid_after",
    Beta(0.3, 20),
    "share",
    "Aid in a ceasefire or frozen war, as a share of that in full war.",
    "P9",
)
parameter(
    "wedge_aid",
    Beta(0.3, 12),
    "share",
    "The United States gave two fifths of aid in 2022-2024 and little in 2025.",
    "P9",
)


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


@mechanism(
    writes="aid_ukr~",
    claims="P9",
    equation="after = (ukraine == Ukraine.FROZEN) + (ukraine == Ukraine.CEASEFIRE);"
    "level = (ukraine == Ukraine.FULL) + aid_after * after;"
    "aid_ukr += 0.3 * (aid_full * level * cohesion_wst * (1 - wedge_aid * wedge / 2) - aid_ukr)",
)
def aid_follows_cohesion(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A united West pays for Ukraine's war; an American turn to Moscow takes part of it away."""
    after = 1.0 * (chosen.ukraine == Ukraine.FROZEN) + (chosen.ukraine == Ukraine.CEASEFIRE)
    level = 1.0 * (chosen.ukraine == Ukraine.FULL) + p.aid_after * after
    wanted = p.aid_full * level * now.cohesion_wst * (1 - p.wedge_aid * chosen.wedge / 2)
    return Change(aid_ukr=0.3 * (wanted - now.aid_ukr))
