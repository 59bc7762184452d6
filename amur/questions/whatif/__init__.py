"""What happens if ...? Futures under interventions beside their twins without them, or under two different worlds.

A world is made of built-in scenarios, scenario files and interventions, laid one over the other. Twins have the same
parameters, the same luck and the same world outside, so that what they differ by is the effect of what was done.
What can be asked (:class:`Asked`), shared files and what there is to do (:mod:`.possible`) are told without the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amur.questions.whatif.asked import Asked, World
from amur.questions.whatif.sharing import shared, write

if TYPE_CHECKING:
    from amur.questions.answer import Answer
    from amur.questions.ensembles import Progress
    from amur.system.interventions import Intervention


def answer(asked: Asked, progress: Progress | None = None) -> Answer:
    """Effects of the world asked about against the baseline, or against the other world."""
    from amur.questions.whatif import answering

    return answering.answer(asked, progress)


def intervention(text: str) -> Intervention:
    """The intervention that a line of words tells. AmurError names the word that is wrong."""
    from amur.questions.whatif import compact

    return compact.intervention(text)


__all__ = ["Asked", "World", "answer", "intervention", "shared", "write"]
