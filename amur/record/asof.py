"""When a value was first known, so that every reading of the record can be cut at a date.

Two cases. A value whose source came out soon after the period ended was known from the day of
publication. A value carried from a later vintage (World Bank 2026 for 1998) was known in some earlier
vintage from about the usual publication delay after the period's end; the number itself has been
revised since, and says so. The delays are data (``data/releases.csv``).
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from amur.record import periods
from amur.record.schema import Series, last_day

CONTEMPORARY = dt.timedelta(days=400)
"""A source published within this time of the period's end counts as the first publication."""


class Known(NamedTuple):
    """The day a value was known from, and whether the number is of a later vintage than that day."""

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


def known(period: str, published: str, delay: dt.timedelta) -> Known:
    """When the value of a period was known, from its source's publication date and the usual delay.

    A source older than the period's end (a plan, a carried code) is taken as known at that end,
    the cautious choice.
    """
    ended, out = periods.end(period), last_day(published)
    if out is None:
        return Known(ended + delay, revised=False)
    if out <= ended + CONTEMPORARY:
        return Known(max(out, ended), revised=False)
    return Known(ended + delay, revised=True)
