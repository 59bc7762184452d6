"""Technology: export controls send Moscow to China, and Beijing decides how much it lends to a war."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Support
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.mechanisms.trade import WALL, wall
from amur.system.priors import LogNormal
from amur.system.state import State

# fmt: off
parameter("barrier_tech", LogNormal(2.3, 1.2), "log", "Western machinery and electronics fell from half of imports to about a tenth.", "G9 T6")
parameter("tech_turn", LogNormal(0.15, 2.0), "log", "China's part of machine imports went from a third to over a half, hardly more than the West's leaving alone gives.", "G9")
parameter("dualuse_supply", LogNormal(0.8, 1.4), "log", "High-priority goods reached a tenth of China's machine exports to Russia in 2023.", "P1 G9")
parameter("dualuse_fear", LogNormal(0.8, 1.5), "log per index", "High-priority exports fell by a third in 2024 as banks balked.", "P2 G14")
parameter("plant_supply", LogNormal(0.7, 1.6), "log per index", "What a full set of Chinese plants in Russia and Belarus would add to critical goods.", "P16 P22")
parameter("tech_wear", LogNormal(0.1, 1.7), "log", "Fields and plants that wait for Western technology lose output over years.", "R4")
# fmt: on


@mechanism(
    writes="pull_tech_wst- pull_tech_chn+",
    claims="G9 T6",
    equation=f"""{WALL}
pull_tech_wst += -barrier_tech*wall
pull_tech_chn += tech_turn*wall""",
)
def controls_turn_moscow_to_china(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Export controls close Western technology to Moscow, which turns to China for it."""
    shut = wall(chosen, p)
    return Change(pull_tech_wst=-p.barrier_tech * shut, pull_tech_chn=p.tech_turn * shut)


@mechanism(
    writes="pull_dualuse+ pull_tech_chn+",
    claims="P1 G9",
    equation="""helps = (support == Support.DUAL_USE) + 1.5*(support == Support.LETHAL)
pull_dualuse += dualuse_supply*helps
pull_tech_chn += 0.1*dualuse_supply*helps""",
)
def support_opens_dual_use(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """When Beijing tolerates or backs it, goods that serve a war reach Russia above the ordinary."""
    helps = (chosen.support == Support.DUAL_USE) + 1.5 * (chosen.support == Support.LETHAL)
    return Change(pull_dualuse=p.dualuse_supply * helps, pull_tech_chn=0.1 * p.dualuse_supply * helps)


@mechanism(
    writes="pull_dualuse-",
    claims="P2 G14 P23",
    equation="pull_dualuse += -dualuse_fear*payment_friction",
)
def fear_thins_dual_use(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Goods that could bring a seller under sanctions are the first to stop when banks and firms take fright."""
    return Change(pull_dualuse=-p.dualuse_fear * now.payment_friction)


@mechanism(
    writes="pull_dualuse+",
    claims="P16 P22",
    equation="pull_dualuse += plant_supply*plants*(1 - production_controls)",
)
def plants_feed_dual_use(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Chinese production moved next to the front supplies critical goods, unless the West can hinder it."""
    return Change(pull_dualuse=p.plant_supply * now.plants * (1 - outside.production_controls))


@mechanism(
    writes="pull_raw_supply- pull_oil_supply-",
    claims="R4 G9",
    equation=f"""{WALL}
missing = tech_wear*wall*max(1 - share_tech_wst - 0.6*share_tech_chn, 0)
pull_raw_supply += -missing
pull_oil_supply += -0.3*missing""",
)
def missing_technology_wears_supply(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Without the technology under sanctions, fields and plants slowly yield less; China's replaces part of it.

    For crude the weight is small: in history the supply given already has whatever loss there was.
    """
    missing = p.tech_wear * wall(chosen, p) * jnp.maximum(1 - now.share_tech_wst - 0.6 * now.share_tech_chn, 0)
    return Change(pull_raw_supply=-missing, pull_oil_supply=-0.3 * missing)
