"""Beijing's choice of how far to help Moscow against the West: words and deals, dual-use goods, or weapons.

The coding china-support reads neutral to 2014-Q1, economic and political help from 2014-Q2, dual-use goods from
2023-Q1, and no weapons; so help waits for a confrontation, dual-use for a full war, and what would make weapons
likely has not been seen: its size is the essays' and not the record's.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from amur.system.decisions import Support, Ukraine
from amur.system.declare import Array, Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal, Normal
from amur.system.state import State

# fmt: off
parameter("words_price", LogNormal(1.25, 1.2), "utility", "Help begins only in a confrontation: 89 neutral quarters, then at once.", "P1")
parameter("goods_price", LogNormal(0.35, 1.3), "utility", "Dual-use goods cost more than words; taken up a year into the war.", "P1")
parameter("arms_price_step", LogNormal(0.2, 1.4), "utility", "Weapons cross a line that dual-use goods do not.", "P1")
parameter("idle_arms", LogNormal(1.5, 1.3), "utility", "Without a full war, goods and weapons for one have little use.", "P1 P11")
parameter("distraction", LogNormal(2.2, 1.3), "utility", "Words came in the quarter after Crimea: the gain outweighs their price.", "T8")
parameter("war_distraction", LogNormal(1.8, 1.3), "utility", "The move to dual-use goods fits a gain of about their price at rivalry 3.", "T8 P5")
parameter("worth", LogNormal(2.0, 1.4), "utility", "With distraction enough for help in 2014, not in 2008.", "R6")
parameter("kinship", LogNormal(0.4, 1.6), "utility", "Ideology counts, but less than economic reason.", "P2")
parameter("below_threshold", LogNormal(0.3, 1.7), "utility", "A model seen with Iran; for Russia a small extra.", "P13")
parameter("rescue", LogNormal(3.7, 1.3), "utility", "At collapse weapons become likely within a year; never seen.", "T9 P12")
parameter("rescue_goods", Beta(0.2, 20), "share", "Part of the rescue that dual-use goods bring.", "P12")
parameter("collapse_near", Beta(0.65, 40), "index", "How near collapse must be before Beijing arms Moscow: imminent.", "T9")
parameter("wait", LogNormal(0.35, 1.6), "utility", "Dual-use supply was coded four quarters into the full war.", "P11")
parameter("back_winner", Normal(0.2, 0.2), "utility", "Sign left to the record: more goods for a side that gains ground.", "P11")
parameter("market_fear", LogNormal(9.0, 1.4), "utility per share", "At 7 percent of output it weighs half a unit against weapons, less than threats of sanctions do.", "T4")
parameter("deterrence", LogNormal(1.5, 1.3), "utility", "No weapons in four years of threats and listings.", "P2")
parameter("deterred_goods", Beta(0.2, 20), "share", "Part of that threat that falls on dual-use goods, which went on.", "P2")
parameter("europe_price", LogNormal(0.8, 1.5), "utility", "What weapons for Moscow would cost in a Europe that still listens.", "P10")
# fmt: on


def _full_war(now: State) -> Array:
    return now.was.ukraine == Ukraine.FULL


@mechanism(
    writes="support__political- support__dual_use- support__lethal-",
    claims="P1",
    equation="""
    support__political += -words_price
    support__dual_use += -words_price - goods_price - idle_arms * (was.ukraine != Ukraine.FULL)
    support__lethal += -words_price - goods_price - arms_price_step - idle_arms * (was.ukraine != Ukraine.FULL)
    """,
)
def help_has_its_price(now: State, outside: Forcings, p: Parameters) -> Change:
    """Each further kind of help costs Beijing more, and arms cross a line that it says it will not cross."""
    goods = p.words_price + p.goods_price + p.idle_arms * (now.was.ukraine != Ukraine.FULL)
    return Change(
        support__political=-p.words_price, support__dual_use=-goods, support__lethal=-goods - p.arms_price_step
    )


@mechanism(
    writes="support__political+ support__dual_use+ support__lethal+",
    claims="T8 P5",
    equation="""
    rivals = rivalry_usa_chn / 4 * rivalry_wst_rus / 4
    support__political += distraction * rivals
    support__dual_use += (distraction + war_distraction * (was.ukraine == Ukraine.FULL)) * rivals
    support__lethal += (distraction + war_distraction * (was.ukraine == Ukraine.FULL)) * rivals
    """,
)
def distraction_pays(now: State, outside: Forcings, p: Parameters) -> Change:
    """A Russia that keeps the West busy is worth helping while Beijing is at odds with Washington too.

    Weapons are no better at this than dual-use goods: the West is as busy with either.
    """
    rivals = now.rivalry_usa_chn / 4 * now.rivalry_wst_rus / 4
    war = (p.distraction + p.war_distraction * _full_war(now)) * rivals
    return Change(support__political=p.distraction * rivals, support__dual_use=war, support__lethal=war)


@mechanism(
    writes="support__political+ support__dual_use+ support__lethal+",
    claims="R6",
    equation="""
    slow = clip((8 - growth_chn) / 8, 0, 1)
    gain = worth * (slow + rivalry_usa_chn / 4) / 2 * rivalry_wst_rus / 4
    support__political += gain
    support__dual_use += gain
    support__lethal += gain
    """,
)
def partner_worth_more(now: State, outside: Forcings, p: Parameters) -> Change:
    """When its growth slows and the West turns wary, China values the partner that it has more."""
    slow = jnp.clip((8 - outside.growth_chn) / 8, 0, 1)
    gain = p.worth * (slow + now.rivalry_usa_chn / 4) / 2 * now.rivalry_wst_rus / 4
    return Change(support__political=gain, support__dual_use=gain, support__lethal=gain)


@mechanism(
    writes="support__political+ support__dual_use+ support__lethal+",
    claims="P2",
    equation="""
    gain = kinship * (1 - democracy_chn) * (1 - democracy_rus) * rivalry_wst_rus / 4
    support__political += gain
    support__dual_use += gain
    support__lethal += gain
    """,
)
def kinship_counts_a_little(now: State, outside: Forcings, p: Parameters) -> Change:
    """Two regimes that dislike the same West feel for each other, which moves Beijing less than trade does."""
    alike = (1 - outside.democracy_chn) * (1 - outside.democracy_rus)
    gain = p.kinship * alike * now.rivalry_wst_rus / 4
    return Change(support__political=gain, support__dual_use=gain, support__lethal=gain)


@mechanism(
    writes="support__political+",
    claims="P13",
    equation="support__political += below_threshold * rivalry_wst_rus / 4 * (1 - war_capacity) * (1 - leverage_chn)",
)
def kept_below_threshold(now: State, outside: Forcings, p: Parameters) -> Change:
    """A partner that is weak yet its own master can be fed with deals and words at little risk of sanctions."""
    weak_and_free = (1 - now.war_capacity) * (1 - now.leverage_chn)
    return Change(support__political=p.below_threshold * now.rivalry_wst_rus / 4 * weak_and_free)


@mechanism(
    writes="support__dual_use+ support__lethal+",
    claims="T9 P12",
    equation="""
    near = sigmoid((collapse - collapse_near) / 0.07) * (was.ukraine == Ukraine.FULL)
    support__dual_use += rescue * rescue_goods * near
    support__lethal += rescue * near
    """,
    by="T9",
)
def collapse_calls_for_rescue(now: State, outside: Forcings, p: Parameters) -> Change:
    """Beijing would arm Moscow only to stop a military collapse that is about to happen.

    A threshold, since the essay speaks of an imminent total collapse and Beijing sent no weapons in the Russian
    retreats of 2022 (war.ukraine.momentum). The other form (P12) lets help grow with danger from the start.
    """
    near = jax.nn.sigmoid((now.collapse - p.collapse_near) / 0.07) * _full_war(now)
    return Change(support__dual_use=p.rescue * p.rescue_goods * near, support__lethal=p.rescue * near)


@mechanism(
    writes="support__dual_use+ support__lethal+",
    claims="P12",
    equation="""
    danger = collapse * (was.ukraine == Ukraine.FULL)
    support__dual_use += rescue * (1 - collapse_near) * danger
    support__lethal += rescue * danger ** 2
    """,
    by="P12",
    rival_of="support-decision.collapse_calls_for_rescue",
)
def danger_calls_for_rescue(now: State, outside: Forcings, p: Parameters) -> Change:
    """As the partner nears defeat Beijing gives more, goods first, weighing its fall against sanctions."""
    danger = now.collapse * _full_war(now)
    return Change(
        support__dual_use=p.rescue * (1 - p.collapse_near) * danger, support__lethal=p.rescue * danger**2
    )


@mechanism(
    writes="support__dual_use~ support__lethal~",
    claims="P11",
    equation="""
    war = (was.ukraine == Ukraine.FULL)
    support__dual_use += war * (back_winner * momentum - wait * (1 - abs(momentum)) * (was.support < Support.DUAL_USE))
    support__lethal += war * (back_winner * momentum - wait * (1 - abs(momentum)) * (was.support < Support.LETHAL))
    """,
)
def battlefield_first(now: State, outside: Forcings, p: Parameters) -> Change:
    """Beijing waits to see who wins before it goes further, and would rather back a side that gains ground."""
    war, undecided = _full_war(now), p.wait * (1 - jnp.abs(now.momentum))
    winning = p.back_winner * now.momentum
    return Change(
        support__dual_use=war * (winning - undecided * (now.was.support < Support.DUAL_USE)),
        support__lethal=war * (winning - undecided * (now.was.support < Support.LETHAL)),
    )


@mechanism(
    writes="support__dual_use- support__lethal-",
    claims="T4",
    equation="""
    exposed = min(trade_chn_wst / max(gdp_chn, 1), 0.4) * west_over_rus / (1 + west_over_rus)
    support__dual_use += -0.2 * market_fear * exposed
    support__lethal += -market_fear * exposed
    """,
)
def western_markets_hold_back(now: State, outside: Forcings, p: Parameters) -> Change:
    """Trade with the West is many times the trade with Russia, and Beijing will not stake the one on the other."""
    open_west = jnp.minimum(outside.trade_chn_wst / jnp.maximum(outside.gdp_chn, 1), 0.4)
    cost = p.market_fear * open_west * now.west_over_rus / (1 + now.west_over_rus)
    return Change(support__dual_use=-0.2 * cost, support__lethal=-cost)


@mechanism(
    writes="support__dual_use- support__lethal-",
    claims="P2",
    equation="""
    threat = deterrence * was.secondary / 5 * (0.5 + 0.5 * cohesion_wst)
    support__dual_use += -deterred_goods * threat
    support__lethal += -threat
    """,
)
def sanctions_deter(now: State, outside: Forcings, p: Parameters) -> Change:
    """Secondary sanctions, the firmer and the more united the West, keep Beijing from sending weapons."""
    threat = p.deterrence * now.was.secondary / 5 * (0.5 + 0.5 * now.cohesion_wst)
    return Change(support__dual_use=-p.deterred_goods * threat, support__lethal=-threat)


@mechanism(
    writes="support__dual_use- support__lethal-",
    claims="P10",
    equation="support__dual_use += -0.3 * europe_price * europe_tie; support__lethal += -europe_price * europe_tie",
)
def europe_would_turn(now: State, outside: Forcings, p: Parameters) -> Change:
    """To side with Moscow in arms would ruin what standing China still has in Europe."""
    cost = p.europe_price * now.europe_tie
    return Change(support__dual_use=-0.3 * cost, support__lethal=-cost)
