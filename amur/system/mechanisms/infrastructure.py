"""Infrastructure: what moves a pipeline, a plant or a bridge from paper to steel, and what holds it back.

Every mechanism adds to the log-odds per quarter that a project takes its next step; the pace without any push stands
in :mod:`amur.system.lines`. The record: of the gas lines Power of Siberia stood on paper for eight years, the Far
Eastern route for four, Power of Siberia 2 since 2006 (codings ``project-stage.*``).
"""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.system.decisions import Decisions, Leverage, Taiwan
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.lines import CONTRACT, lines
from amur.system.priors import LogNormal, Normal
from amur.system.state import State

parameter(
    "line_haste",
    Normal(0.0, 0.4),
    "log-odds/quarter",
    "The pace on paper is counted from some 60 project-years: known within a factor of 1.5.",
    "P19",
)
parameter(
    "line_need",
    LogNormal(1.0, 1.6),
    "log-odds",
    "Power of Siberia and the Far Eastern route were signed in the crises of 2014 and 2022.",
    "P16 R5",
)
parameter(
    "line_holdout",
    LogNormal(2.0, 1.6),
    "log-odds",
    "Twenty years of talks on the western route show how well the buyer can wait.",
    "G4 G18",
)
parameter(
    "line_fear",
    LogNormal(0.6, 1.8),
    "log-odds",
    "The spur was agreed within months in 2008; how much of that was fear of the Strait is open.",
    "P17",
)
parameter(
    "line_trust",
    LogNormal(0.5, 1.8),
    "log-odds",
    "Thirty-year commitments need some trust, but contracts were signed with little of it.",
    "P10 B9",
)
parameter(
    "line_border",
    LogNormal(0.8, 1.7),
    "log-odds",
    "The bridges over the Amur were talked of from the 1990s and built only after the settlement.",
    "G2",
)
parameter(
    "line_denied",
    LogNormal(1.5, 1.6),
    "log-odds",
    "Arctic LNG 2 stood still for two years under sanctions.",
    "R4 G22",
)
parameter(
    "line_money",
    LogNormal(0.8, 1.6),
    "log-odds",
    "Chinese banks lent 12 billion dollars when the West would not (Yamal LNG, 2016).",
    "B3",
)
parameter(
    "line_controls",
    LogNormal(1.5, 1.7),
    "log-odds",
    "Measures against new links; guessed from what sanctions did to Arctic LNG 2.",
    "P21",
)
parameter(
    "seller_haste",
    LogNormal(1.0, 1.8),
    "log-odds",
    "The nearer the end of demand, the readier the seller to take any terms.",
    "G4",
)
parameter(
    "buyer_wait",
    LogNormal(1.0, 1.8),
    "log-odds",
    "The nearer the end of demand, the less a buyer binds itself for thirty years; as strong as the seller's haste.",
    "G4",
)
parameter(
    "line_room",
    LogNormal(0.8, 1.6),
    "log-odds",
    "Demand that no pipe serves yet; China's gas imports passed its pipes by far after 2015.",
    "G4",
)


def of(*cargoes: str) -> NDArray[np.float32]:
    """1 for the lines that carry one of the cargoes, 0 for the others, as a column."""
    return np.asarray(sum(lines().cargo[cargo] for cargo in cargoes), np.float32)[:, None]


