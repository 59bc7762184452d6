"""Russia's economy and budget: catching up, windfalls, sanctions, Chinese relief and the price of war."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Sanctions, Ukraine
from amur.system.declare import Array, Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "catch_up",
    LogNormal(0.021, 1.3),
    "1/quarter",
    "Gaps to potential closed by about a tenth a year: 7 percent growth in 1999-2007 from two thirds of the old level.",
    "G24",
)
parameter(
    "potential_rus",
    LogNormal(1.3, 1.1),
    "index, 1992-Q1 = 1",
    "What Russia could make in 1992; output had been a quarter higher in 1989.",
    "G24",
)
parameter(
    "potential_reform",
    LogNormal(0.5, 1.6),
    "log per index",
    "Full reform would raise what Russia can make by two fifths.",
    "G24",
)
parameter(
    "potential_world",
    Beta(0.45, 30),
    "elasticity",
    "Of the dollar growth of the rich economies some two fifths are real.",
    "G24",
)
parameter(
    "windfall_growth",
    LogNormal(0.25, 1.4),
    "per year",
    "Each point of GDP in energy revenue above the usual adds a quarter of a point of growth.",
    "G24 P7",
)
parameter(
    "windfall_usual",
    Beta(0.13, 150),
    "share",
    "Energy revenue over GDP in the books: 0.13-0.17 in 2001-2012, 0.11 in 2019, 0.07 in 1992.",
    "P7",
)
parameter(
    "purse_growth",
    LogNormal(0.1, 1.4),
    "per year",
    "Earnings a third below habit took some four points of growth in 2009 and 2015.",
    "G24 P7",
)
parameter(
    "purse_usual", LogNormal(1.5, 1.08), "ratio", "Russia's exports over its imports; 1.5 in most years.", "P7"
)
parameter(
    "stress_cost",
    LogNormal(0.0033, 1.3),
    "share/quarter",
    "Output fell by 8 percent in 2009 and by 12 a year in 1992-1994.",
    "G24",
)
parameter(
    "sanctions_cost",
    LogNormal(0.004, 1.7),
    "share/quarter",
    "Full sanctions unrelieved cost one or two points of growth; the years 2014-2019 grew about two points less than 2010-2013.",
    "T6 T12",
)
parameter(
    "sanctions_shock",
    LogNormal(0.04, 1.5),
    "share",
    "Going from none to all at once would cost four percent in the quarter; output fell in 2014-2015 and in 2022.",
    "T6",
)
parameter(
    "china_relief",
    Beta(0.7, 6, 0.0, 2.0),
    "per share",
    "How much of the cost goes as China's share of trade and technology rises to one.",
    "T6 B3",
)
parameter(
    "missing_cost",
    LogNormal(0.03, 1.6),
    "share/quarter",
    "Losing all imports at once would cost a tenth of output within a year.",
    "T6 G9",
)
parameter(
    "war_stimulus",
    LogNormal(0.015, 1.4),
    "share/quarter",
    "War spending of 3-4 percent of GDP; output grew 4 percent a year in 2023-2024.",
    "P7",
)
parameter(
    "strain_cost",
    LogNormal(0.006, 1.5),
    "share/quarter",
    "High interest and crowding out; growth was 1 percent in 2025 at strain near 0.7.",
    "P7",
)
parameter(
    "strain_speed", LogNormal(0.2, 1.3), "1/quarter", "Reserves buffer the budget for about a year.", "P7"
)
parameter("strain_usual", LogNormal(0.4, 1.25), "weight", "Ordinary demands on the budget.", "P7")
parameter(
    "strain_war", LogNormal(0.8, 1.4), "weight", "Military spending rose from 3.6 to 7.5 percent of GDP.", "P7"
)
parameter("strain_sanctions", LogNormal(0.3, 1.5), "weight", "Frozen reserves and lost borrowing.", "P7")
parameter(
    "strain_stress",
    LogNormal(0.3, 1.4),
    "weight per code",
    "Crises of 1992-1998, 2009 and 2015 emptied the budget.",
    "G24",
)
parameter(
    "revenue_relief",
    LogNormal(1.1, 1.25),
    "weight",
    "Energy revenue at its usual share of GDP keeps strain near a quarter.",
    "P7 B3",
)


def gross(now: State, outside: Forcings) -> Array:
    """Russia's gross domestic product, US$ bn."""
    return jnp.maximum(outside.price_level_rus * now.output_rus, 1.0)


