"""Western policy: sanctions by rule, threats to Chinese banks, offers to Moscow, and how its levers add up."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Support, Ukraine
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
    "A judgement: arms are named as the line that Beijing must not cross.",
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
    "No large Chinese bank has been cut off; trade with China is near 3 percent of Western output.",
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
    "synergy",
    Beta(0.25, 5, 0.0, 1.0),
    "log per pair",
    "Loose: how much coordinated measures add to their single effects is not in the record.",
    "P24",
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
