"""The cuts that are tried: what stops, by whose hand, and how it is laid over the futures."""

from __future__ import annotations

from typing import NamedTuple

from amur.system.interventions import Cut, Force, Intervention

ENERGY = ("oil_chn", "gas_chn", "lng_chn", "coal_chn")
SALES = (*ENERGY, "food_chn", "raw_chn", "arms_chn")
PURCHASES = ("goods_chn", "tech_chn")


class Stop(NamedTuple):
    """A cut: what it says in a sentence, who makes it, and the flows that stop (none: a decision is forced)."""

    title: str
    by: str
    flows: tuple[str, ...]


CUTS = {
    "china-stops-buying": Stop("China stops buying Russia's crude, gas and coal", "China", ENERGY),
    "russia-stops-selling": Stop("Russia stops selling anything to China", "Russia", SALES),
    "china-stops-selling": Stop("China stops selling goods and technology to Russia", "China", PURCHASES),
    "payments-stop": Stop("the West lists China's large banks for business with Russia", "the West", ()),
    "all-trade": Stop("all trade between the two stops", "either", (*SALES, *PURCHASES)),
}
"""Cuts by name. The books of trade do not know who closes a valve: that Russia stopped selling energy alone would cost
both what it costs them if China stops buying it."""


def laid_over(name: str, share: float = 1.0) -> tuple[Intervention, ...]:
    """The interventions of a cut from the first quarter ahead on; none where nothing is cut."""
    if share == 0:
        return ()
    if not CUTS[name].flows:
        return (Force("secondary", "large-banks"),)
    return tuple(Cut(flow, float(share)) for flow in CUTS[name].flows)
