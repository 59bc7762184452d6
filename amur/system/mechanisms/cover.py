"""Diplomatic cover: vetoes, abstentions and words that spare Moscow isolation."""

from __future__ import annotations

from amur.system.decisions import Decisions, Risk, Support
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "cover_pace", LogNormal(0.2, 1.4), "share/quarter", "Votes and statements follow within the year.", "B10"
)
parameter(
    "cover_reach",
    Beta(0.7, 12),
    "index",
    "Cover in a war with political support; Beijing abstained on Ukraine, it did not vote with Moscow.",
    "B10 R3",
)
parameter(
    "isolation_cost",
    LogNormal(0.002, 1.8),
    "share/quarter",
    "A war without any cover would cost about one percent of output a year as others join in shunning Moscow; "
    "none has been fought since 2014 without it, so the size is judgement.",
    "B10",
)


@mechanism(
    writes="cover~",
    claims="B10",
    equation="given = cover_reach * (support >= Support.POLITICAL) * (1 + risk / Risk.WAR) / 2; cover += cover_pace * (given - cover)",
)
def cover_follows_support(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Once Beijing stands by Moscow at all, the more Moscow dares the more cover it is given; otherwise none."""
    given = p.cover_reach * (chosen.support >= Support.POLITICAL) * (1 + chosen.risk / int(Risk.WAR)) / 2
    return Change(cover=p.cover_pace * (given - now.cover))


@mechanism(
    writes="output_rus-",
    claims="B10",
    equation="output_rus += -isolation_cost * output_rus * (risk == Risk.WAR) * (1 - cover)",
)
def alone_at_war_is_costly(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """At war and without cover Moscow would stand alone before the world, and lose business with it."""
    return Change(output_rus=-p.isolation_cost * now.output_rus * (chosen.risk == Risk.WAR) * (1 - now.cover))
