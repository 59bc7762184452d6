"""The war in Ukraine: what sustains it, how it goes, how it ends and begins."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Kremlin, Risk, Support, Ukraine
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter("capacity_speed", LogNormal(0.08, 1.3), "1/quarter", "Armies are rebuilt over three years.", "P7")
parameter("strain_bite", Beta(0.4, 10), "share", "What full strain would take from the means of war.", "P7")
parameter(
    "mobilise",
    LogNormal(1.0, 1.3),
    "index",
    "War mobilisation: military spending doubled as a share of GDP in 2021-2025.",
    "P7",
)
parameter("losses_bite", LogNormal(0.25, 1.4), "index", "What full Western aid wears down.", "P9")
parameter(
    "rear_supply",
    LogNormal(0.25, 1.6),
    "index",
    "High-priority goods from China beyond 5 bn dollars a year feed arms production.",
    "P14 P7",
)
parameter(
    "lethal_supply",
    LogNormal(0.8, 1.5),
    "index",
    "Arms from the largest industrial power would weigh as much as mobilisation.",
    "T9 P12",
)
parameter("noise_war_capacity", LogNormal(0.012, 1.4), "index/quarter", "Unexplained change of war capacity.")
parameter(
    "defence_ukr",
    LogNormal(0.22, 1.25),
    "index",
    "Ukraine's own strength on the scale of Russia's capacity.",
    "P9",
)
parameter(
    "defence_aid",
    LogNormal(0.45, 1.3),
    "index",
    "What unlimited aid would add to it; 2022-Q2 to 2023 it about balanced Russia.",
    "P9",
)
parameter(
    "front_gain",
    LogNormal(3.0, 1.3),
    "1/index",
    "How balance becomes movement; war.ukraine.momentum 0.3-0.8 in 2024-2025.",
    "P11",
)
parameter(
    "front_speed", LogNormal(0.3, 1.3), "1/quarter", "Turns of the front took two to four quarters.", "P11"
)
parameter(
    "noise_momentum",
    LogNormal(0.12, 1.3),
    "index/quarter",
    "war.ukraine.momentum moves by some 0.2 a quarter around its trend.",
)
parameter("collapse_rise", LogNormal(0.4, 1.4), "1/quarter", "A collapsing army goes within a year.", "T9 P12")
parameter(
    "collapse_decay", LogNormal(0.25, 1.3), "1/quarter", "A danger that passes is forgotten in a year.", "T9"
)
parameter(
    "end_hurdle",
    LogNormal(0.25, 1.4),
    "utility",
    "Base of about a seventh a year for a ceasefire in a worn-out war.",
    "P11",
)
parameter(
    "exhaustion",
    LogNormal(0.8, 1.4),
    "utility",
    "What a fully strained budget adds to the wish for a ceasefire.",
    "P7 P11",
)
parameter(
    "stalemate",
    LogNormal(0.9, 1.4),
    "utility",
    "Movement on the front, either way, argues for going on; most wars that ended in a truce stood still first.",
    "P11",
)
parameter(
    "bargain",
    LogNormal(0.35, 1.5),
    "utility",
    "An American offer brings a ceasefire nearer; no ceasefire came in its first year.",
    "T11",
)
parameter("settle_hurdle", LogNormal(1.3, 1.25), "utility", "Few frozen wars end in peace.", "P11")
parameter(
    "renew_hurdle",
    LogNormal(1.6, 1.2),
    "utility",
    "Low and frozen war of 2014-2022 turned full once in eight years.",
    "B11",
)
parameter(
    "start_hurdle", LogNormal(0.9, 1.2), "utility", "One war on Ukraine begun in 22 years of peace.", "B11"
)
parameter(
    "war_will",
    LogNormal(1.1, 1.3),
    "utility per step",
    "A Kremlin that takes risks begins or renews war.",
    "B11",
)

IMPOSSIBLE = 12.0  # utility taken from a turn that cannot happen; not a parameter
PER_STRENGTH = 60.0  # EUR bn/yr of aid that give half of what unlimited aid would
PER_DUALUSE = 5.0  # US$ bn/yr of high-priority goods that give half of their effect


@mechanism(
    writes="war_capacity~",
    claims="P7",
    equation="means = output_rus / (output_rus + 1) * (1 - strain_bite * fiscal_strain);"
    "war_capacity += capacity_speed * (means - war_capacity)",
)
def means_of_war(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Russia's capacity for war follows its output, less what a strained budget withholds."""
    means = now.output_rus / (now.output_rus + 1) * (1 - p.strain_bite * now.fiscal_strain)
    return Change(war_capacity=p.capacity_speed * (means - now.war_capacity))


