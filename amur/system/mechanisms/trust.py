"""Trust: slow to build, quick to lose."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Answer, Decisions, Leverage, Risk, Support, Taiwan, Treaty, Ukraine
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "trust_gain",
    LogNormal(0.007, 1.5),
    "index/quarter",
    "Trust is slow: a decade without surprises goes a quarter of the way.",
    "B9 P10",
)
parameter(
    "squeeze_hurt",
    LogNormal(0.012, 1.7),
    "index/quarter",
    "Opinion of China in Russia stood near its best in the squeeze of 2024.",
    "G19",
)
parameter(
    "demand_hurt",
    LogNormal(0.06, 1.6),
    "index/quarter",
    "A political demand wounds several times deeper than a price; none is coded, so this is judgement.",
    "G20 B9",
)
parameter(
    "surprise_hurt",
    LogNormal(0.04, 1.8),
    "index",
    "The start of a war of which the partner is told little, once.",
    "B9",
)
parameter(
    "concession_warmth",
    LogNormal(0.03, 1.6),
    "index/quarter",
    "A strategic favour; eight quarters are coded as such from 1996 to 2024.",
    "B9",
)
parameter(
    "unmet_hurt",
    LogNormal(0.006, 1.7),
    "index/quarter",
    "A year of full war with no more than words from Beijing costs two or three points.",
    "T3",
)
parameter(
    "friction_hurt",
    LogNormal(0.008, 1.6),
    "index/quarter",
    "Full friction in Central Asia would cancel the gain from forbearance.",
    "G21",
)
parameter(
    "leak_hurt",
    LogNormal(0.007, 1.8),
    "index",
    "A quarter full of exposures; they came in most quarters from 2023 on and broke nothing.",
    "P23 P10",
)
parameter(
    "demand_resented", LogNormal(0.2, 1.6), "share/quarter", "Giving way to a demand is remembered.", "G20"
)
parameter(
    "resentment_fades",
    LogNormal(0.05, 1.4),
    "share/quarter",
    "Half is forgotten in three to four years.",
    "G19",
)
parameter(
    "resentment_hurt",
    LogNormal(0.015, 1.6),
    "index/quarter",
    "What standing resentment takes from trust.",
    "G20",
)
parameter(
    "trust_drills",
    LogNormal(0.02, 1.5),
    "index/quarter",
    "First exercises in 2003 and 2005 came without a sharp rivalry, so they came of trust.",
    "R9 P10",
)
parameter("alliance_trust", LogNormal(1.8, 1.3), "utility", "What lack of trust takes from a guarantee.", "P10")
parameter(
    "goodwill_treaty",
    LogNormal(2.0, 1.2),
    "utility per index",
    "Trust and quiet borders make a treaty of friendship worth having; 2001 was five years after the partnership.",
    "B9 G1",
)
parameter(
    "treaty_bother",
    LogNormal(1.5, 1.3),
    "utility",
    "What signing costs: no treaty came in the first nine years.",
    "G10",
)
parameter(
    "treaty_term",
    LogNormal(2.0, 1.2),
    "utility",
    "A treaty in force runs for twenty years and was prolonged in 2021.",
    "B9",
)
parameter(
    "noise_trust",
    LogNormal(0.012, 1.3),
    "index/quarter",
    "Unexplained moves of trust: about two points a quarter at most.",
)


@mechanism(
    writes="trust_rus+ trust_chn+",
    claims="B9 P10 G19",
    equation="trust_rus += trust_gain * (leverage == Leverage.FORBEAR) * (1 - trust_rus); trust_chn += trust_gain * (risk <= was.risk) * (1 - trust_chn)",
)
def forbearance_builds_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Trust grows slowly while Beijing forbears and Moscow runs no new risk that takes its partner unawares."""
    return Change(
        trust_rus=p.trust_gain * (chosen.leverage == Leverage.FORBEAR) * (1 - now.trust_rus),
        trust_chn=p.trust_gain * (chosen.risk <= now.was.risk) * (1 - now.trust_chn),
    )


@mechanism(
    writes="trust_rus-",
    claims="G19 G20 B9",
    equation="hurt = squeeze_hurt * (leverage == Leverage.SQUEEZE) + demand_hurt * (leverage == Leverage.DEMAND); trust_rus += -hurt * (1 + trust_rus)",
)
def pressure_costs_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A squeeze on price is taken as business; a demand about policy is taken as an insult."""
    hurt = p.squeeze_hurt * (chosen.leverage == Leverage.SQUEEZE) + p.demand_hurt * (
        chosen.leverage == Leverage.DEMAND
    )
    return Change(trust_rus=-hurt * (1 + now.trust_rus))


@mechanism(
    writes="trust_rus- trust_chn-",
    claims="B9",
    equation="trust_chn += -surprise_hurt * (risk == Risk.WAR) * (was.risk < Risk.WAR) * (1 + trust_chn)\n"
    "trust_rus += -surprise_hurt * (taiwan >= Taiwan.BLOCKADE) * (was.taiwan < Taiwan.BLOCKADE) * (1 + trust_rus)",
)
def surprises_cost_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A war that one side begins on its own account shakes the other's belief that there are no surprises."""
    begun = (chosen.risk == Risk.WAR) * (now.was.risk < Risk.WAR)
    sealed = (chosen.taiwan >= Taiwan.BLOCKADE) * (now.was.taiwan < Taiwan.BLOCKADE)
    return Change(
        trust_chn=-p.surprise_hurt * begun * (1 + now.trust_chn),
        trust_rus=-p.surprise_hurt * sealed * (1 + now.trust_rus),
    )


