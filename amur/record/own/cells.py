"""What stands in a cell of a user's table: a text, or a period in one of the ways people write one."""

from __future__ import annotations

import datetime as dt
import re

from amur.record import periods, schema
from amur.record.own.sheets import Cell


def period_of(cell: Cell, frequency: str) -> str:
    """The period of a frequency that a cell names: a period, or a day in it. ValueError for anything else."""
    told = _period(cell)
    if len(told) == 10:
        month = told[:7]
        return month if frequency == "M" else periods.inside(month, frequency)
    if periods.frequency_of(told) != frequency:
        kind, example = periods.FREQUENCIES[frequency], periods.EXAMPLES[frequency]
        raise ValueError(f"the series is {kind} but the period is '{told}'; write a period such as {example}")
    return told


def _period(cell: Cell) -> str:
    """A period or a day (2019-07-31) as the record writes it."""
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10]
    text = as_text(cell)
    if not text:
        raise ValueError("is empty; write a period such as 2019, 2019-Q3 or 2019-07")
    if quarter := re.fullmatch(r"(\d{4})[- ]?[Qq]([1-4])", text):
        return f"{quarter[1]}-Q{quarter[2]}"
    if day := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})([T ].*)?", text):
        try:
            return dt.date(int(day[1]), int(day[2]), int(day[3])).isoformat()
        except ValueError:
            raise ValueError(f"'{text}' is not a day of the calendar; write 2019-07-31") from None
    schema.period(text)
    return text


def looks_like_period(cell: Cell) -> bool:
    """Whether a cell, or the name of a column, reads as a period or a day."""
    try:
        return bool(_period(cell))
    except ValueError:
        return False


def frequency_shown(cell: Cell) -> str:
    """The frequency that a cell's way of writing a period shows; empty where it is a day."""
    try:
        told = _period(cell)
    except ValueError:
        return ""
    return "" if len(told) == 10 else periods.frequency_of(told)


def as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    # Characters that steer a terminal or end a text are no part of what somebody wrote down.
    text = str(cell)
    return text if text.isprintable() else re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]", "", text)


def is_number(cell: Cell) -> bool:
    """Whether a cell is a number, or a text that looks like one in some way of writing numbers."""
    if isinstance(cell, str):
        return bool(re.fullmatch(r"[+-]?[\d.,\s]*\d", cell))
    return isinstance(cell, int | float) and not isinstance(cell, bool)
