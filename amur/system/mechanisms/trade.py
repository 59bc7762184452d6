"""Trade: size draws it, sanctions turn it, pipes and habit hold it back.

Each good has an attraction of China and of the West, relative to other markets; mechanisms here and elsewhere add
to it, and the shares move part of the way each quarter. What the record shows first: China's weight in Russian
exports fell after the barter of 1992-93, stayed near 5 percent to 2010 while China's output rose twelvefold (series
trade.share.chn-in-rus-exports.calc), and doubled only when crude found its way east and the West closed.
"""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Sanctions
from amur.system.declare import Array, Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal, Normal
from amur.system.state import State

# fmt: off
# Attraction in 1992 beside other markets, as a log ratio: what shares would settle at if nothing else had changed.
parameter("attraction_oil_chn", Normal(-3.95, 0.25), "log", "A few cargoes by rail until 1999: half a million tonnes in 1997.", "G3")
parameter("attraction_oil_wst", Normal(1.85, 0.2), "log", "Pipes and ports led west; seven barrels for one to other markets.", "R5")
parameter("attraction_lng_chn", Normal(-1.4, 0.3), "log", "Sakhalin sold to Japan and Korea; China took a twentieth to 2018.", "B3")
parameter("attraction_lng_wst", Normal(2.1, 0.25), "log", "Japan, Korea and later Europe took most cargoes.")
parameter("attraction_coal_chn", Normal(-4.85, 0.35), "log", "China exported coal in the 1990s.", "G3")
parameter("attraction_coal_wst", Normal(0.8, 0.25), "log", "Europe, Japan and Korea took two thirds.")
parameter("attraction_food_chn", Normal(-4.8, 0.35), "log-odds", "Quarantine rules shut most grain out: 0.5 Mt as late as 2014.", "P19")
parameter("attraction_raw_chn", Normal(-1.95, 0.2), "log", "The barter of 1992-93 stood above what lasted: a twentieth by 2008.", "P4")
parameter("attraction_raw_wst", Normal(0.35, 0.2), "log", "About half of other exports went West between 1995 and 2021.")
parameter("attraction_goods_chn", Normal(-3.2, 0.25), "log", "China sold Russia about 3 percent of its imports in 1994-99, half the level of 1992.", "T6")
parameter("attraction_goods_wst", Normal(0.3, 0.2), "log", "The West sold somewhat more than the former Soviet republics.")
parameter("attraction_tech_chn", Normal(-3.0, 0.25), "log", "China's machines were rare in Russia in the 1990s.", "G9")
parameter("attraction_tech_wst", Normal(0.8, 0.2), "log", "Machinery came from the West two to one.", "G9")
# How size draws trade.
parameter("demand_oil", LogNormal(1.33, 1.07), "elasticity", "China's crude from Russia rose from 2 to 15 percent of its imports while these rose tenfold, before any pipe.", "G3")
parameter("demand_lng", LogNormal(0.9, 1.2), "elasticity", "China's part of Russian liquefied gas rose from 5 to 26 percent in 2010-23 as its gas imports rose tenfold.", "B3")
parameter("demand_coal", LogNormal(1.45, 1.08), "elasticity", "From nothing to a fifth of Russia's coal in 2008-13, as China became an importer.", "G3")
parameter("demand_food", LogNormal(0.6, 1.4), "elasticity", "Russian food followed China's need more slowly than energy.", "P19")
parameter("market_raw", LogNormal(0.1, 2.0), "elasticity", "Other exports hardly followed China's size before 2022: China came to make what it had bought.", "G3 P4")
parameter("gravity_size", LogNormal(1.8, 1.15), "elasticity", "Crude and coal to China beside other markets rose about sevenfold each time its relative output rose threefold.", "G3")
parameter("source_size", LogNormal(1.34, 1.07), "elasticity", "China's part of Russia's imports rose from 3 to 14 percent in 1997-2013 as its part of world exports rose 3.6 times.", "G3 T6")
parameter("outlet", LogNormal(0.15, 1.7), "elasticity", "China's part of crude rose no faster when pipes opened in 2011 and 2018 than before.", "R5 P19")
parameter("friendship_trade", LogNormal(0.25, 1.7), "log per index", "Summits and partnerships of 1996-2013 left no mark on shares; the quarantine deals of 2015-22 left some.", "G3")
# How sanctions turn trade.
parameter("sectoral_weight", Beta(0.12, 30), "share", "The sanctions of 2014 turned little trade beside those of 2022.", "T6")
parameter("barrier_oil", LogNormal(2.7, 1.12), "log", "Western crude purchases fell from over half to a tenth in 2022-23.", "T6 R5")
parameter("barrier_lng", LogNormal(0.2, 1.7), "log", "Liquefied gas was hardly barred to 2025.", "T6")
parameter("barrier_coal", LogNormal(1.7, 1.2), "log", "Europe stopped coal in 2022; Korea and Japan less.", "T6")
parameter("barrier_raw", LogNormal(1.6, 1.2), "log", "Western purchases of other goods fell to about an eighth of the total.", "T6")
parameter("barrier_goods", LogNormal(1.3, 1.2), "log", "Western sales fell from half of imports to a seventh; medicine and food go on.", "T6")
parameter("gas_break", LogNormal(2.4, 1.2), "log-odds", "Pipe gas to Europe and Turkey fell from 167 to near 50 bcm in 2021-23.", "R5")
parameter("others_draw", LogNormal(0.85, 1.25), "log", "India and Turkey took more of the barred crude than China did.", "T6")
parameter("gap_filling", LogNormal(0.12, 2.0), "log", "China's part of imports grew in 2022-24 as the West's leaving alone would have it; others that pass Western goods on gained as much.", "T6")
parameter("lost_trade", LogNormal(0.2, 1.4), "log", "About a fifth of other exports found no buyer at the old value in 2023-24.", "T6 P7")
parameter("lost_imports", LogNormal(0.5, 1.4), "log per share", "Imports fell a quarter below what revenue would have paid in 2022, and recovered in 2023.", "T6")
# fmt: on

