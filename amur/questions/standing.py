"""Where the relationship stands: the course of what the model follows since 1992, and its value in the last year known.

It is published and read without the model; it is no question of its own, but what the first page of a surface shows. Run
``python -m amur.questions.standing`` after the posteriors have changed.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from amur import atomic
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer
    from amur.questions.ensembles import Common

NAME = "standing"
FILE = Path(__file__).parent / "answers" / f"{NAME}.json"
QUANTITIES = (
    "dependence_rus", "dependence_chn", "coordination", "integration", "rear_chn", "rear_rus", "leverage_chn", "trust_chn",
    "trust_rus",
)  # fmt: skip
"""What is followed: who needs whom, how far the two act together, what each could be to the other in a war, how each
regards the other."""
NOW = "2025"
NOTE = (
    "Dependence follows recorded trade closely. The other quantities are indices that no series measures: the model infers"
    " them from votes, exercises, decisions and projects, on scales of its own, so that their course says more than their level."
)


def answer(common: Common) -> Answer:
    """The course of every quantity of :data:`QUANTITIES` from 1992 to :data:`NOW`, and its number in that year (means of
    the year's quarters), with spread, data share and what each reading makes of it. Runs the model."""
    import numpy as np

    from amur.questions import ensembles, spread
    from amur.questions.answer import Answer
    from amur.questions.outlook import courses
    from amur.questions.words import spread as said

    runs = [ensembles.run(common, start="1992-Q1", until="2026-Q4", prior=prior) for prior in (False, True)]
    place = runs[0].at(NOW)

    def last(prior: int, name: str) -> ensembles.Numbers:
        return np.asarray(runs[prior][name][place - 3 : place + 1], np.float64).mean(axis=0)

    told = {name: courses.declared(name) for name in QUANTITIES}
    numbers = tuple(
        spread.quantity(
            name, each.meaning, each.unit, last(0, name), common.mixture, last(1, name), common.prior, {"year": NOW}
        )
        for name, each in told.items()
    )  # fmt: skip
    words = "; ".join(f"{each.about}: {said(each)}" for each in numbers)
    return Answer(
        NAME,
        "Where things stand",
        common.as_json(),
        f"Means of {NOW}. {words}.",
        numbers,
        {"fans": courses.fans(QUANTITIES, runs[0], common.mixture, NOW)},
        ensembles.rests(QUANTITIES),
        ensembles.made(common),
        (NOTE,),
    )


@cache
def published() -> Answer:
    """The answer as published; nothing is computed. AmurError where it is missing."""
    from amur.questions.answer import from_json

    if not FILE.is_file():
        raise AmurError(
            "where things stand has not been published",
            file=FILE,
            mend="Run: python -m amur.questions.standing",
        )
    return from_json(json.loads(FILE.read_text(encoding="utf-8")))


def publish() -> Path:
    """Make it anew and write it into the package; its file."""
    from amur.questions.ensembles import Common
    from amur.questions.published import short

    made = short(answer(Common()).as_json())
    published.cache_clear()
    return atomic.write_text(FILE, json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    print(publish())
