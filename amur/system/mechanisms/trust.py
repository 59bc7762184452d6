"""Trust: slow to build, quick to lose."""

from __future__ import annotations

from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.decisions import Decisions, Leverage
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter("trust_gain", LogNormal(0.012, 1.6), "index/quarter", "Trust is slow: a decade without surprises closes half the way.", "B9 P10")
parameter("squeeze_hurt", LogNormal(0.04, 1.7), "index/quarter", "One quarter of squeeze undoes about a year of forbearance.", "G19 B9")


@mechanism(
    writes="trust_rus+",
    claims="B9 P10",
    equation=r"\Delta\,\text{trust}_{RUS} = \text{gain}\,(1-\text{trust}_{RUS})\ \text{while Beijing forbears}",
)
def forbearance_builds_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """While Beijing forbears and disputes are settled quietly, Moscow's trust grows, slowly."""
    forbears = chosen.leverage == Leverage.FORBEAR
    return Change(trust_rus=p.trust_gain * forbears * (1 - now.trust_rus))


@mechanism(
    writes="trust_rus-",
    claims="G19 B9",
    equation=r"\Delta\,\text{trust}_{RUS} = -\text{hurt}\,(1+\text{trust}_{RUS})\ \text{while Beijing squeezes}",
)
def squeeze_costs_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A squeeze on price costs trust, though not much."""
    squeezes = chosen.leverage == Leverage.SQUEEZE
    return Change(trust_rus=-p.squeeze_hurt * squeezes * (1 + now.trust_rus))
