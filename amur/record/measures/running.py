"""Sums along time: over a trailing window, or since a first year. Both keep every source and say what is missing."""

from __future__ import annotations

from collections.abc import Callable

from amur.record import periods
from amur.record.measures.points import Points, by_period, merged, points_of
from amur.record.timeseries import Point


def window(series: Points, length: int) -> list[Point]:
    """The sum over ``length`` periods ending in each period, where all of them have a value.

    Each note of the parts is repeated with the periods it belongs to.
    """
    table = by_period(series)
    found = []
    for point in table.values():
        frequency, last = periods.frequency_of(point.period), periods.ordinal(point.period)
        names = [periods.from_ordinal(number, frequency) for number in range(last - length + 1, last + 1)]
        if all(name in table for name in names):
            found.append(_summed(point.period, [table[name] for name in names]))
    return found


def cumulative(series: Points, first: str) -> list[Point]:
    """The sum from ``first`` to each period. Where a period between has no value the note calls the sum a
    lower bound; of the notes of the parts only the last is kept, the others stand in the series itself."""
    points = [point for point in points_of(series) if point.period >= first]
    found = []
    for many in range(1, len(points) + 1):
        parts = points[:many]
        last = parts[-1]
        gaps = _missing(first, parts)
        notes = [last.note] if last.note else []
        notes += [f"no value for {', '.join(gaps)}: a lower bound"] if gaps else []
        value = sum(part.value for part in parts)
        found.append(merged(last.period, value, parts)._replace(note="; ".join(notes)))
    return found


def trailing(
    function: Callable[..., float], *series: Points, least: int, until: int, what: str, years: int = 5
) -> list[Point]:
    """A function of the values of several annual series in the ``years`` ending in each year from 1992 to ``until``.

    Of the window at least ``least`` years must be in every series, the last of them the year itself or the one
    before; a year in which the function divides by zero has no point. The note names ``what`` was summed, and when.
    """
    tables = [by_period(points) for points in series]
    shared = set(tables[0]).intersection(*tables[1:])
    found = []
    for year in range(1992, until + 1):
        held = [name for name in map(str, range(year - years + 1, year + 1)) if name in shared]
        if len(held) < least or int(held[-1]) < year - 1:
            continue
        inputs = [table[name]._replace(note="") for name in held for table in tables]
        try:
            value = function(*([table[name].value for name in held] for table in tables))
        except ZeroDivisionError:
            continue
        found.append(merged(str(year), value, inputs, f"{what} of {held[0]}-{held[-1]}"))
    return found


def _summed(period: str, parts: list[Point]) -> Point:
    value = sum(part.value for part in parts)
    if len(parts) == 1:
        return merged(period, value, parts)
    notes: dict[str, list[str]] = {}
    for part in parts:
        if part.note:
            notes.setdefault(part.note, []).append(part.period)
    note = "; ".join(f"{text} ({_run(where)})" for text, where in notes.items())
    return merged(period, value, parts)._replace(note=note)


def _run(names: list[str]) -> str:
    """Periods in words: first and last where they follow each other, else all."""
    whole = len(names) > 2 and periods.ordinal(names[-1]) - periods.ordinal(names[0]) == len(names) - 1
    return f"{names[0]} to {names[-1]}" if whole else ", ".join(names)


def _missing(first: str, parts: list[Point]) -> list[str]:
    frequency, known = periods.frequency_of(first), {part.period for part in parts}
    every = range(periods.ordinal(first), periods.ordinal(parts[-1].period))
    return [name for number in every if (name := periods.from_ordinal(number, frequency)) not in known]
