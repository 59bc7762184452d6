"""Questions and arguments, answered by the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amur.web.work.doing.names import options

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress


def ask(told: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The answer to ``told["question"]`` with the options ``told["asked"]``, as a plain object."""
    from amur.questions import ask as answer
    from amur.questions.ensembles import before_each_run

    steps = Steps(progress)
    with before_each_run(steps.run):
        asked = options(told.get("asked", {}))
        return answer(str(told["question"]), progress=steps.tell, **asked).as_json()


def argue(told: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The answer to the argument ``told["name"]`` with the options ``told["asked"]``, as a plain object."""
    from amur.questions.arguments import argue as answer
    from amur.questions.ensembles import before_each_run

    steps = Steps(progress)
    asked = options(told.get("asked", {}))
    asked.pop("name", None)
    with before_each_run(steps.run):
        return answer(str(told["name"]), progress=steps.tell, **asked).as_json()


class Steps:
    """How far an answer is: what the question itself tells, or else how many runs it has begun.

    Each run is a step at which work that is not wanted any more can end.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._told: tuple[str, int, int] | None = None
        self._runs = 0

    def tell(self, what: str, done: int, of: int) -> None:
        """What the question tells."""
        self._told = (what, done, of)
        self._progress(what, done, of)

    def run(self) -> None:
        """A run comes."""
        self._runs += 1
        self._progress(*(self._told or ("running futures", self._runs, 0)))