WALL = (
    "wall = (sanctions == Sanctions.COMPREHENSIVE)"
    " + sectoral_weight*((sanctions == Sanctions.SECTORAL) + 0.5*(sanctions == Sanctions.TARGETED))"
)


def wall(chosen: Decisions, p: Parameters) -> Array:
    """How far sanctions have closed the West, 0 to 1."""
    part = (chosen.sanctions == Sanctions.SECTORAL) + 0.5 * (chosen.sanctions == Sanctions.TARGETED)
    return (chosen.sanctions == Sanctions.COMPREHENSIVE) + p.sectoral_weight * part


CLOSED = (
    "pull_oil_wst- pull_lng_wst- pull_coal_wst- pull_raw_wst- pull_goods_wst- pull_gas_wst- pull_raw_supply-"
)
CLOSING = """closed = max(wall + embargo, 0)
pull_oil_wst += -barrier_oil*closed
pull_lng_wst += -barrier_lng*closed
pull_coal_wst += -barrier_coal*closed
pull_raw_wst += -barrier_raw*wall
pull_goods_wst += -barrier_goods*wall
pull_gas_wst += -gas_break*closed
pull_raw_supply += -lost_trade*wall"""


def closing(shut: Array, outside: Forcings, p: Parameters) -> Change:
    """What a West closed so far (0 to 1), and an embargo on energy beside it, keep from being traded."""
    closed = jnp.maximum(shut + outside.embargo, 0)
    return Change(
        pull_oil_wst=-p.barrier_oil * closed,
        pull_lng_wst=-p.barrier_lng * closed,
        pull_coal_wst=-p.barrier_coal * closed,
        pull_raw_wst=-p.barrier_raw * shut,
        pull_goods_wst=-p.barrier_goods * shut,
        pull_gas_wst=-p.gas_break * closed,
        pull_raw_supply=-p.lost_trade * shut,
    )


