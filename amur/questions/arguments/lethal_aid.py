"""How likely is lethal aid, as a Russian collapse comes near and as secondary sanctions become credible?

Beijing's choice is put at the end of the record with only those two things otherwise; beside it stand the futures in
which Beijing does give weapons.
"""

from __future__ import annotations

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.coded import counted
from amur.questions.arguments.lab import Lab, ever
from amur.questions.arguments.odds import yearly
from amur.system.decisions import Secondary, Support, Ukraine

ARGUMENT = Argument(
    "Lethal aid",
    "How likely is it that Beijing arms Moscow, and on what does it hang?",
    ("P2", "P11", "P12", "T9"),
    ("collapse", "momentum", "west_over_rus"),
)
NEARNESS = {"far": 0.05, "halfway": 0.5, "imminent": 0.9}
"""How near a Russian collapse is."""
THREATS = {"none": Secondary.NONE, "threatened": Secondary.THREATENED, "large banks": Secondary.LARGE_BANKS}


def find(lab: Lab) -> Found:
    """P2: threats deter. T9: only when collapse is imminent. P11: the battlefield decides."""
    chance = {
        (near, threat): yearly(
            lab, "support", Support.LETHAL, {"collapse": collapse}, {"secondary": code, "ukraine": Ukraine.FULL}
        )
        for near, collapse in NEARNESS.items()
        for threat, code in THREATS.items()
    }
    ahead = lab.chance("ahead", "probability of lethal aid in any quarter of 2026 to 2030", lab.look(ever("support", Support.LETHAL, "2026-Q1", "2030-Q4")))  # fmt: skip
    losing = lab.chance("ahead", "the same if Russian forces are beaten in 2027-28 (scenario russian-defeat)", lab.look(ever("support", Support.LETHAL, "2026-Q1", "2030-Q4"), "russian-defeat"), scenario="russian-defeat")  # fmt: skip
    grid = [
        lab.quantity("year", f"chance in a year, collapse {near}, secondary sanctions {threat}", "probability", each, collapse=near, threat=threat)
        for (near, threat), each in chance.items()
    ]  # fmt: skip
    none, banks = chance["imminent", "none"], chance["imminent", "large banks"]
    far = chance["far", "threatened"]
    imminent = chance["imminent", "threatened"]
    half = chance["halfway", "threatened"]
    return Found(
        (
            ahead, losing, *grid,
            counted("seen", "quarters of full war in Ukraine in which Beijing gave weapons", lambda of: of("support") == Support.LETHAL, lambda of: of("ukraine") == Ukraine.FULL),
        ),
        (
            lab.holds("P2", "the threat of sanctions on large banks at least halves the chance where collapse is imminent", banks.beside([none], lambda a, b: a < b / 2)),
            lab.holds("T9", "weapons are likely in a year (above 10%) only where collapse is imminent", imminent.beside([half, far], lambda i, h, f: (i > 0.1) & (h < 0.1) & (f < 0.1))),
            lab.holds("P11", "the chance at least triples from a collapse that is far to one that is imminent", imminent.beside([far], lambda a, b: a > 3 * b)),
            lab.holds("P12", "in a defeat without any threat Beijing would more likely than not arm Moscow within a year", none.of(lambda a: a > 0.5)),
        ),
        (
            ("Lethal aid has not been seen: its chance rests on how the model weighs gains and costs, which the record bounds"
            " only by Beijing's having abstained so far."),
        ),
        {
            "grid": tuple(
                {"collapse": number.keys["collapse"], "threat": number.keys["threat"], "value": number.value, "low90": number.low90, "high90": number.high90}
                for number in grid
            )
        },
    )  # fmt: skip
