"""Succession in both capitals: when the present leader goes, and what kind of successor comes.

Utilities are logs of the chance per quarter: precision is 1, and the ruler's inertia of 8 means one change in 3,000
quarters where no motive speaks. Successors, once in, stay as firmly; the ages are those of the leaders of today.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from amur.system.decisions import Kremlin, Zhongnanhai
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal, Normal
from amur.system.state import State

# fmt: off
parameter("exit_level", LogNormal(2.35, 1.08), "log", "An exit in three years of a hundred at 65: two options of exp(2.35 - 8) a quarter, and stress.", "T11")
parameter("exit_age", LogNormal(0.069, 1.15), "log/year", "From 3 to 12 percent a year between 65 and 85: mortality doubles in nine years or so, other risks grow less.", "T11")
parameter("hardship_topples", LogNormal(0.6, 1.6), "log", "Deep domestic stress nearly doubles the chance of an exit.", "T11 G24")
parameter("defeat_topples", LogNormal(1.5, 1.5), "log", "A lost war multiplies a leader's risk several times.", "T11 P12")
parameter("outlook_picks", LogNormal(1.0, 1.5), "log-odds", "Even the firmest Eastern outlook leaves a Western heir a chance of one in four.", "T11 G24")
parameter("capture_picks", LogNormal(0.8, 1.7), "log-odds", "Friends of Beijing have a say.", "B7 T11")
parameter("fear_picks", LogNormal(3.0, 1.6), "log-odds", "The generation now in its fifties is said to fear dependence on China.", "T11")
parameter("threat_picks", LogNormal(1.0, 1.5), "log-odds", "A capital under threat picks a hard hand.", "G24 G6")
parameter("trouble_picks", LogNormal(0.8, 1.6), "log-odds", "A capital in trouble at home picks a careful one.", "G24")
parameter("mood_picks", Normal(0.5, 0.4), "log-odds", "The assertive pick their like, unless they cause a reaction: the sign is open.", "G24")
# fmt: on


@mechanism(
    writes="kremlin__eastern+ kremlin__western+",
    claims="T11",
    equation="""
    leaves = max(exit_level + exit_age * (age_rus - 65), 0) * (was.kremlin == Kremlin.INCUMBENT)
    kremlin__eastern += leaves
    kremlin__western += leaves
    """,
)
def age_ends_rule_in_moscow(now: State, outside: Forcings, p: Parameters) -> Change:
    """No leader in Moscow rules for ever: the chance of a succession grows with his age."""
    leaves = jnp.maximum(p.exit_level + p.exit_age * (outside.age_rus - 65), 0)
    leaves = leaves * (now.was.kremlin == Kremlin.INCUMBENT)
    return Change(kremlin__eastern=leaves, kremlin__western=leaves)


@mechanism(
    writes="kremlin__eastern+ kremlin__western+",
    claims="T11 G24 P12",
    equation="""
    shaken = (hardship_topples * stress_rus / 3 + defeat_topples * collapse) * (was.kremlin == Kremlin.INCUMBENT)
    kremlin__eastern += shaken
    kremlin__western += shaken
    """,
)
def failure_ends_rule(now: State, outside: Forcings, p: Parameters) -> Change:
    """Unrest at home and a collapsing army bring the end of a rule nearer."""
    shaken = p.hardship_topples * outside.stress_rus / 3 + p.defeat_topples * now.collapse
    shaken = shaken * (now.was.kremlin == Kremlin.INCUMBENT)
    return Change(kremlin__eastern=shaken, kremlin__western=shaken)


@mechanism(
    writes="kremlin__eastern~ kremlin__western~",
    claims="T11 G24 B7",
    equation="""
    east = outlook_picks * orientation + capture_picks * capture - fear_picks * autonomy_worry * dependence_rus
    kremlin__eastern += log(2 * sigmoid(east)) * (was.kremlin == Kremlin.INCUMBENT)
    kremlin__western += log(2 * sigmoid(-east)) * (was.kremlin == Kremlin.INCUMBENT)
    """,
)
def next_generation_chooses(now: State, outside: Forcings, p: Parameters) -> Change:
    """The outlook of the country and friends of Beijing favour an Eastern heir, fear of subjection a Western one.

    It divides the chance of a succession and leaves the chance itself alone.
    """
    fear = p.fear_picks * now.autonomy_worry * now.dependence_rus
    east = p.outlook_picks * now.orientation + p.capture_picks * now.capture - fear
    first = now.was.kremlin == Kremlin.INCUMBENT
    doubled = jnp.log(2.0)
    return Change(
        kremlin__eastern=first * (doubled + jax.nn.log_sigmoid(east)),
        kremlin__western=first * (doubled + jax.nn.log_sigmoid(-east)),
    )


@mechanism(
    writes="zhongnanhai__careful+ zhongnanhai__assertive+",
    claims="G24 G6",
    equation="""
    leaves = max(exit_level + exit_age * (age_chn - 65) + hardship_topples * stress_chn / 2, 0)
    zhongnanhai__careful += leaves * (was.zhongnanhai == Zhongnanhai.INCUMBENT)
    zhongnanhai__assertive += leaves * (was.zhongnanhai == Zhongnanhai.INCUMBENT)
    """,
)
def age_ends_rule_in_beijing(now: State, outside: Forcings, p: Parameters) -> Change:
    """Since terms no longer end it, rule in Beijing ends with age, sooner under stress at home."""
    leaves = p.exit_level + p.exit_age * (outside.age_chn - 65) + p.hardship_topples * outside.stress_chn / 2
    leaves = jnp.maximum(leaves, 0) * (now.was.zhongnanhai == Zhongnanhai.INCUMBENT)
    return Change(zhongnanhai__careful=leaves, zhongnanhai__assertive=leaves)


@mechanism(
    writes="zhongnanhai__careful~ zhongnanhai__assertive~",
    claims="G24 G6",
    equation="""
    hard = threat_picks * (threat_chn - 0.5) + mood_picks * (assertiveness - 0.5) - trouble_picks * stress_chn / 2
    zhongnanhai__careful += log(2 * sigmoid(-hard)) * (was.zhongnanhai == Zhongnanhai.INCUMBENT)
    zhongnanhai__assertive += log(2 * sigmoid(hard)) * (was.zhongnanhai == Zhongnanhai.INCUMBENT)
    """,
)
def times_choose_heir(now: State, outside: Forcings, p: Parameters) -> Change:
    """Beijing under threat picks an assertive heir; Beijing in trouble at home picks a careful one."""
    hard = p.threat_picks * (now.threat_chn - 0.5) + p.mood_picks * (now.assertiveness - 0.5)
    hard = hard - p.trouble_picks * outside.stress_chn / 2
    first = now.was.zhongnanhai == Zhongnanhai.INCUMBENT
    doubled = jnp.log(2.0)
    return Change(
        zhongnanhai__careful=first * (doubled + jax.nn.log_sigmoid(-hard)),
        zhongnanhai__assertive=first * (doubled + jax.nn.log_sigmoid(hard)),
    )
