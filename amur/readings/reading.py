"""What a reading is: an answer to "what is this relationship?", written as priors and as predictions that can fail.

A reading sets some parameters of the model apart from their base priors, each with a reason and the claims behind it.
It says where, among what the record holds, it expects more or less than the base prior does. The model is loaded only
when priors are asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amur.system.priors import Prior


@dataclass(frozen=True)
class Apart:
    """A parameter that the reading sets apart: its prior as written (``kind`` and ``numbers``), why, by which claims.

    ``lines`` are the lines of the file by field, for errors.
    """

    parameter: str
    kind: str
    numbers: dict[str, float]
    why: str
    claims: tuple[str, ...]
    lines: Mapping[str, int | None] = field(default_factory=dict, compare=False, repr=False)

    def as_json(self) -> dict[str, Any]:
        """All of it as a plain object, the prior as in the file."""
        prior = {self.kind: self.numbers}
        return {"parameter": self.parameter, "prior": prior, "why": self.why, "claims": list(self.claims)}


@dataclass(frozen=True)
class Predicts:
    """A prediction: ``of`` an observable, or of the chance of ``decision.option``, on which side of the base prior.

    The mean over the years ``start`` to ``end``, both counted, is ``higher`` or ``lower`` than under the base prior.
    """

    of: str
    side: str
    start: int
    end: int
    why: str
    lines: Mapping[str, int | None] = field(default_factory=dict, compare=False, repr=False)

    def as_json(self) -> dict[str, Any]:
        """All of it as a plain object, with the names of the file."""
        years = {"from": str(self.start), "to": str(self.end)}
        return {"of": self.of, "side": self.side, **years, "why": self.why}


@dataclass(frozen=True)
class Entry:
    """A line of the log: the day, and what was changed for what reason."""

    date: dt.date
    what: str

    def as_json(self) -> dict[str, Any]:
        """Both as text."""
        return {"date": self.date.isoformat(), "what": self.what}


@dataclass(frozen=True)
class Reading:
    """A reading as its file gives it. ``structure`` is ``model``, or ``none`` for one that knows no mechanism."""

    name: str
    title: str
    says: str
    claims: tuple[str, ...]
    structure: str
    apart: tuple[Apart, ...]
    predicts: tuple[Predicts, ...]
    log: tuple[Entry, ...]
    file: Path

    @cached_property
    def priors(self) -> dict[str, Prior]:
        """The priors that it sets apart, by parameter, checked against the model. AmurError names file and line."""
        from amur.readings.check import priors

        return priors(self)

    def as_json(self) -> dict[str, Any]:
        """All of it as a plain object, with the names of the file; the path of the file is left out."""
        return {
            "name": self.name,
            "title": self.title,
            "says": self.says,
            "claims": list(self.claims),
            "structure": self.structure,
            "apart": [each.as_json() for each in self.apart],
            "predicts": [each.as_json() for each in self.predicts],
            "log": [each.as_json() for each in self.log],
        }
