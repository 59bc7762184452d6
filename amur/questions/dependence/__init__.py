"""Dependence: who needs whom, where, what would a cut cost each, and how fast would that heal?

From the record alone: by sector and both ways, how much each relies on the other, how concentrated its buyers and
sellers are, and how long replacing the other took elsewhere or would take. From the ensembles: the cost of a sudden
cut to each side, as twins of the same futures, and Beijing's leverage since 1992 and on to 2036. For other dyads the
record alone speaks.
"""

from __future__ import annotations

from amur.questions.answer import Answer
from amur.questions.dependence.asked import Asked
from amur.questions.ensembles import Progress


def answer(asked: Asked, progress: Progress | None = None) -> Answer:
    """The answer for what is asked; of a dyad that the model does not hold, or as of a past day, from the record."""
    if asked.record_only:
        from amur.questions.dependence.recorded import answer as from_record

        return from_record(asked)
    from amur.questions.dependence.modelled import answer as whole

    return whole(asked, progress)


__all__ = ["Asked", "answer"]
