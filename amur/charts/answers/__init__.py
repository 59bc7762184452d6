"""Answers as charts: one module to a question, each with ``draw``, which takes an answer and gives a chart.

``draw`` lays the chart out for a width in pixels if it is told one, and for a file if it is not. A module may also have
``more``: what draws further charts of the answer, by name.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer


def chart(of: Answer, width: int | None = None) -> Any:
    """The chart of an answer, an Altair chart that carries its sources. AmurError for a question without one."""
    return _module(of).draw(of, width)


def more(of: Answer, width: int | None = None) -> dict[str, Callable[[], Any]]:
    """What draws further charts of an answer, by their names; for most its parts. AmurError for a question without a chart."""
    module = _module(of)
    made: dict[str, Callable[[], Any]] = module.more(of, width) if hasattr(module, "more") else {}
    return made


def _module(of: Answer) -> Any:
    name = "argument" if of.question.startswith("argue:") else of.question
    try:
        return import_module(f"amur.charts.answers.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"amur.charts.answers.{name}":
            raise
        raise AmurError(
            f"there is no chart of '{of.question}'", field="save", mend="Save it as .csv or .json."
        ) from None
