"""Energy transition: a clock over fossil exports that weakens the seller's hand and hurries it."""

from __future__ import annotations

from amur.system.decisions import Decisions
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

# fmt: off
parameter("clock_price", LogNormal(2.0, 1.8), "US$/bbl", "What a buyer wholly leaving oil could take off the price; hardly seen yet in the record.", "G4")
parameter("clock_gas", LogNormal(0.12, 1.8), "log", "China asked for Russian domestic prices for the second Siberian line.", "G4")
parameter("clock_hurry", LogNormal(0.4, 1.7), "log", "Moscow seeks to sell while it can.", "G4")
# fmt: on


@mechanism(
    writes="pull_concession+ pull_gas_price-",
    claims="G4",
    equation="""pull_concession += clock_price*transition
pull_gas_price += -clock_gas*transition""",
)
def clock_weakens_the_seller(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The nearer the end of China's need for fossil imports, the less Moscow can ask for them."""
    return Change(
        pull_concession=p.clock_price * outside.transition, pull_gas_price=-p.clock_gas * outside.transition
    )


@mechanism(
    writes="pull_oil_chn+ pull_gas_chn+ pull_coal_chn+",
    claims="G4",
    equation="""hurry = clock_hurry*transition*(1 - share_oil_wst)
pull_oil_chn += hurry
pull_gas_chn += hurry
pull_coal_chn += hurry""",
)
def clock_hurries_sales(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Fearing that its reserves will lose their worth, Moscow offers more to the buyer that still wants them."""
    hurry = p.clock_hurry * outside.transition * (1 - now.share_oil_wst)
    return Change(pull_oil_chn=hurry, pull_gas_chn=hurry, pull_coal_chn=hurry)