def severity(chosen: Decisions) -> Array:
    """Sanctions from 0 to 1; each level is worse than the one before by more."""
    return jnp.square(chosen.sanctions / float(Sanctions.COMPREHENSIVE))


@mechanism(
    writes="output_rus~",
    claims="G24",
    equation="potential = potential_rus * exp(potential_reform * (reform - 0.3)) * (gdp_wst / 14000) ** potential_world;"
    "output_rus += catch_up * output_rus * log(potential / output_rus)",
)
def catching_up(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Output moves toward what Russia can make, which reform raises and the world's progress carries along.

    A level to catch up with and not a fixed trend, since russia.gdp-growth is fastest after the collapse of the
    1990s and slows as output nears the level of other middle-income countries.
    """
    frontier = p.potential_world * jnp.log(jnp.maximum(outside.gdp_wst, 1.0) / 14000)
    gap = (
        jnp.log(p.potential_rus / jnp.maximum(now.output_rus, 1e-6))
        + p.potential_reform * (now.reform - 0.3)
        + frontier
    )
    return Change(output_rus=p.catch_up * now.output_rus * gap)


@mechanism(
    writes="output_rus~",
    claims="G24 P7",
    equation="share = energy_revenue / max(price_level_rus * output_rus, 1);"
    "output_rus += output_rus * windfall_growth / 4 * (min(share, 0.5) - windfall_usual)",
)
def windfall(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Energy revenue above its usual share of the economy makes it grow faster, below it slower.

    The share and not the price, because cut exports then cost what they bring: energy revenue over trade.gdp.rus was
    high in 2000-2008, low in the 1990s and after 2014, as growth was.
    """
    share = jnp.minimum(now.energy_revenue / gross(now, outside), 0.5)
    return Change(output_rus=now.output_rus * p.windfall_growth / 4 * (share - p.windfall_usual))


@mechanism(
    writes="output_rus~",
    claims="G24 P7",
    equation="ahead = log(max(exports_rus, 0.001) / max(import_budget, 0.001) / purse_usual);"
    "output_rus += output_rus * purse_growth / 4 * clip(ahead, -1, 1)",
)
def full_purse(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """When Russia earns more abroad than it is used to spending, output rises; when less, it falls.

    Exports over imports (trade.exports.rus-wld, trade.imports.rus-wld) turned with output in 1999, 2009, 2015 and
    2021.
    """
    earned = jnp.maximum(now.exports_rus, 1e-3) / jnp.maximum(now.import_budget, 1e-3)
    ahead = jnp.clip(jnp.log(earned / p.purse_usual), -1, 1)
    return Change(output_rus=now.output_rus * p.purse_growth / 4 * ahead)


@mechanism(
    writes="output_rus-", claims="G24", equation="output_rus += -stress_cost * output_rus * stress_rus ** 2"
)
def crises_cost_output(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Crises at home cost output, deep ones far more than slight ones."""
    return Change(output_rus=-p.stress_cost * now.output_rus * jnp.square(outside.stress_rus))


@mechanism(
    writes="output_rus-",
    claims="T6 T12",
    equation="level = (sanctions / 3) ** 2; step = max(level - (was.sanctions / 3) ** 2, 0);"
    "output_rus += -output_rus * (sanctions_cost * level + sanctions_shock * step)",
)
def sanctions_cost_growth(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Western sanctions cost output when they come and slow its growth after."""
    level = severity(chosen)
    step = jnp.maximum(level - severity(now.was), 0)
    return Change(output_rus=-now.output_rus * (p.sanctions_cost * level + p.sanctions_shock * step))


@mechanism(
    writes="output_rus+",
    claims="T6 B3 P14",
    equation="help = min(china_relief * (dependence_rus + tech_dependence) / 2, 1);"
    "output_rus += sanctions_cost * output_rus * (sanctions / 3) ** 2 * help",
)
def china_softens_sanctions(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """What China buys and sells makes up for part of what sanctions take."""
    helped = jnp.minimum(p.china_relief * (now.dependence_rus + now.tech_dependence) / 2, 1)
    return Change(output_rus=p.sanctions_cost * now.output_rus * severity(chosen) * helped)


@mechanism(
    writes="output_rus-",
    claims="T6 G9",
    equation="missing = clip(1 - imports_rus / max(import_budget, 0.001), 0, 1); output_rus += -missing_cost * output_rus * missing",
)
def missing_imports(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Goods and technology that Russia would pay for but cannot get cost it output."""
    missing = jnp.clip(1 - now.imports_rus / jnp.maximum(now.import_budget, 1e-3), 0, 1)
    return Change(output_rus=-p.missing_cost * now.output_rus * missing)


@mechanism(
    writes="output_rus~",
    claims="P7",
    equation="full = ukraine == Ukraine.FULL; excess = max(fiscal_strain - 0.5, 0);"
    "output_rus += output_rus * (war_stimulus * full * (1 - fiscal_strain) - strain_cost * excess)",
)
def war_economy(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """War orders lift output while there is money for them; a strained budget then holds it down."""
    full = chosen.ukraine == Ukraine.FULL
    lift = p.war_stimulus * full * (1 - now.fiscal_strain)
    return Change(output_rus=now.output_rus * (lift - p.strain_cost * jnp.maximum(now.fiscal_strain - 0.5, 0)))


@mechanism(
    writes="fiscal_strain+",
    claims="P7 G24",
    equation="demands = strain_usual + strain_war * (ukraine == Ukraine.FULL) + strain_sanctions * (sanctions / 3) ** 2"
    " + strain_stress * stress_rus; fiscal_strain += strain_speed * (1 - fiscal_strain) * demands / (demands + 1)",
)
def demands_strain_the_budget(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """War, sanctions and crises make demands on the budget."""
    demands = (
        p.strain_usual + p.strain_war * (chosen.ukraine == Ukraine.FULL) + p.strain_sanctions * severity(chosen)
    )
    demands = demands + p.strain_stress * outside.stress_rus
    return Change(fiscal_strain=p.strain_speed * (1 - now.fiscal_strain) * demands / (demands + 1))


def _relief(now: State, outside: Forcings, p: Parameters, part: Array) -> Array:
    usual = now.energy_revenue / gross(now, outside) / p.windfall_usual
    return p.strain_speed * now.fiscal_strain * p.revenue_relief * jnp.minimum(usual, 4) * part / 2


def _china_part(now: State) -> Array:
    return jnp.clip(now.exports_rus_chn / jnp.maximum(now.exports_rus, 1e-3), 0, 1)


_RELIEF = (
    "part = clip(exports_rus_chn / max(exports_rus, 0.001), 0, 1);"
    "usual = energy_revenue / max(price_level_rus * output_rus, 1) / windfall_usual;"
    "fiscal_strain += -strain_speed * fiscal_strain * revenue_relief * min(usual, 4) * "
)


@mechanism(writes="fiscal_strain-", claims="P7", equation=_RELIEF + "(1 - part) / 2")
def revenue_eases_the_budget(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Energy sold to anyone but China eases the budget, measured against the size of the economy."""
    return Change(fiscal_strain=-_relief(now, outside, p, 1 - _china_part(now)))


@mechanism(writes="fiscal_strain-", claims="P7 P14 B3", equation=_RELIEF + "part / 2")
def sales_to_china_keep_the_regime(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Energy sold to China, even below the market, pays for the state and its war.

    A mechanism of its own, so that switching it off shows what China's purchases are worth to the budget.
    """
    return Change(fiscal_strain=-_relief(now, outside, p, _china_part(now)))
