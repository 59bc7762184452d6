"""Answers as charts: one module to a question, each with ``draw``, which takes an answer and gives a chart."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer


def chart(of: Answer) -> Any:
    """The chart of an answer, an Altair chart that carries its sources. AmurError for a question without one."""
    name = "argument" if of.question.startswith("argue:") else of.question
    try:
        module = import_module(f"amur.charts.answers.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"amur.charts.answers.{name}":
            raise
        raise AmurError(
            f"there is no chart of '{of.question}'", field="save", mend="Save it as .csv or .json."
        ) from None
    return module.draw(of)
