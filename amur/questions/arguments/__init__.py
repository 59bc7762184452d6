"""Twelve points on which the essays contradict each other or commit themselves, each as a number and a verdict.

An argument is a module with ``ARGUMENT``, which says what is argued, and ``find``, which tries it in a :class:`~.lab.Lab`.
The verdict is on the argument's first position; the others have verdicts of their own beside it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.errors import AmurError, nearest

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Number, Row
    from amur.questions.arguments.verdict import Position
    from amur.questions.ensembles import Progress

ARGUMENTS = (
    "natural-or-necessity", "vassal-proxy-or-concert", "lethal-aid", "dependence-to-obedience", "squeeze",
    "third-party-pressure", "strategic-rear", "two-fronts", "wedge", "alliance", "after-putin", "emboldening",
)  # fmt: skip


class Argument(NamedTuple):
    """What is argued: a title, the question, the claims on it, and the quantities that the answer rests on."""

    title: str
    asks: str
    claims: tuple[str, ...]
    quantities: tuple[str, ...]


class Found(NamedTuple):
    """What was found: numbers (the first counts), positions (the first is judged), notes and further tables."""

    numbers: tuple[Number, ...]
    positions: tuple[Position, ...]
    notes: tuple[str, ...] = ()
    tables: dict[str, tuple[Row, ...]] = {}  # noqa: RUF012  never changed


def argument(name: str) -> Argument:
    """What an argument is about. AmurError with the nearest names."""
    told: Argument = _module(name).ARGUMENT
    return told


def argue(
    name: str,
    futures: int = 2048,
    seed: int = 1,
    weights: str = "stacking",
    cached: bool = True,
    progress: Progress | None = None,
) -> Answer:
    """The answer to an argument, with its positions and verdict in ``tables``. AmurError for a name there is none of."""
    from amur.questions import kept, published
    from amur.questions.ensembles import Common

    _known(name)
    common = Common(futures, seed, weights)
    if cached and (found := published.same(f"argue:{name}", {"argument": name, **common.as_json()})):
        return found

    def make() -> Answer:
        from amur.questions.arguments.put import put

        return put(name, _module(name), common)

    return kept.answer(f"argue-{name}", common.as_json(), make, cached)


def at_hand(name: str, **asked: Any) -> Answer | None:
    """The answer to an argument where it is published or was given before; None else. Loads no model."""
    from amur.questions import kept, published

    _known(name)
    usual = published.published(f"argue:{name}")
    told = {key: asked.get(key, value) for key, value in usual.asked.items()}
    if set(asked) - set(told):
        return None
    options = {key: value for key, value in told.items() if key != "argument"}
    return published.same(f"argue:{name}", told) or kept.before(f"argue-{name}", options)


def entry(made: Answer) -> dict[str, Any]:
    """An answered argument as one flat object: its number, verdict, positions and statement."""
    number, judged = made.numbers[0], made.tables["verdict"][0]
    return {
        "name": made.question.removeprefix("argue:"),
        "title": made.title,
        "number": number.value,
        "about": number.about,
        "low90": number.low90,
        "high90": number.high90,
        "low50": number.low50,
        "high50": number.high50,
        "unit": number.unit,
        "error": number.error,
        "data_share": number.data_share,
        "data_share_in_words": number.share_in_words,
        "verdict": judged["verdict"],
        "on": judged["on"],
        "by": judged["by"],
        "by_reading": dict(number.by_reading),
        "positions": [dict(row) for row in made.tables["positions"]],
        "statement": made.statement,
        "made": {"version": made.made.version, "stamp": made.made.stamp, "seed": made.made.seed},
    }


def _known(name: str) -> None:
    if name not in ARGUMENTS:
        mend = nearest(name, list(ARGUMENTS)) or f"There are {', '.join(ARGUMENTS)}."
        raise AmurError(f"there is no argument '{name}'", field="argument", mend=mend)


def _module(name: str) -> Any:
    _known(name)
    return import_module(f"amur.questions.arguments.{name.replace('-', '_')}")


__all__ = ["ARGUMENTS", "Argument", "Found", "argue", "argument", "entry"]
