"""Where is it heading? Fans to 2046, chances of end states, when they are first entered, and what the spread comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amur.questions.outlook.asked import Asked

if TYPE_CHECKING:
    from amur.questions.answer import Answer
    from amur.questions.ensembles import Progress

CLAIMS = ("G10", "G17", "R1", "B2", "T11", "P14")
"""Claims about where the relationship is heading."""


def answer(asked: Asked, progress: Progress | None = None) -> Answer:
    """The outlook: the likeliest end state counts; tables hold fans, shares, first passages and parts of the spread."""
    from amur.futures.plan import HEADLINES
    from amur.questions import ensembles
    from amur.questions.answer import Answer
    from amur.questions.outlook import courses, futures, sources, weak, words
    from amur.system import endstates
    from amur.system.decisions import OPTIONS

    common = asked.common
    tell = progress or (lambda what, done, many: None)
    tell("Futures", 0, 2)
    whole = ensembles.run(common, start="1992-Q1")
    tell("Futures", 1, 2)
    before = ensembles.run(common, start="1992-Q1", prior=True)
    tell("Futures", 2, 2)
    code, code_before = (
        endstates.classify({name: run[name] for name in asked.by.needs}, asked.by) for run in (whole, before)
    )
    first, last = whole.labels.index(futures.PRESENT) + 1, whole.at(asked.until) + 1
    ahead = futures.Ahead(
        asked, whole, before, code[first:last], code_before[first:last], code[first - 1], code_before[first - 1]
    )
    ends = sorted(futures.ending(ahead), key=lambda each: (-int(each.keys["year"]), -each.value))
    made_of = sources.sources(asked, progress)
    directions, with_them = futures.directions(ahead), futures.companions(ahead)
    numbers = (*ends, *futures.medians(ahead), *futures.chances(ahead), *futures.reached(ahead))
    states = courses.states(code[:last], asked.by.names, whole.labels[:last], common.mixture)
    decided = [name for name in asked.quantities if name in OPTIONS]
    drawn = tuple(name for name in asked.quantities if name not in OPTIONS)
    tables = {
        "fans": courses.fans(drawn, whole, common.mixture, asked.until),
        "decisions": tuple(
            row for name in decided for row in courses.shares(name, whole, common.mixture, asked.until)
        ),
        "endstates": states,
        "first passages": futures.curves(ahead),
        "directions": directions,
        "companions": with_them,
        "spread": made_of,
    }
    return Answer(
        "outlook",
        "Where is it heading?",
        asked.as_json(),
        words.statement(ends, directions, made_of, with_them, states, dict(common.mixture.share)),
        numbers,
        tables,
        ensembles.rests([*drawn, *HEADLINES], claims=CLAIMS),
        ensembles.made(common),
        weak.notes(asked.quantities),
    )
