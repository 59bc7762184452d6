"""Beijing's use of its leverage over Moscow, and Moscow's answer.

The codings hold two squeezes in 136 quarters (2011-Q1 to 2012-Q1 and 2024-Q1 to 2025-Q1), no political demand, five
quarters with a commercial and eight with a strategic concession; six of the eight fall
after 2014.
"""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Answer, Leverage, Ukraine
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal, Normal
from amur.system.state import State

# fmt: off
parameter("tempt", LogNormal(0.75, 1.4), "utility per index", "One squeeze at little leverage, one at much: a mild slope.", "G17")
parameter("tempt_demand", LogNormal(1.0, 1.5), "utility per index", "No demand was made at a leverage of half; the slope is the essays'.", "G17 G20")
parameter("buyer_hold", LogNormal(0.6, 1.5), "utility", "The squeeze of 2011 came in the first quarters of the first pipe.", "G18")
parameter("clock", LogNormal(0.6, 1.8), "utility", "A buyer whose need will fall can wait; not yet seen apart.", "G4")
parameter("care", LogNormal(1.9, 1.2), "utility", "About two squeezes in thirty years, none while Beijing was weak.", "B9 G24")
parameter("open_challenge", LogNormal(1.3, 1.3), "utility", "Beijing has never challenged Moscow openly.", "B9")
parameter("settle", LogNormal(0.8, 1.5), "utility", "Both squeezes were over within five quarters.", "B9 G19")
parameter("losing_partner", LogNormal(1.0, 1.4), "utility", "What a demand would risk while the common rival presses.", "G7 G24")
parameter("cover_leverage", LogNormal(0.3, 1.8), "utility", "Cover could be withdrawn; no case in the record.", "B10")
parameter("rivals_armed", LogNormal(0.8, 1.7), "utility", "Arms for India and Vietnam are a reason to demand; none was made.", "G20")
parameter("giving_price", LogNormal(1.9, 1.15), "utility", "Five commercial concessions in 136 quarters.", "G19")
parameter("autonomy_price", LogNormal(1.5, 1.15), "utility", "Strategic concessions in eight of 136 quarters.", "P8")
parameter("autonomy_weight", LogNormal(0.9, 1.4), "utility per index", "How far worry about autonomy stiffens Moscow.", "P8")
parameter("yielding", LogNormal(0.5, 1.6), "utility per index", "Eleven of thirteen concessions fall after 2005, as leverage rose.", "G17 B2")
parameter("political_yield", Beta(0.25, 4), "share", "How much of it is political; loose, since the essays disagree.", "T7 G17")
parameter("routine", LogNormal(0.9, 1.4), "utility", "In 2011 five quarters of squeeze ended in a lower price.", "G19")
parameter("asked", LogNormal(0.8, 1.7), "utility", "A demand backed by full leverage; never tried.", "G20")
parameter("nuclear_floor", LogNormal(1.0, 1.5), "utility", "The deterrent cancels what full dependence could extract.", "T10")
parameter("need", LogNormal(0.6, 1.5), "utility per index", "Strain on the budget makes stakes and prices negotiable.", "T12 B2")
parameter("strategy_for_money", Beta(0.15, 10), "share", "Little of that need reaches strategy.", "T12")
parameter("cover_debt", LogNormal(0.8, 1.5), "utility", "The concessions of 2023 and 2024 came under cover in the war.", "B10 B2")
parameter("bought", LogNormal(0.6, 1.7), "utility", "Friends in the elite speak for the deal.", "B7")
parameter("eastern_turn", Normal(0.4, 0.2), "utility", "Concessions bunch in the turn east of 2015 and 2016.", "T11 G24")
# fmt: on


@mechanism(
    writes="leverage__squeeze+ leverage__demand+",
    claims="G17",
    equation="leverage__squeeze += tempt * leverage_chn; leverage__demand += tempt_demand * leverage_chn",
)
def leverage_tempts(now: State, outside: Forcings, p: Parameters) -> Change:
    """The more Moscow depends on Beijing and the fewer its exits, the more it tempts Beijing to press."""
    return Change(
        leverage__squeeze=p.tempt * now.leverage_chn, leverage__demand=p.tempt_demand * now.leverage_chn
    )


