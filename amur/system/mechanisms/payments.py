"""Payments: sanctions drive the two from the dollar, capital controls and fearful banks slow them."""

from __future__ import annotations

from amur.system.decisions import Decisions, Sanctions, Secondary
from amur.system.declare import Array, Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

# fmt: off
parameter("dollar_cut", LogNormal(0.27, 1.3), "share/quarter", "Own currencies went from a quarter to two thirds of trade in 2022 and to 95 percent in 2023.", "G15")
parameter("dollar_worry", LogNormal(0.012, 1.5), "share/quarter", "From 2 percent in 2013 to 18 in 2017 and 25 in 2020, under the sanctions of 2014.", "G15")
parameter("capital_controls", LogNormal(0.003, 1.7), "share/quarter", "Where the dollar was open the yuan lost ground: still 2 percent in 2013.", "G15")
parameter("bank_fear", LogNormal(0.07, 1.5), "index/quarter", "Payments stalled within two quarters of the order of December 2023.", "G14")
parameter("bank_learning", LogNormal(0.06, 1.5), "index/quarter", "New routes, netting and small banks bring a stall down in two or three years.", "G14 G15")
parameter("friction_drag", LogNormal(1.0, 1.5), "log per index", "China's sales to Russia stood still in 2024 and fell a tenth in 2025 while its other exports rose.", "G14")
parameter("policy_bank_shield", Beta(0.5, 8), "share", "Policy banks lent for Yamal when commercial banks would not.", "G14")
# fmt: on


def _fear(chosen: Decisions) -> Array:
    level = chosen.secondary
    return (
        0.05 * (level == Secondary.ANNOUNCED)
        + 0.15 * (level == Secondary.ENTITIES)
        + 0.6 * (level == Secondary.THREATENED)
        + 0.75 * (level == Secondary.BANKS)
        + 1.5 * (level == Secondary.LARGE_BANKS)
    )


FEAR = """fear = 0.05*(secondary == Secondary.ANNOUNCED) + 0.15*(secondary == Secondary.ENTITIES) + 0.6*(secondary == Secondary.THREATENED) + 0.75*(secondary == Secondary.BANKS) + 1.5*(secondary == Secondary.LARGE_BANKS)"""


@mechanism(
    writes="yuan_share+",
    claims="G15",
    equation="""push = dollar_cut*(sanctions == Sanctions.COMPREHENSIVE) + dollar_worry*((sanctions == Sanctions.SECTORAL) + 0.5*(sanctions == Sanctions.TARGETED))
yuan_share += push*(1 - yuan_share)""",
)
def sanctions_bring_the_yuan(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Cut off from the dollar, the two settle in their own currencies."""
    some = (chosen.sanctions == Sanctions.SECTORAL) + 0.5 * (chosen.sanctions == Sanctions.TARGETED)
    push = p.dollar_cut * (chosen.sanctions == Sanctions.COMPREHENSIVE) + p.dollar_worry * some
    return Change(yuan_share=push * (1 - now.yuan_share))


@mechanism(
    writes="yuan_share-",
    claims="G15",
    equation="yuan_share += -capital_controls*yuan_share",
)
def capital_controls_hold_back(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A currency that cannot leave freely is held only where it must be: controls pull trade back to the dollar.

    The essay calls it a limit; since 2022 the record shows hardly any, so the prior reaches down to nothing.
    """
    return Change(yuan_share=-p.capital_controls * now.yuan_share)


@mechanism(
    writes="payment_friction+",
    claims="G14 P2",
    equation=f"""{FEAR}
payment_friction += bank_fear*fear*(1 - payment_friction)""",
)
def banks_comply(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Chinese banks with business in the West refuse Russian payments once they may be punished for them."""
    return Change(payment_friction=p.bank_fear * _fear(chosen) * (1 - now.payment_friction))


@mechanism(
    writes="payment_friction-",
    claims="G14 G15",
    equation="payment_friction += -bank_learning*(0.5 + 0.5*yuan_share)*payment_friction",
)
def payments_find_ways(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Traders find other banks and routes, the sooner the more they settle in their own currencies."""
    return Change(payment_friction=-p.bank_learning * (0.5 + 0.5 * now.yuan_share) * now.payment_friction)


@mechanism(
    writes="pull_goods_chn- pull_tech_chn- pull_raw_chn-",
    claims="G14",
    equation="""drag = friction_drag*payment_friction
pull_goods_chn += -drag
pull_tech_chn += -drag
pull_raw_chn += -0.5*drag""",
)
def friction_slows_trade(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Where paying is hard, China sells and buys less than its size would have it."""
    drag = p.friction_drag * now.payment_friction
    return Change(pull_goods_chn=-drag, pull_tech_chn=-drag, pull_raw_chn=-0.5 * drag)


@mechanism(
    writes="pull_oil_supply- pull_gas_chn-",
    claims="G14 P21",
    equation="""large = (secondary == Secondary.LARGE_BANKS)*(1 - policy_bank_shield)*payment_friction
pull_oil_supply += -0.3*large
pull_gas_chn += -large""",
)
def large_banks_listed_hurt_energy(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Were China's large banks listed, even energy would be paid for through policy banks alone."""
    large = (chosen.secondary == Secondary.LARGE_BANKS) * (1 - p.policy_bank_shield) * now.payment_friction
    return Change(pull_oil_supply=-0.3 * large, pull_gas_chn=-large)