@mechanism(
    writes="trust_chn~",
    claims="B9 P10",
    equation="trust_chn += concession_warmth * (answer == Answer.STRATEGIC) * (1 - trust_chn)"
    " - concession_warmth * (leverage == Leverage.DEMAND) * (answer == Answer.DEFY) * (1 + trust_chn)",
)
def favours_and_refusals(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A strategic favour from Moscow warms Beijing; a demand refused cools it by as much."""
    favour = p.concession_warmth * (chosen.answer == Answer.STRATEGIC) * (1 - now.trust_chn)
    refusal = (
        p.concession_warmth
        * (chosen.leverage == Leverage.DEMAND)
        * (chosen.answer == Answer.DEFY)
        * (1 + now.trust_chn)
    )
    return Change(trust_chn=favour - refusal)


@mechanism(
    writes="trust_rus-",
    claims="T3 P3",
    equation="unmet = (ukraine == Ukraine.FULL) * (1 - support / Support.LETHAL); trust_rus += -unmet_hurt * unmet * (1 + trust_rus)",
)
def unmet_asks_cost_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """What Moscow asks for in a great war and does not get, it remembers; the less it gets, the more."""
    unmet = (chosen.ukraine == Ukraine.FULL) * (1 - chosen.support / int(Support.LETHAL))
    return Change(trust_rus=-p.unmet_hurt * unmet * (1 + now.trust_rus))


@mechanism(
    writes="trust_rus- trust_chn-",
    claims="G21",
    equation="""jostling = friction_hurt * casia_friction
    trust_rus += -jostling * (1 + trust_rus)
    trust_chn += -jostling * (1 + trust_chn)""",
)
def jostling_costs_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Jostling in Central Asia wears trust down on both sides."""
    jostling = p.friction_hurt * now.casia_friction
    return Change(trust_rus=-jostling * (1 + now.trust_rus), trust_chn=-jostling * (1 + now.trust_chn))


@mechanism(
    writes="trust_rus- trust_chn-",
    claims="P10 P23",
    equation="""trust_rus += -leak_hurt * exposure * (1 + trust_rus)
    trust_chn += -leak_hurt * exposure * (1 + trust_chn)""",
)
def exposure_costs_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A covert transfer made public makes each suspect the other of the leak and rue the risk."""
    hurt = p.leak_hurt * outside.exposure
    return Change(trust_rus=-hurt * (1 + now.trust_rus), trust_chn=-hurt * (1 + now.trust_chn))


@mechanism(
    writes="resentment~",
    claims="G20 G19",
    equation="gave = (leverage == Leverage.DEMAND) * answer / 2; resentment += demand_resented * gave * (1 - resentment) - resentment_fades * resentment",
)
def yielding_is_resented(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Giving way to a political demand leaves resentment in Moscow, which fades over years."""
    gave = (chosen.leverage == Leverage.DEMAND) * chosen.answer / 2
    return Change(
        resentment=p.demand_resented * gave * (1 - now.resentment) - p.resentment_fades * now.resentment
    )


@mechanism(
    writes="trust_rus-", claims="G20", equation="trust_rus += -resentment_hurt * resentment * (1 + trust_rus)"
)
def resentment_costs_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """While resentment lasts, trust in Beijing ebbs."""
    return Change(trust_rus=-p.resentment_hurt * now.resentment * (1 + now.trust_rus))


@mechanism(
    writes="integration+",
    claims="P10",
    equation="integration += trust_drills * max(min(trust_rus, trust_chn), 0) * (1 - integration)",
)
def trust_lets_forces_meet(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Forces train together only as far as the less trusting side allows.

    Seen in series security.exercises.tally.chn-rus: the first exercises came when neither rivalry was sharp.
    """
    return Change(
        integration=p.trust_drills
        * jnp.maximum(jnp.minimum(now.trust_rus, now.trust_chn), 0)
        * (1 - now.integration)
    )


@mechanism(
    writes="treaty__friendship~ treaty__guarantee~",
    claims="B9 G1 P10",
    equation="""liking = 0.5 * (trust_rus + trust_chn) + coordination + 1 - border_worry
    goodwill = goodwill_treaty * liking - treaty_bother + treaty_term * (was.treaty >= Treaty.FRIENDSHIP)
    treaty__friendship += goodwill
    treaty__guarantee += goodwill - alliance_trust * (1 - min(trust_rus, trust_chn))""",
)
def goodwill_makes_treaties(now: State, outside: Forcings, p: Parameters) -> Change:
    """Goodwill makes a treaty of friendship, and keeps it; for a guarantee there is too little trust."""
    liking = 0.5 * (now.trust_rus + now.trust_chn) + now.coordination + 1 - now.border_worry
    kept = p.treaty_term * (now.was.treaty >= Treaty.FRIENDSHIP)
    goodwill = p.goodwill_treaty * liking - p.treaty_bother + kept
    doubt = p.alliance_trust * (1 - jnp.minimum(now.trust_rus, now.trust_chn))
    return Change(treaty__friendship=goodwill, treaty__guarantee=goodwill - doubt)
