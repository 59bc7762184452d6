"""What can be done, by whom? Each actor's levers, alone and together, against that actor's own aims and costs."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from amur.questions.levers.asked import Asked
from amur.questions.levers.effects import Effects, effects

if TYPE_CHECKING:
    from amur.questions.answer import Answer
    from amur.questions.ensembles import Progress


def answer(asked: Asked, progress: Progress | None = None) -> Answer:
    """Portfolios of an actor's levers: what they gain and cost, the best, the most robust, and when the best fails."""
    from amur.questions import ensembles
    from amur.questions.answer import Answer
    from amur.questions.levers import tables, telling
    from amur.questions.levers.numbers import numbers
    from amur.questions.levers.weighing import weigh

    found = weigh(asked, progress)
    made = numbers(found)
    actor = asked.who
    aims = (*actor.aims, *actor.costs)
    quantities = list(dict.fromkeys(name for each in aims for name in each.quantities))
    cited = [*(each.claims for each in actor.levers), *(each.claims for each in aims)]
    return Answer(
        "levers",
        f"What can {actor.title} do?",
        asked.as_json(),
        telling.statement(found, made),
        made,
        tables.tables(found),
        ensembles.rests(quantities, claims=tuple(dict.fromkeys(chain.from_iterable(cited)))),
        ensembles.made(asked.common),
        telling.notes(found),
    )


__all__ = ["Asked", "Effects", "answer", "effects"]
