"""Arithmetic on points that never loses where a value came from.

Every function takes series (or lists of points) and returns points: matched by period, with the sources of
all inputs, their notes, the overlays they came from, and ``revised`` where any input is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

from amur.record import periods
from amur.record.record import Record
from amur.record.schema import Event
from amur.record.timeseries import Point, TimeSeries, resting_on

Points = TimeSeries | Iterable[Point]
"""What the functions of this module take: a series, or points of one frequency."""


def points_of(series: Points) -> list[Point]:
    """The points of a series, or the points given."""
    return list(series.points if isinstance(series, TimeSeries) else series)


def held(record: Record, name: str) -> list[Point]:
    """The points of a recorded series; none where the record has no series of this name."""
    return list(record.timeseries(name).points) if name in record else []


def by_period(series: Points) -> dict[str, Point]:
    """Points by period."""
    return {point.period: point for point in points_of(series)}


def merged(period: str, value: float, inputs: Iterable[Point], note: str = "") -> Point:
    """A value made of several points: sources, notes and overlays of all, revised where any is."""
    points = list(inputs)
    notes = dict.fromkeys(text for text in (*(point.note for point in points), note) if text)
    return resting_on(period, value, points, "; ".join(notes))


def counted(period: str, value: float, events: Iterable[Event], note: str = "") -> Point:
    """A value that rests on dated events: their sources and overlays."""
    return merged(
        period, value, [Point(period, 0, (event.source,), "", event.origin) for event in events], note
    )


def combine(function: Callable[..., float | None], *series: Points, note: str = "") -> list[Point]:
    """``function`` of the values of all the series, in each period that every one has.

    A period for which ``function`` returns None, or divides by zero, has no point.
    """
    tables = [by_period(one) for one in series]
    if not tables:
        return []
    found = []
    for period in sorted(set(tables[0]).intersection(*tables[1:])):
        inputs = [table[period] for table in tables]
        try:
            value = function(*(point.value for point in inputs))
        except ZeroDivisionError:
            continue
        if value is not None:
            found.append(merged(period, value, inputs, note))
    return found


def ratio(numerator: Points, denominator: Points, scale: float = 100, note: str = "") -> list[Point]:
    """``scale`` times one over the other: percent by default."""
    return combine(lambda above, below: scale * above / below, numerator, denominator, note=note)


def total(*series: Points, note: str = "") -> list[Point]:
    """The sum, in periods that all the series have."""
    return combine(lambda *values: sum(values), *series, note=note)


def difference(minuend: Points, subtrahend: Points, note: str = "") -> list[Point]:
    """The first less the second."""
    return combine(lambda left, right: left - right, minuend, subtrahend, note=note)


def recorded(*names: str, factor: float = 1) -> Callable[[Record, object], list[Point]]:
    """What a measure computes that the record holds as such: the first of these series that has the period."""

    def compute(record: Record, dyad: object) -> list[Point]:
        points = splice(*(record.timeseries(name) for name in names))
        return points if factor == 1 else scaled(points, factor)

    return compute


def scaled(series: Points, factor: float, note: str = "") -> list[Point]:
    """Every value times a factor."""
    return combine(lambda value: value * factor, series, note=note)


def splice(*series: Points | tuple[Points, str]) -> list[Point]:
    """For each period the point of the first series that has it.

    A series may come with a note, ``(series, "China customs")``, which is added to the points taken from it.
    """
    found: dict[str, Point] = {}
    for one in series:
        points, note = one if isinstance(one, tuple) else (one, "")
        for point in points_of(points):
            found.setdefault(point.period, merged(point.period, point.value, [point], note))
    return [found[period] for period in sorted(found)]


def where(series: Points, keep: Callable[[Point], bool]) -> list[Point]:
    """The points that satisfy a condition."""
    return [point for point in points_of(series) if keep(point)]


def since(series: Points, first: str = "", last: str = "") -> list[Point]:
    """The points from one period to another of the same frequency, inclusive; an empty end is open."""
    return where(
        series, lambda point: (not first or point.period >= first) and (not last or point.period <= last)
    )


def annual(series: Points, *, how: str = "sum", least: int | None = None, note: str = "") -> list[Point]:
    """Months or quarters by year: ``sum`` or ``mean``, of years with all parts (or at least ``least`` of them)."""
    years: dict[str, list[Point]] = {}
    for point in points_of(series):
        years.setdefault(periods.inside(point.period, "A"), []).append(point)
    found = []
    for year, parts in sorted(years.items()):
        full = len(periods.parts(year, periods.frequency_of(parts[0].period)))
        if len(parts) < (full if least is None else least):
            continue
        value = sum(point.value for point in parts)
        found.append(merged(year, value / len(parts) if how == "mean" else value, parts, note))
    return found


def carried(series: Points, upto: str) -> list[Point]:
    """A step series filled: each value holds from its period until the next point, and to ``upto``."""
    points = points_of(series)
    found = []
    for point, after in zip_longest(points, points[1:]):
        frequency = periods.frequency_of(point.period)
        stop = periods.ordinal(after.period) if after else periods.ordinal(upto) + 1
        for number in range(periods.ordinal(point.period), stop):
            found.append(point._replace(period=periods.from_ordinal(number, frequency)))
    return found


def herfindahl(shares: Mapping[str, float]) -> float:
    """Herfindahl-Hirschman index on the 0-10,000 scale, of shares in percent (Hirschman 1945; 1964)."""
    return sum(share**2 for share in shares.values())


def concentration(
    whole: Points, partners: Mapping[str, Points], *, remainder: str = "atomistic", require: Iterable[str] = ()
) -> list[Point]:
    """Herfindahl-Hirschman index of a whole of which only some partners are known.

    ``remainder="atomistic"`` spreads what is unknown over infinitely many partners: the greatest lower bound.
    ``remainder="single"`` gives it all to one more partner: the least upper bound. Periods in which a partner
    named in ``require`` (or every partner) is unknown have no point; the note says who is known and how much
    is not. Where partners, from other statistics, add up to more than the whole, the remainder is zero.
    """
    known = {name: by_period(series) for name, series in partners.items()}
    needed = set(require)
    found = []
    for point in points_of(whole):
        inputs = {name: table[point.period] for name, table in known.items() if point.period in table}
        if not inputs or not inputs.keys() >= needed or not point.value:
            continue
        shares = {name: 100 * one.value / point.value for name, one in inputs.items()}
        rest = 100 - sum(shares.values())
        value = herfindahl(shares) + (max(rest, 0.0) ** 2 if remainder == "single" else 0.0)
        listed = ", ".join(f"{name} {share:.1f}" for name, share in shares.items())
        note = f"percent known: {listed}; not known: {max(rest, 0.0):.1f}"
        if rest < -1:
            note += f"; the known partners exceed the whole by {-rest:.1f}, a difference of statistics"
        found.append(merged(point.period, value, [point, *inputs.values()], note))
    return found