@mechanism(
    writes="leverage__squeeze+",
    claims="G18",
    equation="leverage__squeeze += buyer_hold * (1 - exp(-single_buyer / 0.05))",
)
def single_buyer_bargains(now: State, outside: Forcings, p: Parameters) -> Change:
    """A pipe that ends at one buyer lets that buyer reopen the price; the first pipe already does."""
    return Change(leverage__squeeze=p.buyer_hold * (1 - jnp.exp(-now.single_buyer / 0.05)))


@mechanism(
    writes="leverage__squeeze+",
    claims="G4",
    equation="leverage__squeeze += clock * transition * (1 - transition) * leverage_chn",
)
def buyer_can_wait(now: State, outside: Forcings, p: Parameters) -> Change:
    """While the energy transition is on its way, the buyer can wait and the seller cannot; after it neither cares."""
    hold = outside.transition * (1 - outside.transition)
    return Change(leverage__squeeze=p.clock * hold * now.leverage_chn)


@mechanism(
    writes="leverage__squeeze- leverage__demand-",
    claims="B9 G24",
    equation="""
    leverage__squeeze += -care * (1 - assertiveness)
    leverage__demand += -care * (1 - assertiveness) - open_challenge
    """,
)
def care_restrains(now: State, outside: Forcings, p: Parameters) -> Change:
    """A careful Beijing avoids surprises and never challenges Moscow openly; an assertive one takes less care."""
    care = p.care * (1 - now.assertiveness)
    return Change(leverage__squeeze=-care, leverage__demand=-care - p.open_challenge)


@mechanism(
    writes="leverage__squeeze-",
    claims="B9 G19",
    equation="leverage__squeeze += -settle * (was.leverage == Leverage.SQUEEZE) * (1 + (was.answer != Answer.DEFY))",
)
def disputes_are_settled(now: State, outside: Forcings, p: Parameters) -> Change:
    """A dispute over money is settled after a while, sooner once Moscow has given something."""
    squeezed, given = now.was.leverage == Leverage.SQUEEZE, now.was.answer != Answer.DEFY
    return Change(leverage__squeeze=-p.settle * squeezed * (1 + given))


@mechanism(
    writes="leverage__squeeze- leverage__demand-",
    claims="G7 G24",
    equation="""
    leverage__squeeze += -0.3 * losing_partner * threat_chn
    leverage__demand += -losing_partner * threat_chn
    """,
)
def rival_restrains(now: State, outside: Forcings, p: Parameters) -> Change:
    """While the West presses both, Beijing does not want to lose the partner over what it might extract."""
    risk = p.losing_partner * now.threat_chn
    return Change(leverage__squeeze=-0.3 * risk, leverage__demand=-risk)


@mechanism(
    writes="leverage__demand+",
    claims="B10",
    equation="leverage__demand += cover_leverage * cover * rivalry_wst_rus / 4",
)
def cover_can_be_withdrawn(now: State, outside: Forcings, p: Parameters) -> Change:
    """Cover that Moscow needs against the West is a thing that Beijing can name a price for."""
    return Change(leverage__demand=p.cover_leverage * now.cover * now.rivalry_wst_rus / 4)


@mechanism(
    writes="leverage__demand+",
    claims="G20",
    equation="""
    rivals = orders_ind + orders_vnm
    leverage__demand += rivals_armed * assertiveness * rivals / max(rivals + orders_chn + orders_oth, 1)
    """,
)
def arms_for_rivals_irritate(now: State, outside: Forcings, p: Parameters) -> Change:
    """Russian arms for India and Vietnam are what an assertive Beijing would first ask Moscow to give up."""
    rivals = now.orders_ind + now.orders_vnm
    part = rivals / jnp.maximum(rivals + now.orders_chn + now.orders_oth, 1)
    return Change(leverage__demand=p.rivals_armed * now.assertiveness * part)


@mechanism(
    writes="answer__commercial- answer__strategic-",
    claims="P8",
    equation="""
    answer__commercial += -giving_price
    answer__strategic += -autonomy_price - autonomy_weight * autonomy_worry
    """,
)
def autonomy_is_prized(now: State, outside: Forcings, p: Parameters) -> Change:
    """Moscow gives nothing away without cause, and guards its freedom of action the more it fears for it."""
    strategic = p.autonomy_price + p.autonomy_weight * now.autonomy_worry
    return Change(answer__commercial=-p.giving_price, answer__strategic=-strategic)


