"""Kinship of regimes: neither fears that the other will preach to it."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Leverage
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "affinity_scale",
    LogNormal(0.2, 1.3),
    "index",
    "Sum of the two democracy scores at which kinship is down to a third; the sum fell from 0.36 in 1992 to 0.09 in 2024.",
    "G5",
)
parameter(
    "affinity_votes",
    LogNormal(0.075, 1.5),
    "index/quarter",
    "Votes drew together as Russia's democracy score fell; how much of that is cause is open.",
    "G5 G8",
)
parameter(
    "affinity_trust",
    LogNormal(0.005, 1.7),
    "index/quarter",
    "Less than forbearance: kin regimes have quarrelled.",
    "B8 G5",
)


@mechanism(
    writes="coordination+",
    claims="G5 G8",
    equation="coordination += affinity_votes * exp(-(democracy_chn + democracy_rus) / affinity_scale) * (1 - coordination)",
)
def like_rule_votes_alike(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The less democratic both are, the more they want the same of the United Nations and of the internet."""
    kin = jnp.exp(-(outside.democracy_chn + outside.democracy_rus) / p.affinity_scale)
    return Change(coordination=p.affinity_votes * kin * (1 - now.coordination))


@mechanism(
    writes="trust_rus+ trust_chn+",
    claims="B8 G5",
    equation="calm = affinity_trust * exp(-(democracy_chn + democracy_rus) / affinity_scale) * (leverage != Leverage.DEMAND)\n"
    "trust_rus += calm * (1 - trust_rus); trust_chn += calm * (1 - trust_chn)",
)
def no_preaching_builds_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Regimes of a kind that keep out of each other's affairs have less to fear from each other."""
    kin = jnp.exp(-(outside.democracy_chn + outside.democracy_rus) / p.affinity_scale)
    calm = p.affinity_trust * kin * (chosen.leverage != Leverage.DEMAND)
    return Change(trust_rus=calm * (1 - now.trust_rus), trust_chn=calm * (1 - now.trust_chn))
