"""Golden answers: what the questions said of the published posteriors, with their Monte Carlo errors.

Made by ``python tests/questions/golden.py`` with as many futures as users are given; the test asks again with few. Numbers
that move further than both Monte Carlo errors allow mean that something other than luck has changed: if it was meant to,
make them anew and say so in the changelog.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("golden.json")


class Case(NamedTuple):
    """A question, what is asked, and what is asked instead where it must be cheap."""

    question: str
    asked: dict[str, Any]
    few: dict[str, Any]


CASES = {
    "reading": Case("reading", {}, {}),
    "whatif": Case(
        "whatif",
        {"scenario": "ceasefire", "quantity": ("europe_tie", "cohesion_wst", "trust_rus")},
        {"futures": 256},
    ),
    "drivers": Case(
        "drivers", {"outcome": ("integration", "trade"), "year": ("2013", "now")}, {"futures": 256, "pairs": 2}
    ),
    "dependence": Case("dependence", {"cut": "china-stops-buying"}, {"futures": 256}),
}


def numbers(case: Case, few: bool) -> list[list[Any]]:
    """Name, keys, value and Monte Carlo error of every number of the answer that has an error."""
    from amur.questions import ask

    made = ask(case.question, cached=False, **case.asked, **(case.few if few else {}))
    return [
        [each.name, dict(each.keys), each.value, each.error]
        for each in made.numbers
        if math.isfinite(each.error) and math.isfinite(each.value) and each.kind != "fact"
    ]


def stamp() -> str:
    """The posteriors that the published answers are of."""
    from amur.conditioning.shipped import shipped

    return shipped().stamp


if __name__ == "__main__":
    told = {name: numbers(case, few=False) for name, case in CASES.items()}
    FILE.write_text(json.dumps({"stamp": stamp(), "answers": told}, indent=1) + "\n", encoding="utf-8")
