"""When a value was first known, so that every reading of the record can be cut at a date.

A value was known from its source's publication or from the usual publication delay after its period's end,
whichever came first: where our source came later than usual (World Bank 2026 for 1998, a speech a year
on), some other had given the value before, and the number we carry is of a later vintage, which is said.
The delays are data (``data/releases.csv``).
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from amur.record import periods
from amur.record.schema import Series, last_day

CONTEMPORARY = dt.timedelta(days=400)
"""In a record that is not cut, a source that came out later than this after the period's end counts as a later vintage."""


class Known(NamedTuple):
    """The day a value was known from, and whether the number we carry was printed later: after the cut, or
    long after its period where there is none."""

    since: dt.date
    revised: bool


class Release(NamedTuple):
    """The usual delay in days between a period's end and publication, for series that begin so."""

    prefix: str
    frequency: str
    days: int
    why: str


def days(value: str) -> int:
    """A publication delay in days, from none to ten years; ValueError for anything else."""
    if not value.isascii() or not value.isdigit() or int(value) > 3650:
        raise ValueError(f"'{value}' is not a number of days; write a whole number such as 90")
    return int(value)


def delay_of(series: Series, releases: list[Release]) -> dt.timedelta:
    """The usual publication delay of a series: the longest matching prefix of its frequency."""
    fitting = [r for r in releases if r.frequency == series.frequency and series.series.startswith(r.prefix)]
    return dt.timedelta(days=max(fitting, key=lambda r: len(r.prefix)).days)


@lru_cache(maxsize=1 << 16)
def known(period: str, published: str, delay: dt.timedelta, as_of: dt.date | None = None) -> Known:
    """When the value of a period was known, from its source's publication date and the usual delay.

    A source older than the period's end (a plan, a carried code) is taken as known at that end,
    the cautious choice; one without a date after the usual delay.
    """
    ended, out = periods.end(period), last_day(published)
    usual = ended + delay
    if out is None:
        return Known(usual, revised=False)
    return Known(max(ended, min(out, usual)), revised=out > (as_of or ended + CONTEMPORARY))
