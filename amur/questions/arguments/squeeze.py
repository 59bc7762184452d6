"""What would a squeeze of the price bring Beijing, and how would Moscow take it?

Beijing squeezes from 2027 on (the lever beijing-squeezes) beside the same futures with Beijing forbearing, so that the
whole of the squeeze is seen and not what it adds to squeezes that come anyway.
"""

from __future__ import annotations

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.coded import counted, quarters
from amur.questions.arguments.lab import Lab, at, ever, over, share_of_time
from amur.questions.arguments.verdict import shown
from amur.system.decisions import Answer, Leverage

ARGUMENT = Argument(
    "The squeeze",
    "What does a squeeze of the price bring Beijing, and how does Moscow answer?",
    ("G18", "G19", "B9"),
    ("crude_concession", "gas_price_chn", "trust_rus", "leverage_chn"),
)
FIRST, LAST = "2027-Q1", "2030-Q4"
EMOTION = 0.05
"""A fall of trust (index from -1 to 1) below which a squeeze is taken as business."""


def find(lab: Lab) -> Found:
    """G18: one buyer's pipes give it the price. G19: Moscow takes it calmly. B9: Beijing does not do it openly."""
    looks = [
        over("crude_concession", "2029-Q1", LAST), over("gas_price_chn", "2029-Q1", LAST), at("trust_rus", LAST),
        share_of_time("answer", Answer.COMMERCIAL, FIRST, LAST), share_of_time("answer", Answer.DEFY, FIRST, LAST, Answer.DEFY),
        at("energy_revenue", LAST),
    ]  # fmt: skip
    price, gas, trust, gives, defies, revenue = lab.effects(looks, "beijing-squeezes", "beijing-forbears")
    unasked = lab.look(ever("leverage", Leverage.SQUEEZE, "2026-Q1", LAST))
    demands = lab.look(ever("leverage", Leverage.DEMAND, "2026-Q1", LAST))
    demanded, quarters_ = quarters(lambda of: of("leverage") == Leverage.DEMAND, lambda of: of("leverage") >= 0)
    return Found(
        (
            lab.mean("price", "price concession on crude that a squeeze adds, 2029-30", "US$/bbl", price),
            lab.mean("gas", "price of pipeline gas at the border that a squeeze adds, 2029-30", "US$/1000 m3", gas),
            lab.mean("trust", "trust of Moscow in Beijing at the end of 2030", "index -1 to 1", trust),
            lab.mean("answer", "share of quarters in which Moscow gives way, more than under forbearance", "share", gives, answer="gives way"),
            lab.mean("answer", "share of quarters in which Moscow defies, more than under forbearance", "share", defies, answer="defies"),
            lab.mean("revenue", "Russia's energy revenue at the end of 2030", "US$ bn/yr", revenue),
            lab.chance("unasked", "probability that Beijing squeezes of its own accord by 2030", unasked, leverage="squeeze"),
            lab.chance("unasked", "probability that Beijing makes a political demand by 2030", demands, leverage="demand"),
            counted("seen", "quarters of a squeeze in which Moscow gave way at all", lambda of: of("answer") >= Answer.COMMERCIAL, lambda of: of("leverage") == Leverage.SQUEEZE),
            counted("seen", "quarters in which Beijing made a political demand", lambda of: of("leverage") == Leverage.DEMAND, lambda of: of("leverage") >= 0),
        ),
        (
            lab.holds("G18", "a squeeze adds at least half a dollar to the discount on a barrel", lab.own(price).of(lambda each: each > 0.5)),
            lab.holds("G19", f"it costs less than {EMOTION} of trust", lab.own(trust).of(lambda each: each > -EMOTION)),
            lab.holds("B9", "Beijing makes no political demand by 2030 in most futures", lab.own(demands).of(lambda each: each < 0.5)),
            shown("B9", f"no political demand by Beijing is on the record ({demanded} of {quarters_} quarters)", demanded == 0),
        ),
    )  # fmt: skip
