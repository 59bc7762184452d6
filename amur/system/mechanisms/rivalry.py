"""Rivalry: of the United States with China and of the West with Russia, ahead of the record."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Kremlin, Taiwan, Ukraine
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "rivalry_speed",
    LogNormal(0.12, 1.3),
    "1/quarter",
    "rivalry.usa-chn moved over years, with short leaps.",
    "G7",
)
parameter(
    "rivalry_parity",
    LogNormal(3.5, 1.25),
    "code per ratio",
    "Rivalry grew from 1 to 3 as China's output rose to two fifths of the West's.",
    "G7",
)
parameter(
    "rivalry_assertive",
    LogNormal(1.5, 1.3),
    "code per index",
    "It grew with what Beijing did after 2010.",
    "G24 G7",
)
parameter(
    "rivalry_taiwan",
    LogNormal(0.3, 1.4),
    "code per level",
    "Strait crises of 1996 and 2022-2025 raised it.",
    "G7",
)
parameter(
    "rivalry_support", LogNormal(0.2, 1.5), "code per level", "Support of Russia counts against China.", "P9 G7"
)
parameter(
    "noise_rivalry_chn",
    LogNormal(0.12, 1.3),
    "code/quarter",
    "rivalry.usa-chn leaps by a whole code once in two or three years.",
)
parameter(
    "hostility_speed",
    LogNormal(0.1, 1.3),
    "1/quarter",
    "After 2008 and 1999 the code fell within a year; after 2014 it stayed.",
    "G7",
)
parameter(
    "hostility_war",
    LogNormal(3.2, 1.1),
    "code",
    "rivalry.wst-rus: 3 after 2014, 4 in full war, with probing and sanctions adding.",
    "G7 P9",
)
parameter(
    "hostility_sanctions",
    LogNormal(0.3, 1.4),
    "code per level",
    "Sanctions keep hostility up once the shooting stops.",
    "G7",
)
parameter(
    "wedge_thaws",
    LogNormal(0.12, 1.4),
    "1/quarter",
    "An offer lowers the tone; the coded rivalry stayed at 4 in 2025.",
    "T11",
)
parameter(
    "successor_thaws",
    LogNormal(0.2, 1.4),
    "1/quarter",
    "rivalry.wst-rus stood at partnership in 1992-1997 and in 2001-2003.",
    "T11",
)
parameter("noise_rivalry_rus", LogNormal(0.06, 1.3), "code/quarter", "Unexplained change of hostility.")


@mechanism(
    writes="rivalry_usa_chn-", claims="G7", equation="rivalry_usa_chn += -rivalry_speed * rivalry_usa_chn"
)
def rivalry_with_china_can_ease(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Rivalry of Washington and Beijing eases unless something keeps it up."""
    return Change(rivalry_usa_chn=-p.rivalry_speed * now.rivalry_usa_chn)


@mechanism(
    writes="rivalry_usa_chn+",
    claims="G7",
    equation="rivalry_usa_chn += rivalry_speed * rivalry_parity * min(gdp_chn / max(gdp_wst, 1), 1.5)",
)
def parity_breeds_rivalry(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The nearer China's economy comes to the West's, the sharper America's rivalry with it."""
    ratio = jnp.minimum(outside.gdp_chn / jnp.maximum(outside.gdp_wst, 1), 1.5)
    return Change(rivalry_usa_chn=p.rivalry_speed * p.rivalry_parity * ratio)


@mechanism(
    writes="rivalry_usa_chn+",
    claims="G24 G7",
    equation="rivalry_usa_chn += rivalry_speed * rivalry_assertive * assertiveness",
)
def assertiveness_breeds_rivalry(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """An assertive Beijing makes a rival of Washington."""
    return Change(rivalry_usa_chn=p.rivalry_speed * p.rivalry_assertive * now.assertiveness)


@mechanism(
    writes="rivalry_usa_chn+",
    claims="G7 P9",
    equation="strait = taiwan + 4 * (taiwan >= Taiwan.BLOCKADE);"
    "rivalry_usa_chn += rivalry_speed * (rivalry_taiwan * strait + rivalry_support * max(support - 1, 0))",
)
def acts_breed_rivalry(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Pressure on Taiwan and material help for Moscow's war raise rivalry with America."""
    strait = chosen.taiwan + 4 * (chosen.taiwan >= Taiwan.BLOCKADE)
    backing = p.rivalry_support * jnp.maximum(chosen.support - 1, 0)
    return Change(rivalry_usa_chn=p.rivalry_speed * (p.rivalry_taiwan * strait + backing))


@mechanism(
    writes="rivalry_wst_rus-", claims="G7", equation="rivalry_wst_rus += -hostility_speed * rivalry_wst_rus"
)
def hostility_to_moscow_can_ease(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Hostility of the West and Moscow eases unless something keeps it up."""
    return Change(rivalry_wst_rus=-p.hostility_speed * now.rivalry_wst_rus)


@mechanism(
    writes="rivalry_wst_rus+",
    claims="G7 P9",
    equation="hurt = hostility_war * ((ukraine == Ukraine.FULL) + 0.6 * (ukraine == Ukraine.LOW)"
    " + 0.5 * (ukraine == Ukraine.FROZEN) + 0.6 * (ukraine == Ukraine.CEASEFIRE));"
    "rivalry_wst_rus += hostility_speed * (hurt + hostility_sanctions * sanctions)",
)
def war_keeps_hostility(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """War in Ukraine, and the sanctions that outlast the fighting, keep up hostility of the West and Moscow."""
    mode = chosen.ukraine
    shares = 1.0 * (mode == Ukraine.FULL) + 0.6 * (mode == Ukraine.LOW) + 0.5 * (mode == Ukraine.FROZEN)
    hurt = p.hostility_war * (shares + 0.6 * (mode == Ukraine.CEASEFIRE))
    return Change(rivalry_wst_rus=p.hostility_speed * (hurt + p.hostility_sanctions * chosen.sanctions))


@mechanism(
    writes="rivalry_wst_rus-",
    claims="T11",
    equation="rivalry_wst_rus += -rivalry_wst_rus * (wedge_thaws * wedge / 2 * 0.5 + successor_thaws * (kremlin == Kremlin.WESTERN))",
)
def overtures_thaw(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """American offers soften hostility a little, a Kremlin that turns West far more."""
    thaw = p.wedge_thaws * chosen.wedge / 2 * 0.5 + p.successor_thaws * (chosen.kremlin == Kremlin.WESTERN)
    return Change(rivalry_wst_rus=-now.rivalry_wst_rus * thaw)
