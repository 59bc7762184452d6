"""Ambiguity: what it is worth not to be an ally, and what becoming one would set off."""

from __future__ import annotations

from amur.system.decisions import Decisions, Treaty
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "ambiguity_worth",
    LogNormal(1.5, 1.4),
    "utility",
    "What a blurred camp is worth to Beijing while it trades with the West and is received in Europe.",
    "P15",
)
parameter(
    "guarantee_rallies",
    LogNormal(0.08, 1.6),
    "index/quarter",
    "Two declared camps: the West closes ranks within a few years.",
    "P15",
)
parameter(
    "guarantee_estranges",
    LogNormal(0.08, 1.6),
    "share/quarter",
    "Europe would treat the ally of Moscow as it treats Moscow.",
    "P15 P10",
)
parameter(
    "guarantee_binds",
    LogNormal(0.06, 1.5),
    "index/quarter",
    "Sworn allies plan, train and base together: Russia with Belarus, America with Japan.",
    "T13 R9",
)


@mechanism(
    writes="treaty__guarantee-",
    claims="P15",
    equation="treaty__guarantee += -ambiguity_worth * 0.5 * (europe_tie + west_over_rus / (1 + west_over_rus))",
)
def ambiguity_pays(now: State, outside: Forcings, p: Parameters) -> Change:
    """As long as Beijing has trade and standing in the West to lose, it gains by not being anyone's ally."""
    return Change(
        treaty__guarantee=-p.ambiguity_worth
        * 0.5
        * (now.europe_tie + now.west_over_rus / (1 + now.west_over_rus))
    )


@mechanism(
    writes="cohesion_wst+ europe_tie- integration+",
    claims="P15 T13",
    equation="sworn = treaty == Treaty.GUARANTEE; cohesion_wst += guarantee_rallies * sworn * (1 - cohesion_wst)\n"
    "europe_tie += -guarantee_estranges * sworn * europe_tie; integration += guarantee_binds * sworn * (1 - integration)",
)
def alliance_rallies_the_west(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A sworn alliance would weld their forces together, and the West too, and cost Beijing its place in Europe."""
    sworn = chosen.treaty == Treaty.GUARANTEE
    return Change(
        cohesion_wst=p.guarantee_rallies * sworn * (1 - now.cohesion_wst),
        europe_tie=-p.guarantee_estranges * sworn * now.europe_tie,
        integration=p.guarantee_binds * sworn * (1 - now.integration),
    )
