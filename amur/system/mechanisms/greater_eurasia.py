"""Greater Eurasia: the linking of Russia's union with China's Belt and Road."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "eurasia_link",
    LogNormal(0.03, 1.6),
    "index/quarter",
    "Linking declared in May 2015, a trade agreement without tariff cuts in May 2018.",
    "B5",
)
parameter(
    "eurasia_fade",
    LogNormal(0.04, 1.6),
    "share/quarter",
    "Friction in Central Asia and a turn to the West leave the project on paper.",
    "B5",
)
parameter(
    "eurasia_trade",
    LogNormal(0.08, 1.8),
    "log",
    "The agreement of 2018 cut no tariffs: what it adds to trade is small.",
    "B5",
)


@mechanism(
    writes="eurasia+",
    claims="B5",
    equation="eurasia += eurasia_link * (was.sanctions / 3 + max(orientation, 0)) * coordination * (1 - eurasia)",
)
def union_meets_belt(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A Russia shut out by the West or looking East links its union with Belt and Road, as far as they coordinate."""
    eastward = (now.was.sanctions / 3 + jnp.maximum(now.orientation, 0)) * now.coordination
    return Change(eurasia=p.eurasia_link * eastward * (1 - now.eurasia))


@mechanism(
    writes="eurasia-",
    claims="B5 G21",
    equation="eurasia += -eurasia_fade * (casia_friction + max(-orientation, 0)) * eurasia",
)
def friction_leaves_it_on_paper(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Friction over Central Asia, or a Russia that looks West, lets the link wither."""
    against = now.casia_friction + jnp.maximum(-now.orientation, 0)
    return Change(eurasia=-p.eurasia_fade * against * now.eurasia)


@mechanism(
    writes="pull_goods_chn+ pull_raw_chn+",
    claims="B5",
    equation="pull_goods_chn += eurasia_trade * eurasia; pull_raw_chn += eurasia_trade * eurasia",
)
def the_link_eases_trade(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Common rules and corridors of the linked projects make trade between the two a little easier."""
    easier = p.eurasia_trade * now.eurasia
    return Change(pull_goods_chn=easier, pull_raw_chn=easier)
