"""The two keys of the future: how assertive Beijing is, and where Russia's economy and outlook turn."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Kremlin, Sanctions, Ukraine, Zhongnanhai
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

# fmt: off
parameter("noise_assertiveness", LogNormal(0.01, 1.5), "index/quarter", "Tone changes by a few hundredths a year without a cause named here.")
parameter("noise_orientation", LogNormal(0.015, 1.5), "index/quarter", "As for assertiveness, on a scale twice as long.")
parameter("power_pace", LogNormal(0.04, 1.4), "1/quarter", "Ambition follows power within about four years.", "G24")
parameter("power_scale", LogNormal(1.6, 1.2), "per ratio", "China's output over that of America and Europe was 0.03 in 1992, 0.28 in 2012, 0.38 in 2024.", "G24")
parameter("leader_tone", LogNormal(0.015, 1.5), "index/quarter", "A new leader changes the tone within a term, as after 2012.", "G24 G6")
parameter("rents", LogNormal(0.006, 1.6), "1/quarter", "Reform faded in the years of high oil prices after 2003.", "G24 P7")
parameter("hardship", LogNormal(0.008, 1.6), "1/quarter", "The empty treasury of 1998 brought the tax and budget reforms that followed.", "G24")
parameter("war_economy", LogNormal(0.02, 1.6), "1/quarter", "A war economy and cut ties undo an open one within a decade.", "G24 G13")
parameter("western_reform", LogNormal(0.012, 1.6), "1/quarter", "A government that looks West opens the economy over a term or two.", "G24 T11")
parameter("turn_east", LogNormal(0.03, 1.5), "1/quarter", "The turn of 2014 took years.", "T11 G24")
parameter("trade_turns", LogNormal(0.02, 1.5), "1/quarter", "Outlook follows where the trade goes, over a decade.", "T11 G24")
parameter("leader_turns", LogNormal(0.02, 1.6), "1/quarter", "A new leadership turns the country over a term or two.", "T11")
parameter("subjection_fear", LogNormal(0.04, 1.7), "1/quarter", "A choice between the West and subjection within about twenty years.", "T11 P8")
# fmt: on


@mechanism(
    writes="assertiveness~",
    claims="G24",
    equation="assertiveness += power_pace * (min(power_scale * gdp_chn / max(gdp_wst, 1), 1) - assertiveness)",
)
def power_emboldens(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Beijing grows assertive as its economy nears the West's, and calms down if it falls back."""
    power = jnp.minimum(p.power_scale * outside.gdp_chn / jnp.maximum(outside.gdp_wst, 1), 1)
    return Change(assertiveness=p.power_pace * (power - now.assertiveness))


@mechanism(
    writes="assertiveness~",
    claims="G24 G6",
    equation="""
    assertiveness += leader_tone * ((zhongnanhai != Zhongnanhai.CAREFUL) - assertiveness)
    """,
)
def leader_sets_tone(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A leader bent on greatness hardens Beijing's manner, a careful one softens it."""
    hard = chosen.zhongnanhai != Zhongnanhai.CAREFUL
    return Change(assertiveness=p.leader_tone * (hard - now.assertiveness))


@mechanism(
    writes="reform-",
    claims="G24 P7",
    equation="reform += -rents * reform * min(oil_price / 60, 3)",
)
def rents_slow_reform(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Easy money from oil takes away the reason to reform Russia's economy."""
    return Change(reform=-p.rents * now.reform * jnp.minimum(outside.oil_price / 60, 3))


@mechanism(
    writes="reform+",
    claims="G24",
    equation="reform += hardship * fiscal_strain * (1 - reform) * (ukraine != Ukraine.FULL)",
)
def hardship_brings_reform(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A strained budget in peace makes Russia mend its economy."""
    peace = chosen.ukraine != Ukraine.FULL
    return Change(reform=p.hardship * now.fiscal_strain * (1 - now.reform) * peace)


@mechanism(
    writes="reform-",
    claims="G24 G13",
    equation="""
    closed = 0.6 * (ukraine == Ukraine.FULL) + 0.4 * (sanctions >= Sanctions.SECTORAL)
    reform += -war_economy * reform * closed
    """,
)
def war_closes_economy(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """War orders and broken ties with the West undo what reform there was."""
    closed = 0.6 * (chosen.ukraine == Ukraine.FULL) + 0.4 * (chosen.sanctions >= Sanctions.SECTORAL)
    return Change(reform=-p.war_economy * now.reform * closed)


@mechanism(
    writes="reform+",
    claims="G24 T11",
    equation="reform += western_reform * (1 - reform) * (kremlin == Kremlin.WESTERN)",
)
def westernisers_reform(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A leadership that looks West opens and diversifies the economy."""
    return Change(reform=p.western_reform * (1 - now.reform) * (chosen.kremlin == Kremlin.WESTERN))


@mechanism(
    writes="orientation+",
    claims="T11 G24",
    equation="orientation += turn_east * rivalry_wst_rus / 4 * (1 - orientation)",
)
def confrontation_turns_east(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The quarrel with the West turns Russia to the East."""
    return Change(orientation=p.turn_east * now.rivalry_wst_rus / 4 * (1 - now.orientation))


@mechanism(
    writes="orientation~",
    claims="T11 G24",
    equation="orientation += trade_turns * (dependence_rus - 0.5 * (share_oil_wst + share_raw_wst) - orientation)",
)
def trade_draws_outlook(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Russia comes to look where it trades: West while its oil and metals go there, East as China's part grows."""
    trade = now.dependence_rus - 0.5 * (now.share_oil_wst + now.share_raw_wst)
    return Change(orientation=p.trade_turns * (trade - now.orientation))


@mechanism(
    writes="orientation~",
    claims="T11 G24",
    equation="""
    orientation += leader_turns * (kremlin == Kremlin.EASTERN) * (1 - orientation)
    orientation += -leader_turns * (kremlin == Kremlin.WESTERN) * (1 + orientation)
    """,
)
def leader_turns_country(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A new leadership turns the country its own way, East or West."""
    east = (chosen.kremlin == Kremlin.EASTERN) * (1 - now.orientation)
    west = (chosen.kremlin == Kremlin.WESTERN) * (1 + now.orientation)
    return Change(orientation=p.leader_turns * (east - west))


@mechanism(
    writes="orientation-",
    claims="T11 P8",
    equation="orientation += -subjection_fear * autonomy_worry * dependence_rus * (1 + orientation)",
)
def subjection_is_feared(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A Russia that leans on China and fears for its freedom looks for a way back to the West."""
    fear = p.subjection_fear * now.autonomy_worry * now.dependence_rus
    return Change(orientation=-fear * (1 + now.orientation))
