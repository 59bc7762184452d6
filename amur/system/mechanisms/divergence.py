"""Interests: where they meet, trade and a quiet border; where they part, each one's own wars and spheres."""

from __future__ import annotations

from amur.system.decisions import Decisions, Risk, Taiwan
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "divergence_base",
    Beta(0.4, 16),
    "index",
    "One looks to the Pacific, the other to Europe: that does not change.",
    "G11",
)
parameter(
    "divergence_pace", LogNormal(0.05, 1.5), "share/quarter", "Interests shift over five years or so.", "G11"
)
parameter(
    "own_wars",
    LogNormal(0.03, 1.6),
    "index/quarter",
    "Beijing backs neither Crimea nor the war, Moscow not the South China Sea.",
    "G11",
)
parameter(
    "sphere_friction",
    LogNormal(0.015, 1.8),
    "index/quarter",
    "Chinese projects in Ukraine and Belarus, at a Chinese output equal to the West's.",
    "R8",
)
parameter(
    "side_by_side", LogNormal(0.01, 1.7), "share/quarter", "The habit of keeping out of each other's way.", "R7"
)
parameter(
    "divergence_votes",
    LogNormal(0.15, 1.35),
    "share/quarter",
    "Without anything that joins them, common positions would lapse in a few years.",
    "G11",
)
parameter(
    "divergence_ceiling",
    LogNormal(0.05, 1.5),
    "share/quarter",
    "Plans for different wars do not add up to one.",
    "G11 R9",
)
parameter(
    "trade_votes",
    LogNormal(0.05, 1.8),
    "index/quarter",
    "What trade that is all with the other would do for common positions.",
    "G3 G8",
)
parameter(
    "border_votes",
    LogNormal(0.02, 1.5),
    "index/quarter",
    "A border without fear removes what they would quarrel over.",
    "G1 G8",
)
parameter(
    "noise_coordination",
    LogNormal(0.015, 1.3),
    "index/quarter",
    "Unexplained moves of coordination; agreement on contested votes swings by some points a year.",
)
parameter(
    "noise_integration",
    LogNormal(0.01, 1.3),
    "index/quarter",
    "Unexplained moves of integration; exercises come and go.",
)


@mechanism(
    writes="divergence~",
    claims="G11",
    equation="divergence += divergence_pace * (divergence_base - divergence)",
)
def geography_divides(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Facing different seas and neighbours, the two want different things of security, always to some degree."""
    return Change(divergence=p.divergence_pace * (p.divergence_base - now.divergence))


@mechanism(
    writes="divergence+",
    claims="G11",
    equation="divergence += own_wars * ((risk == Risk.WAR) + 0.5 * (taiwan >= Taiwan.CRISIS)) * (1 - divergence)",
)
def own_wars_divide(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Each one's war or crisis over its own cause shows the other that the cause is not shared."""
    alone = (chosen.risk == Risk.WAR) + 0.5 * (chosen.taiwan >= Taiwan.CRISIS)
    return Change(divergence=p.own_wars * alone * (1 - now.divergence))


@mechanism(
    writes="divergence+",
    claims="R8",
    equation="divergence += sphere_friction * gdp_chn / (gdp_chn + gdp_wst) * (1 - eurasia) * (1 - divergence)",
)
def projects_in_the_sphere(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """As China grows, its projects reach lands that Moscow holds for its own, unless the two link their plans."""
    reach = outside.gdp_chn / (outside.gdp_chn + outside.gdp_wst)
    return Change(divergence=p.sphere_friction * reach * (1 - now.eurasia) * (1 - now.divergence))


@mechanism(
    writes="divergence-", claims="R7", equation="divergence += -side_by_side * coordination * divergence"
)
def keep_out_of_each_others_way(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """In third countries they work side by side and avoid a clash, the better the more they talk."""
    return Change(divergence=-p.side_by_side * now.coordination * now.divergence)


@mechanism(
    writes="coordination- integration-",
    claims="G11 R7",
    equation="coordination += -divergence_votes * divergence * coordination; integration += -divergence_ceiling * divergence * integration",
)
def divergence_sets_a_ceiling(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Different interests wear down common positions and put a ceiling on how far forces grow together."""
    return Change(
        coordination=-p.divergence_votes * now.divergence * now.coordination,
        integration=-p.divergence_ceiling * now.divergence * now.integration,
    )


@mechanism(
    writes="coordination+",
    claims="G3 G8",
    equation="coordination += trade_votes * 0.5 * (dependence_rus + dependence_chn) * (1 - coordination)",
)
def trade_joins(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The more they live by each other's trade, the more common positions they find."""
    return Change(
        coordination=p.trade_votes * 0.5 * (now.dependence_rus + now.dependence_chn) * (1 - now.coordination)
    )


@mechanism(
    writes="coordination+",
    claims="G1 G8",
    equation="coordination += border_votes * (1 - border_worry) * (1 - coordination)",
)
def quiet_border_joins(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A border that frightens nobody leaves both free to look outward, and then in the same direction."""
    return Change(coordination=p.border_votes * (1 - now.border_worry) * (1 - now.coordination))
