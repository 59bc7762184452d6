"""The rear: each side as the other's hinterland, how it is built, what it can do in a war, and why it is not struck."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Taiwan
from amur.system.declare import Array, Change, Parameters, mechanism, parameter
from amur.system.flows import FOOD_BY_SEA
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "plant_pace",
    LogNormal(0.006, 1.7),
    "index/quarter",
    "Car plants came (Tula, 2019), other lines slowly: a full set would take decades.",
    "P16",
)
parameter(
    "plant_fade",
    LogNormal(0.006, 1.6),
    "share/quarter",
    "What the market would rather import than make; plants last some forty years.",
    "P16",
)
parameter(
    "plant_block",
    Beta(0.6, 8),
    "share",
    "Part of the transfer that full controls stop; firms with Western business obey, others do not.",
    "P22",
)
parameter(
    "rear_speed",
    Beta(0.4, 8),
    "share/quarter",
    "How fast Russia turns its cargoes round in an emergency; in 2022 most crude was turned within a year.",
    "P18",
)
parameter(
    "rear_hit",
    LogNormal(0.25, 1.6),
    "share/quarter",
    "What strikes would take from unprotected land routes each quarter of war; from air campaigns against railways.",
    "P20",
)
parameter(
    "rear_immunity",
    Beta(0.93, 20),
    "share",
    "Part of such strikes that nuclear arms and neutrality deter; no nuclear power's territory has been a rear struck in earnest, save by drones and sabotage.",
    "P20",
)


def coming(now: State, p: Parameters) -> Array:
    """The Chinese production that would come to Russia this quarter if nobody hindered it."""
    return p.plant_pace * (now.was.sanctions / 3) * (1 - now.plants)


def closed(chosen: Decisions, outside: Forcings) -> Array:
    """How far China is cut off at sea, 0 to 1; a blockade or war over Taiwan counts half before any strait closes."""
    strait = jnp.maximum(1 - outside.malacca_open, 1 - outside.opensea_open)
    return jnp.maximum(strait, 0.5 * (chosen.taiwan >= Taiwan.BLOCKADE))


@mechanism(
    writes="plants+",
    claims="P16",
    equation="plants += plant_pace * was.sanctions / 3 * (1 - plants)",
)
def production_moves(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A Russia shut out of Western markets draws Chinese plants to make civil and dual-use goods at home."""
    return Change(plants=coming(now, p))


@mechanism(
    writes="plants-",
    claims="P16",
    equation="plants += -plant_fade * (1 - was.sanctions / 3) * plants",
)
def imports_replace_plants(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Where trade is free, importing beats making, and the plants that moved wither."""
    return Change(plants=-p.plant_fade * (1 - now.was.sanctions / 3) * now.plants)


@mechanism(
    writes="plants-",
    claims="P22",
    equation="plants += -plant_block * production_controls * (0.5 + 0.5 * western_coordination)"
    " * plant_pace * was.sanctions / 3 * (1 - plants)",
)
def transfer_is_prevented(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Western controls on moving production keep part of the plants away, all the more when they are joined."""
    controls = outside.production_controls * (0.5 + 0.5 * outside.western_coordination)
    return Change(plants=-p.plant_block * controls * coming(now, p))


@mechanism(
    writes="share_oil_chn+ share_lng_chn+ share_food_chn+ gas_chn_use+",
    claims="P18 P17",
    equation=f"""closed = max(1 - malacca_open, 1 - opensea_open, 0.5 * (taiwan >= Taiwan.BLOCKADE))
        turn = rear_speed * (1 + trust_rus) / 2 * closed
        oil_room = min((oil_pipe_capacity + pacific_port) / max(oil_supply_rus, 1), 1) - share_oil_chn
        food_room = min((land_capacity + {FOOD_BY_SEA}) / max(food_supply_rus, 0.1), 1) - share_food_chn
        share_oil_chn += turn * max(oil_room, 0)
        share_food_chn += turn * max(food_room, 0)
        share_lng_chn += turn * (1 - share_lng_chn)
        gas_chn_use += turn * (1 - gas_chn_use)""",
)
def front_and_rear_switch(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """When China is cut off at sea, Russia becomes its rear and turns oil, gas and food to it as routes allow.

    Only what pipes, Pacific ports and grain terminals can take is turned, and the faster the more Moscow trusts Beijing.
    """
    turn = p.rear_speed * (1 + now.trust_rus) / 2 * closed(chosen, outside)
    oil = jnp.minimum((now.oil_pipe_capacity + p.pacific_port) / jnp.maximum(outside.oil_supply_rus, 1), 1)
    food = jnp.minimum((now.land_capacity + FOOD_BY_SEA) / jnp.maximum(outside.food_supply_rus, 0.1), 1)
    return Change(
        share_oil_chn=turn * jnp.maximum(oil - now.share_oil_chn, 0),
        share_food_chn=turn * jnp.maximum(food - now.share_food_chn, 0),
        share_lng_chn=turn * (1 - now.share_lng_chn),
        gas_chn_use=turn * (1 - now.gas_chn_use),
    )


@mechanism(
    writes="share_oil_chn- share_food_chn- gas_chn_use-",
    claims="P20",
    equation="""hit = rear_hit * (taiwan == Taiwan.WAR)
        share_oil_chn += -min(hit, 1) * share_oil_chn
        share_food_chn += -min(hit, 1) * share_food_chn
        gas_chn_use += -min(hit, 1) * gas_chn_use""",
)
def war_reaches_for_the_rear(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """In a war over Taiwan the land routes to China would be worth striking, as any enemy's supply lines are.

    For crude the strikes take from what Russia can deliver, whichever of its routes is hit.
    """
    return strike(now, chosen, p, jnp.float32(-1.0))


@mechanism(
    writes="share_oil_chn+ share_food_chn+ gas_chn_use+",
    claims="P20",
    equation="""spared = rear_immunity * min(rear_hit * (taiwan == Taiwan.WAR), 1)
        share_oil_chn += spared * share_oil_chn
        share_food_chn += spared * share_food_chn
        gas_chn_use += spared * gas_chn_use""",
)
def the_nuclear_rear_is_spared(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Nobody strikes a neutral with nuclear arms: supply through Russia stays as safe as NATO's was through Poland.

    Undoes all but a small part of :func:`war_reaches_for_the_rear`; without it the land routes lie open to strikes.
    """
    return strike(now, chosen, p, p.rear_immunity)


def strike(now: State, chosen: Decisions, p: Parameters, part: Array) -> Change:
    """A part of what a quarter of war would take from the land routes."""
    hit = part * jnp.minimum(p.rear_hit * (chosen.taiwan == Taiwan.WAR), 1)
    return Change(
        share_oil_chn=hit * now.share_oil_chn,
        share_food_chn=hit * now.share_food_chn,
        gas_chn_use=hit * now.gas_chn_use,
    )
