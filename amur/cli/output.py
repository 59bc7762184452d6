"""How answers look in a terminal, in a pipe and to another program: tables, small charts, JSON and CSV."""

from __future__ import annotations

import json
import math
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from amur.cli import streams
from amur.record import periods
from amur.record.timeseries import Point, TimeSeries

BLOCKS = " ▁▂▃▄▅▆▇█"
UNBOUNDED = 100_000
LEAST = 14
"""A column that gives way keeps at least so many characters."""


def say(text: str = "") -> None:
    """Write a text and a line end to standard output."""
    sys.stdout.write(text + "\n")


def none_fit(what: str) -> None:
    """Say on standard error that nothing fits what was asked; that is an answer, not a fault."""
    print(f"amur: no {what} fits; use fewer or shorter words, or fewer options", file=sys.stderr)


def print_json(answer: Any) -> None:
    """Write one strict JSON document (no NaN, no infinity: they become null)."""
    plain = not streams.speaks_unicode()
    say(json.dumps(strict(answer), ensure_ascii=plain, indent=2, allow_nan=False))


def strict(answer: Any) -> Any:
    """The same answer with only what JSON can say."""
    if isinstance(answer, float):
        return answer if math.isfinite(answer) else None
    if isinstance(answer, dict):
        return {str(key): strict(value) for key, value in answer.items()}
    if isinstance(answer, str | int | None):
        return answer
    if hasattr(answer, "_asdict"):
        return strict(answer._asdict())
    if isinstance(answer, Iterable):
        return [strict(value) for value in answer]
    return str(answer)


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as CSV in UTF-8, header first."""
    import csv

    streams.carry_utf8()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def width() -> int:
    """Columns of the terminal (COLUMNS overrides it); a pipe has no width and nothing is cut in it."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else UNBOUNDED


def readable() -> int:
    """The width for running text: that of the terminal, between 40 and 100 columns; 80 in a pipe."""
    return min(100, max(40, width())) if sys.stdout.isatty() else 80


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: Iterable[str] = (),
    wrap: Sequence[str] = (),
    cut: Sequence[str] = (),
) -> str:
    """Rows under their headings. ``right`` columns are flush right. Where a terminal is too narrow, ``wrap``
    columns go on in the next line and ``cut`` ones end in '…', the first named giving most. Where that is not
    enough, each row is a block of lines, a column to a line."""
    cells = [[_cell(value) for value in row] for row in rows]
    room = _room(columns, cells, (*wrap, *cut))
    if not _fits(room):
        return _blocks(columns, cells)
    flush = set(right)
    lines = [heading(_line(list(columns), columns, room, flush))]
    for row in cells:
        fitted = [
            [text]
            if _wide(text) <= room[name]
            else (
                textwrap.wrap(text, room[name], break_on_hyphens=False)
                if name in wrap
                else [text[: room[name] - 1] + "…"]
            )
            for name, text in zip(columns, row, strict=True)
        ]
        for parts in zip_longest(*fitted, fillvalue=""):
            lines.append(_line(parts, columns, room, flush))
    return "\n".join(lines)


