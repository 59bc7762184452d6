"""What may be watched: indicators as data, each with its place in the record and what the model gives for it.

An indicator is read in the record from series (added up, in the periods that all of them have; ``otherwise`` fills the
others), from dated events, from a coding, from the stage of a line, from how many lines stand at a stage, or from
conditions counted. In the model it is an observable with its measurement, a decision, a line, or a quantity with the noise
declared here. Neither needs the other: what the model has nothing for is watched all the same, and tells no bits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from amur.errors import AmurError, nearest

FOLDER = Path(__file__).parent
SHAPES = ("level", "change", "count", "most")
"""The value at the end of the window, percent over a year, the sum over the window, the highest in it."""
SOURCES = ("series", "events", "coding", "line", "lines", "conditions")
TEXTS = ("title", "unit", "more", "why")


@dataclass(frozen=True)
class Indicator:
    """Something that is read in the record, and its place in the model.

    ``more`` says what a higher value would speak for, ``why`` why it is watched, both as claims under test. ``times``
    turns the record's unit into ``unit``, ``model_times`` the model's. ``scale`` gives each code its place on the scale watched (empty: the code).
    ``noise`` is the standard deviation with which a quantity is read. ``trip`` is a threshold set by hand.
    """

    name: str
    title: str
    unit: str
    more: str
    why: str
    claims: tuple[str, ...]
    shape: str = "level"
    frequency: str = "A"
    series: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    events: Mapping[str, Any] = field(default_factory=dict)
    coding: str = ""
    line: str = ""
    lines: Mapping[str, Any] = field(default_factory=dict)
    conditions: tuple[Mapping[str, Any], ...] = ()
    observable: tuple[str, ...] = ()
    decision: str = ""
    quantity: str = ""
    noise: float = 0.0
    times: float = 1.0
    model_times: float = 1.0
    scale: tuple[float, ...] = ()
    trip: float | None = None
    file: str = ""

    @property
    def source(self) -> str:
        """What it is read from: one of :data:`SOURCES`."""
        return next(name for name in SOURCES if getattr(self, name))

    @property
    def modelled(self) -> bool:
        """Whether the model gives it."""
        return bool(
            self.observable or self.decision or self.quantity or self.line or self.lines or self.conditions
        )

    @property
    def quarterly(self) -> bool:
        """Whether it is read each quarter: codes, lines and quarterly series; else once a year."""
        return self.frequency == "Q"


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by name, in the order of their files. AmurError at the first that is broken."""
    made: dict[str, Indicator] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        for each in read(file):
            if each.name in made:
                raise AmurError(f"'{each.name}' stands in two files", file=file, mend="Give it another name.")
            made[each.name] = each
    return made


def read(file: Path) -> tuple[Indicator, ...]:
    """The indicators of a file. AmurError names file, line, field and mend."""
    from amur.record.toml import read_toml

    text, tables = read_toml(file)
    return tuple(_indicator(name, row, text, file) for name, row in tables.items())


def named(name: str) -> Indicator:
    """An indicator by name; AmurError with the nearest."""
    if name not in indicators():
        raise AmurError(
            f"there is no indicator '{name}'", field="indicator", mend=nearest(name, list(indicators()))
        )
    return indicators()[name]


def _indicator(name: str, row: Any, text: str, file: Path) -> Indicator:
    lines = text.splitlines()
    at = next((number for number, line in enumerate(lines, 1) if line.strip() == f"[{name}]"), None)

    def fault(problem: str, field: str, mend: str) -> AmurError:
        return AmurError(f"{name}: {problem}", file=file, line=at, field=field, mend=mend)

    if not isinstance(row, dict):
        raise fault("is not an indicator", name, "Begin each with its name in brackets.")
    fields = [each for each in Indicator.__dataclass_fields__ if each not in ("name", "scale", "file")] + ["as"]
    for key in row:
        if key not in fields:
            raise fault("is not known here", key, nearest(key, fields))
    for key in TEXTS:
        if not isinstance(row.get(key), str) or not row[key]:
            raise fault("is missing or not text", key, f'Write: {key} = "…"')
    if not row.get("claims") or not all(isinstance(each, str) for each in row["claims"]):
        raise fault("names no claims", "claims", 'Write: claims = ["P3"]')
    told = [key for key in SOURCES if row.get(key)]
    if len(told) != 1:
        raise fault("is read from one kind of source", "series", f"Give one of {', '.join(SOURCES)}.")
    if row.get("shape", "level") not in SHAPES:
        raise fault(f"'{row['shape']}' is no shape", "shape", f"Choose one of {', '.join(SHAPES)}.")
    if row.get("quantity") and not row.get("events") and not row.get("noise", 0) > 0:
        raise fault("is read without noise", "noise", "Say how surely the quantity is read.")
    words = row.get("events", {}).get("words", "")
    try:
        re.compile(words)
    except re.error:
        raise fault(f"'{words}' is no pattern", "events", "Write words with | between them.") from None
    kept: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if key != "as"
    }
    quarterly = told[0] in ("coding", "line", "lines", "conditions") or row.get("frequency") == "Q"
    kept["frequency"] = "Q" if quarterly else "A"
    return Indicator(name=name, scale=tuple(row.get("as", ())), file=file.name, **kept)
