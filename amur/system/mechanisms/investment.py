"""Investment: Chinese capital comes slowly, flees a hostile climate, and in the large comes from policy banks."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Sanctions, Support
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

# fmt: off
parameter("capital_follows", LogNormal(0.02, 1.6), "share/quarter", "Inflows of one to two billion a year beside sales of 30 to 40 in 2010-17, in a middling climate.", "G13 B6")
parameter("capital_leaves", LogNormal(0.012, 1.6), "share/quarter", "The stock stood still or fell after 2017.", "G13")
parameter("capital_hostile", LogNormal(0.03, 1.6), "share/quarter", "What a wholly hostile climate drives out each quarter.", "G13")
parameter("policy_bank_lending", LogNormal(0.15, 1.7), "US$ bn/quarter", "Yamal's loans of 12 billion in 2016 spread over the years of sanctions.", "G14 B3")
# fmt: on


@mechanism(
    writes="chn_capital+",
    claims="B6 B3",
    equation="chn_capital += capital_follows*reform*(1 - payment_friction)*exports_rus_chn",
)
def capital_follows_trade(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Chinese firms invest along what they buy, as far as Russia's climate and their banks let them."""
    return Change(chn_capital=p.capital_follows * now.reform * (1 - now.payment_friction) * now.exports_rus_chn)


@mechanism(
    writes="chn_capital-",
    claims="G13 B6",
    equation="chn_capital += -(capital_leaves + capital_hostile*(1 - reform)**2)*chn_capital",
)
def hostile_climate_repels(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Where property is unsafe and insiders come first, capital wears out and is not renewed."""
    leaves = p.capital_leaves + p.capital_hostile * (1 - now.reform) ** 2
    return Change(chn_capital=-leaves * now.chn_capital)


@mechanism(
    writes="chn_capital+",
    claims="G14 B3",
    equation="chn_capital += policy_bank_lending*(support >= Support.POLITICAL)*(sanctions >= Sanctions.SECTORAL)*exp(-chn_capital/40)",
)
def policy_banks_step_in(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """When the West's lenders are barred and Beijing backs Moscow, policy banks pay for a few large projects."""
    backs = (chosen.support >= Support.POLITICAL) & (chosen.sanctions >= Sanctions.SECTORAL)
    return Change(chn_capital=p.policy_bank_lending * backs * jnp.exp(-now.chn_capital / 40))


@mechanism(
    writes="pull_raw_chn+ pull_lng_chn+",
    claims="B3 B6",
    equation="""pull_raw_chn += 0.05*log(1 + chn_capital)
pull_lng_chn += 0.1*log(1 + chn_capital)""",
)
def owners_buy_output(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """What Chinese owners and lenders build in Russia is in part sold to China."""
    stake = jnp.log1p(now.chn_capital)
    return Change(pull_raw_chn=0.05 * stake, pull_lng_chn=0.1 * stake)