@mechanism(
    writes="pull_lines~",
    claims="P19 P16",
    equation="pull_lines += line_haste",
)
def projects_take_years(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Projects between the two take years from paper to flow, and look like ordinary cooperation meanwhile."""
    return Change(pull_lines=p.line_haste)


@mechanism(
    writes="pull_lines+",
    claims="P16 R5 G4",
    equation="pull_lines += line_need * (lines.gas * (1 - gas_wst_share) + (1 - lines.gas) * was.sanctions / 3)",
)
def the_cut_off_build_east(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Pipes to Europe cannot be turned round, so a Russia that loses the West hastens to build to the East.

    What Europe no longer takes has no other way out: idle western pipes are the need for gas lines, sanctions that
    for all others.
    """
    gas = of("gas")
    need = gas * (1 - now.gas_wst_share) + (1 - gas) * (now.was.sanctions / 3)
    return Change(pull_lines=p.line_need * need)


@mechanism(
    writes="pull_lines-",
    claims="G4 G18",
    equation="""ease = leverage_chn + (leverage == Leverage.SQUEEZE)
        pull_lines += -line_holdout * ease * lines.gas * (line_stage < CONTRACT)""",
)
def beijing_holds_out(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """With leverage in hand Beijing leaves new gas lines unsigned until the price suits it.

    The record: Power of Siberia 2 stalled on price in 2015 and again in 2024 (events ``price-dispute``).
    """
    ease = now.leverage_chn + (chosen.leverage == Leverage.SQUEEZE)
    return Change(pull_lines=-p.line_holdout * ease * of("gas") * (now.line_stage < CONTRACT))


@mechanism(
    writes="pull_lines+",
    claims="P17 P16",
    equation="""by_strait = chn_oil_malacca + chn_oil_unmet
        exposed = by_strait / max(by_strait + chn_oil_overland + chn_oil_pacific + chn_oil_opensea, 1)
        pull_lines += line_fear * exposed * (threat_chn + (taiwan >= Taiwan.CRISIS)) * (1 - lines.plant)""",
)
def fear_of_the_strait(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The more of China's oil must pass Malacca and the greater the threat, the more Beijing wants land routes.

    The record has the share that passes Malacca between 62 and 84 percent (series energy.dep.malacca-share.chn).
    """
    by_strait = now.chn_oil_malacca + now.chn_oil_unmet
    all_ways = by_strait + now.chn_oil_overland + now.chn_oil_pacific + now.chn_oil_opensea
    fear = by_strait / jnp.maximum(all_ways, 1) * (now.threat_chn + (chosen.taiwan >= Taiwan.CRISIS))
    return Change(pull_lines=p.line_fear * fear * (1 - of("plant")))


@mechanism(
    writes="pull_lines~",
    claims="P10 B9",
    equation="pull_lines += line_trust * (trust_chn + trust_rus) / 2",
)
def trust_signs(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Commitments for decades are signed more readily where the two trust each other, and less where they do not."""
    return Change(pull_lines=p.line_trust * (now.trust_chn + now.trust_rus) / 2)


@mechanism(
    writes="pull_lines-",
    claims="G2 R10",
    equation="pull_lines += -line_border * border_worry * (lines.goods + lines.food)",
)
def worry_keeps_the_river_unbridged(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """While Russia fears for its Far East it builds no bridges there; as the fear fades, it does."""
    return Change(pull_lines=-p.line_border * now.border_worry * of("goods", "food"))


@mechanism(
    writes="pull_lines-",
    claims="R4 G22",
    equation="pull_lines += -line_denied * was.sanctions / 3 * (lines.lng + 0.25 * lines.gas)",
)
def technology_denied(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Sanctions withhold the technology that liquefaction needs, and some of what new gas fields need."""
    return Change(pull_lines=-p.line_denied * (now.was.sanctions / 3) * (of("lng") + 0.25 * of("gas")))


@mechanism(
    writes="pull_lines+",
    claims="B3 G14",
    equation="pull_lines += line_money * (1 - payment_friction) * lines.lng",
)
def chinese_money_builds(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Chinese credit, yards and tankers carry Russian gas plants forward as far as payments get through."""
    return Change(pull_lines=p.line_money * (1 - now.payment_friction) * of("lng"))


@mechanism(
    writes="pull_lines-",
    claims="P21",
    equation="pull_lines += -line_controls * link_controls * (0.5 + western_coordination) * (1 - lines.plant)",
)
def links_are_hindered(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Western measures against new energy, transport and food links slow them, the more the better they are joined."""
    controls = outside.link_controls * (0.5 + outside.western_coordination)
    return Change(pull_lines=-p.line_controls * controls * (1 - of("plant")))


@mechanism(
    writes="pull_lines+",
    claims="G4",
    equation="pull_lines += seller_haste * transition * (lines.oil + lines.gas + lines.lng)",
)
def the_seller_hurries(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Russia hurries to sell its oil and gas before the world needs less of them."""
    return Change(pull_lines=p.seller_haste * outside.transition * of("oil", "gas", "lng"))


@mechanism(
    writes="pull_lines-",
    claims="G4",
    equation="pull_lines += -buyer_wait * transition * (lines.oil + lines.gas + lines.lng) * (line_stage < CONTRACT)",
)
def the_buyer_waits(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A China that expects to burn less binds itself to no new line."""
    fuels = of("oil", "gas", "lng")
    return Change(pull_lines=-p.buyer_wait * outside.transition * fuels * (now.line_stage < CONTRACT))


@mechanism(
    writes="pull_lines+",
    claims="G4 R4",
    equation="""room = clip(1 - (gas_pipe_capacity + gas_cas) / max(gas_demand_chn, 1), 0, 1)
        pull_lines += line_room * room * lines.gas""",
)
def demand_calls(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """China wants gas by land for coal: the more of its demand no pipe serves, the readier it is to sign."""
    piped = now.gas_pipe_capacity + outside.gas_cas
    room = jnp.clip(1 - piped / jnp.maximum(outside.gas_demand_chn, 1), 0, 1)
    return Change(pull_lines=p.line_room * room * of("gas"))
