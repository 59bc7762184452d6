"""The families of mechanisms that the essays call drivers and limits, and what is never switched off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from amur.errors import AmurError, nearest


@dataclass(frozen=True)
class Family:
    """One driver or limit: its name, what it says, the claims that name it, and its members.

    A member is a group of mechanisms (``border``) or one mechanism (``divergence.trade_joins``), which then belongs
    here and not to the family of its group.
    """

    name: str
    title: str
    about: str
    claims: tuple[str, ...]
    members: tuple[str, ...]


def _family(name: str, title: str, about: str, claims: str, members: str) -> Family:
    return Family(name, title, about, tuple(claims.split()), tuple(members.split()))


FAMILIES = (
    _family(
        "common-rival",
        "Common rival",
        "Both feel threatened by the same West, and it draws them together",
        "G7 R12 T2 R1",
        "common-rival",
    ),
    _family(
        "complementarity",
        "Complementary economies",
        "What China needs and Russia has, and what China makes and Russia buys; capital and arms follow",
        "G3 G16 B3 B4 B6 G13",
        "trade investment arms-market divergence.trade_joins",
    ),
    _family(
        "lines",
        "Lines and the energy transition",
        "Pipes, rail and ports to the east, the Arctic, and the clock of the transition",
        "G4 R4 R5 P16 P19 G22",
        "infrastructure energy-transition arctic trade.outlets_open_the_east",
    ),
    _family(
        "regime",
        "Regime, leaders and status",
        "Rule of a kind, the bond of two leaders, the rank that Beijing grants, friends and fine words",
        "G5 G6 B7 B8 R2 T1",
        "regime-affinity leaders status symbolism elite-capture",
    ),
    _family(
        "border",
        "Border and memory",
        "A settled border and what is left of the fear of it; old grievance",
        "G1 G2 R10 T16 G23",
        "border history divergence.quiet_border_joins",
    ),
    _family(
        "trust",
        "Trust and espionage",
        "No surprises and kept secrets build trust; surprises, unmet asks, exposure and spying cost it",
        "P10 B9 T3 P23 G12 T14",
        "trust espionage",
    ),
    _family(
        "autonomy",
        "Autonomy and divergence",
        "Fear for freedom of action, and interests that differ: a ceiling on how close they come",
        "P8 G10 G11 R7 R8 P15",
        "autonomy divergence ambiguity",
    ),
    _family(
        "leverage",
        "Leverage",
        "A single buyer's price, pressure, and what yielding to it leaves behind",
        "G17 G18 G19 G20",
        "price trust.pressure_costs_trust trust.yielding_is_resented trust.resentment_costs_trust",
    ),
    _family(
        "sanctions",
        "Sanctions and substitution",
        "The West shuts Russia out, and what it no longer sells or buys turns to China",
        "T6 G9 R5 P9",
        "trade.sanctions_close_the_west trade.chinese_firms_fill_gaps trade.others_take_barred_crude"
        " trade.leaving_firms_leave_gaps technology.controls_turn_moscow_to_china"
        " technology.missing_technology_wears_supply coalition emboldening",
    ),
    _family(
        "payments",
        "Payments and secondary sanctions",
        "Chinese banks that comply, payments that find ways, controls on capital and on technology",
        "G14 G15 P2 P22 P24",
        "payments technology.fear_thins_dual_use western-policy",
    ),
    _family(
        "regions",
        "Third parties and regions",
        "Central Asia between them, and the link of Eurasian Union and Belt and Road",
        "G21 B5",
        "central-asia greater-eurasia trust.jostling_costs_trust",
    ),
    _family(
        "home",
        "Russia's economy, war and rear",
        "Growth, budget and reform at home, Beijing's assertiveness, cover and the rear in war",
        "G24 P7 P1 P14 B10",
        "economy keys cover rear technology.support_opens_dual_use technology.plants_feed_dual_use",
    ),
)
"""The players. Between them they hold every mechanism that is ever switched off."""

ALWAYS = {
    "lock-in": "how fast trade, pipes and budgets turn: without it nothing would turn at all",
    "price.concession_settles": "how a price moves to where it is drawn",
    "price.gas_follows_oil": "the formula of the gas price",
    "rivalry": "given by the record in history, and ahead kept as in the future with everything on",
    "war": "as for rivalry: the course of the war is the same with and without",
}
"""What is never switched off, and why; so are motives (choices are the same with and without)."""


@cache
def members(name: str) -> tuple[str, ...]:
    """The mechanisms of a family, in the order declared. AmurError for a family that there is not."""
    return tuple(each for each, own in home().items() if own == known(name))


@cache
def home() -> dict[str, str]:
    """The family of every mechanism that can be switched off, by the name of the mechanism."""
    from amur.system import mechanisms  # noqa: F401  importing declares every mechanism
    from amur.system.declare import MECHANISMS

    placed = {member: family.name for family in FAMILIES for member in family.members}
    found = {}
    for each, made in MECHANISMS.items():
        own = placed.get(each) or placed.get(made.group)
        if own and made.stage != "motive" and each not in ALWAYS:
            found[each] = own
    return found


def known(name: str) -> str:
    """The name of a family. AmurError with the nearest one for another."""
    names = [family.name for family in FAMILIES]
    if name not in names:
        raise AmurError(
            f"there is no family '{name}'",
            field="family",
            mend=nearest(name, names) or f"There are {', '.join(names)}.",
        )
    return name
