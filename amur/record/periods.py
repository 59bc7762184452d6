"""Periods: a year (2019), a quarter (2019-Q3) or a month (2019-07), and dates known only to the month or year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

FREQUENCIES = {"A": "annual", "Q": "quarterly", "M": "monthly"}
SHAPES = {
    "A": re.compile(r"[12][0-9]{3}"),
    "Q": re.compile(r"[12][0-9]{3}-Q[1-4]"),
    "M": re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])"),
}
EXAMPLES = {"A": "2019", "Q": "2019-Q3", "M": "2019-07"}
_PER_YEAR = {"A": 1, "Q": 4, "M": 12}


@cache
def frequency_of(period: str) -> str:
    """``A``, ``Q`` or ``M`` from the look of a period; ValueError for anything else."""
    for frequency, shape in SHAPES.items():
        if shape.fullmatch(period):
            return frequency
    raise ValueError(f"'{period}' is not a period; write 2019, 2019-Q3 or 2019-07")


@cache
def ordinal(period: str) -> int:
    """Periods of one frequency counted from year 0, so that neighbours differ by one."""
    year, _, part = period.partition("-")
    if not part:
        return int(year)
    if part[0] == "Q":
        return int(year) * 4 + int(part[1]) - 1
    return int(year) * 12 + int(part) - 1


def from_ordinal(number: int, frequency: str) -> str:
    """The period of a frequency with this :func:`ordinal`."""
    year, part = divmod(number, _PER_YEAR[frequency])
    if frequency == "A":
        return f"{year:04d}"
    return f"{year:04d}-Q{part + 1}" if frequency == "Q" else f"{year:04d}-{part + 1:02d}"


def inside(period: str, frequency: str) -> str:
    """The longer period that holds a shorter one: ``inside('2019-07', 'Q')`` is ``2019-Q3``."""
    return from_ordinal(ordinal(period) * _PER_YEAR[frequency] // _PER_YEAR[frequency_of(period)], frequency)


def parts(period: str, frequency: str) -> list[str]:
    """The shorter periods that make up a longer one: ``parts('2019-Q3', 'M')``."""
    many = _PER_YEAR[frequency] // _PER_YEAR[frequency_of(period)]
    return [from_ordinal(ordinal(period) * many + i, frequency) for i in range(many)]


@cache
def start(period: str) -> dt.date:
    """First day of a period, or of a date known to the year, month or day."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return dt.date(int(year), 3 * int(part[1]) - 2, 1)
    month, _, day = part.partition("-")
    return dt.date(int(year), int(month or 1), int(day or 1))


@cache
def end(period: str) -> dt.date:
    """Last day of a period, or of a date known to the year, month or day."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        month, day = 3 * int(part[1]), ""
    else:
        text, _, day = part.partition("-")
        month = int(text or 12)
    return dt.date(int(year), month, int(day) if day else calendar.monthrange(int(year), month)[1])


def parse_date(text: str) -> dt.date:
    """A date given by a user: 2021-12-31, 2021-12 or 2021 (the last day of it); ValueError otherwise."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        raise ValueError(f"'{text}' is not a date; write 2021-12-31, 2021-12 or 2021")
    try:
        return end(text)
    except ValueError as error:
        raise ValueError(f"'{text}' is not a date of the calendar; write 2021-12-31") from error


def ranges(names: Sequence[str]) -> str:
    """Periods in time order, neighbours drawn together: '1996, 2001–2004'."""
    runs: list[list[str]] = []
    for name in names:
        if (
            runs
            and frequency_of(name) == frequency_of(runs[-1][-1])
            and ordinal(name) - ordinal(runs[-1][-1]) == 1
        ):
            runs[-1].append(name)
        else:
            runs.append([name])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
