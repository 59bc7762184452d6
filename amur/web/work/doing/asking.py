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

    return answer(str(told["question"]), progress=progress, **options(told.get("asked", {}))).as_json()


def argue(told: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The answer to the argument ``told["name"]`` with the options ``told["asked"]``, as a plain object."""
    from amur.questions.arguments import argue as answer

    asked = options(told.get("asked", {}))
    asked.pop("name", None)
    return answer(str(told["name"]), progress=progress, **asked).as_json()
