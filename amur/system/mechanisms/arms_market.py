"""The arms market: who orders from Moscow, until its own war, sanctions or its buyers' industries get in the way.

Fitted by eye to security.arms.tiv.rus-chn, -ind, -vnm and -world, which swing by half from year to year.
"""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Answer, Decisions, Leverage, Ukraine
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.flows import power
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "arms_pace", LogNormal(0.16, 1.4), "share/quarter", "From order to delivery pass some two years.", "B4"
)
parameter(
    "arms_need_chn",
    LogNormal(2400, 1.3),
    "TIV mn/yr",
    "China at an output of a trillion dollars, without an industry of its own; it bought 2500-3000 in 2001-05.",
    "B4",
)
parameter(
    "arms_home",
    LogNormal(2250, 1.25),
    "US$ bn/yr",
    "China's output at which its own industry covers half; purchases halved in 2007-08, soon after.",
    "B4",
)
parameter("arms_base_ind", LogNormal(650, 1.3), "TIV mn/yr", "India's orders in the 1990s.", "G20")
parameter("arms_base_vnm", LogNormal(65, 1.4), "TIV mn/yr", "Vietnam's orders in the 1990s.", "G20")
parameter("arms_base_oth", LogNormal(1150, 1.3), "TIV mn/yr", "All other orders in the 1990s.", "B4")
parameter("arms_growth", LogNormal(1.0, 1.25), "elasticity", "Orders grow with the output of the buyers.", "B4")
parameter(
    "arms_sanctions",
    Beta(0.5, 12),
    "share",
    "Custom lost to comprehensive sanctions; two thirds of it are lost to sectoral ones.",
    "B4 G20",
)
parameter(
    "arms_war_need",
    Beta(0.7, 12),
    "share",
    "What the army keeps for itself in full war; exports in 2023 were a quarter of those of 2017-18.",
    "B4",
)
parameter(
    "arms_release",
    LogNormal(200, 1.6),
    "TIV mn/yr",
    "Orders that follow when Moscow releases a leading weapon, as in 2015.",
    "B4",
)
parameter(
    "arms_refused",
    LogNormal(0.25, 1.6),
    "share/quarter",
    "What Moscow cancels for India and Vietnam when it yields to a demand; never seen yet.",
    "G20",
)
parameter(
    "arms_upkeep",
    LogNormal(0.002, 2.0),
    "index/quarter",
    "What Chinese orders at their height do for the capacity to wage war.",
    "B4",
)


@mechanism(
    writes="orders_chn~",
    claims="B4",
    equation="own = gdp_chn / arms_home; want = arms_need_chn * gdp_chn / 1000 / (1 + own ** 2.5)\n"
    "orders_chn += arms_pace * (want * (1 - arms_war_need * (ukraine == Ukraine.FULL)) - orders_chn)",
)
def china_buys_until_it_builds(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """China buys more as it grows richer, until its own industry builds what it used to buy."""
    own = outside.gdp_chn / p.arms_home
    want = p.arms_need_chn * outside.gdp_chn / 1000 / (1 + own * own * jnp.sqrt(own))
    free = 1 - p.arms_war_need * (chosen.ukraine == Ukraine.FULL)
    return Change(orders_chn=p.arms_pace * (want * free - now.orders_chn))


@mechanism(
    writes="orders_chn+",
    claims="B4",
    equation="orders_chn += arms_release * (answer == Answer.STRATEGIC) * (ukraine != Ukraine.FULL)",
)
def leading_weapons_sell(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """When Moscow makes a strategic favour of its best weapons, China buys them, unless a war needs them first."""
    return Change(
        orders_chn=p.arms_release * (chosen.answer == Answer.STRATEGIC) * (chosen.ukraine != Ukraine.FULL)
    )


@mechanism(
    writes="orders_ind~ orders_vnm~ orders_oth~",
    claims="B4 G20",
    equation="growth = (gdp_sou / 10000) ** arms_growth; kept = 1 - arms_sanctions * sanctions / 3; free = 1 - arms_war_need * (ukraine == Ukraine.FULL)\n"
    "orders_ind += arms_pace * (arms_base_ind * growth * kept * free - orders_ind)\n"
    "orders_vnm += arms_pace * (arms_base_vnm * growth ** 2 * kept ** 3 * free - orders_vnm)\n"
    "orders_oth += arms_pace * (arms_base_oth * growth * kept * free - orders_oth)",
)
def the_market_shrinks(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Other buyers order as they grow, and turn away under sanctions and when Moscow's own war takes the output.

    Vietnam grew faster and left faster than India in the record: hence the powers.
    """
    growth = power(outside.gdp_sou / 10000, p.arms_growth)
    kept = 1 - p.arms_sanctions * chosen.sanctions / 3
    free = 1 - p.arms_war_need * (chosen.ukraine == Ukraine.FULL)
    return Change(
        orders_ind=p.arms_pace * (p.arms_base_ind * growth * kept * free - now.orders_ind),
        orders_vnm=p.arms_pace
        * (p.arms_base_vnm * growth * growth * kept * kept * kept * free - now.orders_vnm),
        orders_oth=p.arms_pace * (p.arms_base_oth * growth * kept * free - now.orders_oth),
    )


@mechanism(
    writes="orders_ind- orders_vnm-",
    claims="G20",
    equation="cut = arms_refused * (leverage == Leverage.DEMAND) * (answer == Answer.STRATEGIC)\n"
    "orders_ind += -min(cut, 1) * orders_ind; orders_vnm += -min(cut, 1) * orders_vnm",
)
def beijing_vetoes_its_rivals_arms(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """If Beijing demands it and Moscow yields, arms for India and Vietnam are held back.

    Nothing of the kind is in the record: orders from both went on while China grew.
    """
    cut = jnp.minimum(
        p.arms_refused * (chosen.leverage == Leverage.DEMAND) * (chosen.answer == Answer.STRATEGIC), 1
    )
    return Change(orders_ind=-cut * now.orders_ind, orders_vnm=-cut * now.orders_vnm)


@mechanism(
    writes="war_capacity+",
    claims="B4",
    equation="war_capacity += arms_upkeep * min(orders_chn / 3000, 1) * (1 - war_capacity)",
)
def chinese_orders_keep_the_works_going(
    now: State, chosen: Decisions, outside: Forcings, p: Parameters
) -> Change:
    """Chinese orders keep Russian arms works going that would otherwise have closed."""
    return Change(war_capacity=p.arms_upkeep * jnp.minimum(now.orders_chn / 3000, 1) * (1 - now.war_capacity))
