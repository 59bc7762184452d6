"""Central Asia: China's economy and Russia's security side by side, with friction as the balance shifts."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Ukraine
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "casia_half",
    LogNormal(6.0, 1.4),
    "ratio",
    "China's economy over Russia's at which its footprint is half of full; it was 1 in 1992, near 9 in 2024.",
    "G21",
)
parameter(
    "casia_rub",
    LogNormal(0.006, 1.7),
    "index/quarter",
    "Chinese summits, a police post and railways past Russia (2021-2025), without an open quarrel.",
    "G21",
)
parameter(
    "casia_ease",
    LogNormal(0.02, 1.7),
    "share/quarter",
    "The division of labour is managed in the Shanghai Cooperation Organisation; no dispute became public.",
    "G21",
)


@mechanism(
    writes="casia_friction+",
    claims="G21",
    equation="""footprint = gdp_chn / (gdp_chn + casia_half * max(price_level_rus * output_rus, 1))
        casia_friction += casia_rub * footprint * (1 + (ukraine == Ukraine.FULL)) * (1 - casia_friction)""",
)
def footprint_rubs(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """China's growing footprint in Central Asia, in security too, rubs on Russia's, faster while Russia is at war.

    The record: first summit of China with the five states in May 2023, the railway past Russia agreed in June 2024.
    """
    russia = jnp.maximum(outside.price_level_rus * now.output_rus, 1)
    footprint = outside.gdp_chn / (outside.gdp_chn + p.casia_half * russia)
    absent = 1 + (chosen.ukraine == Ukraine.FULL)
    return Change(casia_friction=p.casia_rub * footprint * absent * (1 - now.casia_friction))


@mechanism(
    writes="casia_friction-",
    claims="G21 B5",
    equation="casia_friction += -casia_ease * (coordination + eurasia) / 2 * casia_friction",
)
def labour_is_divided(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Coordination and a division of labour, China's economy and Russia's security, smooth what friction there is."""
    return Change(casia_friction=-p.casia_ease * (now.coordination + now.eurasia) / 2 * now.casia_friction)
