"""How much obedience does one more point of dependence buy?

Moscow's answer and Beijing's use of leverage are put at the end of the record as they are, and with Russia's trade
dependence ten points higher and the leverage that goes with it in proportion.
"""

from __future__ import annotations

import numpy as np

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.coded import counted
from amur.questions.arguments.lab import Lab
from amur.questions.arguments.odds import Otherwise, yearly
from amur.system.decisions import Answer, Leverage
from amur.system.quarters import number

ARGUMENT = Argument(
    "From dependence to obedience",
    "How much concession does one more point of trade dependence buy?",
    ("T7", "T10", "T12", "G17", "B2", "B10"),
    ("dependence_rus", "leverage_chn", "resentment", "autonomy_worry"),
)
POINTS = 0.10
"""What is added to the present dependence."""
CRIMEA = number("2014-Q1")
MUCH = 0.2
"""Points of the yearly chance of a strategic concession to a point of dependence: above it, dependence buys obedience."""


def find(lab: Lab) -> Found:
    """T7, T10 and T12 hold that it buys next to nothing; G17, B2 and B10 that leverage follows from it."""
    more: Otherwise = {
        "dependence_rus": lambda now: now.dependence_rus + POINTS,
        "leverage_chn": lambda now: now.leverage_chn * (now.dependence_rus + POINTS) / now.dependence_rus,
    }
    ways: tuple[Otherwise, Otherwise] = ({}, more)
    pressed = {"leverage": int(Leverage.DEMAND)}
    concede = [yearly(lab, "answer", Answer.STRATEGIC, way, pressed) for way in ways]
    gives = [yearly(lab, "answer", Answer.STRATEGIC, way) for way in ways]
    press = [yearly(lab, "leverage", Leverage.SQUEEZE, way) for way in ways]
    a_point = (concede[1] - concede[0]).of(lambda each: each / POINTS)
    unpressed = (gives[1] - gives[0]).of(lambda each: each / POINTS)
    tempted = (press[1] - press[0]).of(lambda each: each / POINTS)
    points = "percentage points a year"
    return Found(
        (
            lab.quantity("bought", "rise of the chance that Moscow gives way in strategy to a demand, to a point of dependence", points, a_point),
            lab.quantity("bought", "the same where Beijing demands nothing", points, unpressed, pressed="no"),
            lab.quantity("tempted", "rise of the chance that Beijing squeezes or demands, to a point of dependence", points, tempted),
            lab.quantity("now", "chance in a year that Moscow gives way in strategy to a demand, dependence as it is", "probability", concede[0], dependence="now"),
            lab.quantity("now", "the same with ten points more", "probability", concede[1], dependence="ten points more"),
            counted("seen", "quarters to 2013 in which Moscow gave way in strategy", lambda of: of("answer") == Answer.STRATEGIC, lambda of: np.arange(len(of("answer"))) < CRIMEA),
            counted("seen", "quarters since 2014 in which Moscow gave way in strategy", lambda of: of("answer") == Answer.STRATEGIC, lambda of: np.arange(len(of("answer"))) >= CRIMEA),
        ),
        (
            lab.holds("T7 T10 T12", f"a point of dependence raises the yearly chance of a strategic concession by less than {MUCH} points", a_point.of(lambda each: each < MUCH)),
            lab.holds("B2 B10", f"it raises it by more than {MUCH} points", a_point.of(lambda each: each > MUCH)),
            lab.holds("G17", "growing dependence tempts Beijing: the chance of a squeeze or demand rises with it", tempted.of(lambda each: each > 0)),
        ),
        (
            ("Concessions are coded from events by a written rule; the record holds few, so that what they respond to is"
            " known poorly (docs/weaknesses.md)."),
        ),
    )  # fmt: skip
