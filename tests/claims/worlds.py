"""Worlds in which the claims are tried: histories, futures, odds and readings, each run once and shared by all tests.

Everything is run with the same members, seed, horizon and kept quantities, so that the model is compiled once for
futures, once for histories and once for odds; interventions, scenarios and priors recompile nothing.
"""

from __future__ import annotations

from functools import cache

import jax.numpy as jnp
import numpy as np

import amur
from amur.futures import processes, shocks
from amur.futures.plan import plan
from amur.system.decisions import OPTIONS
from amur.system.interventions import Force, Scale
from amur.system.parameters import draw
from amur.system.priors import Beta, LogNormal, Prior
from amur.system.run import Setting, keep_compiled, run
from amur.system.schedule import Schedule, schedule
from amur.system.start import initial
from amur.system.step import Luck

MEMBERS = 256
SEED = 1
UNTIL = "2036-Q4"
KEEP = (
    "exports_rus_chn", "exports_rus", "exports_chn_rus", "dependence_rus", "dependence_chn", "asymmetry",
    "leverage_chn", "single_buyer", "tech_dependence", "oil_chn", "oil_wst", "gas_chn", "gas_wst", "lng_chn",
    "gas_pipe_capacity", "oil_pipe_capacity", "gas_price_chn", "crude_concession", "share_oil_chn", "tech_chn",
    "tech_wst", "goods_chn", "goods_wst", "dualuse_chn", "arms_chn", "arms_ind", "arms_vnm", "raw_chn", "chn_capital",
    "plants", "line_stage", "yuan_share", "payment_friction", "energy_revenue", "fiscal_strain", "war_capacity",
    "momentum", "collapse", "output_rus", "import_budget", "aid_ukr", "cohesion_wst", "europe_tie", "rivalry_usa_chn",
    "rivalry_wst_rus", "threat_chn", "threat_rus", "trust_chn", "trust_rus", "coordination", "integration", "rhetoric",
    "intelligence", "bond", "status", "cover", "alarm", "grievance", "border_worry", "assertiveness", "orientation",
    "capture", "autonomy_worry", "divergence", "casia_friction", "arctic_access", "eurasia", "resentment", "rear_chn",
    "rear_rus", "rear_oil", "rear_gas", "rear_food", "west_over_rus", "chn_oil_overland", "chn_oil_malacca",
    "chn_oil_unmet", "chn_gas_unmet", "chn_food_unmet", "chn_food_overland", "chn_gas_overland",
)  # fmt: skip
"""What every run keeps, always the same: another choice would compile the model again. One more name is welcome."""

POITA: dict[str, Prior] = {}
CARNEGIE: dict[str, Prior] = {}
CYFIRMA: dict[str, Prior] = {
    "political_yield": Beta(0.05, 40),  # dependence in trade does not become power over policy (T7)
}
MOSCOW: dict[str, Prior] = {
    "political_yield": Beta(0.95, 40),  # the rider holds the reins: what dependence weighs is obeyed (B2)
    "leverage_cover": LogNormal(0.8, 1.3),  # cover is worth much to Moscow (B10)
    "cover_leverage": LogNormal(0.8, 1.3),  # and could be withdrawn (B10)
    "emboldening": Beta(0.6, 40, 0.0, 2.0),  # with China behind it Moscow dares more (B11)
    "arms_upkeep": LogNormal(0.01, 1.5),  # Chinese purchases keep the arms works going (B4)
}
NECESSITY: dict[str, Prior] = {
    "threat_amplifies": LogNormal(0.3, 1.3),  # pressure from outside does most of the joining (R12)
    "affinity_votes": LogNormal(
        0.02, 1.5
    ),  # kin regimes, trade and a quiet border do little by themselves (R1)
    "trade_votes": LogNormal(0.01, 1.8),
    "border_votes": LogNormal(0.005, 1.5),
}
SILENT_SUMMITS: dict[str, Prior] = {
    "words_of_threat": LogNormal(0.0005, 1.6),  # a hundredth of what meetings add to the warmth of words (R2)
    "words_of_habit": LogNormal(0.00015, 1.6),
}
READINGS = {
    "P": POITA, "G": CARNEGIE, "T": CYFIRMA, "B": MOSCOW, "R": NECESSITY, "silent summits": SILENT_SUMMITS,
}  # fmt: skip
"""Priors shifted the way an essay speaks, by the letter of its claims; empty where the base priors suffice."""


