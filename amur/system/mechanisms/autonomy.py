"""Autonomy: Moscow wants no master, and neither wants to be bound."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Risk, Taiwan
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "worry_pace",
    LogNormal(0.06, 1.5),
    "share/quarter",
    "Half of a change in dependence has sunk in after three years.",
    "P8",
)
parameter(
    "worry_base",
    Beta(0.25, 16),
    "index",
    "Moscow guards its freedom of action even where nobody threatens it.",
    "P8 G10",
)
parameter(
    "nuclear_comfort", Beta(0.4, 10), "share", "How much of the worry its nuclear weapons take away.", "T10"
)
parameter(
    "autonomy_loosens",
    LogNormal(0.05, 1.5),
    "share/quarter",
    "Full worry would undo joint planning within a few years.",
    "P8 G10",
)
parameter(
    "autonomy_refuses",
    LogNormal(2.0, 1.4),
    "utility",
    "What being bound costs a state fully worried about its autonomy.",
    "P8 G10",
)
parameter(
    "entrapment",
    LogNormal(0.9, 1.3),
    "utility",
    "The fear of being drawn into the other's war, doubled while one is on or near.",
    "T15 G10",
)


@mechanism(
    writes="autonomy_worry~",
    claims="P8 B2 T10",
    equation="bound = min(dependence_rus + leverage_chn, 1) * (1 - nuclear_comfort)\n"
    "autonomy_worry += worry_pace * (worry_base + (1 - worry_base) * bound - autonomy_worry)",
)
def dependence_worries_moscow(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The more Moscow's standing hangs on Beijing, the more it worries; its nuclear weapons set a floor to the fear."""
    bound = jnp.minimum(now.dependence_rus + now.leverage_chn, 1) * (1 - p.nuclear_comfort)
    return Change(
        autonomy_worry=p.worry_pace * (p.worry_base + (1 - p.worry_base) * bound - now.autonomy_worry)
    )


@mechanism(
    writes="integration-",
    claims="P8 G10",
    equation="integration += -autonomy_loosens * autonomy_worry * integration",
)
def worry_loosens_integration(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A Moscow worried about its autonomy keeps its forces and plans to itself."""
    return Change(integration=-p.autonomy_loosens * now.autonomy_worry * now.integration)


@mechanism(
    writes="treaty__guarantee-",
    claims="P8 G10 T10",
    equation="treaty__guarantee += -autonomy_refuses * autonomy_worry",
)
def worry_refuses_a_bond(now: State, outside: Forcings, p: Parameters) -> Change:
    """Neither gives up its freedom of action for a guarantee, Moscow the less the more it depends already."""
    return Change(treaty__guarantee=-p.autonomy_refuses * now.autonomy_worry)


@mechanism(
    writes="treaty__guarantee-",
    claims="T15 G10",
    equation="treaty__guarantee += -entrapment * (1 + (was.risk == Risk.WAR) + (was.taiwan >= Taiwan.CRISIS))",
)
def no_war_for_the_other(now: State, outside: Forcings, p: Parameters) -> Change:
    """Neither wants to be drawn into the other's war, least of all when that war is on or near."""
    wars = 1.0 + (now.was.risk == Risk.WAR) + (now.was.taiwan >= Taiwan.CRISIS)
    return Change(treaty__guarantee=-p.entrapment * wars)
