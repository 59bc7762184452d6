"""How an answer is asked again: the command, and the call in Python, that give the same numbers."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from amur.questions.answer import Answer

ARGUE = "argue:"
"""How the question of an argument begins; its name follows."""


SILENT = ("own_is", "rules", "made")
"""Fingerprints of files that are filled in when a question is asked."""
UNSAID = ("interventions", "against_do", "against_interventions", "title", "against_title", "claims")
"""What a what-if can be given in Python only."""
JOINED = ("at", "against")
"""Lists that the command takes in one word, with commas."""
FIRST = {"outlook": "quantities", "whatif": "scenario"}
"""Options that stand without a flag on the command line."""


def python(of: Answer) -> str:
    """The call in Python."""
    return call(of.question, {name: value for name, value in _told(of).items() if name not in SILENT})


def call(question: str, told: Mapping[str, Any]) -> str:
    """The call in Python of a question with the options told."""
    name = "arguments.argue" if question.startswith(ARGUE) else "ask"
    words = [repr(question.removeprefix(ARGUE)), *(f"{option}={value!r}" for option, value in told.items())]
    return f"amur.questions.{name}({', '.join(words)})"


def command(of: Answer) -> str:
    """The command line; empty where it cannot say what was asked."""
    return line(of.question, _told(of))


def line(name: str, options: Mapping[str, Any]) -> str:
    """The command line of a question with the options told; empty where it cannot say them."""
    told = dict(options)
    if any(option in UNSAID for option in told):
        return ""
    words = ["amur", "argue", name.removeprefix(ARGUE)] if name.startswith(ARGUE) else ["amur", "ask", name]
    words += [str(each) for each in _several(told.pop(FIRST.get(name, ""), []))]
    for option, value in told.items():
        flag = f"--{option.replace('_', '-')}"
        if isinstance(value, bool):
            words.append(flag if value else f"--no-{flag[2:]}")
        elif option in JOINED:
            words += [flag, ",".join(map(str, _several(value)))]
        elif option not in SILENT:
            words += [word for each in _several(value) for word in (flag, str(each))]
    return " ".join(shlex.quote(word) for word in words)


def _several(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [",".join(f"{key}={part}" for key, part in value.items())]
    return list(value) if isinstance(value, list | tuple) else [value]


def _told(of: Answer) -> dict[str, Any]:
    """The options that differ from what they are unless told; all where the question is not one of ours."""
    usual = _usual(of.question)
    return {
        name: value
        for name, value in of.asked.items()
        if value not in ("", None, [], (), {}) and _plain(usual.get(name)) != _plain(value)
    }


def _usual(question: str) -> dict[str, Any]:
    from amur.questions.choices import choices

    usual: dict[str, Any] = choices()["usual"].get(question, {})
    return usual


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
