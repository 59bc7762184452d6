"""Beijing's choice in the Taiwan Strait: calm, coercion, crisis, blockade, war.

The coding taiwan-mode: calm for most of 1996 to 2016, coercion since 2016-Q2, a crisis in six single quarters
since 2022-Q3, three quarters of crisis in 1995 and 1996; a blockade or a war has not been seen.
"""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Taiwan, Ukraine
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal, Normal
from amur.system.state import State

# fmt: off
parameter("press_coercion", LogNormal(3.0, 1.2), "utility", "Coercion took over from calm as Beijing hardened and rivalry with Washington grew.", "R11")
parameter("press_crisis", LogNormal(5.2, 1.12), "utility", "Six of fourteen quarters since mid-2022 were crises, none of the 25 before.", "R11")
parameter("press_force", LogNormal(5.0, 1.1), "utility", "Force follows the same causes; how far is judgement.", "R11")
parameter("coercion_price", LogNormal(0.6, 1.3), "utility", "Twenty years of calm at little assertiveness.", "R11")
parameter("crisis_price", LogNormal(1.25, 1.2), "utility", "A crisis costs more than patrols.", "R11")
parameter("blockade_price", LogNormal(3.6, 1.08), "utility", "Set so that a blockade has about half a percent a year in 2025; never seen, so judgement.", "R11")
parameter("war_price", LogNormal(3.7, 1.08), "utility", "Set so that a war has about half a percent a year in 2025; never seen, so judgement.", "R11")
parameter("trade_price", LogNormal(7.0, 1.4), "utility per share", "Trade with America and the EU is 7 or 8 percent of China's output, half of what it was in 2010.", "T4 R11")
parameter("rear_ready", LogNormal(0.9, 1.6), "utility", "A rear that can feed and fuel China lowers the risk of force; untested.", "P18")
parameter("power_ready", LogNormal(0.9, 1.5), "utility per ratio", "Beijing moves when it is ready, and readiness follows its weight.", "R11")
parameter("two_fronts", Normal(0.05, 0.15), "utility", "Near nothing by the essays; the sign is open, since one crisis followed the invasion of 2022.", "R11 T15")
parameter("show_spent", LogNormal(2.5, 1.2), "utility", "Six of the seven crises of the record lasted a quarter.", "R11")
parameter("runs_away", LogNormal(1.3, 1.4), "utility", "Use of force is likelier out of a crisis.", "R11")
parameter("war_holds", LogNormal(1.0, 1.4), "utility", "Wars are harder to end than to avoid.", "R11")
parameter("detente_calms", LogNormal(1.0, 1.4), "utility", "Calm returned when Washington and Beijing got on, as after 2001.", "R11")
# fmt: on


@mechanism(
    writes="taiwan__coercion- taiwan__crisis- taiwan__blockade- taiwan__war-",
    claims="R11",
    equation="""
    taiwan__coercion += -coercion_price
    taiwan__crisis += -crisis_price
    taiwan__blockade += -blockade_price
    taiwan__war += -war_price
    """,
)
def force_has_its_price(now: State, outside: Forcings, p: Parameters) -> Change:
    """Every step from calm to war costs Beijing more than the one before."""
    return Change(
        taiwan__coercion=-p.coercion_price,
        taiwan__crisis=-p.crisis_price,
        taiwan__blockade=-p.blockade_price,
        taiwan__war=-p.war_price,
    )


@mechanism(
    writes="taiwan__coercion+ taiwan__crisis+ taiwan__blockade+ taiwan__war+",
    claims="R11 G24",
    equation="""
    pressure = assertiveness * rivalry_usa_chn / 4
    taiwan__coercion += press_coercion * pressure
    taiwan__crisis += press_crisis * pressure
    taiwan__blockade += press_force * pressure
    taiwan__war += press_force * pressure
    """,
)
def assertive_beijing_presses(now: State, outside: Forcings, p: Parameters) -> Change:
    """An assertive Beijing at odds with Washington presses Taiwan, and by strong means rather than weak ones."""
    pressure = now.assertiveness * now.rivalry_usa_chn / 4
    return Change(
        taiwan__coercion=p.press_coercion * pressure,
        taiwan__crisis=p.press_crisis * pressure,
        taiwan__blockade=p.press_force * pressure,
        taiwan__war=p.press_force * pressure,
    )


