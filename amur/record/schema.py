"""What a row of the record may hold: the tables, their columns and what is allowed in each.

One declaration per table serves reading, validation, SQL and the documentation.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from amur.record import periods

BUILT_IN = ""
"""The ``origin`` of a row that came with the package; an overlay row carries the overlay's name."""

LARGEST = 1e18
"""No value is larger: sums, squares and ratios of such values stay finite."""

ROLES = ("observable", "forcing", "comparator")


class Source(NamedTuple):
    """Where a number or an event was seen. ``published`` is a year, month, day or empty."""

    source: str
    publisher: str
    title: str
    published: str
    url: str
    origin: str = BUILT_IN

    def citation(self) -> str:
        """Publisher, title, date and address in one line."""
        date = f" ({self.published})" if self.published else ""
        return f"{self.publisher}: {self.title}{date}. {self.url}".rstrip()


class Series(NamedTuple):
    """A quantity followed through time: its unit, frequency (A, Q, M), role, countries and definition."""

    series: str
    title: str
    unit: str
    frequency: str
    role: str
    reporter: str
    partner: str
    definition: str
    topic: str = ""
    origin: str = BUILT_IN


class Observation(NamedTuple):
    """One value of a series in one period, with its source and what is to be known about it."""

    series: str
    period: str
    value: float
    source: str
    note: str
    origin: str = BUILT_IN


class Event(NamedTuple):
    """Something that happened on a day (or in a month): its kind, the actors (ISO3) and what it was."""

    event: str
    date: str
    kind: str
    actors: str
    what: str
    source: str
    note: str
    topic: str = ""
    origin: str = BUILT_IN


class Topic(NamedTuple):
    """A folder of the record and the dimension (economic, political, security, societal, outside) it belongs to."""

    topic: str
    title: str
    dimension: str
    about: str


class Unit(NamedTuple):
    """A unit as it is written in the record, its pint expression, and the kind of quantity it measures."""

    unit: str
    pint: str
    kind: str


Check = Callable[[str], object]
"""Turns the text of a field into its value; raises ValueError with what is wrong and how to mend it."""


@dataclass(frozen=True)
class Table:
    """A CSV table: the row it makes, the columns it must have, what each may hold, and its key."""

    name: str
    row: type
    columns: dict[str, Check]
    key: tuple[str, ...]


def text(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty; write a text")
    return value


def anything(value: str) -> str:
    return value


def one_of(*allowed: str) -> Check:
    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"'{value}' is not allowed; write one of {', '.join(allowed)}")
        return value

    return check


@cache
def identifier(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]*", value):
        raise ValueError(f"'{value}' is not an identifier; use letters, digits, '.', '-' and '_' only")
    return value


def number(value: str) -> float:
    try:
        # Python would read 1_000 as a thousand; in a table it is a slip.
        result = float(value.replace("_", "?"))
    except ValueError:
        raise ValueError(f"'{value}' is not a number; write a decimal number such as 12.5") from None
    if not math.isfinite(result):
        raise ValueError(f"'{value}' is not finite; leave the row out where a value is missing")
    if abs(result) > LARGEST:
        raise ValueError(f"'{value}' is beyond {LARGEST:g}; give it in a larger unit")
    return result


@cache
def period(value: str) -> str:
    periods.frequency_of(value)
    return value


def date(value: str) -> str:
    """A day or a month that exists in the calendar."""
    if not re.fullmatch(r"[12][0-9]{3}-[0-9]{2}(-[0-9]{2})?", value):
        raise ValueError(f"'{value}' is not a date; write 2021-12-31 or 2021-12")
    try:
        periods.end(value)
    except ValueError:
        raise ValueError(
            f"'{value}' is not in the calendar; write an existing day such as 2021-12-31"
        ) from None
    return value


def published(value: str) -> str:
    """Empty, a year, a month or a day."""
    if not value or re.fullmatch(r"[12][0-9]{3}", value):
        return value
    return date(value)


def countries(value: str) -> str:
    """Nothing, or ISO3 codes (and EUU, EUN, EUR, EMU, WST, WLD) parted by semicolons."""
    if value and not re.fullmatch(r"[A-Z]{3}(;[A-Z]{3})*", value):
        raise ValueError(f"'{value}' is not a list of countries; write ISO3 codes such as CHN;RUS")
    return value


SOURCES = Table(
    "sources",
    Source,
    {"source": identifier, "publisher": text, "title": text, "published": published, "url": anything},
    ("source",),
)
SERIES = Table(
    "series",
    Series,
    {
        "series": identifier,
        "title": text,
        "unit": text,
        "frequency": one_of(*periods.FREQUENCIES),
        "role": one_of(*ROLES),
        "reporter": countries,
        "partner": countries,
        "definition": text,
    },
    ("series",),
)
OBSERVATIONS = Table(
    "observations",
    Observation,
    {"series": identifier, "period": period, "value": number, "source": identifier, "note": anything},
    ("series", "period"),
)
EVENTS = Table(
    "events",
    Event,
    {
        "event": identifier,
        "date": date,
        "kind": identifier,
        "actors": countries,
        "what": text,
        "source": identifier,
        "note": anything,
    },
    ("event",),
)
TOPICS = Table(
    "topics",
    Topic,
    {
        "topic": identifier,
        "title": text,
        "dimension": one_of("economic", "political", "security", "societal", "outside"),
        "about": text,
    },
    ("topic",),
)
UNITS = Table("units", Unit, {"unit": text, "pint": text, "kind": identifier}, ("unit",))


def last_day(published_text: str) -> dt.date | None:
    """The day by which something with this publication date was out, or None when it is not known."""
    return periods.end(published_text) if published_text else None
