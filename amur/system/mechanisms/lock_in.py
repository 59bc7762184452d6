"""Lock-in: shares, pipes and budgets move only part of the way each quarter toward where they are drawn."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions
from amur.system.declare import Array, Change, Parameters, mechanism, parameter
from amur.system.flows import Pulls
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal, Normal
from amur.system.state import State

# fmt: off
parameter("turn_oil", Beta(0.27, 40), "share/quarter", "Tankers turned within a year of 2022.", "R5")
parameter("turn_exports", Beta(0.17, 40), "share/quarter", "Contracts, grades and rail hold other exports a year or two.", "R5")
parameter("turn_imports", Beta(0.18, 40), "share/quarter", "China's part of imports rose from 24 to 37 percent within two years of 2022.", "T6")
parameter("gas_west_need", LogNormal(195, 1.08), "bcm/yr", "What Europe and Turkey took in 2000-19, whatever pipes were added.", "R5")
parameter("gas_east_use", Normal(2.9, 0.4), "log-odds", "Power of Siberia ran at or above its contract.", "G4")
parameter("turn_gas", Beta(0.3, 40), "share/quarter", "Flows west fell within three quarters of 2022.", "R5")
parameter("import_ratio", LogNormal(0.325, 1.07), "ratio", "Imports over the mean of exports and output was 0.27 to 0.33 in 1992-2025 but for 2022.")
parameter("import_speed", Beta(0.5, 30), "share/quarter", "Imports fell with revenue within a year in 2009 and 2015.")
# fmt: on

GOODS = ("goods", "tech")
EXPORTS = ("lng", "coal", "raw")


def _toward(good: str, speed: Array, now: State, p: Parameters, pulls: Pulls) -> dict[str, Array]:
    """The part of the way that the shares of a good go this quarter toward the logit of their attractions."""
    east = jnp.exp(jnp.clip(getattr(p, f"attraction_{good}_chn") + getattr(pulls, f"pull_{good}_chn"), -12, 12))
    west = jnp.exp(jnp.clip(getattr(p, f"attraction_{good}_wst") + getattr(pulls, f"pull_{good}_wst"), -12, 12))
    part = speed / (1 + east + west)
    chn, wst = f"share_{good}_chn", f"share_{good}_wst"
    return {chn: part * east - speed * getattr(now, chn), wst: part * west - speed * getattr(now, wst)}


def _toward_text(good: str, speed: str) -> str:
    return f"""east = exp(clip(attraction_{good}_chn + pull_{good}_chn, -12, 12))
west = exp(clip(attraction_{good}_wst + pull_{good}_wst, -12, 12))
share_{good}_chn += {speed}*(east/(1 + east + west) - share_{good}_chn)
share_{good}_wst += {speed}*(west/(1 + east + west) - share_{good}_wst)
"""


@mechanism(
    writes="share_oil_chn~ share_oil_wst~ share_lng_chn~ share_lng_wst~ share_coal_chn~ share_coal_wst~"
    " share_raw_chn~ share_raw_wst~ share_food_chn~",
    claims="R5 G3",
    equation=_toward_text("oil", "turn_oil")
    + "".join(_toward_text(good, "turn_exports") for good in EXPORTS)
    + "share_food_chn += turn_exports*(sigmoid(attraction_food_chn + pull_food_chn) - share_food_chn)",
)
def exports_turn_slowly(
    now: State, chosen: Decisions, outside: Forcings, p: Parameters, pulls: Pulls
) -> Change:
    """Exports turn to where they are drawn only part of the way each quarter: contracts, ports and grades hold them.

    A logit of attractions with partial adjustment, the usual form of gravity with habit.
    """
    turned = _toward("oil", p.turn_oil, now, p, pulls)
    for good in EXPORTS:
        turned |= _toward(good, p.turn_exports, now, p, pulls)
    food = 1 / (1 + jnp.exp(-jnp.clip(p.attraction_food_chn + pulls.pull_food_chn, -30, 30)))
    turned["share_food_chn"] = p.turn_exports * (food - now.share_food_chn)
    return Change(turned)


@mechanism(
    writes="share_goods_chn~ share_goods_wst~ share_tech_chn~ share_tech_wst~",
    claims="T6 G3",
    equation="".join(_toward_text(good, "turn_imports") for good in GOODS),
)
def imports_turn_slowly(
    now: State, chosen: Decisions, outside: Forcings, p: Parameters, pulls: Pulls
) -> Change:
    """Importers change suppliers only part of the way each quarter."""
    return Change(
        _toward("goods", p.turn_imports, now, p, pulls) | _toward("tech", p.turn_imports, now, p, pulls)
    )


@mechanism(
    writes="gas_wst_share~ gas_chn_use~",
    claims="R5 G4",
    equation="""need = clip(gas_west_need/max(gas_west_capacity, 1), 0.02, 0.95)
gas_wst_share += turn_gas*(sigmoid(log(need/(1 - need)) + pull_gas_wst) - gas_wst_share)
gas_chn_use += turn_gas*(sigmoid(gas_east_use + pull_gas_chn) - gas_chn_use)""",
)
def pipes_bind_gas(now: State, chosen: Decisions, outside: Forcings, p: Parameters, pulls: Pulls) -> Change:
    """Gas goes where its pipes go: what the West no longer takes cannot be sent east, only left in the ground."""
    need = jnp.clip(p.gas_west_need / jnp.maximum(outside.gas_west_capacity, 1), 0.02, 0.95)
    west = need / (need + (1 - need) * jnp.exp(-jnp.clip(pulls.pull_gas_wst, -30, 30)))
    east = 1 / (1 + jnp.exp(-jnp.clip(p.gas_east_use + pulls.pull_gas_chn, -30, 30)))
    return Change(
        gas_wst_share=p.turn_gas * (west - now.gas_wst_share), gas_chn_use=p.turn_gas * (east - now.gas_chn_use)
    )


@mechanism(
    writes="import_budget~",
    claims="G3 P7",
    equation="""means = import_ratio*sqrt(max(exports_rus, 1)*max(price_level_rus*output_rus, 1))
import_budget += import_speed*(means*exp(clip(pull_imports, -3, 3)) - import_budget)""",
)
def imports_follow_revenue(
    now: State, chosen: Decisions, outside: Forcings, p: Parameters, pulls: Pulls
) -> Change:
    """What Russia buys abroad follows what it earns abroad and what its economy produces.

    The mean of exports and output in dollars: in the record imports over that mean hardly moved in thirty years.
    """
    output = jnp.maximum(outside.price_level_rus * now.output_rus, 1)
    means = p.import_ratio * jnp.sqrt(jnp.maximum(now.exports_rus, 1) * output)
    return Change(
        import_budget=p.import_speed
        * (means * jnp.exp(jnp.clip(pulls.pull_imports, -3, 3)) - now.import_budget)
    )
