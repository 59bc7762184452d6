"""The seven questions and twelve arguments: typed questions in, typed answers out, from the conditioned ensembles.

Each question is a module with a frozen dataclass of what may be asked and a function from it to an
:class:`~amur.questions.answer.Answer`; :func:`ask` finds it by name.

>>> import amur.questions
>>> sorted(amur.questions.QUESTIONS)
['dependence', 'drivers', 'levers', 'outlook', 'reading', 'watch', 'whatif']
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError, nearest

if TYPE_CHECKING:
    from amur.questions.answer import Answer
    from amur.questions.ensembles import Progress

QUESTIONS = {
    "reading": "What is this relationship? The readings weighed, and what moved them",
    "drivers": "What holds it together, and what limits it?",
    "dependence": "Who needs whom, where, and what would a cut cost?",
    "outlook": "Where is it heading?",
    "whatif": "What happens if ...?",
    "watch": "What would tell us?",
    "levers": "What can be done, by whom?",
}
"""Questions by name, and what they ask. The module of a question has a class ``Asked`` and a function ``answer``."""


def ask(question: str, *, cached: bool = True, progress: Progress | None = None, **asked: Any) -> Answer:
    """The answer to a question; options are the fields of its ``Asked``. AmurError names the option that is wrong.

    ``cached`` reads what is published, or was answered before; ``progress`` is told what is done, how much of it, and all.
    """
    from amur.questions import kept, published

    if question not in QUESTIONS:
        mend = nearest(question, list(QUESTIONS)) or f"There are {', '.join(QUESTIONS)}."
        raise AmurError(f"there is no question '{question}'", field="question", mend=mend)
    # The module of a question brings the model with it, which an answer that is there already does not need.
    told = kept.plain(
        "asked", [question, asked], lambda: _asked(question, asked).as_json(), cached and not _of_files(asked)
    )
    if cached and (found := published.same(question, told)):
        return found

    def make() -> Answer:
        made: Answer = import_module(f"amur.questions.{question}").answer(_asked(question, asked), progress)
        return made

    return kept.answer(question, told, make, cached)


def at_hand(question: str, **asked: Any) -> Answer | None:
    """The answer where it is published or was given before; None where it would have to be worked out, or what is asked
    has not been checked yet. Loads no model and writes nothing, so that a surface may ask it at every click."""
    from amur.questions import kept, published

    if question not in QUESTIONS or _of_files(asked):
        return None
    told = kept.found("asked", [question, asked])
    if told is None and not asked and question in published.QUESTIONS:
        told = dict(published.published(question).asked)
    if told is None:
        return None
    return published.same(question, told) or kept.before(question, told)


def _asked(question: str, asked: Mapping[str, Any]) -> Any:
    """What is asked, checked: an ``Asked`` of the question. AmurError names the option that is wrong."""
    module = import_module(f"amur.questions.{question}")
    fields = module.Asked.__dataclass_fields__
    for name in asked:
        if name not in fields:
            mend = nearest(name, list(fields)) or f"It has: {', '.join(fields)}."
            raise AmurError(f"'{question}' has no option '{name}'", field=name, mend=mend)
    return module.Asked(**asked)


def _of_files(asked: Mapping[str, Any]) -> bool:
    """Whether an option may name a file, whose content may have changed since it was asked before."""
    several = (each if isinstance(each, list | tuple) else (each,) for each in asked.values())
    return any(
        not isinstance(value, str | int | float) or ".toml" in str(value) for each in several for value in each
    )


__all__ = ["QUESTIONS", "ask", "at_hand"]
