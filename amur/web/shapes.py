"""What templates need to lay numbers out: places on a scale, shades, signs, sentences. Nothing is computed of the model."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from amur.questions.words import figure

END = re.compile(r"(?<=[.!?”)]) (?=[A-Z“‘'])")
"""Between sentences."""
SHADES = 4
SHARES = ("probability", "share of quarters")
"""Units of which a change is told in percentage points."""


def sentences(text: str) -> list[str]:
    """A statement sentence by sentence."""
    return END.split(text.strip())


def place(value: float | None, low: float, high: float, width: float = 100.0) -> float:
    """Where a value stands on a scale ``width`` wide, kept within it."""
    if value is None or high <= low:
        return 0.0
    return round(min(max((value - low) / (high - low), 0.0), 1.0) * width, 2)


def most(rows: Iterable[Any], *names: str) -> float:
    """The largest size of the numbers of rows under any of the names; 1 where there is none."""
    found = [abs(row[name]) for row in rows for name in names if isinstance(row.get(name), int | float)]
    return max(found, default=1.0) or 1.0


def shade(value: float | None, largest: float) -> str:
    """The class of a cell by its sign and size: up1 to up4, down1 to down4, or level."""
    if value is None or not largest or abs(value) / largest < 0.5 / SHADES:
        return "level"
    grade = min(SHADES, max(1, round(SHADES * (abs(value) / largest) ** 0.7)))
    return f"{'up' if value > 0 else 'down'}{grade}"


def signed(value: float | None, kind: str = "quantity", unit: str = "") -> str:
    """A change as text, with its sign."""
    if value is None:
        return "–"
    told = figure(abs(value), kind, unit)
    return told if value == 0 else f"{'+' if value > 0 else '−'}{told}"


def changed(value: float | None, unit: str) -> str:
    """A change as text, with its sign; of a share in percentage points."""
    return signed(value * 100 if unit in SHARES and value is not None else value)


def among(value: float | None, largest: float) -> str:
    """A change beside others as text: all with as many decimals as the largest bears, so that what is next to nothing reads so."""
    if value is None:
        return "–"
    decimals = 0 if largest >= 1000 else max(1, 2 - math.floor(math.log10(largest)))
    told = f"{abs(value):,.{decimals}f}"
    return "0" if not float(told.replace(",", "")) else f"{'+' if value > 0 else '−'}{told}"


def plural(many: int, one: str, several: str = "") -> str:
    """A count with its noun."""
    return f"{many:,} {one if many == 1 else several or f'{one}s'}"


def capital(text: str) -> str:
    """A text with its first letter large, and the others as they are."""
    return text[:1].upper() + text[1:]


def held(series: str) -> str:
    """The page of a series of the record, or of the coded decision that stands for one."""
    kind = "decisions" if series.startswith("decision.") else "series"
    return f"/record/{kind}/{quote(series.removeprefix('decision.'))}"


def grouped(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    """Rows by what they have under a name, in the order in which that first comes."""
    made: dict[Any, list[Any]] = {}
    for row in rows:
        made.setdefault(row[name], []).append(row)
    return made


def apart(rows: Iterable[Any], one: str, other: str) -> list[Any]:
    """Rows by how far two of their numbers lie apart, the farthest first."""
    return sorted(rows, key=lambda row: -abs(row[one] - row[other]))