@mechanism(
    writes="answer__commercial+ answer__strategic+",
    claims="T7",
    equation="""
    answer__commercial += yielding * leverage_chn
    answer__strategic += yielding * political_yield * leverage_chn
    """,
    by="T7",
)
def dependence_is_not_obedience(now: State, outside: Forcings, p: Parameters) -> Change:
    """Dependence buys better terms of trade, but only a part of it turns into political power.

    The default because the record cannot tell: strategic concessions are more frequent after 2014, yet each has
    another reason (arms for cash, cover in war), and a loose share lets it say how much is politics. The other
    form (G17, B10, B2) turns all of it into obedience, the faster the deeper the dependence.
    """
    yields = p.yielding * now.leverage_chn
    return Change(answer__commercial=yields, answer__strategic=p.political_yield * yields)


@mechanism(
    writes="answer__commercial+ answer__strategic+",
    claims="G17 B10 B2",
    equation="""
    answer__commercial += yielding * leverage_chn
    answer__strategic += yielding * (leverage_chn + leverage_chn ** 2)
    """,
    by="G17",
    rival_of="leverage-decision.dependence_is_not_obedience",
)
def dependence_becomes_obedience(now: State, outside: Forcings, p: Parameters) -> Change:
    """Whoever holds the reins decides: dependence turns into obedience, the faster the deeper it is."""
    hold = now.leverage_chn
    return Change(answer__commercial=p.yielding * hold, answer__strategic=p.yielding * (hold + hold**2))


@mechanism(
    writes="answer__commercial+ answer__strategic+",
    claims="G19 G20",
    equation="""
    answer__commercial += routine * (was.leverage == Leverage.SQUEEZE)
    answer__strategic += asked * leverage_chn * (was.leverage == Leverage.DEMAND)
    """,
)
def pressure_is_answered(now: State, outside: Forcings, p: Parameters) -> Change:
    """Moscow meets a squeeze on price as business, and a demand as far as leverage stands behind it."""
    return Change(
        answer__commercial=p.routine * (now.was.leverage == Leverage.SQUEEZE),
        answer__strategic=p.asked * now.leverage_chn * (now.was.leverage == Leverage.DEMAND),
    )


@mechanism(
    writes="answer__strategic-",
    claims="T10",
    equation="answer__strategic += -nuclear_floor * leverage_chn ** 2",
)
def nuclear_floor_holds(now: State, outside: Forcings, p: Parameters) -> Change:
    """A nuclear power need not obey: the floor is felt the more, the nearer dependence comes to subjection."""
    return Change(answer__strategic=-p.nuclear_floor * now.leverage_chn**2)


@mechanism(
    writes="answer__commercial+ answer__strategic+",
    claims="T12",
    equation="""
    answer__commercial += need * fiscal_strain
    answer__strategic += need * strategy_for_money * fiscal_strain
    """,
)
def economics_weigh_little(now: State, outside: Forcings, p: Parameters) -> Change:
    """An empty treasury makes the Kremlin sell stakes and cut prices, but hardly change its strategy."""
    need = p.need * now.fiscal_strain
    return Change(answer__commercial=need, answer__strategic=p.strategy_for_money * need)


@mechanism(
    writes="answer__strategic+",
    claims="B10 B2",
    equation="""
    alone = 0.5 * rivalry_wst_rus / 4 + 0.5 * (was.ukraine == Ukraine.FULL)
    answer__strategic += cover_debt * cover * alone
    """,
)
def cover_is_repaid(now: State, outside: Forcings, p: Parameters) -> Change:
    """A Russia at odds with the West, most of all at war, pays for Chinese cover in things it used to withhold."""
    alone = 0.5 * now.rivalry_wst_rus / 4 + 0.5 * (now.was.ukraine == Ukraine.FULL)
    return Change(answer__strategic=p.cover_debt * now.cover * alone)


@mechanism(
    writes="answer__commercial+ answer__strategic+",
    claims="B7",
    equation="answer__commercial += bought * capture; answer__strategic += bought * capture",
)
def bought_friends_concede(now: State, outside: Forcings, p: Parameters) -> Change:
    """Insiders who live on Chinese money speak for giving Beijing what it asks."""
    return Change(answer__commercial=p.bought * now.capture, answer__strategic=p.bought * now.capture)


@mechanism(
    writes="answer__strategic~",
    claims="T11 G24",
    equation="answer__strategic += eastern_turn * orientation",
)
def orientation_opens_doors(now: State, outside: Forcings, p: Parameters) -> Change:
    """A Russia that looks East opens to China what one that looks West keeps shut."""
    return Change(answer__strategic=p.eastern_turn * now.orientation)