def _blocks(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """Each row as a block of lines, a column to a line, for a table that is too wide for the terminal."""
    margin = max(map(_wide, columns)) + 2
    blocks = [
        "\n".join(
            paragraph(text, f"{name}{' ' * (margin - _wide(name))}", hanging=margin)
            for name, text in zip(columns, row, strict=True)
            if text
        )
        for row in cells
    ]
    return "\n\n".join(blocks)


def entries(
    columns: Sequence[str], rows: Sequence[Sequence[object]], *, right: Iterable[str] = (), whole: str = ""
) -> str:
    """A table whose last column is a text: beside the others where there is room, else under each row.

    The column ``whole`` (the first unless told) holds names that a reader may want to type, and is never cut:
    where it leaves the others no room, these stand below it too.
    """
    kept = whole or columns[0]
    cells = [[_cell(value) for value in row] for row in rows]
    if _fits(_room(columns, cells, ())):
        return table(columns, rows, right=right)
    upper = [row[:-1] for row in cells]
    giving = [name for name in _widest_first(columns[:-1], upper) if name != kept]
    if _fits(_room(columns[:-1], upper, giving)):
        top, *lines = table(columns[:-1], upper, right=right, cut=giving).splitlines()
    else:
        at = columns.index(kept)
        top = heading(f"{kept}: {', '.join(name for name in columns if name != kept)}")
        facts = [" · ".join(cell for cell in row[:at] + row[at + 1 :] if cell) for row in upper]
        lines = [f"{row[at]}\n{paragraph(told, '  ')}" for row, told in zip(upper, facts, strict=True)]
    below = [paragraph(row[-1], "    ") for row in cells]
    return "\n".join([top, *(line for pair in zip(lines, below, strict=True) for line in pair)])


def _widest_first(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """The columns by the length of their longest cell."""
    wide = {name: max([0, *(len(_cell(row[at])) for row in rows)]) for at, name in enumerate(columns)}
    return sorted(columns, key=lambda name: -wide[name])


def _line(cells: Sequence[str], columns: Sequence[str], room: dict[str, int], flush: set[str]) -> str:
    padded = []
    for name, text in zip(columns, cells, strict=True):
        blank = " " * (room[name] - _wide(text))
        padded.append(blank + text if name in flush else text + blank)
    return "  ".join(padded).rstrip()


def _wide(text: str) -> int:
    """Columns a text takes in a terminal: Chinese characters take two, accents set above a letter none."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table whose widest columns go on in the next line where a terminal is too narrow."""
    cells = [tuple(row) for row in rows]
    say(table(columns, cells, wrap=_widest_first(columns, cells)))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10g}"
    return streams.without_control(" ".join(str(value).split()))


def _room(columns: Sequence[str], cells: Sequence[Sequence[str]], giving: Sequence[str]) -> dict[str, int]:
    """How wide each column may be: those that give way give so much that the others are shown whole."""
    wide = [max([_wide(name), *(_wide(row[at]) for row in cells)]) for at, name in enumerate(columns)]
    room = dict(zip(columns, wide, strict=True))
    for name in giving:
        over = sum(room.values()) + 2 * (len(room) - 1) - width()
        if over > 0 and name in room:
            room[name] = max(min(room[name], max(len(name), LEAST)), room[name] - over)
    return room


def _fits(room: dict[str, int]) -> bool:
    return sum(room.values()) + 2 * (len(room) - 1) <= width()


def paragraph(text: str, indent: str = "", hanging: int = 0) -> str:
    """A running text, wrapped to a readable width; lines after the first ``hanging`` columns further in."""
    return textwrap.fill(
        streams.without_control(text.replace("\n", " ")),
        readable(),
        initial_indent=indent,
        subsequent_indent=indent + " " * hanging,
        break_on_hyphens=False,
        break_long_words=False,
    )


def heading(text: str) -> str:
    """A heading, bold in a terminal."""
    plain = streams.without_control(text)
    return f"\033[1m{plain}\033[0m" if _styled() else plain


def _styled() -> bool:
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def number(value: float, digits: int = 10) -> str:
    """A value as the record gives it: up to ten significant digits (a computed one: fewer), thousands parted."""
    text = f"{value:,.{digits}g}"
    return text if "e" in text or abs(value) >= 10_000 else text.replace(",", "")


def counted(counts: dict[str, int]) -> str:
    """'1 series, 2 events' for the counts that are not nought."""
    one = {"series": "series"}
    named = [
        (many, one.get(name, name.removesuffix("s")) if many == 1 else name) for name, many in counts.items()
    ]
    return ", ".join(f"{many:,} {name}" for many, name in named if many)


def tell_overlays(names: Iterable[str]) -> None:
    """Say on standard error, so that no table or file is disturbed, that evidence of the user's own is in it."""
    if told := ", ".join(names):
        print(f"amur: your own evidence is in this: {told} (--no-overlay leaves it out)", file=sys.stderr)


COMPUTED = 5
"""Significant digits shown of a computed value."""


def plot(series: TimeSeries, wide: int, high: int = 6) -> str:
    """The series as columns of blocks: one a period where there is room, else the mean of several.

    Missing periods stay empty. Values that are never negative stand on nought; others on their least.
    """
    points = series.points
    first, last = periods.ordinal(points[0].period), periods.ordinal(points[-1].period)
    low, top = min(p.value for p in points), max(p.value for p in points)
    floor = 0.0 if low >= 0 else low
    labels = [number(float(f"{value:.4g}")) for value in (top, floor)]
    margin = max(map(len, labels))
    room = max(10, wide - margin - 3)
    many = last - first + 1
    each = -(-many // room)
    repeat = 2 if each == 1 and many * 2 <= room else 1
    columns: list[list[float]] = [[] for _ in range(-(-many // each))]
    for p in points:
        columns[(periods.ordinal(p.period) - first) // each].append(p.value)
    heights = [
        max(1, round(8 * high * (sum(c) / len(c) - floor) / ((top - floor) or 1.0))) if c else 0
        for c in columns
    ]
    lines = []
    for row in reversed(range(high)):
        label = labels[0] if row == high - 1 else labels[1] if row == 0 else ""
        bars = "".join(BLOCKS[min(8, max(0, h - 8 * row))] * repeat for h in heights)
        lines.append(f"{label:>{margin}} {'┤' if label else '│'}{bars}".rstrip())
    start, end = points[0].period, points[-1].period
    gap = len(columns) * repeat - len(start) - len(end)
    below = f"{start}{' ' * gap}{end}" if gap > 0 else (f"{start}–{end}" if start != end else start)
    lines.append(f"{'':>{margin}}  {below}")
    if each > 1:
        unit = {"A": "years", "Q": "quarters", "M": "months"}[series.frequency]
        lines.append(f"{'':>{margin}}  (each column is the mean of {each} {unit})")
    return "\n".join(lines)


def sparkline(points: Sequence[Point]) -> str:
    """The last values in one line of blocks, from their least to their greatest."""
    if not points:
        return ""
    low, top = min(p.value for p in points), max(p.value for p in points)
    first = periods.ordinal(points[0].period)
    line = [" "] * (periods.ordinal(points[-1].period) - first + 1)
    for p in points:
        line[periods.ordinal(p.period) - first] = BLOCKS[1 + round(7 * (p.value - low) / ((top - low) or 1.0))]
    return "".join(line)
