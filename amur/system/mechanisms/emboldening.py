"""Emboldening: what makes Moscow probe the West or go to war, and what that does to the West."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Kremlin, Risk, Sanctions, Ukraine
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "probing_hurdle",
    LogNormal(0.7, 1.3),
    "utility",
    "Peace with the West is the rest point of a content Russia, as in most quarters of 1992-2007.",
    "B11",
)
parameter(
    "threat_stirs",
    LogNormal(1.6, 1.4),
    "utility per index",
    "Probing came with the threat that Moscow saw after 2004 and 2014.",
    "B11",
)
parameter(
    "east_turn",
    LogNormal(0.6, 1.5),
    "utility per index",
    "A Russia turned to the West does not probe it.",
    "T11",
)
parameter(
    "emboldening",
    Beta(0.3, 4, 0.0, 2.0),
    "utility per index",
    "Loose and down to zero: whether Chinese cover emboldens is for the record to say.",
    "B11 T15",
)
parameter(
    "means_tempt",
    LogNormal(0.8, 1.5),
    "utility per index",
    "The wars of 2008, 2014 and 2022 began with full coffers.",
    "P7",
)
parameter(
    "weakness_tempts", LogNormal(0.6, 1.5), "utility per index", "A divided West invites probing.", "P9 T8"
)
parameter(
    "cost_restrains",
    Beta(0.2, 4, 0.0, 1.5),
    "utility",
    "Loose and down to zero: sanctions of 2014 did not prevent 2022.",
    "T12",
)
parameter(
    "losses_restrain", LogNormal(0.8, 1.5), "utility", "An army in retreat argues against more risk.", "P11"
)
parameter("war_hurdle", LogNormal(1.5, 1.25), "utility", "A decision for war is one in thirty years.", "B11")
parameter("war_emboldens", LogNormal(2.5, 1.25), "utility", "Whoever is at war takes risks.", "B11")
parameter(
    "western_kremlin",
    LogNormal(1.2, 1.4),
    "utility",
    "A Westward leadership, as in the 1990s, does not probe.",
    "T11",
)


@mechanism(
    writes="risk__probing~",
    claims="B11 T11",
    equation="risk__probing += threat_stirs * threat_rus + east_turn * orientation - probing_hurdle"
    " - western_kremlin * (was.kremlin == Kremlin.WESTERN)",
)
def threat_stirs_moscow(now: State, outside: Forcings, p: Parameters) -> Change:
    """Moscow probes the West when it feels threatened and has turned from it."""
    west = p.western_kremlin * (now.was.kremlin == Kremlin.WESTERN)
    return Change(
        risk__probing=p.threat_stirs * now.threat_rus + p.east_turn * now.orientation - p.probing_hurdle - west
    )


@mechanism(
    writes="risk__war~",
    claims="B11 T11",
    equation="risk__war += threat_stirs * threat_rus + east_turn * orientation - probing_hurdle"
    " - western_kremlin * (was.kremlin == Kremlin.WESTERN) - war_hurdle * (was.ukraine != Ukraine.FULL)"
    " + war_emboldens * (was.ukraine == Ukraine.FULL)",
)
def war_is_the_far_end_of_probing(now: State, outside: Forcings, p: Parameters) -> Change:
    """What makes Moscow probe also makes it go to war, over a far higher hurdle; once at war it stays bold."""
    full = now.was.ukraine == Ukraine.FULL
    west = p.western_kremlin * (now.was.kremlin == Kremlin.WESTERN)
    drive = p.threat_stirs * now.threat_rus + p.east_turn * now.orientation - p.probing_hurdle - west
    return Change(risk__war=drive + jnp.where(full, p.war_emboldens, -p.war_hurdle))


@mechanism(
    writes="risk__probing+ risk__war+",
    claims="B11 B8 T15",
    equation="backed = emboldening * cover * (0.5 + status); risk__probing += backed; risk__war += backed",
)
def cover_emboldens(now: State, outside: Forcings, p: Parameters) -> Change:
    """Chinese cover and the rank that Beijing grants let Moscow dare more against the West.

    The parameter can be about zero: in 2014 and 2022 Moscow moved with little sign that it had asked first.
    """
    backed = p.emboldening * now.cover * (0.5 + now.status)
    return Change(risk__probing=backed, risk__war=backed)


@mechanism(
    writes="risk__probing+ risk__war+",
    claims="P7 B11",
    equation="means = means_tempt * war_capacity * (1 - fiscal_strain); risk__probing += means; risk__war += 1.5 * means",
)
def means_tempt(now: State, outside: Forcings, p: Parameters) -> Change:
    """An army and a full treasury tempt Moscow to use them."""
    means = p.means_tempt * now.war_capacity * (1 - now.fiscal_strain)
    return Change(risk__probing=means, risk__war=1.5 * means)


@mechanism(
    writes="risk__probing+ risk__war+",
    claims="T8 P9",
    equation="gap = weakness_tempts * (1 - cohesion_wst) * war_capacity; risk__probing += gap; risk__war += gap",
)
def weakness_invites(now: State, outside: Forcings, p: Parameters) -> Change:
    """A West that looks divided invites risk from a Russia that has the means."""
    gap = p.weakness_tempts * (1 - now.cohesion_wst) * now.war_capacity
    return Change(risk__probing=gap, risk__war=gap)


@mechanism(
    writes="risk__probing- risk__war-",
    claims="T12",
    equation="cost = cost_restrains * (was.sanctions / 3) * (1 - dependence_rus); risk__probing += -0.5 * cost; risk__war += -cost",
)
def costs_restrain_a_little(now: State, outside: Forcings, p: Parameters) -> Change:
    """Economic costs hold the Kremlin back little, and less where China makes up for them."""
    cost = p.cost_restrains * now.was.sanctions / float(Sanctions.COMPREHENSIVE) * (1 - now.dependence_rus)
    return Change(risk__probing=-0.5 * cost, risk__war=-cost)


@mechanism(
    writes="risk__war-",
    claims="P11 P12",
    equation="risk__war += -losses_restrain * (max(-momentum, 0) * (was.ukraine == Ukraine.FULL) + collapse)",
)
def losses_restrain(now: State, outside: Forcings, p: Parameters) -> Change:
    """Retreat and the nearness of collapse argue against risking more."""
    retreat = jnp.maximum(-now.momentum, 0) * (now.was.ukraine == Ukraine.FULL)
    return Change(risk__war=-p.losses_restrain * (retreat + now.collapse))


@mechanism(
    writes="risk__war-",
    claims="P11",
    equation="risk__war += -1.5 * war_hurdle * (was.ukraine == Ukraine.CEASEFIRE)",
)
def a_truce_is_a_pause(now: State, outside: Forcings, p: Parameters) -> Change:
    """A ceasefire is agreed to because war no longer pays, so a fresh decision for it is the harder."""
    return Change(risk__war=-1.5 * p.war_hurdle * (now.was.ukraine == Ukraine.CEASEFIRE))


parameter(
    "probing_unites",
    LogNormal(0.006, 1.5),
    "index/quarter",
    "A judgement: small beside what war itself does; no series measures cohesion.",
    "P9 B11",
)
parameter(
    "probing_hardens",
    LogNormal(0.1, 1.4),
    "code/quarter",
    "rivalry.wst-rus rose with each Russian step of 2008, 2014 and 2022.",
    "P9 B11",
)


@mechanism(
    writes="cohesion_wst+ rivalry_wst_rus+",
    claims="P9 B11",
    equation="bold = risk >= Risk.PROBING; cohesion_wst += probing_unites * bold * (1 - cohesion_wst);"
    "rivalry_wst_rus += probing_hardens * bold * (1 - rivalry_wst_rus / 4)",
)
def daring_unites_the_west(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Russian risk-taking draws the West together and hardens it against Moscow."""
    bold = chosen.risk >= Risk.PROBING
    return Change(
        cohesion_wst=p.probing_unites * bold * (1 - now.cohesion_wst),
        rivalry_wst_rus=p.probing_hardens * bold * (1 - now.rivalry_wst_rus / 4),
    )
