"""Symbols: what is said at summits, and how little of it moves."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Risk
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "words_of_threat",
    LogNormal(0.05, 1.6),
    "index/quarter",
    "Common statements warmed in 2014 and again up to February 2022.",
    "R2 T1",
)
parameter(
    "words_of_habit",
    LogNormal(0.015, 1.6),
    "index/quarter",
    "Every summit adds a little, whatever it decides.",
    "R2",
)
parameter("words_fade", LogNormal(0.04, 1.4), "share/quarter", "Words not repeated wear off in years.", "R2")
parameter(
    "words_hushed",
    LogNormal(0.04, 1.6),
    "share/quarter",
    "Beijing had dropped its warmest formula by the spring of 2023.",
    "T1",
)
parameter(
    "words_to_deeds",
    LogNormal(0.04, 2.0),
    "log",
    "Warmest words raise trade by some percent at most: of few summits is a contract known.",
    "P3 R2 T3",
)
parameter("noise_rhetoric", LogNormal(0.02, 1.3), "index/quarter", "Unexplained moves of the tone.")


@mechanism(
    writes="rhetoric~",
    claims="R2 T1",
    equation="warmer = words_of_threat * max(threat_chn, threat_rus) * coordination + words_of_habit * coordination\n"
    "rhetoric += warmer * (1 - rhetoric) - words_fade * rhetoric",
)
def summits_warm_the_words(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Where either is threatened and their diplomacy meets often, the words grow warmer; left alone they fade."""
    warmer = (
        p.words_of_threat * jnp.maximum(now.threat_chn, now.threat_rus) + p.words_of_habit
    ) * now.coordination
    return Change(rhetoric=warmer * (1 - now.rhetoric) - p.words_fade * now.rhetoric)


@mechanism(
    writes="rhetoric-", claims="T1", equation="rhetoric += -words_hushed * (risk == Risk.WAR) * rhetoric"
)
def war_hushes_the_words(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """When Moscow is at war, Beijing speaks of foundations and prospects and no longer of a lack of limits."""
    return Change(rhetoric=-p.words_hushed * (chosen.risk == Risk.WAR) * now.rhetoric)


@mechanism(
    writes="pull_raw_chn+ pull_lines+",
    claims="P3 R2 T3",
    equation="pull_raw_chn += words_to_deeds * rhetoric; pull_lines += words_to_deeds * rhetoric",
)
def words_move_little(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Warm words move goods and projects a little, and far less than they promise.

    The prior lets the record decide between nothing and some ten percent of trade.
    """
    moved = p.words_to_deeds * now.rhetoric
    return Change(pull_raw_chn=moved, pull_lines=moved)