@mechanism(
    writes="taiwan__calm+",
    claims="R11",
    equation="taiwan__calm += detente_calms * max(1 - rivalry_usa_chn / 2, 0)",
)
def detente_brings_calm(now: State, outside: Forcings, p: Parameters) -> Change:
    """When Washington and Beijing get on, the strait is calm."""
    return Change(taiwan__calm=p.detente_calms * jnp.maximum(1 - now.rivalry_usa_chn / 2, 0))


@mechanism(
    writes="taiwan__blockade- taiwan__war-",
    claims="T4 R11",
    equation="""
    cost = trade_price * min(trade_chn_wst / max(gdp_chn, 1), 0.4)
    taiwan__blockade += -cost
    taiwan__war += -cost
    """,
)
def trade_restrains_force(now: State, outside: Forcings, p: Parameters) -> Change:
    """The more China lives on trade with the West, the more the use of force would cost it."""
    cost = p.trade_price * jnp.minimum(outside.trade_chn_wst / jnp.maximum(outside.gdp_chn, 1), 0.4)
    return Change(taiwan__blockade=-cost, taiwan__war=-cost)


@mechanism(
    writes="taiwan__blockade+ taiwan__war+",
    claims="P18 P14",
    equation="taiwan__blockade += rear_ready * rear_chn; taiwan__war += rear_ready * rear_chn",
)
def rear_makes_ready(now: State, outside: Forcings, p: Parameters) -> Change:
    """A Russia that can feed and fuel a blockaded China, itself out of reach, makes force less of a gamble."""
    return Change(taiwan__blockade=p.rear_ready * now.rear_chn, taiwan__war=p.rear_ready * now.rear_chn)


@mechanism(
    writes="taiwan__blockade+ taiwan__war+",
    claims="R11",
    equation="""
    ready = power_ready * min(gdp_chn / max(gdp_wst, 1), 1.5)
    taiwan__blockade += ready
    taiwan__war += ready
    """,
)
def own_clock(now: State, outside: Forcings, p: Parameters) -> Change:
    """Beijing moves by its own clock: when it holds itself ready, not when Moscow would have it move."""
    ready = p.power_ready * jnp.minimum(outside.gdp_chn / jnp.maximum(outside.gdp_wst, 1), 1.5)
    return Change(taiwan__blockade=ready, taiwan__war=ready)


@mechanism(
    writes="taiwan__crisis~ taiwan__blockade~ taiwan__war~",
    claims="R11 T15",
    equation="""
    second = two_fronts * (was.ukraine == Ukraine.FULL)
    taiwan__crisis += second
    taiwan__blockade += second
    taiwan__war += second
    """,
)
def second_front(now: State, outside: Forcings, p: Parameters) -> Change:
    """A war in Ukraine hardly moves Beijing's choice: neither risks a war for the other's cause."""
    second = p.two_fronts * (now.was.ukraine == Ukraine.FULL)
    return Change(taiwan__crisis=second, taiwan__blockade=second, taiwan__war=second)


@mechanism(
    writes="taiwan__coercion+ taiwan__blockade+ taiwan__war+",
    claims="R11",
    equation="""
    taiwan__coercion += show_spent * (was.taiwan == Taiwan.CRISIS)
    taiwan__blockade += runs_away * (was.taiwan == Taiwan.CRISIS)
    taiwan__war += runs_away * (was.taiwan == Taiwan.CRISIS) + war_holds * (was.taiwan == Taiwan.WAR)
    taiwan__war += runs_away * (was.taiwan == Taiwan.BLOCKADE)
    """,
)
def crises_pass_wars_hold(now: State, outside: Forcings, p: Parameters) -> Change:
    """A show of force is soon spent; now and then a crisis or a blockade runs away, and a war once begun goes on."""
    crisis, blockade = now.was.taiwan == Taiwan.CRISIS, now.was.taiwan == Taiwan.BLOCKADE
    return Change(
        taiwan__coercion=p.show_spent * crisis,
        taiwan__blockade=p.runs_away * crisis,
        taiwan__war=p.runs_away * (crisis | blockade) + p.war_holds * (now.was.taiwan == Taiwan.WAR),
    )
