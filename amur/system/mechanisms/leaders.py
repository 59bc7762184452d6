"""The two leaders: a bond of persons, built over years and lost with either of them."""

from __future__ import annotations

from amur.system.decisions import Decisions, Kremlin, Zhongnanhai
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "bond_growth",
    LogNormal(0.03, 1.4),
    "share/quarter",
    "Some five meetings a year since 2013; half the way in about six years.",
    "G6",
)
parameter(
    "bond_loss", LogNormal(0.3, 1.4), "share/quarter", "Most of it goes within a year of a succession.", "G6"
)
parameter(
    "bond_votes",
    LogNormal(0.01, 1.8),
    "index/quarter",
    "What the bond alone does for common positions, at its fullest.",
    "G6 G8",
)
parameter(
    "bond_words",
    LogNormal(0.04, 1.6),
    "index/quarter",
    "What the bond alone does for the tone of statements, at its fullest.",
    "G6",
)


@mechanism(
    writes="bond~",
    claims="G6",
    equation="together = (kremlin == Kremlin.INCUMBENT) * (zhongnanhai == Zhongnanhai.INCUMBENT)\n"
    "bond += bond_growth * together * (1 - bond) - bond_loss * (1 - together) * bond",
)
def years_together_make_a_bond(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The bond grows while the same two men rule and is lost when either goes."""
    together = (chosen.kremlin == Kremlin.INCUMBENT) * (chosen.zhongnanhai == Zhongnanhai.INCUMBENT)
    return Change(bond=p.bond_growth * together * (1 - now.bond) - p.bond_loss * (1 - together) * now.bond)


@mechanism(
    writes="coordination+ rhetoric+",
    claims="G6 G8",
    equation="coordination += bond_votes * bond * (1 - coordination); rhetoric += bond_words * bond * (1 - rhetoric)",
)
def bond_sets_the_tone(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Leaders who like each other make warm words and bring their diplomats into line."""
    return Change(
        coordination=p.bond_votes * now.bond * (1 - now.coordination),
        rhetoric=p.bond_words * now.bond * (1 - now.rhetoric),
    )
