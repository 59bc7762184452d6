"""The table of the numbers that the essays give (``essays/numbers.toml``): its fields, read and checked."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from amur.errors import AmurError, nearest, problem_and_mend
from amur.record import periods
from amur.record.toml import read_toml

FILE = Path(__file__).parent / "essays" / "numbers.toml"
Term = tuple[str, str]
"""A series and one of its periods."""


@dataclass(frozen=True)
class How:
    """How a number is looked up (see the head of the table): one of ``sum``, ``first``, ``event``, ``since``."""

    sum: tuple[Term, ...] = ()
    over: tuple[Term, ...] = ()
    scale: float = 1.0
    plus: float = 0.0
    first: str = ""
    event: str = ""
    says: float | None = None
    since: str = ""
    why: str = ""
    bound: str = ""
    line: int = 0


@dataclass(frozen=True)
class Number:
    """A number as an essay gives it, the range its wording allows, and how the record is asked for it."""

    id: str
    claim: str
    statement: str
    wording: str
    value: float
    unit: str
    low: float
    high: float = math.inf
    close: float | None = None
    evidence: tuple[How, ...] = ()
    line: int = 0


def read() -> tuple[Number, ...]:
    """The table of numbers, every field checked. AmurError names file, line, field and the mend."""
    return _read(FILE)


@cache
def _read(path: Path) -> tuple[Number, ...]:
    text, tables = read_toml(path, "Close every quote and bracket.")
    for name in tables:
        if name != "number":
            raise fault(None, name, f"'{name}' is not known here", "Write [[number]].")
    lines = iter([n for n, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*number\b", line)])
    found: dict[str, Number] = {}
    for given in _tables(tables.get("number", []), "number", None):
        line = next(lines, None)
        evidence = _tables(given.pop("evidence", []), "evidence", line)
        hows = tuple(_how(how, next(lines, None)) for how in evidence)
        number = Number(**_fields(given, _NUMBER, _OPTIONAL, line), evidence=hows, line=line or 0)
        if number.id in found:
            raise fault(line, "id", f"'{number.id}' is there twice", "Give one of the two another id.")
        if number.low > number.high:
            raise fault(line, "low", f"low is {number.low:g}, high {number.high:g}", "Swap them.")
        found[number.id] = number
    return tuple(found.values())


def _how(given: dict[str, Any], line: int | None) -> How:
    how = How(**_fields(given, {}, _EVIDENCE, line), line=line or 0)
    ways = [name for name in ("sum", "first", "event", "since") if getattr(how, name)]
    if len(ways) != 1:
        told = " and ".join(ways) if ways else "nothing"
        raise fault(line, "evidence", f"{told} says how to look it up", "Give one of sum, first, event, since.")
    if (how.says is not None) != bool(how.event):
        raise fault(line, "says", "'event' and 'says' go together", "Give both, or 'since' for the year.")
    if ways != ["sum"] and (how.over or how.scale != 1.0 or how.plus):
        raise fault(line, ways[0], "only a sum has 'over', 'scale' and 'plus'", "Leave them out.")
    return how


def _tables(found: Any, name: str, line: int | None) -> list[dict[str, Any]]:
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        header = "[[number]]" if name == "number" else "[[number.evidence]]"
        raise fault(line, name, f"'{name}' is not a list of tables", f"Write {header}.")
    return found


Kind = Callable[[Any], Any]


def _fields(
    given: dict[str, Any], needed: dict[str, Kind], optional: dict[str, Kind], line: int | None
) -> dict[str, Any]:
    """The fields of a table, each of its kind; AmurError for one that is missing, unknown or of another kind."""
    kinds = needed | optional
    for name in given:
        if name not in kinds:
            hint = nearest(name, list(kinds))
            raise fault(line, name, f"the field '{name}' is not known", hint)
    for name in needed:
        if name not in given:
            raise fault(line, name, f"the field '{name}' is missing", f"Add {name} = …")
    values = {}
    for name, value in given.items():
        try:
            values[name] = kinds[name](value)
        except ValueError as error:
            problem, mend = problem_and_mend(error)
            raise fault(line, name, f"'{name}' {problem}", mend) from None
    return values


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("is not a text; write one in quotes")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("is not a number; write one such as 10.5")
    return float(value)


def _positive(value: Any) -> float:
    if _number(value) <= 0:
        raise ValueError("is not positive; leave it out for a tenth of the nearer end")
    return float(value)


def _bound(value: Any) -> str:
    if value != "lower":
        raise ValueError('is not a bound; write "lower" or leave it out')
    return "lower"


def _terms(value: Any) -> tuple[Term, ...]:
    shaped = isinstance(value, list) and all(
        isinstance(term, list) and len(term) == 2 and all(isinstance(part, str) for part in term)
        for term in value
    )
    if not shaped or not value:
        raise ValueError('is not a list of terms; write [["series", "period"]]')
    for _, period in value:
        periods.frequency_of(period)
    return tuple((series, period) for series, period in value)


_NUMBER: dict[str, Kind] = {
    "id": _text,
    "claim": _text,
    "statement": _text,
    "wording": _text,
    "value": _number,
    "low": _number,
    "unit": _text,
}
_OPTIONAL: dict[str, Kind] = {"high": _number, "close": _positive}
_EVIDENCE: dict[str, Kind] = {
    "sum": _terms,
    "over": _terms,
    "scale": _number,
    "plus": _number,
    "first": _text,
    "event": _text,
    "says": _number,
    "since": _text,
    "why": _text,
    "bound": _bound,
}


def fault(line: int | None, field: str, problem: str, mend: str) -> AmurError:
    """An error that names the table, the line where its number or evidence begins, and the field."""
    return AmurError(problem, file=FILE, line=line or None, field=field, mend=mend)
