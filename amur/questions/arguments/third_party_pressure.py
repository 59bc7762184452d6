"""What would Chinese pressure do to Russian arms for India and Vietnam, and what would it cost in trust?

The scenario third-party-pressure (a demand in 2027 and 2028) beside the same futures with Beijing forbearing in those years.
"""

from __future__ import annotations

import numpy as np

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Lab, Numbers, at, over
from amur.system.interventions import Force

ARGUMENT = Argument(
    "Third-party pressure",
    "If China presses Russia over arms to India and Vietnam, what does it get and what does it pay?",
    ("G20", "T10"),
    ("arms_ind", "arms_vnm", "trust_rus", "resentment"),
)
FORBEARS = (Force("leverage", "forbear", start="2027-Q1", end="2028-Q4"),)
MUCH = 10.0
"""A fall of deliveries, in percent, from which the pressure works."""


def find(lab: Lab) -> Found:
    """G20: such pressure would be the more disruptive use of leverage. T10: Moscow is not to be ordered about."""
    first, last = "2029-Q1", "2031-Q4"
    looks = [
        over("arms_ind", first, last),
        over("arms_vnm", first, last),
        at("trust_rus", "2029-Q4"),
        at("resentment", "2028-Q4"),
    ]
    pressed, forborne = lab.looks(looks, "third-party-pressure"), lab.looks(looks, FORBEARS)
    india, vietnam = (pressed[place].beside([forborne[place]], _percent) for place in (0, 1))
    trust, resentment = (pressed[place] - forborne[place] for place in (2, 3))
    squeezed = lab.effect(
        at("trust_rus", "2029-Q4"), (Force("leverage", "squeeze", start="2027-Q1", end="2028-Q4"),), FORBEARS
    )
    return Found(
        (
            lab.mean("arms", "deliveries of Russian arms to India, 2029-31, that a demand adds", "percent", india, buyer="India"),
            lab.mean("arms", "deliveries of Russian arms to Vietnam, 2029-31, that a demand adds", "percent", vietnam, buyer="Vietnam"),
            lab.mean("trust", "trust of Moscow in Beijing at the end of 2029", "index -1 to 1", trust, use="demand"),
            lab.mean("trust", "the same for a squeeze of the price as long", "index -1 to 1", squeezed, use="squeeze"),
            lab.mean("resentment", "resentment in Moscow at the end of 2028", "index", resentment),
        ),
        (
            lab.holds("G20", "a demand costs more trust than a squeeze of the price as long", lab.own(trust).beside([lab.own(squeezed)], lambda a, b: a < b)),
            lab.holds("T10", f"arms to India fall by less than {MUCH:.0f}%: Moscow keeps its customers", lab.own(india).of(lambda each: each > -MUCH)),
        ),
        ("Deliveries follow orders by years; what is ordered before a demand is delivered after it.",),
    )  # fmt: skip


def _percent(under: Numbers, without: Numbers) -> Numbers:
    return np.asarray(100 * (under - without) / np.maximum(without, 1.0))
