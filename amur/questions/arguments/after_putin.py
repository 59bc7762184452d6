"""Where does Russia stand twenty years on, by path of succession and of reform?"""

from __future__ import annotations

import numpy as np

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Both, Done, Lab, at, ever
from amur.system.decisions import Kremlin
from amur.system.scenario_files import scenario

ARGUMENT = Argument(
    "After Putin",
    "Where does Russia stand twenty years on, by path of succession and reform?",
    ("T11", "G6", "G24"),
    ("orientation", "dependence_rus", "leverage_chn", "coordination"),
)
LAST = "2045-Q4"
REFORM = scenario("moscow-reforms").interventions
PATHS: dict[str, Done] = {
    "as it comes": (),
    "an Eastern successor": "putin-exit-east",
    "a Western successor": "putin-exit-west",
    "an Eastern successor who reforms": (*scenario("putin-exit-east").interventions, *REFORM),
    "a Western successor who reforms": (*scenario("putin-exit-west").interventions, *REFORM),
}
LOOKS = {
    "orientation": ("Russia's orientation, + East, at the end of 2045", "index -1 to 1"),
    "dependence_rus": ("China's share of Russia's trade at the end of 2045", "share"),
    "leverage_chn": ("Beijing's leverage at the end of 2045", "index"),
    "coordination": ("coordination at the end of 2045", "index"),
}


def find(lab: Lab) -> Found:
    """T11: it must choose between West and subordination. G24: reform decides. G6: the bond of two men holds it."""
    seen: dict[str, dict[str, Both]] = {}
    for path, done in PATHS.items():
        found = lab.looks(
            [*(at(name, LAST) for name in LOOKS), at("endstate", LAST), at("coordination", "2031-Q4")], done
        )
        seen[path] = dict(zip((*LOOKS, "endstate", "soon"), found, strict=True))
    numbers = [
        lab.quantity("stands", about, unit, seen[path][name], quantity=name, path=path)
        for name, (about, unit) in LOOKS.items()
        for path in PATHS
    ]
    free = seen["as it comes"]
    chosen = free["endstate"].of(lambda code: np.isin(code, _codes("westward-pivot", "vassalage")))
    gone = lab.look(ever("kremlin", Kremlin.EASTERN, "2026-Q1", LAST))
    reform = (
        seen["an Eastern successor who reforms"]["dependence_rus"]
        - seen["an Eastern successor"]["dependence_rus"]
    )
    leverage = (
        seen["an Eastern successor who reforms"]["leverage_chn"] - seen["an Eastern successor"]["leverage_chn"]
    )
    west = seen["a Western successor"]["orientation"] - seen["an Eastern successor"]["orientation"]
    bond = seen["an Eastern successor"]["soon"] - free["soon"]
    return Found(
        (
            lab.chance("chosen", "probability that at the end of 2045 Russia has turned West or become a vassal", chosen),
            lab.chance("gone", "probability of a successor in the Kremlin by then", gone),
            lab.mean("who", "orientation at the end of 2045, a Western successor against an Eastern one", "index -1 to 1", west),
            lab.mean("reform", "China's share of Russia's trade, an Eastern successor who reforms against one who does not", "share", reform),
            lab.mean("bond", "coordination at the end of 2031 with an Eastern successor since 2029, against things as they come", "index", bond),
            *numbers,
        ),
        (
            lab.holds("T11", "by the end of 2045 Russia has more likely than not turned West or become a vassal", lab.own(chosen).of(lambda each: each > 0.5)),
            lab.holds("G24", "reform takes at least three points from the dependence on China, or 0.03 from its leverage", lab.own(reform).beside([lab.own(leverage)], lambda a, b: (a < -0.03) | (b < -0.03))),
            lab.holds("G6", "without the present leader coordination is lower by 0.02 even under an Eastern successor", lab.own(bond).of(lambda each: each < -0.02)),
        ),
        ("The record holds no succession since 2000; what a successor changes rests on the essays and on the model.",),
    )  # fmt: skip


def _codes(*names: str) -> list[int]:
    from amur.system.endstates import rules

    return [rules().names.index(name) for name in names]