def futures(*interventions, scenario=None, off=(), reading="", until=UNTIL):
    """Futures as a Dataset (quarter, member): under interventions, a scenario and with mechanisms or groups ``off``."""
    return _futures(tuple(interventions), scenario, _names(off), reading, until)


def history(*interventions, off=(), reading="", until=UNTIL):
    """History from 1992-Q1 and the futures after it, the interventions in force from the start where they say so."""
    as_it_was = Force(
        "wedge", "none", start="1992-Q1", end="1992-Q1"
    )  # with or without interventions: one compilation
    told = (as_it_was, *interventions, *(Scale(name, 0.0, start="1992-Q1") for name in _names(off)))
    return _histories(told, reading, until)


def effect(under, without, name, at=None):
    """What the one run has more of a quantity than its twin, mean over members: at a quarter, or by quarter."""
    more = (under[name].astype(float) - without[name].astype(float)).mean("member")
    return more if at is None else float(more.sel(quarter=at))


def mean(run, name, at):
    """The mean of a quantity over members at a quarter, or over a slice of quarters."""
    return float(run[name].sel(quarter=at).astype(float).mean())


def share(run, decision, option, at):
    """The share of members (and quarters, for a slice) in which a decision stands at an option."""
    code = int(OPTIONS[decision][option.upper().replace("-", "_")])
    return float((run[decision].sel(quarter=at) == code).mean())


def ever(run, decision, option, at=slice(None)):
    """The share of members in which a decision stands at an option, or beyond it, at some time."""
    code = int(OPTIONS[decision][option.upper().replace("-", "_")])
    return float((run[decision].sel(quarter=at) >= code).any("quarter").mean())


def odds(decision, option, *interventions, scenario=None, off=(), reading="", at=None):
    """The chance of an option in each quarter of 2026 to 2029, (quarter, member), or its mean at one quarter.

    Chances are those before the draw, so that rare choices need no luck to be seen.
    """
    code = int(OPTIONS[decision][option.upper().replace("-", "_")])
    found = _odds(tuple(interventions), scenario, _names(off), reading)[decision][:, code, :MEMBERS]
    if at is None:
        return found
    year, quarter = at.split("-Q")
    return float(found[(int(year) - 2026) * 4 + int(quarter) - 1].mean())


def _names(off):
    return (off,) if isinstance(off, str) else tuple(off)


@cache
def _futures(interventions, scenario, off, reading, until):
    told = (*interventions, *(Scale(name, 0.0) for name in off))
    return amur.simulate(
        members=MEMBERS, seed=SEED, until=until, keep=KEEP, scenario=scenario, interventions=told,
        priors=READINGS.get(reading),
    )  # fmt: skip


@cache
def _histories(told, reading, until):
    return amur.simulate(
        members=MEMBERS, seed=SEED, until=until, keep=KEEP, start="1992-Q1", interventions=told,
        priors=READINGS.get(reading),
    )  # fmt: skip


@cache
def _odds(interventions, scenario, off, reading):
    """Probabilities by decision, (quarter, option, member), from the end of history on."""
    keep_compiled()
    asked = plan(
        members=MEMBERS, seed=SEED, until="2029-Q4", scenario=scenario, priors=READINGS.get(reading),
        interventions=(*interventions, *(Scale(name, 0.0) for name in off)),
    )  # fmt: skip
    p = draw(shocks.BLOCK, SEED, dict(asked.priors))
    past = asked.past.quarters
    begun = run(Setting(motives=False), initial(p), p, past).last
    many = asked.until + 1 - asked.ahead
    world = processes.forcings(asked.begin, SEED, 0, many)
    luck = Luck(*(jnp.asarray(each) for each in shocks.shocks(SEED, 0, many)))
    free = {
        name: jnp.full((many, *getattr(past, name).shape[1:]), value, getattr(past, name).dtype)
        for name, value in {
            "fixed": -1, "given": np.nan, "stages": np.nan, "strength": 1, "cut": 1, "add": 0,
        }.items()
    }  # fmt: skip
    ahead = past._replace(
        **free,
        outside=jnp.asarray(world, jnp.float32),
        at=jnp.arange(asked.ahead, asked.until + 1, dtype=jnp.int32),
    )
    laid = schedule(asked.interventions, asked.until + 1, asked.ahead).between(asked.ahead, asked.until + 1)
    path = run(Setting(odds=True), begun, p, ahead, luck, None, Schedule(*map(jnp.asarray, laid)))
    return {name: np.exp(np.asarray(values)) for name, values in path.odds.items()}
