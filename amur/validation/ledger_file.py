"""Reading a frozen ledger: checked as a whole, since it may come from anywhere, with one error that says where."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError
from amur.record.read import read_text
from amur.validation.ledger_numbers import FORMAT

type Numbers = NDArray[np.float64]

PUBLISHED = Path(__file__).with_name("ledgers") / "2025-12-31.json"
"""The ledger that comes with the package."""
LARGEST = 64 * 2**20
"""Bytes; no ledger is larger."""
LINKS = ("log", "logit", "identity")
TEXTS = ("id", "question", "type", "unit", "period", "due", "resolution")


@dataclass(frozen=True)
class Ledger:
    """A frozen file: its path, when it was frozen, the levels of its quantiles, and its forecasts by id as written."""

    path: Path
    frozen: str
    levels: Numbers
    few: Numbers
    stamp: Mapping[str, Any]
    forecasts: dict[str, dict[str, Any]]


def read_ledger(path: str | Path) -> Ledger:
    """A frozen file, every number checked. AmurError names the forecast and the field that is wrong."""
    path = Path(path)
    if path.is_file() and path.stat().st_size > LARGEST:
        raise AmurError("is larger than any ledger", file=path)
    try:
        told = json.loads(read_text(path), parse_constant=_no_number)
    except RecursionError:
        raise AmurError("is nested too deeply", file=path) from None
    except ValueError as error:
        raise AmurError(f"is not JSON: {error}", file=path) from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise AmurError("is no forecast ledger", file=path, mend="`amur forecasts freeze` writes one.")
    levels, few = (_levels(told.get(name), path, name) for name in ("levels", "levels_at_oil"))
    frozen, stamp = told.get("frozen"), told.get("stamp")
    if not isinstance(frozen, str) or not isinstance(stamp, dict):
        raise AmurError("does not say when and by what it was frozen", file=path, field="frozen")
    if not isinstance(told.get("forecasts"), list):
        raise AmurError("holds no list of forecasts", file=path, field="forecasts")
    made: dict[str, dict[str, Any]] = {}
    for place, each in enumerate(told["forecasts"], start=1):
        _check(each, place, len(levels), len(few), path)
        if each["id"] in made:
            raise AmurError(f"forecast '{each['id']}' stands twice", file=path, field="id")
        made[each["id"]] = each
    return Ledger(path, frozen, levels, few, stamp, made)


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _number(value: Any) -> float:
    """A finite number, or NaN for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return math.nan
    try:
        return float(value) if math.isfinite(value) else math.nan
    except OverflowError:
        return math.nan


def _levels(told: Any, path: Path, field: str) -> Numbers:
    levels = np.array([_number(each) for each in told] if isinstance(told, list) else [])
    if len(levels) < 3 or not (np.diff(levels) > 0).all() or not (levels[0] > 0 and levels[-1] < 1):
        raise AmurError("are not rising levels between 0 and 1", file=path, field=field)
    return levels


def _check(told: Any, place: int, many: int, few: int, path: Path) -> None:
    """One forecast: its texts, and its numbers, those of its baselines and those at oil prices."""
    name = told.get("id") if isinstance(told, dict) else None
    who = f"forecast {place}" if not isinstance(name, str) else f"forecast '{name}'"

    def fault(field: str, problem: str) -> AmurError:
        return AmurError(f"{who}: {problem}", file=path, field=field)

    if not isinstance(told, dict):
        raise fault("forecasts", "is not a table")
    for field in TEXTS:
        if not isinstance(told.get(field), str):
            raise fault(field, "is not a text")
    if told["type"] not in ("quantity", "count", "event"):
        raise fault("type", f"no type '{told['type']}'")
    event = told["type"] == "event"
    scale = told.get("scale")
    if not event and (
        not isinstance(scale, dict) or scale.get("link") not in LINKS or not _number(scale.get("floor")) >= 0
    ):
        raise fault("scale", "is no scale of comparison")
    if wrong := _numbers(told, event, many):
        raise fault("probability" if event else "quantiles", wrong)
    for field, length in (("baselines", many), ("at_oil", few)):
        others = told.get(field, {})
        if not isinstance(others, dict):
            raise fault(field, "is not a table")
        for which, each in others.items():
            if field == "at_oil" and not re.fullmatch(r"[1-9][0-9]{0,3}(\.[0-9]+)?", which):
                raise fault(field, f"'{which}' is no price")
            if not isinstance(each, dict):
                raise fault(field, f"'{which}' is not a table")
            if "note" not in each and (wrong := _numbers(each, event, length)):
                raise fault(field, f"'{which}' {wrong}")


def _numbers(told: Mapping[str, Any], event: bool, many: int) -> str:
    """What is wrong with the numbers of a forecast, or nothing."""
    if event:
        return "" if 0 <= _number(told.get("probability")) <= 1 else "has no probability from 0 to 1"
    quantiles = told.get("quantiles")
    if not isinstance(quantiles, list) or len(quantiles) != many:
        return f"has not {many} quantiles"
    values = np.array([_number(each) for each in quantiles])
    return (
        ""
        if np.isfinite(values).all() and (np.diff(values) >= 0).all()
        else "has quantiles that are not rising numbers"
    )
