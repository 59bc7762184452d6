"""The common rival: two threats from the same side, and what they do to the two who feel them."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "threat_pace",
    LogNormal(0.15, 1.4),
    "share/quarter",
    "Half of a change in rivalry is felt within about a year.",
    "G7",
)
parameter(
    "threat_amplifies",
    LogNormal(0.1, 1.8),
    "index/quarter",
    "At full joint threat the three inner drivers count about half as much again, wide enough for nearly nothing or twice that.",
    "G7 G8",
)
parameter(
    "threat_drills",
    LogNormal(0.075, 1.5),
    "index/quarter",
    "Exercises and patrols multiplied after 2014 and 2018, when both rivalries were sharp.",
    "G7 R9",
)
parameter(
    "necessity_votes",
    LogNormal(0.03, 1.8),
    "index/quarter",
    "As the amplifier at the threat of 2020, but whatever else joins the two.",
    "R12 R1",
)
parameter(
    "necessity_drills",
    LogNormal(0.025, 1.6),
    "index/quarter",
    "As the amplifier at the threat of 2020, but whatever else joins the two.",
    "R12 T2",
)
parameter(
    "threat_alliance",
    LogNormal(1.6, 1.4),
    "utility",
    "What a guarantee is worth if both are under full threat.",
    "G7 T2 R12",
)


@mechanism(
    writes="threat_chn~ threat_rus~",
    claims="G7 R12",
    equation="threat_chn += threat_pace * (rivalry_usa_chn / 4 - threat_chn); threat_rus += threat_pace * (rivalry_wst_rus / 4 - threat_rus)",
)
def rivalry_is_felt(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Each feels as threatened as its rivalry with the West is sharp, with some delay."""
    return Change(
        threat_chn=p.threat_pace * (now.rivalry_usa_chn / 4 - now.threat_chn),
        threat_rus=p.threat_pace * (now.rivalry_wst_rus / 4 - now.threat_rus),
    )


@mechanism(
    writes="coordination+ integration+",
    claims="G7",
    equation="joint = threat_chn * threat_rus\n"
    "inner = (exp(-(democracy_chn + democracy_rus) / affinity_scale) + 1 - border_worry + dependence_rus) / 3\n"
    "coordination += threat_amplifies * joint * inner * (1 - coordination); integration += threat_drills * joint * inner * (1 - integration)",
)
def threat_draws_together(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Threatened by the same side at once, they make more of what joins them anyway: rule, border, trade.

    The default, because votes in the General Assembly (un.ga.agree.chn-rus) drew together from 42 percent in 1992
    to 78 in 2008 while both rivalries were mild: something else was at work, and threat came on top of it.
    """
    joint = now.threat_chn * now.threat_rus
    kin = jnp.exp(-(outside.democracy_chn + outside.democracy_rus) / p.affinity_scale)
    inner = (kin + 1 - now.border_worry + now.dependence_rus) / 3
    return Change(
        coordination=p.threat_amplifies * joint * inner * (1 - now.coordination),
        integration=p.threat_drills * joint * inner * (1 - now.integration),
    )


@mechanism(
    writes="coordination+ integration+",
    claims="R12 T2 R1",
    equation="joint = min(threat_chn, threat_rus)\n"
    "coordination += necessity_votes * joint * (1 - coordination); integration += necessity_drills * joint * (1 - integration)",
    rival_of="common-rival.threat_draws_together",
    by="R12",
)
def necessity_pushes_together(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Pressure from outside pushes them together by itself, as hard as the less threatened of the two feels it."""
    joint = jnp.minimum(now.threat_chn, now.threat_rus)
    return Change(
        coordination=p.necessity_votes * joint * (1 - now.coordination),
        integration=p.necessity_drills * joint * (1 - now.integration),
    )


@mechanism(
    writes="treaty__guarantee+",
    claims="G7 R12 T2",
    equation="treaty__guarantee += threat_alliance * threat_chn * threat_rus + integration",
)
def threat_asks_for_alliance(now: State, outside: Forcings, p: Parameters) -> Change:
    """A guarantee tempts them as far as both are threatened at once and already train as allies do."""
    return Change(treaty__guarantee=p.threat_alliance * now.threat_chn * now.threat_rus + now.integration)
