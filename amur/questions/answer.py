"""Answers: what every question gives back, ready to be shown, drawn, saved or sent as JSON.

A question computes; it neither formats nor draws. Each number carries its unit, its spread, its Monte Carlo error, how
far the record moved it (its data share), and what it is under each reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from amur.errors import AmurError, nearest

type Row = Mapping[str, str | float | int | bool | None]
type Kind = Literal["quantity", "probability", "fact"]

MOSTLY_DATA, MIXED = 0.5, 0.2
"""Data shares from which an answer is mostly data, or at least mixed."""


@dataclass(frozen=True)
class Number:
    """One number of an answer.

    ``value`` is the median of a quantity, or a probability itself; ``low50`` to ``high90`` bound its middle 50% and 90%:
    over parameter sets and luck for a quantity, over parameter sets for a probability. ``error`` is the Monte Carlo
    standard error of the value. ``data_share`` runs from 0, the record changed nothing, to 1 (:mod:`.share`); None for a
    fact, which is data. ``by_reading`` holds the value under each reading. ``keys`` tell it from its like: a year, a group.
    """

    name: str
    about: str
    unit: str
    value: float
    low50: float
    high50: float
    low90: float
    high90: float
    error: float
    data_share: float | None = None
    by_reading: Mapping[str, float] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = "quantity"

    @property
    def share_in_words(self) -> str:
        """How much of the number is data."""
        return in_words(self.data_share)

    def as_json(self) -> dict[str, Any]:
        """All of it as a plain object."""
        return asdict(self) | {"data_share_in_words": self.share_in_words}


@dataclass(frozen=True)
class Rests:
    """What an answer rests on: mechanisms, forcings, series of the record, claims under test, and sources cited."""

    mechanisms: tuple[str, ...] = ()
    forcings: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """What made an answer: enough to make it again. ``stamp`` is of record, readings and code that were conditioned."""

    version: str
    stamp: str
    seed: int
    futures: int
    weights: Mapping[str, float]
    weighed: str


@dataclass(frozen=True)
class Answer:
    """The answer to a question: its numbers (the first is the one that counts), tables behind its chart, and words.

    ``asked`` are the options in full; asking them again of the same version gives the same numbers. ``tables`` are rows
    by name, for charts and spreadsheets; ``notes`` say what to distrust.
    """

    question: str
    title: str
    asked: Mapping[str, Any]
    statement: str
    numbers: tuple[Number, ...]
    tables: Mapping[str, tuple[Row, ...]]
    rests: Rests
    made: Made
    notes: tuple[str, ...] = ()

    def number(self, name: str = "", **keys: str) -> Number:
        """The first number of that name and with those keys. AmurError where there is none."""
        for each in self.numbers:
            if (not name or each.name == name) and all(
                each.keys.get(key) == told for key, told in keys.items()
            ):
                return each
        names = list(dict.fromkeys(each.name for each in self.numbers))
        raise AmurError(
            f"this answer has no number '{name}' {dict(keys) or ''}".rstrip(),
            mend=nearest(name, names) or f"It has: {', '.join(names)}.",
        )

    def as_json(self) -> dict[str, Any]:
        """All of it as a plain object."""
        return {
            "question": self.question,
            "title": self.title,
            "asked": dict(self.asked),
            "statement": self.statement,
            "numbers": [each.as_json() for each in self.numbers],
            "tables": {name: [dict(row) for row in rows] for name, rows in self.tables.items()},
            "rests": asdict(self.rests),
            "made": asdict(self.made),
            "notes": list(self.notes),
        }


def from_json(told: Mapping[str, Any]) -> Answer:
    """The answer that :meth:`Answer.as_json` took apart."""
    numbers = [
        {key: value for key, value in each.items() if key != "data_share_in_words"} for each in told["numbers"]
    ]
    rests = {key: tuple(value) for key, value in told["rests"].items()}
    return Answer(
        told["question"],
        told["title"],
        told["asked"],
        told["statement"],
        tuple(Number(**each) for each in numbers),
        {name: tuple(rows) for name, rows in told["tables"].items()},
        Rests(**rests),
        Made(**told["made"]),
        tuple(told["notes"]),
    )


def fact(name: str, about: str, unit: str, value: float, keys: Mapping[str, str] | None = None) -> Number:
    """A number of the record itself: nothing is estimated, so it has no spread."""
    return Number(name, about, unit, value, value, value, value, value, 0.0, None, {}, dict(keys or {}), "fact")


def in_words(data_share: float | None) -> str:
    """How much of a number is data, in words."""
    if data_share is None:
        return "data"
    if data_share >= MOSTLY_DATA:
        return "mostly data"
    return "mixed" if data_share >= MIXED else "mostly assumption"


def as_share(numbers: Sequence[Number]) -> float | None:
    """The mean data share of several numbers; None where none has one."""
    told = [each.data_share for each in numbers if each.data_share is not None]
    return sum(told) / len(told) if told else None
