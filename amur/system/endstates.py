"""End states: which of seven forms the relationship has, by written rules over the state and the decisions.

The rules are data (``endstates.toml``); a user may give a file of their own. They are read from the top, the first
that holds wins, and the last has no conditions, so that every quarter of every future has exactly one.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError, nearest
from amur.record.toml import read_toml
from amur.system.decisions import OPTIONS
from amur.system.state import QUANTITIES

FILE = Path(__file__).with_name("endstates.toml")
COMPARE = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
_CONDITION = re.compile(r"\s*([a-z_]+)\s*(>=|<=|==|!=|>|<)\s*(\S+)\s*")
FIELDS = ("name", "title", "what", "claims", "when")


class Condition(NamedTuple):
    """A comparison of a state or decision with a number: ``text`` as written, ``threshold`` as a number."""

    text: str
    quantity: str
    compare: str
    threshold: float


class EndState(NamedTuple):
    """A form the relationship may have, and the ways in which it has it (each a list of conditions)."""

    name: str
    title: str
    what: str
    claims: tuple[str, ...]
    when: tuple[tuple[Condition, ...], ...]


class Rules(NamedTuple):
    """The end states in the order in which they are tried."""

    states: tuple[EndState, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names, by code."""
        return tuple(state.name for state in self.states)

    @property
    def needs(self) -> tuple[str, ...]:
        """The states and decisions that the rules look at."""
        looked = (condition.quantity for state in self.states for way in state.when for condition in way)
        return tuple(dict.fromkeys(looked))


def rules(file: str | Path | None = None) -> Rules:
    """The rules of a file, or the built-in ones. AmurError names file, line, field and mend."""
    return _built_in() if file is None else _read(Path(file))


@cache
def _built_in() -> Rules:
    return _read(FILE)


def classify(path: Mapping[str, Any], by: Rules | None = None) -> NDArray[np.int8]:
    """The code of the end state at every place of the arrays given by name (quarters and members, say)."""
    by = by or rules()
    lacking = [name for name in by.needs if name not in path]
    if lacking:
        raise AmurError(f"end states need {', '.join(lacking)}, which was not kept", mend="Keep it too.")
    shape = np.broadcast_shapes(*(np.shape(path[name]) for name in by.needs)) if by.needs else ()
    code = np.full(shape, len(by.states) - 1, np.int8)
    for place in reversed(range(len(by.states) - 1)):
        code[_holds(by.states[place], path, shape)] = place
    return code


def shares(code: NDArray[np.int8], by: Rules | None = None) -> dict[str, float]:
    """The share of the places that each end state has."""
    names = (by or rules()).names
    return {name: float(np.mean(code == place)) for place, name in enumerate(names)}


def _holds(state: EndState, path: Mapping[str, Any], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    found = np.zeros(shape, bool)
    for way in state.when:
        whole = np.ones(shape, bool)
        for condition in way:
            whole &= COMPARE[condition.compare](np.asarray(path[condition.quantity]), condition.threshold)
        found |= whole
    return found


def _read(file: Path) -> Rules:
    text, tables = read_toml(file)
    for name in tables:
        if name != "endstates":
            raise AmurError(
                "is not known here", file=file, line=_line(text, name), field=name, mend="Use [[endstates]]."
            )
    rows = tables.get("endstates")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise AmurError("holds no [[endstates]]", file=file, mend=f"Start from a copy of {FILE.name}.")
    made = tuple(_state(row, place, text, file) for place, row in enumerate(rows))
    names = [state.name for state in made]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise _fault(
                f"'{name}' stands twice", text, file, place, "name", "Give each end state its own name."
            )
        if not made[place].when and place < len(made) - 1:
            raise _fault("always holds, so those below never do", text, file, place, "when", "Put it last.")
    if made[-1].when:
        raise _fault("the last must hold always", text, file, len(made) - 1, "when", "Write: when = []")
    return Rules(made)


def _state(row: dict[str, Any], place: int, text: str, file: Path) -> EndState:
    for name in row:
        if name not in FIELDS:
            mend = nearest(name, list(FIELDS)) or f"Use {', '.join(FIELDS)}."
            raise _fault("is not known here", text, file, place, name, mend)
    for name in ("name", "title", "what"):
        if not isinstance(row.get(name), str) or not row[name]:
            raise _fault("is missing or not text", text, file, place, name, f'Write: {name} = "…"')
    when = row.get("when")
    ways = when if isinstance(when, list) and all(isinstance(way, list) for way in when) else None
    if ways is None or not all(way and all(isinstance(each, str) for each in way) for way in ways):
        raise _fault(
            "is not a list of lists of conditions",
            text,
            file,
            place,
            "when",
            'Write: when = [["trust_rus >= 0"]]',
        )
    try:
        told = tuple(tuple(condition(each) for each in way) for way in ways)
    except AmurError as error:
        raise _fault(error.problem, text, file, place, "when", error.mend, error.field or "") from None
    return EndState(row["name"], row["title"], row["what"], tuple(row.get("claims", ())), told)


def condition(told: str) -> Condition:
    """A condition as written, such as ``support >= dual-use``. AmurError names the nearest known names."""
    found = _CONDITION.fullmatch(told)
    if not found:
        raise AmurError(f"'{told}' is not a condition", field=told, mend="Write it like 'trust_rus >= 0.2'.")
    name, compare, value = found.groups()
    known = [name for name, declared in QUANTITIES.items() if declared.kind != "lines"] + list(OPTIONS)
    if name not in known:
        raise AmurError(f"there is no state or decision named '{name}'", field=told, mend=nearest(name, known))
    codes = {option.name.lower().replace("_", "-"): int(option) for option in OPTIONS.get(name, ())}
    if value in codes:
        return Condition(told, name, compare, float(codes[value]))
    try:
        threshold = float(value)
    except ValueError:
        threshold = float("nan")
    if codes or not np.isfinite(threshold):
        mend = nearest(value, list(codes)) or (
            f"Choose one of: {', '.join(codes)}." if codes else "Write a number."
        )
        raise AmurError(f"'{name}' cannot be compared with '{value}'", field=told, mend=mend)
    return Condition(told, name, compare, threshold)


def _fault(problem: str, text: str, file: Path, place: int, field: str, mend: str, near: str = "") -> AmurError:
    """The fault, with the line where the end state's field, or the text near it, stands."""
    heads = [
        number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[endstates]]")
    ]
    line = heads[place] if place < len(heads) else None
    if line:
        below = text.splitlines()[line : heads[place + 1] - 1 if place + 1 < len(heads) else None]
        wanted = near or field
        line = next((line + n for n, each in enumerate(below, 1) if wanted in each), line)
    return AmurError(problem, file=file, line=line, field=field, mend=mend)


def _line(text: str, word: str) -> int | None:
    return next((number for number, line in enumerate(text.splitlines(), 1) if word in line), None)