@mechanism(
    writes="war_capacity~",
    claims="P7 P9",
    equation="full = ukraine == Ukraine.FULL; worn = aid_ukr / (aid_ukr + 60);"
    "war_capacity += capacity_speed * full * (mobilise * (1 - fiscal_strain) * (1 - war_capacity) - losses_bite * worn * war_capacity)",
)
def war_mobilises_and_wears(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Full war mobilises Russia as far as its budget bears it, and Western aid to Ukraine wears its forces down."""
    full = chosen.ukraine == Ukraine.FULL
    worn = p.losses_bite * now.aid_ukr / (now.aid_ukr + PER_STRENGTH) * now.war_capacity
    raised = p.mobilise * (1 - now.fiscal_strain) * (1 - now.war_capacity)
    return Change(war_capacity=p.capacity_speed * full * (raised - worn))


@mechanism(
    writes="war_capacity+",
    claims="P14 P7 P12",
    equation="supplied = rear_supply * dualuse_chn / (dualuse_chn + 5) + lethal_supply * (support == Support.LETHAL);"
    "war_capacity += capacity_speed * (1 - war_capacity) * supplied",
)
def china_is_the_rear_of_the_war(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Dual-use goods from China, and arms if it gave them, raise Russia's capacity for war."""
    supplied = p.rear_supply * now.dualuse_chn / (now.dualuse_chn + PER_DUALUSE)
    supplied = supplied + p.lethal_supply * (chosen.support == Support.LETHAL)
    return Change(war_capacity=p.capacity_speed * (1 - now.war_capacity) * supplied)


@mechanism(
    writes="momentum~",
    claims="P11 P9",
    equation="defence = defence_ukr + defence_aid * aid_ukr / (aid_ukr + 60);"
    "fighting = (ukraine == Ukraine.FULL) + 0.2 * (ukraine == Ukraine.LOW);"
    "momentum += front_speed * (fighting * tanh(front_gain * (war_capacity - defence)) - momentum)",
)
def the_front_follows_strength(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The front moves toward the balance of Russia's capacity with Ukraine's strength and the aid it gets."""
    defence = p.defence_ukr + p.defence_aid * now.aid_ukr / (now.aid_ukr + PER_STRENGTH)
    fighting = 1.0 * (chosen.ukraine == Ukraine.FULL) + 0.2 * (chosen.ukraine == Ukraine.LOW)
    balance = jnp.tanh(p.front_gain * (now.war_capacity - defence))
    return Change(momentum=p.front_speed * (fighting * balance - now.momentum))


@mechanism(
    writes="collapse~",
    claims="T9 P12",
    equation="losing = sigmoid((-0.5 - momentum) / 0.08); weak = sigmoid((0.32 - war_capacity) / 0.04);"
    "collapse += collapse_rise * (ukraine == Ukraine.FULL) * losing * weak * (1 - collapse) - collapse_decay * collapse",
)
def armies_collapse_at_once(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Collapse comes near only where a beaten army has nothing left, then fast; else the danger passes.

    Steep in both causes: in 2022 the front fell back (war.ukraine.momentum -1) and no collapse followed, since
    Russia still had the means.
    """
    losing = 1 / (1 + jnp.exp((now.momentum + 0.5) / 0.08))
    weak = 1 / (1 + jnp.exp((now.war_capacity - 0.32) / 0.04))
    full = chosen.ukraine == Ukraine.FULL
    rise = p.collapse_rise * full * losing * weak * (1 - now.collapse)
    return Change(collapse=rise - p.collapse_decay * now.collapse)


@mechanism(
    writes="ukraine__peace- ukraine__low- ukraine__frozen- ukraine__full- ukraine__ceasefire-",
    claims="P11",
    equation="peace = was.ukraine == Ukraine.PEACE; full = was.ukraine == Ukraine.FULL;"
    "frozen = was.ukraine == Ukraine.FROZEN; low = was.ukraine == Ukraine.LOW;"
    "ukraine__peace += -12 * (full + low) - settle_hurdle * (frozen + (was.ukraine == Ukraine.CEASEFIRE));"
    "ukraine__low += -12 * full - start_hurdle * peace - 0.5 * renew_hurdle * (frozen + (was.ukraine == Ukraine.CEASEFIRE));"
    "ukraine__frozen += -12 * peace - end_hurdle * (full + 0.5 * (was.ukraine == Ukraine.CEASEFIRE)) - 0.5 * full;"
    "ukraine__full += -(start_hurdle + 1) * peace - renew_hurdle * (low + frozen + (was.ukraine == Ukraine.CEASEFIRE));"
    "ukraine__ceasefire += -12 * (peace + frozen) - end_hurdle * (full + low)",
)
def war_has_its_hurdles(now: State, outside: Forcings, p: Parameters) -> Change:
    """Each turn of the war has its hurdle, and some turns cannot happen: no peace out of full war at once."""
    peace, low = 1.0 * (now.was.ukraine == Ukraine.PEACE), 1.0 * (now.was.ukraine == Ukraine.LOW)
    frozen, full = 1.0 * (now.was.ukraine == Ukraine.FROZEN), 1.0 * (now.was.ukraine == Ukraine.FULL)
    truce = 1.0 * (now.was.ukraine == Ukraine.CEASEFIRE)
    return Change(
        ukraine__peace=-IMPOSSIBLE * (full + low) - p.settle_hurdle * (frozen + truce),
        ukraine__low=-IMPOSSIBLE * full - p.start_hurdle * peace - 0.5 * p.renew_hurdle * (frozen + truce),
        ukraine__frozen=-IMPOSSIBLE * peace - p.end_hurdle * (full + 0.5 * truce) - 0.5 * full,
        ukraine__full=-(p.start_hurdle + 1) * peace - p.renew_hurdle * (low + frozen + truce),
        ukraine__ceasefire=-IMPOSSIBLE * (peace + frozen) - p.end_hurdle * (full + low),
    )


@mechanism(
    writes="ukraine__frozen+ ukraine__ceasefire+",
    claims="P7 P11",
    equation="tired = exhaustion * fiscal_strain * (was.ukraine == Ukraine.FULL);"
    "ukraine__frozen += 0.5 * tired; ukraine__ceasefire += tired",
)
def strain_ends_wars(now: State, outside: Forcings, p: Parameters) -> Change:
    """The more the war strains Russia's budget, the nearer a ceasefire or a frozen front."""
    tired = p.exhaustion * now.fiscal_strain * (now.was.ukraine == Ukraine.FULL)
    return Change(ukraine__frozen=0.5 * tired, ukraine__ceasefire=tired)


@mechanism(
    writes="ukraine__full+",
    claims="P11",
    equation="ukraine__full += stalemate * abs(momentum) * (was.ukraine == Ukraine.FULL)",
)
def movement_keeps_war_going(now: State, outside: Forcings, p: Parameters) -> Change:
    """While the front moves, whoever advances sees reason to go on; a standstill invites talks."""
    return Change(ukraine__full=p.stalemate * jnp.abs(now.momentum) * (now.was.ukraine == Ukraine.FULL))


@mechanism(
    writes="ukraine__ceasefire+",
    claims="T11",
    equation="ukraine__ceasefire += bargain * was.wedge / 2 * (was.ukraine == Ukraine.FULL)",
)
def offers_invite_a_truce(now: State, outside: Forcings, p: Parameters) -> Change:
    """What Washington offers Moscow brings a ceasefire nearer."""
    return Change(ukraine__ceasefire=p.bargain * now.was.wedge / 2 * (now.was.ukraine == Ukraine.FULL))


@mechanism(
    writes="ukraine__low~ ukraine__full~ ukraine__peace+",
    claims="B11 T11",
    equation="will = war_will * (was.risk - 1); west = was.kremlin == Kremlin.WESTERN; quiet = was.ukraine != Ukraine.FULL;"
    "ukraine__low += 0.7 * will * quiet; ukraine__full += will * quiet + 1.5 * war_will * (was.risk == Risk.WAR) * quiet + 0.3 * (was.risk == Risk.WAR) * (1 - quiet);"
    "ukraine__peace += 0.5 * war_will * west * quiet",
)
def risk_makes_war(now: State, outside: Forcings, p: Parameters) -> Change:
    """A Kremlin that takes risks begins or renews war; one that turns West makes peace."""
    will = p.war_will * (now.was.risk - 1.0)
    quiet = 1.0 * (now.was.ukraine != Ukraine.FULL)
    decided = now.was.risk == Risk.WAR
    return Change(
        ukraine__low=0.7 * will * quiet,
        ukraine__full=will * quiet + decided * (1.5 * p.war_will * quiet + 0.3 * (1 - quiet)),
        ukraine__peace=0.5 * p.war_will * (now.was.kremlin == Kremlin.WESTERN) * quiet,
    )
