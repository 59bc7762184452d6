"""Quarters by number and name: 0 is 1992-Q1."""

from __future__ import annotations

import re

from amur.errors import AmurError

FIRST_YEAR = 1992
LAST_YEAR = 2100
_QUARTER = re.compile(r"(\d{4})(?:-?[Qq]([1-4]))?")


def number(quarter: str, *, last: bool = False, field: str = "") -> int:
    """The number of a quarter, such as 2027-Q1; a year alone means its first quarter, or its ``last``."""
    found = _QUARTER.fullmatch(quarter.strip()) if isinstance(quarter, str) else None
    if not found:
        raise AmurError(f"'{quarter}' is not a quarter", field=field or None, mend="Write it like 2027-Q1.")
    year = int(found[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise AmurError(
            f"{quarter} lies outside {FIRST_YEAR} to {LAST_YEAR}",
            field=field or None,
            mend="Name a quarter in between.",
        )
    return (year - FIRST_YEAR) * 4 + (int(found[2]) - 1 if found[2] else 3 * last)


def label(at: int) -> str:
    """The name of a quarter: 140 is 2027-Q1."""
    return f"{FIRST_YEAR + at // 4}-Q{at % 4 + 1}"


def labels(first: int, after: int) -> tuple[str, ...]:
    """The names of the quarters from the first up to, not including, the one after."""
    return tuple(label(at) for at in range(first, after))