@mechanism(
    writes="pull_oil_chn~ pull_lng_chn~ pull_coal_chn~ pull_food_chn~ pull_raw_chn~",
    claims="G3 G16 B3",
    equation="""pull_oil_chn += demand_oil*log((oil_demand_chn + 10)/20)
pull_lng_chn += demand_lng*log((gas_demand_chn + 20)/20)
pull_coal_chn += demand_coal*log((coal_demand_chn + 10)/12)
pull_food_chn += demand_food*log((food_demand_chn + 5)/18)
pull_raw_chn += market_raw*log(gdp_chn/(0.038*gdp_sou))""",
)
def demand_draws_exports(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """What China lacks and Russia has draws Russian exports east as China's needs grow.

    Energy and food follow China's import need, other goods its size beside other markets. Only the first is strong
    in the record: Russia's other exports to China lagged behind China's growth for twenty years.
    """
    return Change(
        pull_oil_chn=p.demand_oil * jnp.log((outside.oil_demand_chn + 10) / 20),
        pull_lng_chn=p.demand_lng * jnp.log((outside.gas_demand_chn + 20) / 20),
        pull_coal_chn=p.demand_coal * jnp.log((outside.coal_demand_chn + 10) / 12),
        pull_food_chn=p.demand_food * jnp.log((outside.food_demand_chn + 5) / 18),
        pull_raw_chn=p.market_raw * jnp.log(outside.gdp_chn / (0.038 * outside.gdp_sou)),
    )


@mechanism(
    writes="pull_oil_chn~ pull_lng_chn~ pull_coal_chn~ pull_food_chn~ pull_raw_chn~",
    claims="G3 G16",
    rival_of="trade.demand_draws_exports",
    by="gravity",
    equation="""size = log(gdp_chn/(0.038*gdp_sou))
pull_oil_chn += gravity_size*size
pull_lng_chn += demand_lng*size
pull_coal_chn += gravity_size*size
pull_food_chn += demand_food*size
pull_raw_chn += market_raw*size""",
)
def size_draws_exports(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """China's output beside that of other markets draws Russian exports, whatever China itself lacks.

    Plain gravity: it would have China's coal and crude grow on while its economy grows, after its need has peaked.
    """
    size = jnp.log(outside.gdp_chn / (0.038 * outside.gdp_sou))
    return Change(
        pull_oil_chn=p.gravity_size * size,
        pull_lng_chn=p.demand_lng * size,
        pull_coal_chn=p.gravity_size * size,
        pull_food_chn=p.demand_food * size,
        pull_raw_chn=p.market_raw * size,
    )


@mechanism(
    writes="pull_goods_chn~ pull_tech_chn~",
    claims="G3 G16",
    equation="""size = source_size*log(exports_chn/(0.022*world_trade))
pull_goods_chn += size
pull_tech_chn += 1.3*size""",
)
def workshop_sells_to_russia(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The more of the world's goods China makes, the more of Russia's imports come from it.

    The elasticity is well above one in the record: China's range of goods grew with its size.
    """
    size = p.source_size * jnp.log(outside.exports_chn / (0.022 * outside.world_trade))
    return Change(pull_goods_chn=size, pull_tech_chn=1.3 * size)


@mechanism(
    writes="pull_oil_chn+ pull_food_chn+",
    claims="R5 P19",
    equation="""pull_oil_chn += outlet*log(1 + oil_pipe_capacity/10)
pull_food_chn += outlet*log(1 + max(land_capacity - 3, 0)/3)""",
)
def outlets_open_the_east(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Pipes, rail and terminals to China draw what can be carried on them."""
    return Change(
        pull_oil_chn=p.outlet * jnp.log1p(now.oil_pipe_capacity / 10),
        pull_food_chn=p.outlet * jnp.log1p(jnp.maximum(now.land_capacity - 3, 0) / 3),
    )


@mechanism(
    writes=CLOSED,
    claims="T6 R5",
    equation=f"{WALL}\n{CLOSING}",
)
def sanctions_close_the_west(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Sanctions and embargo shut Russia out of Western markets, and not all of it can be sold elsewhere.

    One closure by level of sanctions, felt by each good in its own measure; the gas cut that Moscow began and Europe
    completed has the same date and cannot be told apart from it.
    """
    return closing(wall(chosen, p), outside, p)


@mechanism(
    writes=CLOSED,
    claims="R12 R5",
    rival_of="trade.sanctions_close_the_west",
    by="R12",
    equation=f"wall = (rivalry_wst_rus/4)**6\n{CLOSING}",
)
def enmity_closes_the_west(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Enmity itself, whatever the law says, drives Western buyers and sellers from Russia.

    Firms leave ahead of sanctions and stay away after them: closure follows rivalry, steeply. Not the default, as
    trade of 2015-21 went on under rivalry where sanctions left it open.
    """
    return closing((now.rivalry_wst_rus / 4) ** 6, outside, p)


@mechanism(
    writes="pull_goods_chn+ pull_raw_chn+ pull_food_chn+",
    claims="T6 P7",
    equation=f"""{WALL}
pull_goods_chn += gap_filling*wall
pull_raw_chn += 3*gap_filling*wall
pull_food_chn += 3*gap_filling*wall""",
)
def chinese_firms_fill_gaps(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Where Western firms leave, Chinese firms sell and buy more, and Moscow is paid, if at a discount."""
    filled = p.gap_filling * wall(chosen, p)
    return Change(
        pull_goods_chn=filled,
        pull_raw_chn=3 * filled,
        pull_food_chn=3 * filled,
    )


@mechanism(
    writes="pull_oil_chn- pull_oil_wst-",
    claims="T6 R5 P7",
    equation=f"""{WALL}
drawn = others_draw*max(wall + embargo, 0)
pull_oil_chn += -drawn
pull_oil_wst += -drawn""",
)
def others_take_barred_crude(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Crude barred from the West goes at a discount to India and Turkey as much as to China.

    Attractions are relative to other markets, so theirs rises as the two others fall. Essays speak of China alone;
    the record (series energy.crude.rus-ind, energy.crude.volume.rus-chn) has India ahead in volume gained.
    """
    drawn = p.others_draw * jnp.maximum(wall(chosen, p) + outside.embargo, 0)
    return Change(pull_oil_chn=-drawn, pull_oil_wst=-drawn)


@mechanism(
    writes="pull_oil_chn+ pull_raw_chn+ pull_goods_chn+ pull_food_chn+",
    claims="G3 B3",
    equation="""warm = friendship_trade*coordination
pull_oil_chn += warm; pull_raw_chn += warm; pull_goods_chn += warm; pull_food_chn += 2*warm""",
)
def friendship_eases_trade(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Political closeness opens some doors for trade: long contracts, quarantine rules, state buyers."""
    warm = p.friendship_trade * now.coordination
    return Change(pull_oil_chn=warm, pull_raw_chn=warm, pull_goods_chn=warm, pull_food_chn=2 * warm)


@mechanism(
    writes="pull_imports-",
    claims="T6",
    equation=f"""{WALL}
pull_imports += -lost_imports*wall*share_goods_wst""",
)
def leaving_firms_leave_gaps(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Until others have taken the place of Western suppliers, part of what Russia could pay for is not delivered."""
    return Change(pull_imports=-p.lost_imports * wall(chosen, p) * now.share_goods_wst)
